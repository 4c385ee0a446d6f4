"""Ten years of yearly agreements over every item in every township: what the routing lookup has to pass."""

from django.db import connection

from bench.filling import advance, bulk, fill, run
from bench.reference import COUNTY, TAU, TOWNSHIP
from bench.scales import BODIES, TOWNSHIPS, Scale
from catalog.models import Item
from townships.models import AuthorityGrant, GrantItem

ITEMS = 624
# Keys behind those of the reference data.
BEHIND = 100_000_000
LAST_YEAR = 2026
YEAR = f"({LAST_YEAR} - y)"
GRANT = f"{BEHIND} + {TAU} * 100 + y"


def fill_decade(scale: Scale) -> None:
    """Fill the agreements of all counties, once; each year's ends with the year."""
    if Item.objects.filter(pk=BEHIND).exists():
        return
    with bulk():
        _items()
        _grants(scale)
        _grant_items(scale)
        advance(Item, AuthorityGrant, GrantItem)
        run("ANALYZE townships_authoritygrant, townships_grantitem")


def _items() -> None:
    fill(
        Item,
        {"id": f"{BEHIND} + i", "uid": "gen_random_uuid()", "identity": "'DECADE:' || i"},
        f"{_upto(ITEMS)} i",
    )


def _source(scale: Scale) -> str:
    return f"{_upto(scale.counties)} c, {_upto(TOWNSHIPS)} t, {_upto(scale.years)} y"


def _upto(number: int) -> str:
    return f"generate_series(0, {number - 1})"


def _grants(scale: Scale) -> None:
    first = f"make_date({YEAR}, 1, 1)"
    days = dict.fromkeys(
        ("signed_on", "published_by_principal_on", "published_by_holder_on", "valid_from"), first
    )
    terms = {
        "id": GRANT,
        "county_id": COUNTY,
        "mode": "'delegated'",
        "status": "'in_force'",
        "principal_id": f"c * {BODIES} + 1",
        "holder_id": TOWNSHIP,
        "township_id": TOWNSHIP,
        "number": f"'十年委〔' || {YEAR} || '〕' || c || '-' || t || '号'",
        "legal_basis": "'《中华人民共和国行政处罚法》第二十条'",
        "valid_to": f"make_date({YEAR}, 12, 31)",
    }
    fill(AuthorityGrant, terms | days, _source(scale))


def _grant_items(scale: Scale) -> None:
    row = {
        "id": f"{BEHIND} + ({TAU} * 100 + y) * 1000 + i",
        "county_id": COUNTY,
        "grant_id": GRANT,
        "item_id": f"{BEHIND} + i",
        "holder_id": TOWNSHIP,
        "township_id": TOWNSHIP,
        "mode": "'delegated'",
        "period": f"daterange(make_date({YEAR}, 1, 1), make_date({YEAR}, 12, 31), '[]')",
        "live": "true",
    }
    fill(GrantItem, row, f"{_source(scale)}, {_upto(ITEMS)} i")


def rows_filled() -> int:
    """Return how many rows the question has to find its way through, by the planner's count."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'townships_grantitem'")
        return int(cursor.fetchone()[0])
