"""结案与归档: nothing owed, nothing unserved, a second person; what is archived stays as it was put away."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from audit import outbox
from cases.archive import services
from cases.archive.models import Closure, Volume
from cases.archive.volumes import front_of
from cases.dossier.models import Assignment
from cases.dossier.stages import Stage
from tests.cases.standing import again, denied, done, force, person, refused, standing_at
from tests.doors.drivers import at, instant
from townships.models import RoleGrant
from townships.roles import Role

laid = standing_at("propose-closing")


def test_a_case_with_money_owed_is_not_closed(standing):
    force("UPDATE cases_payment SET amount = 59999")
    denied(standing, "close_preconditions", "", again(standing, "propose-closing"))
    with refused(standing.case(), "close_preconditions"):
        services.propose_closing(
            case=standing.case(),
            actor=person(standing.county.first),
            at=instant("2026-04-09T09:00"),
            ground="performed",
            summary="",
        )


def test_money_found_missing_after_the_proposal_stops_the_approval_too(standing):
    done(standing, again(standing, "propose-closing"))
    force("UPDATE cases_payment SET amount = 59999")
    denied(standing, "close_preconditions", "", again(standing, "approve-closing"))


def test_a_decision_without_service_is_not_closed(standing):
    force("UPDATE cases_instrument SET state = 'issued' WHERE kind = 'penalty_decision'")
    denied(standing, "close_preconditions", "", again(standing, "propose-closing"))


def test_whoever_handled_the_case_does_not_approve_its_closing(standing):
    done(standing, again(standing, "propose-closing"))
    first = standing.county.first
    type(first).objects.filter(pk=first.pk).update(is_head=True)
    RoleGrant.objects.create(officer=first, role=Role.HEAD, valid_from="2020-01-01")
    denied(standing, "separate_functions", "第五十七条", again(standing, "approve-closing", who="first"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Closure.objects.update(answered_by=first, answered_at=timezone.now(), answer="approved")


def test_a_file_with_papers_still_being_laid_out_is_not_archived(standing):
    done(standing, again(standing, "propose-closing"))
    done(standing, again(standing, "approve-closing"))
    denied(standing, "papers_not_ready", "第四十七条", again(standing, "archive"))


def test_an_archived_file_is_shown_as_it_was_put_away(standing):
    done(standing, again(standing, "propose-closing"))
    done(standing, again(standing, "approve-closing"))
    outbox.relay(at=timezone.now())
    case = done(standing, again(standing, "archive", note="光盘一张存档案室。"))
    assert case.stage == Stage.ARCHIVED
    kept = Volume.objects.get(case=case)
    sheet = front_of(case, "")["timeline"]
    assert (sheet["checked_by"], sheet["checked_on"]) == ("赵敏", case.archived_on.isoformat())
    with at("2026-05-04T09:00"):
        browser = standing.client(again(standing, "archive"))
        answer = browser.get(reverse("case_file_download", args=[case.pk]))
    assert answer.status_code == 200
    assert Volume.objects.filter(case=case).count() == 1
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
    with pytest.raises(DatabaseError), transaction.atomic():
        Volume.objects.filter(pk=kept.pk).update(page_count=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Volume.objects.filter(pk=kept.pk).delete()


def test_a_closed_case_takes_no_more_work(standing):
    done(standing, again(standing, "propose-closing"))
    case = done(standing, again(standing, "approve-closing"))
    assert not Assignment.objects.filter(case=case, ended_on=None).exists()
    for move in ("record-payment", "conclude", "propose-closing", "decide"):
        denied(standing, "wrong_stage", "", again(standing, move, at="2026-04-11T09:00"))
    late = again(standing, "add-exhibit", at="2026-04-11T09:00")
    denied(standing, "no_evidence_after_decision", "", late)
