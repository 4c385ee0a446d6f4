"""Whether a department may still act where its power has been handed on: the county's own dated rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Exclusivity:
    """What a handed-on power leaves its source: True bars it, False only warns.

    The national law bars nobody after delegation and is silent after empowerment.
    行政处罚法第二十条、第二十四条.
    """

    after_empowerment: bool = True
    after_delegation: bool = False


def _default(on: date) -> Exclusivity:
    return Exclusivity()


_asked: dict[str, Callable[[date], Exclusivity]] = {"rule": _default}


def provide(rule: Callable[[date], Exclusivity]) -> None:
    """Name where the county's approved rule is kept; the register itself knows only the default."""
    _asked["rule"] = rule


def exclusivity(on: date) -> Exclusivity:
    """Return the rule of a day."""
    return _asked["rule"](on)
