"""Rows of a case written as one parameter are those that Django would write, and refused where it refuses."""

from datetime import UTC, date, datetime

import pytest
from django.db import DataError, transaction

from audit import statements
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
