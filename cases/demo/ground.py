"""County, bodies, teams and places of the demo."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from audit.county import this_county
from cases.demo.reading import table
from townships.models import Body, County, Place, PlaceKind, Team

FOUNDED = date(2020, 1, 1)
GRIDS = ("第一网格", "第二网格")


@dataclass(slots=True)
class Ground:
    """The bodies of the county by their code, in the order of the table."""

    bodies: dict[str, Body] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def bureau(self) -> Body:
        """The comprehensive enforcement bureau."""
        return self.bodies["bureau"]

    def townships(self, mode: str = "") -> list[str]:
        """List the codes of the townships, or of those that hold their powers in one way."""
        return [code for code, row in self.rows.items() if "mode" in row and mode in ("", row["mode"])]

    def departments(self) -> list[str]:
        """List the codes of bureau and departments."""
        kinds = ("comprehensive_bureau", "department")
        return [code for code, row in self.rows.items() if row["kind"] in kinds]


def lay() -> Ground:
    """Create the county with its bodies, teams, villages and grids."""
    data = table("county")
    County.objects.create(code=this_county(), place=str(this_county()), **data["county"])
    ground = Ground()
    for order, row in enumerate([*data["body"], *data["township"]]):
        _body(ground, row, order)
    return ground


def find() -> Ground:
    """Read the bodies of a county laid before."""
    data = table("county")
    rows = [*data["body"], *data["township"]]
    by_name = {body.name: body for body in Body.objects.filter(county_id=this_county())}
    return Ground(
        bodies={row["code"]: by_name[row["name"]] for row in rows},
        rows={row["code"]: row for row in rows},
    )


def _body(ground: Ground, row: dict[str, Any], order: int) -> None:
    body = Body.objects.create(
        kind=row["kind"],
        name=row["name"],
        short_name=row["short_name"],
        document_word=row["document_word"],
        parent=ground.bodies.get("government"),
        address=row["address"],
        phone=f"（0000）55501{order:02d}",
        contact="综合窗口",
        seal_name=row["name"],
        sort_order=order,
        active_from=FOUNDED,
    )
    ground.bodies[row["code"]], ground.rows[row["code"]] = body, row
    teams = row.get("teams") or ["综合行政执法队"]
    Team.objects.bulk_create(Team(body=body, name=name) for name in teams)
    _places(body, row.get("places", []))


def _places(body: Body, names: list[str]) -> None:
    for name in names:
        kind = PlaceKind.COMMUNITY if name.endswith("社区") else PlaceKind.VILLAGE
        Place.objects.create(township=body, name=name, kind=kind)
        Place.objects.bulk_create(
            Place(township=body, name=f"{name}{grid}", kind=PlaceKind.GRID) for grid in GRIDS
        )
