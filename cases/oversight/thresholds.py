"""The amounts by key, sector, party and day: what holds, whose it is, what comes, where none is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.dossier.law_book import law_book
from cases.dossier.law_keys import FIGURES, Figure
from desk.formats import in_chinese, money
from law.parameters import find_parameter
from law.profiles import NATIONAL
from law.values import Value

PARTIES: Mapping[str, Promise] = {"citizen": _("公民"), "organisation": _("法人或其他组织")}
SECTORS = (NATIONAL, "samr", "mohurd")
HUNDRED = Decimal(100)
# Of these a place must have its own figure: without it no notice that needs it can be issued.
NEEDED = ("hearing.fine", "hearing.confiscation")


@dataclass(frozen=True, slots=True)
class Line:
    """One amount as it stands on a day."""

    figure: Figure
    party_type: str
    sector: str
    sector_name: str
    found: Value | None
    coming: Value | None
    versions: tuple[Value, ...]

    @property
    def party(self) -> str | Promise:
        """Name the kind of party."""
        return PARTIES.get(self.party_type, _("全部"))

    @property
    def amount(self) -> str:
        """Print the amount with its unit."""
        return shown(self.figure.unit, self.found.value) if self.found else ""

    @property
    def level(self) -> str | Promise:
        """Say whose rule it is."""
        return level_of(self.found) if self.found else ""

    def as_dict(self) -> dict[str, Any]:
        """Give the line as plain data."""
        return {
            "key": self.figure.key,
            "label": str(self.figure.label),
            "party_type": self.party_type,
            "sector": self.sector,
            "unit": self.figure.unit,
            "value": str(self.found.value) if self.found else None,
            **({} if self.found is None else facts(self.found)),
            "coming": facts(self.coming) | {"value": str(self.coming.value)} if self.coming else None,
        }


def facts(value: Value) -> dict[str, Any]:
    """Give where a value comes from and when it holds."""
    return {
        "level": str(level_of(value)),
        "article": value.article,
        "source": value.source,
        "valid_from": value.valid_from.isoformat(),
        "valid_until": value.valid_until.isoformat() if value.valid_until else None,
        "approved_by": value.approved_by,
    }


def level_of(value: Value) -> str | Promise:
    """Say whose rule a value is."""
    if value.approved_by:
        return _("本县")
    if value.keys.get("sector"):
        return _("部门规章")
    return _("地方规定") if value.keys.get("place") else _("法律")


def shown(unit: str, value: Decimal | int | str) -> str:
    """Print an amount in yuan, or a rate in per cent."""
    if unit == "rate":
        return f"{(Decimal(value) * HUNDRED).normalize():f}%"
    return f"{money(value)} {_('元')}"


def lines(place: str, *, on: date) -> list[Line]:
    """List every amount for this place on a day; a sector's own line only where its figure is another."""
    return [line for figure in FIGURES.values() for line in _of_figure(figure, place, on)]


def _of_figure(figure: Figure, place: str, on: date) -> Iterator[Line]:
    for party_type in PARTIES if figure.by_party else ("",):
        general = _line(figure, party_type, NATIONAL, place, on)
        yield general
        for sector in SECTORS[1:]:
            own = _line(figure, party_type, sector, place, on)
            if own.found is not None and own.found is not general.found:
                yield own


def _line(figure: Figure, party_type: str, sector: str, place: str, on: date) -> Line:
    book = law_book()
    keys = {"place": place, "sector": sector, "party_type": party_type}
    versions = tuple(
        sorted(
            (row for row in book.values if row.key == figure.key and row.matches(keys)),
            key=lambda row: (row.valid_from, bool(row.approved_by)),
            reverse=True,
        )
    )
    found = find_parameter(figure.key, on=on, book=book, **keys)
    coming = min(
        (row for row in versions if row.valid_from > on), key=lambda row: row.valid_from, default=None
    )
    profile = book.profile(sector)
    name = "" if sector == NATIONAL else profile.name_zh if in_chinese() else profile.name_en
    return Line(figure, party_type, sector, name, found, coming, versions)


def missing(place: str, *, on: date) -> list[Line]:
    """List the amounts that the place needs and nobody has entered: no number ships where none is known."""
    return [line for line in lines(place, on=on) if line.figure.key in NEEDED and line.found is None]
