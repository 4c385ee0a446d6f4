"""Every move leaves its event, and what was issued stays as issued."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from audit.models import Event
from audit.selectors import first_broken_link, trail_of
from cases.archive.models import Closure
from cases.decision.models import CollectiveDiscussion, Decision
from cases.dossier.models import Assignment, Case
from cases.dossier.stages import TABLE
from cases.execution.models import Payment
from cases.hearing.models import PriorNotice, Statement
from cases.instruments.models import Instrument, Service
from cases.intake.models import FilingProposal
from cases.investigation.models import Correction, Exhibit, Record
from cases.parties.models import Party
from cases.review.models import LegalReview
from cases.routing.models import Referral
from papers.models import Paper, StoredFile
from tests.cases.standing import force, standing_at
from tests.doors.drivers import BACKEND
from tests.doors.script import whole_case

laid = standing_at("archive")
MOVES = {row.verb.code for row in TABLE.values()}


def test_every_move_left_exactly_one_event_with_who_and_when(standing):
    case = standing.case()
    events = list(trail_of(case.chain).filter(verb__in=MOVES).order_by("seq"))
    # One version a move, from the first; payment settles as a second move.
    assert len(events) == case.version - 1
    assert len(events) == len(whole_case(standing.county)) - 1
    assert all(event.actor_id and event.actor_name for event in events)
    assert {"move", "from", "to"} <= set.intersection(*(set(event.payload) for event in events))
    steps = [(event.payload["from"], event.payload["to"]) for event in events]
    assert [left for left, _to in steps[1:]] == [reached for _from, reached in steps[:-1]]
    assert first_broken_link() is None


def test_whoever_reads_the_trail_is_told_whether_it_was_touched(standing):
    case, client = standing.case(), Client()
    client.force_login(standing.county.supervisor, backend=BACKEND)

    def told() -> tuple[int | None, str]:
        answer = client.get(reverse("api-case-trail", args=[case.pk])).json()
        return answer["first_broken"], client.get(
            f"{reverse('case', args=[case.pk])}?tab=trail"
        ).content.decode()

    broken, page = told()
    assert broken is None
    assert "没有改动" in page
    force("UPDATE audit_event SET actor_name = '别人' WHERE chain = %s AND seq = 7", case.chain)
    broken, page = told()
    assert broken == 7
    assert "第 7 条被改动过" in page


def test_papers_keep_party_address_and_officers_as_they_were(standing):
    before = {paper.pk: (paper.content, paper.digest) for paper in Paper.objects.all()}
    assert len(before) > 15
    Party.objects.update(name="改名公司", address="改址", legal_representative="改人")
    Case.objects.filter(pk=standing.case_id).update(party_name="改名公司", address="改址", lead_officer=None)
    first = standing.county.first
    type(first).objects.filter(pk=first.pk).update(name="改名人")
    assert {paper.pk: (paper.content, paper.digest) for paper in Paper.objects.all()} == before


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Paper, {"content": {}}),
        (Instrument, {"number": "改"}),
        (Service, {"served_at": "2026-01-01T00:00Z"}),
        (PriorNotice, {"fine": 1}),
        (PriorNotice, {"hearing_offered": False}),
        (Statement, {"content": "改"}),
        (Statement, {"accepted": "all"}),
        (LegalReview, {"opinion": "改"}),
        (FilingProposal, {"answer": "refused"}),
        (Referral, {"reason": "改"}),
        (Correction, {"due_on": "2026-01-01"}),
        (Assignment, {"officer": 1}),
        (Decision, {"fine": 1}),
        (Exhibit, {"title": "改"}),
        (Exhibit, {"proves": "改"}),
        (Record, {"content": "改"}),
        (Payment, {"amount": 1}),
        (Payment, {"receipt_number": "改"}),
        (Event, {"verb": "改"}),
        (Event, {"payload": {}}),
        (StoredFile, {"sha256": "0" * 64}),
        (Closure, {"answer": "returned"}),
        (CollectiveDiscussion, {"conclusion": "改"}),
    ],
)
def test_the_database_keeps_what_was_told_answered_and_decided(standing, model, change):
    assert model.objects.exists()
    changed = {key: standing.county.head if key == "officer" else value for key, value in change.items()}
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**changed)
    with pytest.raises(DatabaseError), transaction.atomic():
        model._base_manager.all()._raw_delete("default")


@pytest.mark.parametrize(
    "model", [Case, Assignment, Instrument, Paper, Party, Decision, Payment, Exhibit, Record]
)
def test_nothing_of_a_case_is_ever_deleted(standing, model):
    assert model.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        model._base_manager.all()._raw_delete("default")
