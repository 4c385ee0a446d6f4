"""The running clocks that a changed law moves are found by one read, whatever they count in."""

from datetime import date

import pytest

from audit.selectors import trail_of
from cases.clocks import derive
from cases.clocks.models import Clock
from cases.dossier.law_book import law_book
from cases.periods import recompute
from law.book import ClockOverride, LawBook
from tests.clocks.conftest import clock_of, moment, start

pytestmark = pytest.mark.django_db
# Working days, calendar days, months, hours and a period that ends in a year without notice.
KINDS = ("hearing_request", "review_apply", "sue", "transfer_accept", "evidence_hold", "decision_service")
YEAR = recompute.Cause(year=2026)


def found(cause: recompute.Cause, book: LawBook) -> set[int]:
    return {row.clock.pk for row in recompute.moved(cause, book=book)}


@pytest.fixture
def running(case):
    event = trail_of(case.chain)[0]
    for kind, day in zip(KINDS, ("02-12", "03-31", "08-31", "04-03", "09-28", "12-29"), strict=True):
        start(case, [kind], event=event, at=moment(f"2026-{day}T10:00"))
    return case


def test_what_the_law_gives_is_found_unmoved_and_every_other_date_is_found(running):
    book = law_book()
    clocks = list(derive.running_clocks(case=running))
    assert len(clocks) > len(KINDS)
    assert any(clock.provisional for clock in clocks)
    assert found(YEAR, book) == set()
    for clock in clocks:
        former = (clock.due_on, clock.provisional)
        for wrong in ((date(2026, 7, 14), False), (date(2026, 7, 14), True)):
            Clock.objects.filter(pk=clock.pk).update(due_on=wrong[0], provisional=wrong[1])
            assert found(YEAR, book) == {clock.pk}, clock.kind
        Clock.objects.filter(pk=clock.pk).update(due_on=former[0], provisional=former[1])


def test_they_are_found_by_one_statement_however_many_run(running, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert found(YEAR, law_book()) == set()


def test_a_rule_of_one_sector_moves_its_clocks_alone(running):
    clock = clock_of(running, "hearing_request")
    longer = {
        sector: law_book().with_overrides(
            clocks=[ClockOverride(clock.clock_id, {"length": 8}, profile=sector)]
        )
        for sector in ("samr", "mohurd")
    }
    cause = recompute.Cause(clock_id=clock.clock_id)
    assert found(cause, longer["samr"]) == set()
    [moved] = recompute.moved(cause, book=longer["mohurd"])
    assert moved.clock == clock
    # Three working days after 26 February: 27, the make-up Saturday, 2 March.
    assert (clock.due_on, moved.due.due_on) == (date(2026, 2, 26), date(2026, 3, 2))
