"""结案与归档: nothing owed, nothing unserved, a second person; what is archived stays as it was put away."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from audit import outbox
from audit.selectors import trail_of
from cases.archive import rules, services
from cases.archive.forms import ArchiveForm, ClosingForm
from cases.archive.models import Closure, Shelf, Volume
from cases.archive.volumes import front_of
from cases.dossier.models import Assignment, Case
from cases.dossier.stages import Stage
from papers import numbering
from tests.cases.standing import again, denied, done, force, person, refused, standing_at
from tests.doors.drivers import at, instant
from tests.doors.script import Step, proof
from townships.models import County, RoleGrant
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


@pytest.mark.parametrize(
    ("move", "values"), [("approve-closing", {"opinion": "同意。"}), ("return-closing", {"reason": "补充。"})]
)
def test_a_head_who_proposed_the_closing_does_not_answer_it(standing, move, values):
    RoleGrant.objects.create(
        officer=standing.county.head, role=Role.TOWNSHIP_OFFICER, valid_from="2020-01-01"
    )
    done(standing, again(standing, "propose-closing", who="head"))
    denied(standing, "second_person_required", "第五十七条", Step("2026-04-10T09:00", "head", move, values))


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


@pytest.fixture
def closed(standing):
    done(standing, again(standing, "propose-closing"))
    done(standing, again(standing, "approve-closing"))
    outbox.relay(at=timezone.now())
    return standing


def shelved(county, number):
    """A number that another case of the body is put away under."""
    other = Case.objects.create(
        lead_number=f"青禾线索〔2025〕{number}号",
        source="patrol",
        summary="另案",
        found_on="2025-03-02",
        township=county.township,
        registered_by=county.clerk,
        registered_at=instant("2025-03-02T09:00"),
    )
    return Shelf.objects.create(case=other, body=county.township, number=number, by_hand=True)


def test_a_file_is_put_away_under_the_next_number_of_the_countys_pattern(closed):
    County.objects.update(archive_pattern="{word}档〔{year}〕{n:03d}号")
    shelved(closed.county, "青禾档〔2026〕001号")
    form = ArchiveForm(case=closed.case(), actor=closed.county.first, on=date(2026, 4, 13))
    assert "青禾档〔2026〕001号" in str(form.fields["number"].help_text)
    case = done(closed, again(closed, "archive"))
    # The archive office gave the first number out by hand.
    assert (case.shelf.number, case.shelf.by_hand) == ("青禾档〔2026〕002号", False)
    assert front_of(case, "")["cover"]["archive_number"] == "青禾档〔2026〕002号"
    assert trail_of(case.chain).get(verb="case_archived").payload["number"] == "青禾档〔2026〕002号"
    with at("2026-05-04T09:00"):
        reader = closed.client(again(closed, "archive"))
        page = reader.get(f"{reverse('case', args=[case.pk])}?tab=file")
        told = reader.get(f"/api/v1/cases/{case.pk}/").json()
    assert "青禾档〔2026〕002号" in page.content.decode()
    assert told["archive_number"] == "青禾档〔2026〕002号"
    with pytest.raises(DatabaseError), transaction.atomic():
        Shelf.objects.filter(pk=case.shelf.pk).update(number="1")


def test_a_number_of_the_archive_office_stands_as_it_is_and_takes_none_of_the_series(closed):
    given = shelved(closed.county, "J012-2026-0007")
    found = denied(
        closed, "archive_number_taken", "第四十七条", again(closed, "archive", number=given.number)
    )
    assert found["field"] == "number"
    case = done(closed, again(closed, "archive", number=" J012-2026-0008 "))
    assert (case.shelf.number, case.shelf.by_hand) == ("J012-2026-0008", True)
    assert numbering.upcoming(series="归档", body_id=closed.county.township.pk, year=2026) == 1


def test_the_database_keeps_a_number_once_in_an_archive(standing):
    given = shelved(standing.county, "20260001")
    given.pk, given.case = None, standing.case()
    with pytest.raises(DatabaseError, match="shelf_number_once"), transaction.atomic():
        given.save(force_insert=True)


@pytest.mark.parametrize("pattern", ["{n:04d}", "{year}", "{year}{m}{n}", "{year.real}{n}", ""])
def test_a_pattern_names_the_year_and_the_number_and_nothing_unknown(standing, pattern):
    with pytest.raises(DatabaseError, match="county_archive_pattern"), transaction.atomic():
        County.objects.update(archive_pattern=pattern)


def test_a_closed_case_takes_no_more_work(standing):
    done(standing, again(standing, "propose-closing"))
    case = done(standing, again(standing, "approve-closing"))
    assert not Assignment.objects.filter(case=case, ended_on=None).exists()
    for move in ("record-payment", "conclude", "propose-closing", "decide"):
        denied(standing, "wrong_stage", "", again(standing, move, at="2026-04-11T09:00"))
    late = again(standing, "add-exhibit", at="2026-04-11T09:00")
    denied(standing, "no_evidence_after_decision", "", late)


def obstacles(standing):
    return list(rules.closing_obstacles(standing.case(), date(2026, 4, 9)))


def serve(standing, kind):
    values = {**proof("2026-04-08T11:00"), "instrument": standing.case().instruments.get(kind=kind).pk}
    return Step("2026-04-08T12:00", "first", "serve-document", values)


def test_an_order_that_nobody_served_is_told_before_closing_until_it_is_served(standing):
    (warned,) = obstacles(standing)
    assert (warned.code, warned.blocks, warned.link) == ("served_properly", False, "case:serve-document")
    assert "责令改正通知书" in warned.message
    assert "第六十一条" in warned.article
    done(standing, serve(standing, "correction_order"))
    assert obstacles(standing) == []


def test_the_head_who_closes_reads_of_an_order_that_nobody_served(standing):
    done(standing, again(standing, "propose-closing"))
    with at("2026-04-10T09:00"):
        head = standing.client(again(standing, "approve-closing"))
        page = head.get(reverse("act-approve-closing", args=[standing.case_id])).content.decode()
    assert "没有送达记录" in page
    assert done(standing, again(standing, "approve-closing")).stage == Stage.CLOSED


def test_a_surcharge_never_served_keeps_the_case_open_until_it_is_served(standing):
    force("UPDATE cases_instrument SET kind = 'surcharge_notice' WHERE kind = 'correction_order'")
    found = denied(standing, "close_preconditions", "第七十七条", again(standing, "propose-closing"))
    assert found["link"] == "case:serve-document"
    done(standing, serve(standing, "surcharge_notice"))
    assert done(standing, again(standing, "propose-closing")).stage == Stage.CLOSING


def test_a_decision_still_being_announced_is_not_closed_before_its_thirty_days_are_over(standing):
    Case.objects.filter(pk=standing.case_id).update(served_on="2026-04-10")
    denied(standing, "served_properly", "第六十一条", again(standing, "propose-closing"))
    late = again(standing, "propose-closing", at="2026-04-10T09:00")
    assert done(standing, late).stage == Stage.CLOSING


@pytest.mark.parametrize("ground", ["revoked", "no_penalty"])
def test_a_case_is_closed_on_its_own_ground_only(standing, ground):
    found = denied(
        standing, "closing_ground_unfit", "第四十七条", again(standing, "propose-closing", ground=ground)
    )
    assert found["field"] == "ground"
    assert "处罚决定履行完毕" in found["message"]


def test_what_proves_open_while_the_closing_waits_is_executed_again_when_it_is_returned(standing):
    done(standing, again(standing, "propose-closing"))
    force("UPDATE cases_payment SET amount = 59999")
    returned = Step("2026-04-10T09:00", "head", "return-closing", {"reason": "尚欠一元。"})
    case = done(standing, returned)
    assert case.stage == Stage.SERVED
    assert case.clocks.get(kind="fine_payment").state == "running"


def test_opinions_minutes_and_receipts_stand_in_the_file_without_anybody_binding_them(closed):
    """F144: each in its place: the review of the statement, the opinion, the minutes, the receipts."""
    case = done(closed, again(closed, "archive"))
    titles = [part["title"] for part in Volume.objects.get(case=case).parts]
    order = (
        "行政处罚事先告知书",
        "陈述申辩复核意见书",
        "法制审核意见书",
        "案件集体讨论记录",
        "行政处罚决定书",
        "罚没款票据粘贴页",
    )
    assert [titles.index(title) for title in order] == sorted(titles.index(title) for title in order)
    for told in ("行政处罚事先告知书", "行政处罚决定书"):
        assert titles[titles.index(told) + 1] == "送达回证"


def test_the_form_proposes_nothing_that_no_record_shows(standing):
    """Money is proved by receipts; that the order to correct was obeyed, only by a look."""
    form = ClosingForm(case=standing.case(), actor=standing.county.first, on=date(2026, 4, 9))
    assert form.fields["summary"].initial == "当事人已缴清罚款。"
    force("UPDATE cases_decision SET kinds = '[\"warning\"]', fine = 0")
    unpaid = ClosingForm(case=standing.case(), actor=standing.county.first, on=date(2026, 4, 9))
    assert unpaid.fields["summary"].initial is None
