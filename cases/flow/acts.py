"""An act: one move, one form, one service; served as a page and as a REST endpoint alike."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.dossier.access import get_case
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.stages import TABLE, Row
from cases.flow.services import check_version, holding
from desk.fields import LongText
from desk.language import in_legal_language
from law.errors import RuleViolation
from townships.models import Officer


class ActForm(forms.Form):
    """The shape of an act's input; knows the case and the actor only to offer choices, never to judge.

    Field names are the keyword arguments of the service.
    """

    def __init__(self, *args: Any, case: Case, actor: Officer, on: date, **kwargs: Any) -> None:
        self.case, self.actor, self.on = case, actor, on
        super().__init__(*args, **kwargs)
        self.offer()

    def offer(self) -> None:
        """Fill in choices and first values from the case; the default offers nothing."""


class AnswerForm(ActForm):
    """The head's answer to what was brought before them: yes or no, and why."""

    approved = forms.TypedChoiceField(
        label=_("审批"),
        choices=[("yes", _("同意")), ("no", _("不同意"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    opinion = LongText(label=_("审批意见"), rows=3, max_length=2000)


def no_obstacle(case: Case, on: date) -> Iterable[RuleViolation]:
    """Find nothing in the way beyond the table itself."""
    return ()


def always(case: Case) -> bool:
    """Offer the act in every case of its stages."""
    return True


def never(case: Case, on: date) -> bool:
    """Leave the first place to the stage's own step."""
    return False


def no_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Add nothing to the page."""
    return {}


@dataclass(frozen=True, slots=True)
class Act:
    """What a stage registers for each of its moves.

    also: further moves the same service may fire (an opinion passes or returns).
    obstacles: what stands in the way today, without raising, for the next-action panel.
    template, panel: a page richer than a form.
    applies: whether there is anything to do it on, so that it is not offered for nothing.
    first: whether it has to come before the stage's own step.
    """

    move: Move
    form: type[ActForm]
    service: Callable[..., Any]
    also: tuple[Move, ...] = ()
    obstacles: Callable[[Case, date], Iterable[RuleViolation]] = no_obstacle
    template: str = "cases/act.html"
    panel: Callable[[Case, Officer, date], Mapping[str, Any]] = no_panel
    hint: str | Any = ""
    applies: Callable[[Case], bool] = always
    first: Callable[[Case, date], bool] = never

    @property
    def row(self) -> Row:
        """The move's row of the table."""
        return TABLE[self.move]

    def is_open(self, case: Case) -> bool:
        """Tell whether the case's stage allows the act and holds something to do it on."""
        return case.stage in self.row.sources and self.applies(case)


@dataclass
class Registry:
    """All acts by move, filled by each stage's acts.py."""

    acts: dict[Move, Act] = field(default_factory=dict)

    def add(self, *acts: Act) -> None:
        """Register acts; a second act for a move is an error."""
        for act in acts:
            if act.move in self.acts:
                raise ValueError(f"{act.move} has two acts")
            self.acts[act.move] = act


registry = Registry()


@in_legal_language()
@transaction.atomic
def perform(
    act: Act,
    *,
    officer: Officer,
    pk: int,
    at: datetime,
    on: date,
    values: Mapping[str, Any],
    version: int | None,
) -> Case:
    """Do the act: through the one door, under the lock, for the version the person saw."""
    case = get_case(officer, pk, on=on, move=act.move, lock=True)
    check_version(case, version)
    with holding(case):
        act.service(case=case, actor=officer, **{"at": at, **values})
    return case
