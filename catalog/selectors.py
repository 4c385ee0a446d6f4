"""Questions to the catalogue: what is in force on a day, what a case must cite, what people look for."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Length, StrIndex

from audit.county import in_county, this_county
from audit.objects import Objects
from catalog.effective import IN_FORCE, in_force_query
from catalog.models import (
    DiscretionBand,
    DiscretionTable,
    Item,
    ItemCode,
    ItemVersion,
    ListMembership,
    PowerList,
    Standing,
)
from catalog.searching import folded
from catalog.sources import ENTERED
from law.errors import RuleViolation

MOST_TERMS = 5
# Of a word that stands in almost every item no more than these are ranked.
MOST_RANKED = 600
# Asks for items whose field or department is not written down.
UNNAMED = "-"
BEFORE_A_NAME = ("", "对", "在对")
CODE = re.compile(r"[0-9a-z\-]+")
# Some lists give a department's code instead of its name; digits name nobody.
NAMELESS = r"^[0-9]*$"


class ItemNotInForce(RuleViolation):
    """No published version of the item applies on the day asked for."""

    def __init__(self, on: date) -> None:
        super().__init__(
            "item_not_in_force",
            f"该事项在 {on.isoformat()} 没有生效的版本，处罚没有依据",
            article="《中华人民共和国行政处罚法》第三十八条第一款",
            unblock="在事项清单核对该事项的生效与失效日期，另选当日有效的事项",
            message_en=f"No version of this item is in force on {on.isoformat()}",
            unblock_en="Look up the item's dates in the catalogue and choose one in force that day",
            field="item",
        )


def versions_in_force(on: date, *, known_at: datetime | None = None) -> QuerySet[ItemVersion]:
    """Return the versions that found a case on a day, as known now or then: in force and in use."""
    return in_county(ItemVersion).filter(in_force_query(on, known_at), standing=Standing.IN_USE)


# Asked by nearly every gate; what is entered of the text it cites comes with it.
CITED = Objects(
    ItemVersion,
    "version",
    further={"entered": ENTERED.format("version.statute_name")},
    rest=f"""
        WHERE version.item_id = %s::bigint AND version.county_id = %s::integer
        AND version.standing = 'in_use' AND {IN_FORCE.format("version")}
    """,
)


def version_in_force(item: Item, on: date, *, known_at: datetime | None = None) -> ItemVersion:
    """Return the version a case must cite on a day; raises ItemNotInForce when there is none."""
    if known_at is None:
        found = CITED.read([item.pk, this_county(), on, on])
    else:
        found = list(versions_in_force(on, known_at=known_at).filter(item=item))
    version = next(iter(found), None)
    if version is None:
        raise ItemNotInForce(on)
    version.item = item
    return version


def bands_in_force(item: Item, on: date, *, known_at: datetime | None = None) -> list[DiscretionBand]:
    """List the discretion bands in force for an item on a day, table by table, in their order."""
    bands = DiscretionBand.objects.filter(in_force_query(on, known_at, prefix="table__"), table__item=item)
    return list(bands.select_related("table").order_by("table_id", "order"))


def history_of(item: Item) -> list[ItemVersion]:
    """List every published version of an item, the latest first, withdrawn ones included."""
    return list(
        item.versions.exclude(recorded_from=None)
        .order_by("-valid_from", "-recorded_from")
        .select_related("statute")
        .prefetch_related("situations")
    )


def tables_of(item: Item, on: date) -> list[DiscretionTable]:
    """List the discretion tables of an item in force on a day, their bands fetched."""
    tables = DiscretionTable.objects.in_force(on).filter(item=item)
    return list(tables.prefetch_related("bands").order_by("id"))


def memberships_of(item: Item, on: date) -> list[ListMembership]:
    """List the lists an item stands in on a day."""
    rows = item.memberships.filter(in_force_query(on)).select_related("power_list")
    return list(rows.order_by("kind", "power_list__code"))


def items_by_number(list_code: str, on: date) -> dict[str, ItemVersion]:
    """Return the versions of a list's items by their number in it: how demo data and grants name them."""
    rows = versions_in_force(on).select_related("item").filter(_listed(Q(power_list__code=list_code), on))
    members = ListMembership.objects.in_force(on).filter(
        power_list__code=list_code, item__in=[row.item_id for row in rows]
    )
    numbers = dict(members.values_list("item_id", "number"))
    return {numbers[row.item_id]: row for row in rows}


def _listed(condition: Q, on: date) -> Exists:
    return Exists(ListMembership.objects.filter(condition, in_force_query(on), item=OuterRef("item")))


def browse(
    *, on: date, kind: str = "", list_code: str = "", domain: str = "", department: str = "", basis: str = ""
) -> QuerySet[ItemVersion]:
    """Return the versions in force on a day that fit the chosen facets."""
    rows = ItemVersion.objects.filter(in_force_query(on), county_id=this_county())
    if basis:
        rows = rows.with_basis() if basis == "with" else rows.without_basis()
    if domain:
        rows = rows.filter(domain="" if domain == UNNAMED else domain)
    if department:
        named = Q(department_name__regex=NAMELESS) if department == UNNAMED else Q(department_name=department)
        rows = rows.filter(named)
    if list_code:
        rows = rows.filter(_listed(Q(power_list__code=list_code), on))
    if kind:
        rows = rows.filter(_listed(Q(kind=kind), on))
    return rows


def matching(rows: QuerySet[ItemVersion], q: str) -> QuerySet[ItemVersion]:
    """Keep versions whose name, alias, code, statute or pinyin initials hold every word of the query."""
    for term in folded(q).split()[:MOST_TERMS]:
        rows = _holding(rows, term)
    return rows


def _holding(rows: QuerySet[ItemVersion], term: str) -> QuerySet[ItemVersion]:
    rows = rows.alias(found=StrIndex("search_text", Value(term))).filter(found__gt=0)
    # The index finds candidates by pairs of characters; strpos above decides.
    return rows.filter(_holds_pairs(term)) if len(term) > 1 else rows


def _holds_pairs(term: str) -> Func:
    text, sought = (Func(part, function="pairs") for part in (F("search_text"), Value(term)))
    return Func(text, sought, template="%(expressions)s", arg_joiner=" @> ", output_field=BooleanField())


def search_items(q: str, *, on: date, limit: int = 20) -> list[ItemVersion]:
    """Find items in force by code, name, plain word or initials, nearest first; at most two queries."""
    query = folded(q)
    if not query:
        return []
    exact = _named_exactly(query, on)
    rows = ItemVersion.objects.filter(pk__in=_candidates(query, exact, versions_in_force(on)))
    rows = rows.annotate(rank=_rank(query, exact)).select_related("item")
    return list(rows.order_by("rank", Length("name"), "id")[:limit])


def _candidates(query: str, exact: Sequence[int], rows: QuerySet[ItemVersion]) -> QuerySet[ItemVersion, Any]:
    """Gather what is worth ranking: lines that begin with the query, then as many that hold it as matter."""
    parts = [_holding(rows, f"\n{start}{query}") for start in BEFORE_A_NAME]
    parts += [matching(rows, query), rows.filter(item_id__in=exact)]
    first, *others = (part.order_by().values("pk")[:MOST_RANKED] for part in parts)
    return first.union(*others)


def _named_exactly(query: str, on: date) -> list[int]:
    """Return the items whose code, or number in a list of the day, is just what was typed."""
    if not CODE.fullmatch(query):
        return []
    coded = ItemCode.objects.filter(code__in={query, query.upper()}).values_list("item_id", flat=True)
    numbered = ListMembership.objects.in_force(on).filter(number=query).values_list("item_id", flat=True)
    return list(coded.union(numbered)[:100])


def _rank(query: str, exact: Sequence[int]) -> Case:
    whens = [
        When(item_id__in=exact, then=Value(0)),
        When(aliases__contains=[query], then=Value(1)),
        When(Q(name__startswith=query) | Q(name__startswith=f"对{query}"), then=Value(2)),
        # Codes, aliases and initials each begin a line of the text.
        When(search_text__contains=f"\n{query}", then=Value(3)),
        When(name__contains=query, then=Value(4)),
    ]
    return Case(*whens, default=Value(5), output_field=IntegerField())


def facets(rows: QuerySet[ItemVersion], on: date) -> dict[str, Any]:
    """Count the versions in force on a day by list, field, department and basis; the counts add up."""
    missing = Q(statute_name="") | Q(penalty_article="") | Q(penalty_text="")
    basis = Case(When(missing, then=Value("without")), default=Value("with"), output_field=TextField())
    grouped = (
        rows.annotate(basis=basis).values_list("domain", "department_name", "basis").annotate(n=Count("pk"))
    )
    found: dict[str, dict[str, int]] = {"domain": {}, "department": {}, "basis": {}}
    total = 0
    for domain, department, has_basis, n in grouped.order_by():
        total += n
        department = "" if re.match(NAMELESS, department) else department
        for facet, value in (("domain", domain), ("department", department), ("basis", has_basis)):
            found[facet][value] = found[facet].get(value, 0) + n
    return {"total": total, **found, "list": _list_counts(rows, on)}


def _list_counts(rows: QuerySet[ItemVersion], on: date) -> list[dict[str, Any]]:
    members = ListMembership.objects.in_force(on)
    counted = (
        members.filter(Exists(rows.filter(item=OuterRef("item"))))
        .values("power_list_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    counts = {row["power_list_id"]: row["n"] for row in counted}
    return [
        {"code": row.code, "name": row.name, "kind": row.kind, "n": counts[row.pk]}
        for row in in_county(PowerList).order_by("kind", "code")
        if row.pk in counts
    ]
