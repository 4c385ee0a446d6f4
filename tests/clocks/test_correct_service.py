"""A service recorded with a wrong time is corrected by a new record; every clock it started follows."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from audit.selectors import trail_of
from cases.archive.rules import closing_obstacles
from cases.clocks.models import ClockChange
from cases.clocks.rules import premature_warning
from cases.hearing.models import PriorNotice
from cases.instruments.models import Service
from cases.instruments.serving import current_time
from cases.periods.correction import correct_service
from cases.periods.models import ServiceCorrection
from law.errors import RuleViolation
from tests.clocks.conftest import due_of, moment, walked
from tests.doors.script import before_filing

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(standing_before, db):
    return standing_before("record-statement")


@pytest.fixture
def county(door):
    return door.county


@pytest.fixture
def served(door):
    """The notice is recorded as served on 12 March, so the hearing may be asked for until 19 March."""
    return door.case()


def correct(case, county, served_at: str, *, when: str = "2026-03-16T09:00"):
    return correct_service(
        case=case,
        actor=county.first,
        at=moment(when),
        service=Service.objects.get(instrument__case=case),
        served_at=moment(served_at),
        reason="回执上的签收日期为3月13日，登记时误填。",
    )


def test_every_clock_that_the_service_started_is_derived_from_the_corrected_day(served, county):
    assert due_of(served, "hearing_request") == date(2026, 3, 19)
    correct(served, county, "2026-03-13T16:00")
    assert due_of(served, "hearing_request") == date(2026, 3, 20)
    assert due_of(served, "defence") == date(2026, 3, 20)
    assert due_of(served) == date(2026, 6, 3), "the ninety days hang on the filing"
    assert ClockChange.objects.count() == 2


def test_the_first_record_stays_and_the_trail_tells_both_times_and_dates(served, county):
    correct(served, county, "2026-03-13T16:00")
    service = Service.objects.get(instrument__case=served)
    assert service.served_at == moment("2026-03-12T10:00")
    assert current_time(service) == moment("2026-03-13T16:00")
    assert PriorNotice.objects.get(case=served).served_at == moment("2026-03-13T16:00")
    payload = trail_of(served.chain)[0].payload
    assert payload["served_before"].startswith("2026-03-12")
    hearing = next(row for row in payload["clocks"] if row["kind"] == "hearing_request")
    assert (hearing["before"], hearing["after"]) == ("2026-03-19", "2026-03-20")


@pytest.mark.parametrize("served_at", ["2026-03-17T10:00", "2026-03-10T10:00", "2026-03-12T10:00"])
def test_a_time_to_come_before_the_paper_or_unchanged_is_refused(served, county, served_at):
    with pytest.raises(RuleViolation) as refusal, transaction.atomic():
        correct(served, county, served_at)
    assert refusal.value.code == "served_properly"
    assert refusal.value.field == "served_at"
    assert due_of(served, "hearing_request") == date(2026, 3, 19)
    assert not ServiceCorrection.objects.exists()


def test_the_service_of_another_case_cannot_be_corrected_here(served, county):
    other = walked(county, before_filing(county)).case()
    with pytest.raises(RuleViolation):
        correct_service(
            case=other,
            actor=county.first,
            at=moment("2026-03-16T09:00"),
            service=Service.objects.get(instrument__case=served),
            served_at=moment("2026-03-13T16:00"),
            reason="x",
        )
    assert not ServiceCorrection.objects.exists()


def test_a_service_is_not_corrected_to_an_hour_still_to_come(served, county):
    with pytest.raises(RuleViolation) as caught, transaction.atomic():
        correct(served, county, "2026-03-16T10:00")
    assert (caught.value.code, caught.value.field) == ("served_properly", "served_at")
    assert not ServiceCorrection.objects.exists()


@pytest.fixture
def decided(standing_before, db):
    """Told on 12 March, to answer until the 19th; decided on the 25th."""
    return standing_before("serve-decision")


def told_too_early(case):
    return {found.code for found in premature_warning(case, date(2026, 3, 30))}


def test_a_corrected_service_that_shows_the_decision_came_too_early_is_told(decided):
    case = decided.case()
    assert told_too_early(case) == set()
    correct(case, decided.county, "2026-03-20T10:00", when="2026-03-26T09:00")

    case = decided.case()
    assert told_too_early(case) == {"defence_window_elapsed", "hearing_window_elapsed"}
    ended = case.clocks.get(kind="defence")
    assert (ended.state, ended.due_on) == ("stopped", date(2026, 3, 27))
    told = next(premature_warning(case, date(2026, 3, 30)))
    assert "2026年3月27日" in told.message
    assert "2026年3月25日" in told.message
    assert not told.blocks, "a service is not kept from being entered"
    assert "defence_window_elapsed" in {found.code for found in closing_obstacles(case, date(2026, 4, 9))}


def test_a_corrected_service_that_leaves_the_party_its_days_is_no_fault(decided):
    case = decided.case()
    correct(case, decided.county, "2026-03-17T10:00", when="2026-03-26T09:00")
    assert decided.case().clocks.get(kind="defence").due_on == date(2026, 3, 24)
    assert told_too_early(decided.case()) == set()


def test_the_page_of_the_decision_s_service_warns_of_it(decided, client):
    correct(decided.case(), decided.county, "2026-03-20T10:00", when="2026-03-26T09:00")
    client.force_login(decided.county.first)
    page = client.get(reverse("case", args=[decided.case_id])).content.decode()
    assert "依法自行纠正" in page
