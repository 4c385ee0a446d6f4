"""Fill counties, bodies, people, items and authority; keys are arithmetic, so that cases find them by number.

County c has the bodies 30c+1 … 30c+30: ten departments (the first is the bureau), then twenty townships.
Township τ of all has the officers 10τ+1 … 10τ+10: head, team leader, reviewer, then those who handle cases.
"""

from datetime import date

from django.conf import settings
from django.utils.timezone import localdate

from bench.filling import advance, fill
from bench.scales import BODIES, DEPARTMENTS, ITEMS, OFFICERS, TOWNSHIPS, Scale
from catalog.models import Item, ItemVersion
from townships.models import (
    AuthorityGrant,
    Body,
    Certificate,
    County,
    GrantItem,
    Officer,
    Place,
    RoleGrant,
)

LONG_AGO, FAR_AHEAD = "DATE '2020-01-01'", "DATE '2035-12-31'"
COUNTY = f"{settings.COUNTY_CODE} + c"
TOWNSHIP = f"c * {BODIES} + {DEPARTMENTS} + 1 + t"
TAU = f"(c * {TOWNSHIPS} + t)"


def fill_reference(scale: Scale) -> None:
    """Fill everything that cases refer to."""
    _bodies(scale)
    _people(scale)
    _items()
    _authority(scale)
    advance(Body, Place, Officer, RoleGrant, Certificate, Item, ItemVersion, AuthorityGrant, GrantItem)


def _series(name: str, last: int) -> str:
    return f"generate_series(0, {last - 1}) {name}"


def _across(scale: Scale, *more: str) -> str:
    return ", ".join([_series("c", scale.counties), *more])


def _bodies(scale: Scale) -> None:
    townships, departments = _series("t", TOWNSHIPS), _series("d", DEPARTMENTS)
    county = {"county_id": COUNTY, "name": "'第' || c || '县'", "place": "'zhejiang'"}
    names = {"government_name": "'第' || c || '县人民政府'", "court_name": "'第' || c || '县人民法院'"}
    fill(County, county | names, _across(scale))
    shared = {"county_id": COUNTY, "seal_name": "''", "address": "'人民路1号'", "phone": "'0578-0000000'"}
    departments_of = {
        "id": f"c * {BODIES} + 1 + d",
        "kind": "CASE d WHEN 0 THEN 'comprehensive_bureau' ELSE 'department' END",
        "name": "'第' || c || '县第' || d || '执法局'",
        "short_name": "'第' || d || '局'",
        "document_word": "'局' || c || '执' || d",
    }
    fill(Body, shared | departments_of, _across(scale, departments))
    townships_of = {
        "id": TOWNSHIP,
        "kind": "'township'",
        "name": "'第' || c || '县江' || t || '镇人民政府'",
        "short_name": "'江' || t || '镇'",
        "document_word": "'江' || c || '执' || t",
    }
    fill(Body, shared | townships_of, _across(scale, townships))
    place = {"id": f"{TAU} * 10 + 1 + k", "county_id": COUNTY, "township_id": TOWNSHIP, "kind": "'village'"}
    fill(Place, place | {"name": "'第' || k || '村'"}, _across(scale, townships, _series("k", 10)))


def _people(scale: Scale) -> None:
    township = _across(scale, _series("t", TOWNSHIPS), _series("j", OFFICERS))
    shared = {"county_id": COUNTY, "password": "'!'", "staff_number": "''"}
    key = f"{TAU} * {OFFICERS} + 1 + j"
    head = {"is_head": "j = 0", "is_principal_head": "j = 0"}
    names = {"id": key, "username": f"'o' || ({key})", "name": f"'王执' || ({key})", "body_id": TOWNSHIP}
    fill(Officer, shared | head | names, township)
    role = "(ARRAY['head', 'team_leader', 'legal_reviewer', 'township_officer'])[least(j, 3) + 1]"
    _role(key, role, township)
    card = {"county_id": COUNTY, "officer_id": key, "number": f"'33' || ({key})", "valid_from": LONG_AGO}
    fill(Certificate, card | {"valid_to": FAR_AHEAD}, township)
    departments = _across(scale, _series("d", DEPARTMENTS))
    key = f"{scale.officers} + c * {DEPARTMENTS} + 1 + d"
    names = {"id": key, "username": f"'o' || ({key})", "name": f"'局长' || ({key})"}
    head = {"is_head": "true", "is_principal_head": "true", "body_id": f"c * {BODIES} + 1 + d"}
    fill(Officer, shared | names | head, departments)
    _role(key, "'head'", departments)
    county = _across(scale, _series("j", 2))
    key = f"{scale.officers} + {scale.counties * DEPARTMENTS} + c * 2 + 1 + j"
    names = {"id": key, "username": f"'o' || ({key})", "name": f"'县级' || ({key})"}
    fill(Officer, shared | names | {"body_id": f"c * {BODIES} + 1"}, county)
    _role(key, "(ARRAY['county_clerk', 'supervisor'])[j + 1]", county)


def _role(officer: str, role: str, source: str) -> None:
    held = {"county_id": COUNTY, "officer_id": officer, "role": role, "valid_from": LONG_AGO}
    fill(RoleGrant, held, source)


def _items() -> None:
    source = _series("i", ITEMS)
    fill(Item, {"id": "1 + i", "uid": "gen_random_uuid()", "identity": "'BENCH:' || i"}, source)
    version = {
        "id": "1 + i",
        "item_id": "1 + i",
        "name": "'商场、门店超出门、窗外墙摆卖、经营（' || i || '）'",
        "violation": "'超出门、窗外墙摆卖、经营（' || i || '）'",
        "domain": "'城市管理'",
        "statute_name": "'《城市市容和环境卫生管理条例》'",
        "obligation_article": "'第十七条第一款'",
        "penalty_article": "'第三十七条'",
        "penalty_text": "'责令改正；拒不改正的，处一千元以上五千元以下罚款。'",
        "penalty_kinds": "'[\"fine\"]'::jsonb",
        "fine_min": "1000",
        "fine_max": "5000",
        "limitation_years": "2",
        "status": "'published'",
        "valid_from": LONG_AGO,
        "recorded_from": f"{LONG_AGO}::timestamptz",
        "search_text": "'商场、门店超出门、窗外墙摆卖、经营（' || i || '）'",
    }
    fill(ItemVersion, version, source)


def _authority(scale: Scale) -> None:
    last_day = date(localdate().year + 2, 12, 31)
    days = {"valid_from": "DATE '2025-01-01'", "valid_to": f"DATE '{last_day}'", "status": "'in_force'"}
    days |= {"county_id": COUNTY}
    delegated = {
        "id": f"{TAU} * {DEPARTMENTS} + 1 + d",
        "mode": "'delegated'",
        "principal_id": f"c * {BODIES} + 1 + d",
        "holder_id": TOWNSHIP,
        "township_id": TOWNSHIP,
        "number": "'委〔2025〕' || c || '-' || t || '-' || d || '号'",
        "legal_basis": "'《中华人民共和国行政处罚法》第二十条'",
        "signed_on": "DATE '2025-01-01'",
        "published_by_principal_on": "DATE '2025-01-01'",
        "published_by_holder_on": "DATE '2025-01-01'",
    }
    fill(
        AuthorityGrant,
        days | delegated,
        _across(scale, _series("t", TOWNSHIPS), _series("d", DEPARTMENTS)),
    )
    own_key = f"{scale.townships * DEPARTMENTS} + c * {DEPARTMENTS} + 1"
    own = {"id": f"{own_key} + d", "mode": "'own'", "holder_id": f"c * {BODIES} + 1 + d", "valid_to": "NULL"}
    fill(AuthorityGrant, days | own, _across(scale, _series("d", DEPARTMENTS)))
    _grant_items(scale, own_key, f"daterange('2025-01-01', '{last_day}', '[]')")


def _grant_items(scale: Scale, own_key: str, period: str) -> None:
    shared = {"county_id": COUNTY, "item_id": "1 + i", "live": "true"}
    department = f"((1 + i) % {DEPARTMENTS})"
    delegated = {
        "id": f"{TAU} * {ITEMS} + 1 + i",
        "grant_id": f"{TAU} * {DEPARTMENTS} + 1 + {department}",
        "holder_id": TOWNSHIP,
        "township_id": TOWNSHIP,
        "mode": "'delegated'",
        "period": period,
    }
    fill(GrantItem, shared | delegated, _across(scale, _series("t", TOWNSHIPS), _series("i", ITEMS)))
    own = {
        "id": f"{scale.townships * ITEMS} + c * {ITEMS} + 1 + i",
        "grant_id": f"{own_key} + {department}",
        "holder_id": f"c * {BODIES} + 1 + {department}",
        "mode": "'own'",
        "period": "daterange('2025-01-01', NULL)",
    }
    fill(GrantItem, shared | own, _across(scale, _series("i", ITEMS)))
