"""F052: while somebody is away what waits for them goes to others; nothing comes back by itself."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from audit.models import Event
from cases.dossier.models import Assignment
from cases.oversight.absences import settle_absences
from cases.review.models import LegalReview, ReviewAssignment, StandIn
from desk.models import Notice
from tests.cases.standing import again, done, person, standing_at
from tests.doors.drivers import at, instant
from tests.factories.townships import OfficerFactory, ReviewerPostFactory
from townships.models import Absence, ReviewerPost
from townships.roles import Role
from townships.services.absences import end_absence, set_absence

laid = standing_at("pass-review")
NOON = instant("2026-03-23T12:00")


def leave(officer, first="2026-03-23", last="2026-03-27", **facts):
    return set_absence(
        officer=officer,
        kind="sick",
        valid_from=date.fromisoformat(first),
        valid_to=date.fromisoformat(last),
        actor=officer,
        at=NOON,
        **facts,
    )


def backup(standing, order=1):
    return ReviewerPostFactory(body=standing.county.township, rank="backup", order=order)


def colleague(standing):
    return OfficerFactory(body=standing.county.township, roles=[Role.TOWNSHIP_OFFICER], certified=True)


def review_of(standing):
    return LegalReview.objects.get(case=standing.case_id, concluded_at=None)


def test_an_open_review_goes_to_the_next_and_stays_there(standing):
    post, absence = backup(standing), leave(standing.county.reviewer)
    assert settle_absences(at=NOON) == 1
    assert settle_absences(at=NOON) == 0
    review = review_of(standing)
    assert review.reviewer == post.officer
    stood_in = StandIn.objects.get()
    assert (stood_in.absence, stood_in.duty) == (absence, "review")
    assert (stood_in.before, stood_in.after) == (standing.county.reviewer, post.officer)
    assert "缺勤" in stood_in.because or "病假" in stood_in.because
    assert list(review.assignments.values_list("cause", flat=True)) == ["submitted", "absence"]
    assert Notice.objects.filter(recipient=post.officer, kind="absence").exists()
    settle_absences(at=instant("2026-03-28T09:00"))
    assert review_of(standing).reviewer == post.officer
    told = Notice.objects.get(recipient=standing.county.reviewer, key=f"back:{absence.pk}")
    assert "未自动换回" in told.title


def test_an_absence_ahead_changes_nothing_before_its_day(standing):
    backup(standing)
    leave(standing.county.reviewer, first="2026-03-25")
    assert settle_absences(at=NOON) == 0
    assert settle_absences(at=instant("2026-03-25T00:20")) == 1


def test_with_nobody_to_stand_in_the_review_waits_and_the_legal_department_is_told(standing):
    lawyer = OfficerFactory(body=None, roles=[Role.LEGAL_DEPARTMENT])
    leave(standing.county.reviewer)
    assert settle_absences(at=NOON) == 0
    settle_absences(at=NOON)
    assert review_of(standing).reviewer == standing.county.reviewer
    assert not StandIn.objects.exists()
    assert Notice.objects.filter(recipient=lawyer, key__startswith="review-stuck:").count() == 1


def test_a_reviewer_whose_post_ended_is_replaced_too(standing):
    post = backup(standing)
    ReviewerPost.objects.filter(officer=standing.county.reviewer).update(valid_to="2026-03-22")
    assert settle_absences(at=NOON) == 1
    assert review_of(standing).reviewer == post.officer
    assert ReviewAssignment.objects.latest("id").cause == "barred"


def test_a_seat_goes_to_the_least_burdened_colleague_and_the_old_one_stays_on_record(standing):
    county, after = standing.county, colleague(standing)
    busy = colleague(standing)
    leave(county.first)
    leave(busy)
    assert settle_absences(at=NOON) == 1
    case = standing.case()
    assert {case.lead_officer, case.second_officer} == {after, county.second}
    old = Assignment.objects.get(case=case, officer=county.first)
    assert str(old.ended_on) == "2026-03-23"
    stood_in = StandIn.objects.get()
    assert (stood_in.duty, stood_in.after) == ("handling", after)
    event = Event.objects.filter(verb="officers_changed").latest("id")
    assert event.actor_id is None
    assert county.first.name in event.payload["reason"]
    assert after.name in event.payload["reason"]


def test_whoever_keeps_their_cases_through_an_absence_keeps_them(standing):
    colleague(standing)
    leave(standing.county.first, hands_on_cases=False)
    assert settle_absences(at=NOON) == 0
    assert standing.case().lead_officer == standing.county.first


def test_nobody_uncertified_withdrawn_or_judging_takes_a_seat(standing):
    county = standing.county
    OfficerFactory(body=county.township, roles=[Role.TOWNSHIP_OFFICER])
    OfficerFactory(roles=[Role.TOWNSHIP_OFFICER], certified=True)
    leave(county.first)
    assert settle_absences(at=NOON) == 0
    assert standing.case().lead_officer == county.first


def test_another_head_is_named_for_what_waits_for_the_first(standing):
    county = standing.county
    done(standing, again(standing, "pass-review"))
    county.head.is_principal_head = True
    county.head.save()
    absence = leave(county.head)
    settle_absences(at=NOON)
    settle_absences(at=NOON)
    stood_in = StandIn.objects.get()
    assert (stood_in.absence, stood_in.duty, stood_in.after) == (absence, "approval", county.deputy)
    leave(county.deputy)
    assert not StandIn.objects.filter(after=county.head).exists()


def test_the_pages_and_rest_show_who_stood_in(standing, login):
    post, absence = backup(standing), leave(standing.county.reviewer)
    settle_absences(at=NOON)
    with at("2026-03-23T14:00"):
        reader = login(person(standing.county.leader))
        page = reader.get("/officers/absences/").content.decode()
        assert standing.county.reviewer.name in page
        assert post.officer.name in page
        (told,) = reader.get("/api/v1/absences/").json()
        assert [row["after"] for row in told["stand_ins"]] == [post.officer_id]
        opinion = login(person(post.officer)).get(f"/cases/{standing.case_id}/pass-review/").content.decode()
        assert "本轮指派经过" in opinion
        rosters = reader.get("/officers/rosters/").content.decode()
        assert "当日缺勤" in rosters
        rows = {row["officer"]: row for row in reader.get("/api/v1/rosters/").json()}
        assert rows[post.officer_id]["load"] == 1
        assert rows[absence.officer_id]["why_not"]


def test_a_stranger_sees_neither_the_absence_nor_the_case(standing, login):
    backup(standing)
    leave(standing.county.reviewer)
    settle_absences(at=NOON)
    stranger = OfficerFactory(roles=[Role.TEAM_LEADER])
    with at("2026-03-23T14:00"):
        assert login(stranger).get("/api/v1/absences/").json() == []
        assert (
            standing.county.reviewer.name not in login(stranger).get("/officers/absences/").content.decode()
        )


def test_coming_back_early_gives_nothing_back(standing):
    post, absence = backup(standing), leave(standing.county.reviewer)
    settle_absences(at=NOON)
    end_absence(absence=absence, last_day=date(2026, 3, 23), actor=absence.officer, at=NOON)
    settle_absences(at=instant("2026-03-24T09:00"))
    assert review_of(standing).reviewer == post.officer
    assert Absence.objects.get().valid_to == date(2026, 3, 23)


@pytest.mark.parametrize("column", ["after", "because"])
def test_what_was_taken_on_is_never_rewritten(standing, column):
    backup(standing)
    leave(standing.county.reviewer)
    settle_absences(at=NOON)
    with pytest.raises(DatabaseError), transaction.atomic():
        StandIn.objects.update(**{column: standing.county.head if column == "after" else "改"})
