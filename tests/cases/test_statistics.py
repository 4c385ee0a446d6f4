"""Figures for supervisors: right, within scope, and each opening its rows."""

from collections import Counter

import pytest

from cases.dossier.models import Source
from tests.doors.drivers import RestDoor, at
from tests.doors.script import before_filing

pytestmark = pytest.mark.django_db


def test_leads_are_counted_by_source_and_the_number_opens_its_rows(county, login):
    door = RestDoor(county)
    door.walk(list(before_filing(county)))
    with at("2026-03-06T09:00"):
        browser = login(county.supervisor)
        page = browser.get("/statistics/").content.decode()
        answer = browser.get("/api/v1/statistics/").json()
        rows = browser.get("/api/v1/cases/?source=hotline&year=2026").json()["results"]
        none = [
            *browser.get("/api/v1/cases/?source=patrol&year=2026").json()["results"],
            *browser.get("/api/v1/cases/?source=hotline&year=2025").json()["results"],
        ]
    assert {line["query"]: line["count"] for line in answer["sources"]}["source=hotline&year=2026"] == 1
    assert 'href="/cases/?source=hotline&amp;year=2026">1</a>' in page
    assert len(rows) == 1
    assert none == []
    # The filing check ended in time; the acceptance too.
    assert [(line["in_time"], line["late"], line["rate"]) for line in answer["townships"]] == [(2, 0, 100)]


def test_figures_are_for_those_who_supervise(county, login):
    assert login(county.first).get("/statistics/").status_code == 403
    assert login(county.first).get("/api/v1/statistics/").status_code == 403


def test_what_is_past_its_day_and_undone_counts_as_missed_and_opens_its_case(county, login):
    door = RestDoor(county)
    door.walk(list(before_filing(county))[:3])
    with at("2026-06-01T09:00"):
        browser = login(county.supervisor)
        page = browser.get("/statistics/").content.decode()
        [line] = browser.get("/api/v1/statistics/").json()["townships"]
        opened = f"township={line['township_id']}&open=on&due=overdue"
        rows = browser.get(f"/api/v1/cases/?{opened}").json()["results"]
    assert (line["overdue"], line["in_time"], line["late"], line["rate"]) == (1, 1, 1, 50)
    assert f'href="/cases/?{opened.replace("&", "&amp;")}">1</a>' in page
    assert len(rows) == 1


def test_a_lead_says_from_which_source_it_came_and_each_is_counted_apart(county, login):
    """F031: a lead comes from one of the sources on the list; the figures count each by itself."""
    lead = {"summary": "占道摆摊。", "township": county.township.pk}
    told = Counter({source: number for number, source in enumerate(Source.values, 1)})
    with at("2026-03-06T09:00"):
        clerk = login(county.clerk)
        for source in told.elements():
            sent = {**lead, "source": source}
            answer = clerk.post("/api/v1/leads/", sent, content_type="application/json")
            assert answer.status_code == 201
        wrong = clerk.post("/api/v1/leads/", {**lead, "source": "rumour"}, content_type="application/json")
        assert wrong.status_code == 400
        answer = login(county.supervisor).get("/api/v1/statistics/").json()
    counted = {line["query"]: line["count"] for line in answer["sources"]}
    assert counted == {f"source={source}&year=2026": number for source, number in told.items()}
