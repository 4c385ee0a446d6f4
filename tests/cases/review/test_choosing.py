"""Whom a review falls to: the roster in its order, then the county's pool by field and load, with why."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from audit import outbox
from audit.models import Event
from cases.dossier.access import get_case
from cases.dossier.models import Assignment
from cases.dossier.moves import Move
from cases.recusal import services as recusals
from cases.review import choosing, services
from cases.review.models import POINTS, LegalReview, ReviewAssignment
from tests.cases.standing import again, denied, do, done, force, person, refused, standing_at
from tests.doors.drivers import at, instant
from tests.factories.townships import BodyFactory, OfficerFactory, ReviewerPostFactory
from townships.models import Absence, ReviewerPost, ReviewerRank
from townships.roles import Role

MOVE = "submit-review"
DAY = date(2026, 3, 23)
laid = standing_at(MOVE)


def backup(standing, order=1, **facts):
    return ReviewerPostFactory(body=standing.county.township, rank=ReviewerRank.BACKUP, order=order, **facts)


def lent(*domains, **facts):
    body = facts.pop("body", None) or BodyFactory(department=True)
    return ReviewerPostFactory(body=body, rank=ReviewerRank.POOL, domains=list(domains), **facts)


def absent(officer, last="2026-03-31"):
    return Absence.objects.create(
        officer=officer,
        kind="leave",
        valid_from="2026-03-20",
        valid_to=last,
        set_by=officer,
        set_at=instant("2026-03-20T09:00"),
    )


def submitted(standing):
    done(standing, again(standing, MOVE, at="2026-03-23T09:00"))
    return LegalReview.objects.get(case=standing.case_id, concluded_at=None)


def whys(standing):
    return {one.name: one.why_not for one in choosing.considered(standing.case(), DAY)}


def test_the_first_on_the_roster_reviews_and_the_assignment_tells_why(standing):
    second = backup(standing)
    review = submitted(standing)
    (assignment,) = ReviewAssignment.objects.filter(review=review)
    assert assignment.reviewer == review.reviewer == standing.county.reviewer
    assert "名册首位" in assignment.because["zh"]
    assert [row["officer"] for row in assignment.considered] == [review.reviewer_id, second.officer_id]


def test_an_absent_reviewer_is_passed_over_for_the_backups_in_their_order(standing):
    later, first = backup(standing, 2), backup(standing, 1)
    absent(standing.county.reviewer)
    review = submitted(standing)
    assert review.reviewer == first.officer
    assert standing.county.reviewer.name in review.assigned_because["zh"]
    assert "缺勤" in review.assigned_because["zh"]
    assert later.officer.name in whys(standing)


@pytest.mark.parametrize(
    ("conflict", "told"),
    [
        ("handled", "承办本案"),
        ("withdrew", "回避"),
        ("decides", "决定"),
        ("no role", "角色"),
        ("unqualified", "资格"),
    ],
)
def test_a_reviewer_in_conflict_is_passed_over_with_the_reason(standing, conflict, told):
    """F091: the formal reviewer in conflict, the first backup is assigned."""
    county, next_one = standing.county, backup(standing)
    if conflict == "handled":
        Assignment.objects.create(
            case=standing.case(), officer=county.reviewer, duty="joint", began_on="2026-03-21"
        )
    elif conflict == "withdrew":
        _withdraw(standing, county.reviewer)
    elif conflict == "decides":
        ReviewerPost.objects.filter(officer=county.reviewer).update(officer=county.deputy)
    elif conflict == "no role":
        county.reviewer.role_grants.update(valid_to="2026-03-22")
    else:
        ReviewerPost.objects.filter(officer=county.reviewer).update(qualified_on="2026-03-24")
    first = choosing.considered(standing.case(), DAY)[0]
    assert told in first.why_not
    assert submitted(standing).reviewer == next_one.officer


def _withdraw(standing, officer, day="2026-03-22"):
    """Challenge an officer and let the head grant it, by the services."""
    case = standing.case()
    asked = recusals.request_recusal(
        case=case,
        actor=person(standing.county.first),
        at=instant(f"{day}T13:00"),
        officer=officer,
        applicant="party",
        grounds="近亲属",
        requested_at=instant(f"{day}T12:00"),
    )
    recusals.resolve_recusal(
        case=case,
        actor=person(standing.county.head),
        at=instant(f"{day}T14:00"),
        recusal=asked,
        granted=True,
        reasons="属实。",
    )


def test_the_pool_is_called_by_field_then_by_load_when_nobody_of_the_roster_may(standing):
    """F092: who has the field and less to do comes first; who is in conflict is left out."""
    absent(standing.county.reviewer)
    domain = standing.case().item_version.domain
    anything, busy, free = lent(), lent(domain), lent(domain)
    stranger = lent("海洋渔业")
    elsewhere = standing.case()
    force(
        "INSERT INTO cases_legalreview (county_id, case_id, report_id, round, grounds, reviewer_id, post_id,"
        " assigned_because, submitted_by_id, submitted_at, checklist, conclusion, opinion)"
        " SELECT county_id, id, (SELECT max(id) FROM cases_report WHERE case_id = cases_case.id), 90, '[]',"
        " %s, %s, '{}', lead_officer_id, now(), '{}', '', '' FROM cases_case WHERE id = %s",
        busy.officer_id,
        busy.pk,
        elsewhere.pk,
    )
    order = [one.post.pk for one in choosing.considered(standing.case(), DAY) if not one.why_not]
    assert order == [free.pk, busy.pk, anything.pk]
    assert "领域" in whys(standing)[stranger.officer.name]
    Assignment.objects.create(case=standing.case(), officer=free.officer, duty="joint", began_on="2026-03-21")
    assert "承办本案" in whys(standing)[free.officer.name]
    assert [one.post.pk for one in choosing.considered(standing.case(), DAY) if not one.why_not] == order[1:]


def test_a_pool_reviewer_of_another_body_reviews_this_case_and_no_other(standing):
    absent(standing.county.reviewer)
    outside = lent()
    review = submitted(standing)
    assert review.reviewer == outside.officer
    assert "县级审核人员池" in review.assigned_because["zh"]
    with at("2026-03-23T12:00"):
        reader = standing.client(again(standing, MOVE))
        reader.cookies["django_language"] = "en"
        page = reader.get(reverse("reviews")).content.decode()
    assert "Nobody on the body" in page
    assert "本机关名册" not in page
    stranger = OfficerFactory(body=outside.body, roles=[Role.LEGAL_REVIEWER])
    with pytest.raises(Http404):
        get_case(stranger, standing.case_id, on=DAY, move=Move.PASS_REVIEW)
    case = get_case(person(outside.officer), standing.case_id, on=DAY, move=Move.PASS_REVIEW)
    with pytest.raises(PermissionDenied):
        get_case(person(outside.officer), standing.case_id, on=DAY, move=Move.CONCLUDE_HEARING)
    agreed = dict.fromkeys((key for key, _label in POINTS), "agree")
    services.conclude_review(
        case=case,
        actor=person(outside.officer),
        at=instant("2026-03-23T11:00"),
        conclusion="pass",
        opinion="同意。",
        **agreed,
    )
    with pytest.raises(PermissionDenied):
        get_case(person(outside.officer), standing.case_id, on=DAY, move=Move.PASS_REVIEW)


def test_with_nobody_at_all_the_case_waits_and_is_told_whom_to_call(standing):
    ReviewerPost.objects.update(valid_to="2026-03-22")
    found = denied(
        standing, "legal_reviewer_qualified", "第五十八条", again(standing, MOVE, at="2026-03-23T09:00")
    )
    assert "名册" in found["message"] + found["unblock"]


def reassign(standing, **changes):
    lawyer = OfficerFactory(body=None, roles=[Role.LEGAL_DEPARTMENT])
    return services.reassign_review(
        case=standing.case(),
        actor=lawyer,
        at=instant("2026-03-23T12:00"),
        **{"reason": "审核人员与当事人相识。", **changes},
    )


def test_a_round_is_reassigned_on_the_record_and_its_clock_runs_on(standing):
    next_one = backup(standing)
    before = submitted(standing)
    clock = standing.case().clocks.get(kind="legal_review", state="running")
    after = reassign(standing)
    assert (after.pk, after.round, after.reviewer) == (before.pk, before.round, next_one.officer)
    told = list(ReviewAssignment.objects.order_by("id").values_list("reviewer", "cause"))
    assert told == [(before.reviewer_id, "submitted"), (next_one.officer_id, "decided")]
    assert standing.case().clocks.get(kind="legal_review", state="running") == clock
    assert Event.objects.filter(verb="review_reassigned").count() == 1
    denied(standing, "reviewer_not_handler", "", again(standing, "pass-review", at="2026-03-23T13:00"))


def test_a_round_is_not_reassigned_without_reason_or_to_nobody(standing):
    submitted(standing)
    with refused(standing.case(), "full_process_record"):
        reassign(standing, reason=" ")
    with refused(standing.case(), "legal_reviewer_qualified", "第五十八条"):
        reassign(standing)


@pytest.mark.parametrize("who", ["first", "leader", "head", "reviewer", "clerk"])
def test_only_the_legal_department_reassigns(standing, who):
    backup(standing)
    submitted(standing)
    step = again(standing, MOVE, who=who, at="2026-03-23T12:00")
    asked = replace(step, move="reassign-review", values={"reason": "想换人。"})
    assert do(standing, asked).status_code == 403


def test_the_database_swaps_no_reviewer_without_an_assignment_and_keeps_each(standing):
    review, next_one = submitted(standing), backup(standing)
    for change in (
        lambda: LegalReview.objects.filter(pk=review.pk).update(reviewer=next_one.officer, post=next_one),
        lambda: ReviewAssignment.objects.update(because="改"),
        ReviewAssignment.objects.all().delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_reviewer_who_has_to_withdraw_in_the_middle_is_replaced(standing):
    next_one, before = backup(standing), submitted(standing)
    _withdraw(standing, before.reviewer, day="2026-03-23")
    with at("2026-03-23T16:00"):
        outbox.relay(at=timezone.now())
    after = LegalReview.objects.get(pk=before.pk)
    assert (after.reviewer, after.assignments.latest("id").cause) == (next_one.officer, "barred")
