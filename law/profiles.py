"""Profiles: sets of rules that name a clock for each kind of period; the most specific wins.

The order where several apply: the rule of a place for one sector, then the ministry's rule for the sector,
then the rule of the place for all sectors, then national law. Above all of them stands what the county itself
had approved for a clock (行政处罚法第六十条: 法律、法规、规章另有规定的，从其规定).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from law.articles import Citation, parse_all
from law.reading import tables
from law.values import place_within, significant

NATIONAL = "national"
JOIN = "+"


@dataclass(frozen=True, slots=True)
class Profile:
    """A set of rules with its parent and the clocks it names."""

    id: str
    name_zh: str
    name_en: str
    parent: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    sector: bool = False
    place: str = ""
    within: str = ""
    citations: tuple[Citation, ...] = ()

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Order by how specific: sector and place together, the sector, the place with the longer code."""
        both = bool(self.place and self.within)
        return (both, self.sector, len(significant(self.place)))


@cache
def packaged_profiles() -> Mapping[str, Profile]:
    """Give the packaged profiles by id."""
    return {
        name: Profile(
            id=name,
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            parent=row.get("parent", ""),
            kinds=row["kinds"],
            sector=row.get("sector", False),
            place=row.get("place", ""),
            within=row.get("within", ""),
            citations=parse_all(row["cite"]),
        )
        for _, content in tables("profiles")
        for name, row in content.items()
        if isinstance(row, dict)
    }


def of_place(place: str, profiles: Iterable[Profile]) -> list[Profile]:
    """List the rules of an area that a county there may choose, the most specific first."""
    found = [item for item in profiles if item.place and place_within(place, item.place)]
    return sorted(found, key=lambda item: item.rank, reverse=True)


def joined(sector: str, local: Profile | None) -> str:
    """Name the rules for a matter: its sector's, and those of the place where these speak of the sector."""
    if local is None or (local.within and local.within != sector):
        return sector
    return local.id if sector == NATIONAL else f"{sector}{JOIN}{local.id}"


def merged(profile_id: str, parts: Iterable[Profile]) -> Profile:
    """Make one profile of several, the most specific naming each clock."""
    ordered = sorted(parts, key=lambda item: item.rank, reverse=True)
    return Profile(
        id=profile_id,
        name_zh="＋".join(item.name_zh for item in ordered),
        name_en=" + ".join(item.name_en for item in ordered),
        kinds={kind: clock for item in reversed(ordered) for kind, clock in item.kinds.items()},
    )
