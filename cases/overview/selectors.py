"""Work queue, case list, search: each a page of rows by an index, never a count of everything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case as Choice
from django.db.models import Count, Q, QuerySet, SmallIntegerField, When

from cases.clocks.levels import levels
from cases.clocks.models import Clock
from cases.clocks.services import PARTY_CLOCKS
from cases.dossier.access import open_to, visible_to
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.own_work import keys_worked_on, worked_on
from cases.dossier.reading import read_once
from cases.dossier.stages import STEPS, TABLE, Stage
from cases.overview.rows import columns_of
from cases.overview.words import mentioning
from cases.review.models import LegalReview
from cases.routing.models import HandOverAnswer
from cases.routing.rules import unanswered
from desk.keyset import any_of
from townships.models import Officer
from townships.selectors.zones import places_of

REMEDIES = ("review_apply", "sue", "sue_after_review")
WINDOWS = tuple(kind for kind in PARTY_CLOCKS if kind not in REMEDIES)
# Who has to move next in a stage: the permission of its main move.
WAITING = {
    "lead.route": (Stage.LEAD,),
    "lead.accept": (Stage.ROUTED,),
    "case.approve_filing": (Stage.FILING,),
    "case.approve_notice": (Stage.INVESTIGATED,),
    "case.decide": (Stage.DISCUSSED, Stage.REVIEWED),
    "case.approve_closing": (Stage.CLOSING,),
}


@dataclass(frozen=True, slots=True)
class Due:
    """A running clock with its case, for the today stripe."""

    clock: Clock
    case: Case
    state: str


def soon(on: date) -> date:
    """Return the last due day that counts as soon: as many working days on as the county set."""
    return levels(on).yellow_until


def mine(officer: Officer, *, on: date) -> QuerySet[Case]:
    """Return the open cases the officer works on, first due first."""
    return columns_of(worked_on(officer, on=on)).order_by("next_due_on", "id")


def leads_others(officer: Officer, *, on: date) -> bool:
    """Tell whether the officer answers for the cases of whole bodies, not for their own alone."""
    leading = {"case.approve_filing", "case.reassign", "stats.view", "lead.route"}
    return bool(officer.permissions(on) & leading)


@read_once
def under_review(officer: Officer, on: date) -> list[int]:
    """Return the keys of the cases that wait for the officer's legal opinion."""
    if not officer.may(TABLE[Move.PASS_REVIEW].permission, on):
        return []
    theirs = LegalReview.objects.filter(reviewer=officer, concluded_at=None).values("case_id")
    return list(visible_to(officer, on=on).filter(pk__in=theirs).values_list("pk", flat=True))


def scope_of_work(officer: Officer, *, on: date) -> QuerySet[Case]:
    """Return the open cases whose clocks concern the officer: own ones and reviews, or a leader's bodies'."""
    if leads_others(officer, on=on):
        return visible_to(officer, on=on).filter(is_open=True)
    reviewed = under_review(officer, on)
    return Case.objects.filter(pk__in=[*keys_worked_on(officer, on), *reviewed])


def due_clocks(
    officer: Officer, own: Sequence[Case], *, on: date, limit: int = 30
) -> tuple[list[Due], list[Due]]:
    """Return what is overdue or due within three working days, and the party's own time in one's own cases.

    The party's time presses nobody here, but nothing is decided before it ends; it shows until then.
    """
    horizon = soon(on)
    cases = scope_of_work(officer, on=on).filter(next_due_on__lte=horizon).order_by("next_due_on", "id")
    due = list(columns_of(cases)[:limit])
    by_id = {case.pk: case for case in (*due, *own)}
    ours = ~Q(kind__in=PARTY_CLOCKS) & Q(case__in=[case.pk for case in due], due_on__lte=horizon)
    theirs = Q(kind__in=WINDOWS, case__in=[case.pk for case in own], due_on__gte=on)
    found: tuple[list[Due], list[Due]] = ([], [])
    for clock in Clock.objects.filter(ours | theirs, state=Clock.State.RUNNING).order_by("due_on", "id"):
        shown = Due(clock, by_id[clock.case_id], urgency(clock.due_on, on))
        found[clock.kind in PARTY_CLOCKS].append(shown)
    return found


def urgency(due_on: date | None, on: date) -> str:
    """Name how near a due day is: overdue, today, soon, later."""
    if due_on is None:
        return "provisional"
    if due_on < on:
        return "overdue"
    return "today" if due_on == on else "soon" if due_on <= soon(on) else "later"


def waiting_for(officer: Officer, *, on: date, limit: int = 20) -> list[Case]:
    """Return the cases that wait for this officer, those of the own zone first."""
    wanted = Q(pk__in=LegalReview.objects.filter(reviewer=officer, concluded_at=None).values("case_id"))
    for permission, which in _waiting():
        scope = officer.scope(on, permission)
        if not scope:
            continue
        bodies = Q() if scope.all_county else _in_bodies(scope.body_ids)
        wanted |= which & bodies
    cases = visible_to(officer, on=on).filter(wanted, is_open=True)
    own = When(place__in=places_of(officer, on).values("place"), then=0)
    near_first = columns_of(cases).alias(far=Choice(own, default=1, output_field=SmallIntegerField()))
    return list(near_first.order_by("far", "next_due_on", "id")[:limit])


def _waiting() -> list[tuple[str, Q]]:
    """Tell which cases wait for whom, by permission: by their stage, or for an answer to a hand-over."""
    refused, handed = Q(last=HandOverAnswer.Kind.REFUSED), unanswered()
    answers = ((Move.RECEIVE, handed.exclude(refused)), (Move.DESIGNATE, handed.filter(refused)))
    return [
        *((permission, Q(stage__in=stages)) for permission, stages in WAITING.items()),
        *(
            (TABLE[move].permission, Q(lead_officer=None, pk__in=rows.values("case_id")))
            for move, rows in answers
        ),
    ]


def _in_bodies(body_ids: frozenset[int]) -> Q:
    return (
        Q(named__in=body_ids) | Q(named=None, handler__in=body_ids) | Q(handler=None, township__in=body_ids)
    )


def by_step(officer: Officer, *, on: date) -> list[dict[str, Any]]:
    """Count the open cases of the officer's scope by step of the procedure."""
    counts = dict(
        scope_of_work(officer, on=on)
        .order_by()
        .values("stage")
        .annotate(n=Count("id"))
        .values_list("stage", "n")
    )
    return [
        {"step": number, "label": label, "count": sum(counts.get(stage.value, 0) for stage in stages)}
        for number, (label, stages) in enumerate(STEPS)
    ]


def by_urgency(officer: Officer, *, on: date) -> dict[str, int]:
    """Count the open cases of the officer's scope by the urgency of their next clock."""
    horizon = soon(on)
    return scope_of_work(officer, on=on).aggregate(
        overdue=Count("id", filter=Q(next_due_on__lt=on)),
        today=Count("id", filter=Q(next_due_on=on)),
        soon=Count("id", filter=Q(next_due_on__gt=on, next_due_on__lte=horizon)),
        later=Count("id", filter=Q(next_due_on__gt=horizon)),
        none=Count("id", filter=Q(next_due_on=None)),
    )


# Filters that a column must equal.
SAME = {"stage": "stage", "source": "source", "township": "township", "year": "found_on__year"}


def search(officer: Officer, *, on: date, values: Mapping[str, Any]) -> tuple[QuerySet[Case], Sequence[Q]]:
    """Return the county's cases that fit the filters, and the ways of which one must open a case; for a page.

    Words are found once for all ways.
    """
    cases, ways = open_to(officer, on=on)
    if values.get("q"):
        cases, ways = any_of(cases, ways), ()
    return _narrowed(cases, officer, on=on, values=values), ways


def _narrowed(
    cases: QuerySet[Case], officer: Officer, *, on: date, values: Mapping[str, Any]
) -> QuerySet[Case]:
    """Keep the cases that fit the filters."""
    if values.get("q"):
        cases = cases.filter(mentioning(values["q"], county_id=officer.county_id))
    same = {lookup: values[name] for name, lookup in SAME.items() if values.get(name)}
    cases = cases.filter(**same)
    if values.get("step"):
        cases = cases.filter(stage__in=STEPS[int(values["step"])][1])
    cases = _near(cases, officer, on=on, values=values)
    if values.get("open"):
        cases = cases.filter(is_open=True)
    return _due(cases, values.get("due", ""), on)


def _near(cases: QuerySet[Case], officer: Officer, *, on: date, values: Mapping[str, Any]) -> QuerySet[Case]:
    """Keep the cases the officer handles or reviews, or those of the zones they answer for."""
    if values.get("mine"):
        own = Q(lead_officer=officer) | Q(second_officer=officer)
        reviewed = under_review(officer, on)
        cases = cases.filter(own | Q(pk__in=reviewed) if reviewed else own)
    if values.get("zone"):
        cases = cases.filter(place__in=places_of(officer, on).values("place"))
    return cases


def _due(cases: QuerySet[Case], due: str, on: date) -> QuerySet[Case]:
    if due == "overdue":
        return cases.filter(is_open=True, next_due_on__lt=on)
    if due == "today":
        return cases.filter(is_open=True, next_due_on=on)
    if due == "soon":
        return cases.filter(is_open=True, next_due_on__gt=on, next_due_on__lte=soon(on))
    if due == "later":
        return cases.filter(is_open=True, next_due_on__gt=soon(on))
    if due == "none":
        return cases.filter(is_open=True, next_due_on=None)
    return cases
