"""Profiles: sets of rules that name a clock for each kind of period; the most specific wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from law.reading import table


@dataclass(frozen=True, slots=True)
class Profile:
    """A set of rules with its parent and the clocks it names."""

    id: str
    name_zh: str
    name_en: str
    parent: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)


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
        )
        for name, row in table("profiles").items()
        if isinstance(row, dict)
    }
