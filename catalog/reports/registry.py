"""The register of reports: what each asks, its columns and its rows; one page serves them all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from catalog.access import VIEW
from desk.exports import Column
from desk.fields import DateField


class DayForm(forms.Form):
    """A report of one day."""

    on = DateField(label=gettext_lazy("哪一天"))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number above the rows: its word, and whether it is as it should be (None: no opinion)."""

    label: str | Promise
    value: Any
    good: bool | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a report found: figures, rows, sentences on them, and what may be done (label, address)."""

    rows: Sequence[Any] = ()
    figures: Sequence[Figure] = ()
    notes: Sequence[str | Promise] = ()
    acts: Sequence[tuple[str | Promise, str]] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One report.

    answer: from the cleaned fields of the form, and the officer where it is personal. link: what a row opens.
    """

    key: str
    title: str | Promise
    hint: str | Promise
    columns: Sequence[Column]
    answer: Callable[..., Answer]
    form: type[forms.Form] = DayForm
    code: str = VIEW
    personal: bool = False
    link: Callable[[Any], str] | None = None
    first: Callable[[date], Mapping[str, Any]] = field(default=lambda today: {"on": today})

    def found(self, officer: object, values: Mapping[str, Any]) -> Answer:
        """Answer for an officer."""
        return self.answer(**values, officer=officer) if self.personal else self.answer(**values)


_reports: dict[str, Report] = {}


def declare(*reports: Report) -> None:
    """Add reports; a key is used once."""
    for report in reports:
        if _reports.get(report.key, report) is not report:
            raise ValueError(f"two reports named {report.key}")
        _reports[report.key] = report


def find(key: str) -> Report | None:
    """Return a report by its key."""
    return _reports.get(key)


def forms_of_all() -> list[type[forms.Form]]:
    """List the questions that reports ask."""
    return [report.form for report in _reports.values()]


def open_to(codes: Iterable[str]) -> list[Report]:
    """List the reports somebody with these permissions may read, in the order of their declaration."""
    held = frozenset(codes)
    return [report for report in _reports.values() if report.code in held]
