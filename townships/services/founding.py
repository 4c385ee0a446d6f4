"""What a county consists of: its names, its bodies and what they print, teams, villages and grids."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from audit.county import in_county, this_county
from audit.services import record
from audit.verbs import Verb
from desk.rights import needs
from law.errors import Misfit, RuleViolation
from townships import verbs
from townships.models import Body, BodyAlias, County, Officer, Place, Team
from townships.selectors import remembered

_taken = Misfit(
    code="name_taken", article="", unblock="换一个名称或代字", unblock_en="Choose another name or mark"
)


@needs("authority.edit")
@transaction.atomic
def settle_county(*, actor: Officer, at: datetime, **facts: str) -> County:
    """Register what documents say of the county: its names, the court, where to ask for reconsideration."""
    county, _created = County.objects.update_or_create(code=this_county(), defaults=facts)
    record(
        verbs.COUNTY_SETTLED,
        chain=f"county:{county.code}",
        target=county,
        actor=actor,
        at=at,
        payload=dict(facts),
    )
    transaction.on_commit(remembered.forget)
    return county


@needs("authority.edit")
@transaction.atomic
def found_body(
    *,
    kind: str,
    name: str,
    short_name: str,
    document_word: str,
    active_from: date,
    document: str,
    actor: Officer,
    at: datetime,
    **facts: str,
) -> Body:
    """Register a body whose name and seal may stand on documents, by the paper that founded it.

    facts: what is printed of it, as `describe_body` takes it.
    """
    _require_free(name, short_name, document_word)
    last = in_county(Body).aggregate(last=Max("sort_order"))["last"] or 0
    body = Body.objects.create(
        kind=kind,
        name=name,
        short_name=short_name,
        document_word=document_word,
        active_from=active_from,
        seal_name=name,
        sort_order=last + 1,
        **facts,
    )
    told = {"name": name, "document": document, "from": active_from.isoformat()}
    _tell(verbs.BODY_FOUNDED, body, actor, at, told)
    return body


@needs("authority.edit")
@transaction.atomic
def describe_body(*, body: Body, actor: Officer, at: datetime, **facts: str) -> None:
    """Change what new documents print of a body besides its name; those issued stay as they are."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    changed = {key: value for key, value in facts.items() if getattr(body, key) != value}
    if not changed:
        return
    before = {key: getattr(body, key) for key in changed}
    for key, value in changed.items():
        setattr(body, key, value)
    body.save(update_fields=list(changed))
    _tell(verbs.BODY_DESCRIBED, body, actor, at, {"before": before, "after": changed})
    transaction.on_commit(remembered.forget)


@needs("authority.edit")
@transaction.atomic
def form_team(*, body: Body, name: str, actor: Officer, at: datetime) -> Team:
    """Form an inner team or brigade of a body; it never signs in its own name (行政处罚法第二十四条)."""
    if body.teams.filter(name=name).exists():
        raise _taken("name", "该机关已有同名队伍", "This body already has a team of that name")
    team = Team.objects.create(body=body, name=name)
    _tell(verbs.TEAM_FORMED, body, actor, at, {"name": name})
    return team


@needs("authority.edit")
@transaction.atomic
def enter_places(*, body: Body, kind: str, names: Iterable[str], actor: Officer, at: datetime) -> list[Place]:
    """Enter the villages, communities or grids of a township; those known already stay."""
    if not body.is_grassroots:
        raise RuleViolation(
            "places_of_a_township",
            "村社网格登记在乡镇（街道）名下",
            unblock="选乡镇或街道再登记",
            message_en="Villages, communities and grids belong to a township",
            unblock_en="Choose a township or subdistrict first",
        )
    known = set(body.places.filter(kind=kind).values_list("name", flat=True))
    fresh = [name for name in dict.fromkeys(names) if name not in known]
    made = Place.objects.bulk_create(Place(township=body, kind=kind, name=name) for name in fresh)
    if fresh:
        _tell(verbs.PLACES_ENTERED, body, actor, at, {"kind": kind, "names": fresh})
    return made


def _require_free(name: str, short_name: str, document_word: str) -> None:
    """Refuse a name or document word that another body bears: its documents could not be told apart."""
    bodies = in_county(Body).filter(active_to=None)
    names = [name, short_name]
    called = bodies.filter(Q(name__in=names) | Q(short_name__in=names)).exists()
    if called or in_county(BodyAlias).filter(name__in=names).exists():
        raise _taken("name", "名称或简称已被某机关使用", "The name or short name is used by a body already")
    if bodies.filter(document_word=document_word).exists():
        raise _taken(
            "document_word",
            "机关代字已被使用，文书编号会相混",
            "The mark is used already; numbers of documents would be mixed up",
        )


def _tell(verb: Verb, body: Body, actor: Officer, at: datetime, payload: dict[str, Any]) -> None:
    record(verb, chain=f"body:{body.pk}", target=body, actor=actor, at=at, payload=payload)
