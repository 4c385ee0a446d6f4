"""Rows of a case written as one parameter are those that Django would write, and refused where it refuses."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DataError, transaction

from audit import statements
from audit.selectors import trail_of
from cases.clocks import services as clocks
from cases.clocks.models import Clock
from cases.dossier.models import Case


@pytest.fixture
def case(until) -> Case:
    return until("route").case()


def written(case: Case) -> dict[str, object]:
    return Case.objects.values().get(pk=case.pk)


def test_a_row_is_written_as_django_would_save_it(case):
    case.address, case.authority, case.place = "“丙”\\", {"said": ["‘甲’", None, 3, "200.00"]}, None
    case.happened_at, case.ended_on = datetime(2026, 3, 2, 4, 5, 6, 7, tzinfo=UTC), date(2026, 3, 2)
    before = written(case)
    with transaction.atomic():
        case.save()
        expected = written(case)
        transaction.set_rollback(True)
    assert written(case) == before != expected
    statements.update(case)
    assert written(case) == expected


def test_a_text_too_long_for_its_column_is_refused_and_not_cut(case):
    before, clock = written(case), Clock.objects.get(case=case)
    case.address, clock.kind = "长" * 201, "k" * 41
    with pytest.raises(DataError), transaction.atomic():
        statements.update(case)
    with pytest.raises(DataError), transaction.atomic():
        statements.insert([clock])
    assert written(case) == before
    assert Clock.objects.count() == 1


def test_a_clock_started_anew_ends_the_one_that_runs_and_is_told_as_it_is_kept(case):
    first, event = Clock.objects.get(case=case), trail_of(case.chain).latest("id")
    since = event.occurred_at + timedelta(days=1)
    (fresh,) = clocks.turn(
        case, stops=(), starts=[first.kind], event=event, at=event.occurred_at, since=since
    )
    first.refresh_from_db()
    assert (first.state, first.stopped_at, first.stopped_by) == (Clock.State.CANCELLED, since, event)
    kept = Clock.objects.get(case=case, state=Clock.State.RUNNING)
    for field in Clock._meta.concrete_fields:
        assert getattr(kept, field.attname) == getattr(fresh, field.attname), field.name
    assert (case.next_due_on, case.next_clock) == (kept.due_on, kept.clock_id)
