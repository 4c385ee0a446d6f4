"""Build the county of tests/data/routing_county.toml as plain rows, just as the file says."""

import csv
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange

from catalog.models import Item
from tests.factories.townships import BodyFactory, CountyFactory
from townships.models import AuthorityGrant, Body, GrantItem, GrantPlace, GrantStatus, Place, Suspension

DATA = Path(__file__).parents[1] / "data"


@dataclass
class RoutingCounty:
    """Bodies, items, places and grants by the names the file gives them."""

    bodies: dict[str, Body] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    grants: dict[str, AuthorityGrant] = field(default_factory=dict)


def cases() -> list[dict[str, str]]:
    """Read the cases worked out by hand."""
    with (DATA / "routing_cases.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found() -> RoutingCounty:
    """Lay the county out."""
    said = tomllib.loads((DATA / "routing_county.toml").read_text(encoding="utf-8"))
    county = RoutingCounty()
    CountyFactory()
    for name, (kind, full) in said["body"].items():
        county.bodies[name] = BodyFactory(kind=kind, name=full, short_name=full, document_word=name)
    for name, label in said["item"].items():
        county.items[name] = Item.objects.create(
            identity=label, created_at=datetime(2020, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
        )
    for name, township in said["place"].items():
        county.places[name] = Place.objects.create(
            township=county.bodies[township], name=name, kind="village"
        )
    for name, terms in said["grant"].items():
        county.grants[name] = _grant(county, name, terms)
    for name, end in said["ended"].items():
        body = county.bodies[name]
        body.active_to, body.successor = end["last_day"], county.bodies[end["successor"]]
        body.save()
    return county


def _grant(county: RoutingCounty, name: str, said: dict[str, Any]) -> AuthorityGrant:
    handed_on = said["mode"] in ("delegated", "empowered")
    holder = county.bodies[said["holder"]]
    grant = AuthorityGrant.objects.create(
        mode=said["mode"],
        principal=county.bodies.get(said.get("principal", "")),
        origin=county.bodies.get(said.get("origin", "")),
        holder=holder,
        township=holder if handed_on else None,
        number=name if handed_on else "",
        legal_basis=f"{name}的依据",
        decision_document="省政府决定",
        signed_on=said.get("signed"),
        published_by_principal_on=said.get("published"),
        published_by_holder_on=said.get("published_by_holder"),
        full_procedure="filed" in said,
        reviewed_on=said.get("signed") if "filed" in said else None,
        filed_on=said.get("filed"),
        valid_from=said["from"],
        valid_to=said.get("to"),
        status=GrantStatus.DRAFT,
    )
    for place in said.get("places", ()):
        GrantPlace.objects.create(grant=grant, place=county.places[place])
    revoked = said.get("revoked")
    if not said.get("draft"):
        grant.status = GrantStatus.REVOKED if revoked else GrantStatus.IN_FORCE
        grant.revoked_on = revoked
        grant.save()
    for item in said["items"]:
        _item(county, grant, item, said.get("withdrawn", {}).get(item))
    if "suspended" in said:
        first, last = said["suspended"]
        Suspension.objects.create(grant=grant, suspended_from=first, suspended_to=last, reason="评估")
    return grant


def _item(county: RoutingCounty, grant: AuthorityGrant, item: str, withdrawn: date | None) -> None:
    end = withdrawn or grant.revoked_on
    upper = end or grant.valid_to
    GrantItem.objects.create(
        grant=grant,
        item=county.items[item],
        holder=grant.holder,
        township=grant.township,
        mode=grant.mode,
        live=grant.status != GrantStatus.DRAFT,
        withdrawn_on=withdrawn,
        period=DateRange(grant.valid_from, upper, "[)" if end or upper is None else "[]"),
    )
