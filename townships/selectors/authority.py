"""Authority on a day: who may act on an item in a township, and what a township may do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from audit import statements
from catalog.models import Item
from catalog.selectors import versions_in_force
from law.competence import Verdict, decide_authority
from law.consequences import Consequence, consequences_of
from law.powers import AuthorityFact
from townships.models import (
    AuthorityGrant,
    Body,
    GrantItem,
    Mode,
    Place,
)
from townships.selectors.bodies import county, successor_on
from townships.selectors.exclusivity import exclusivity
from townships.selectors.holding import handed_on, holdings, own_powers

EXPIRES_SOON = timedelta(days=60)


def authority_for(*, item: Item, township: Body, on: date, place: Place | None = None) -> Verdict:
    """Decide who may act on an item in a township on a day (APL 17-24); one indexed read.

    place: the village or community, where a grant may cover only some of them.
    """
    rule, township = exclusivity(on), successor_on(township, on)
    return decide_authority(
        facts_for(item=item, township=township, on=on, place=place),
        on=on,
        exclusive_after_empowerment=rule.after_empowerment,
        exclusive_after_delegation=rule.after_delegation,
    )


def consequences_for(verdict: Verdict) -> tuple[Consequence, ...]:
    """Tell what follows where a finding names a body: who decides, reviews, answers for it and where."""
    if verdict.mode is None:
        return ()
    return consequences_of(
        verdict.mode,
        handler=verdict.handler_name,
        named=verdict.name_on_documents,
        government=county().government_name,
    )


def facts_for(*, item: Item, township: Body, on: date, place: Place | None = None) -> list[AuthorityFact]:
    """Read every source of power over an item that names the township or the whole county."""
    asked = [on, on, place.pk if place else None, item.pk, township.county_id, township.pk]
    found = statements.rows(FACTS, asked)
    return [fact_from(dict(zip(FACT, row, strict=True))) for row in found]


FACT = (
    "holder_id",
    "holder_name",
    "mode",
    "grant_id",
    "principal_id",
    "principal_name",
    "signed_on",
    "published_by_principal_on",
    "published_by_holder_on",
    "valid_from",
    "valid_to",
    "number",
    "article",
    "suspended",
    "revoked_on",
    "withdrawn_on",
    "covers_place",
    "holder_gone",
    "must_be_filed",
    "filed_on",
)
# Asked several times by every act; the drafts of own powers are nobody's power yet.
FACTS = """
    SELECT g.holder_id, h.name, g.mode, g.id, g.principal_id, coalesce(p.name, ''), g.signed_on,
           g.published_by_principal_on, g.published_by_holder_on, g.valid_from, g.valid_to, g.number,
           coalesce(nullif(g.legal_basis, ''), g.decision_document),
           EXISTS (SELECT 1 FROM townships_suspension s
                   WHERE s.grant_id = g.id AND s.suspended_from <= %s::date
                   AND (s.suspended_to IS NULL OR s.suspended_to >= %s::date)),
           g.revoked_on, x.withdrawn_on,
           NOT EXISTS (SELECT 1 FROM townships_grantplace a WHERE a.grant_id = g.id)
           OR EXISTS (SELECT 1 FROM townships_grantplace a
                      WHERE a.grant_id = g.id AND a.place_id = %s::bigint),
           least(h.active_to, p.active_to), g.full_procedure, g.filed_on
    FROM townships_grantitem x JOIN townships_authoritygrant g ON g.id = x.grant_id
    JOIN townships_body h ON h.id = g.holder_id LEFT JOIN townships_body p ON p.id = g.principal_id
    WHERE x.item_id = %s::bigint AND x.county_id = %s::integer
      AND (x.township_id = %s::bigint OR x.township_id IS NULL)
      AND NOT (g.status = 'draft' AND x.mode IN ('own', 'concentrated', 'authorised'))
    ORDER BY g.valid_from DESC, g.id
"""


def fact_from(row: dict[str, Any]) -> AuthorityFact:
    """Turn a row of FACTS into what the law package reads; the earliest end counts."""
    last = row.pop("holder_gone")
    gone = last + timedelta(days=1) if last else None
    ends = [day for day in (row["revoked_on"], row.pop("withdrawn_on"), gone) if day is not None]
    return AuthorityFact(**{**row, "revoked_on": min(ends) if ends else None})


@dataclass(frozen=True, slots=True)
class Cell:
    """One department and one township: how many items on a day, by which way, whether some end soon."""

    department_id: int
    township_id: int
    count: int
    mode: str
    mixed: bool
    ends_soon: bool


def holders_of_item(item: Item, on: date) -> list[GrantItem]:
    """List who holds an item on a day: own and concentrated powers first, then what was handed on."""
    return list(
        holdings(on)
        .filter(item=item)
        .select_related("grant__principal", "holder", "township")
        .order_by("township_id", "mode", "holder_id")
    )


def holders_of_own(on: date) -> set[int]:
    """Return the keys of the bodies with powers of their own on a day."""
    return set(own_powers(on).order_by().values_list("holder", flat=True).distinct())


def matrix(on: date) -> dict[tuple[int, int], Cell]:
    """Count the items handed on by each department to each township on a day, in one statement."""
    rows = (
        handed_on(on)
        .exclude(township=None)
        .values("township_id", giver=Coalesce("grant__principal", "grant__origin"))
        .annotate(
            count=Count("id"),
            delegated=Count("id", filter=Q(mode=Mode.DELEGATED)),
            first_end=Min("grant__valid_to"),
        )
        .order_by()
    )
    return {(row["giver"], row["township_id"]): _cell(row, on) for row in rows if row["giver"]}


def _cell(row: Mapping[str, Any], on: date) -> Cell:
    count, delegated, first_end = row["count"], row["delegated"], row["first_end"]
    return Cell(
        department_id=row["giver"],
        township_id=row["township_id"],
        count=count,
        mode=Mode.DELEGATED if delegated else Mode.EMPOWERED,
        mixed=0 < delegated < count,
        ends_soon=first_end is not None and first_end <= on + EXPIRES_SOON,
    )


@dataclass(frozen=True, slots=True)
class Held:
    """One item a township may act on that day: its name and the grant it rests on."""

    row: GrantItem
    name: str
    domain: str

    @property
    def grant(self) -> AuthorityGrant:
        """The grant relied on."""
        return self.row.grant


def powers_of(township: Body, on: date) -> dict[AuthorityGrant, list[Held]]:
    """List what a township may do on a day, grant by grant, in two statements."""
    rows = list(
        handed_on(on)
        .filter(township=township)
        .select_related("grant", "grant__principal", "grant__origin", "grant__holder", "item")
        .order_by("mode", "grant_id", "item_id")
    )
    found: dict[AuthorityGrant, list[Held]] = {}
    for held in named(rows, on):
        found.setdefault(held.grant, []).append(held)
    return found


def named(rows: Iterable[GrantItem], on: date) -> list[Held]:
    """Give each row the name its item bears on the day."""
    rows = list(rows)
    versions = versions_in_force(on).filter(item__in=[row.item_id for row in rows])
    names = {key: (name, domain) for key, name, domain in versions.values_list("item", "name", "domain")}
    return [Held(row, *names.get(row.item_id, (_("（当日无生效版本）"), ""))) for row in rows]


def named_items(item_ids: Iterable[int], on: date) -> dict[int, str]:
    """Return the names items bear on a day, by key."""
    found = versions_in_force(on).filter(item__in=list(item_ids))
    return dict(found.values_list("item", "name"))
