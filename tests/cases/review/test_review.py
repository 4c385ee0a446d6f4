"""法制审核: by whom it fell to, on every point, for this very report."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from cases.dossier.models import Assignment
from cases.dossier.stages import Stage
from cases.review import services
from cases.review.models import POINTS, LegalReview
from tests.cases.standing import again, denied, do, done, force, person, refused, standing_at
from tests.doors.drivers import instant
from tests.factories.townships import OfficerFactory, ReviewerPostFactory
from townships.models import ReviewerPost, RoleGrant
from townships.roles import Role

MOVE = "pass-review"
AGREE = dict.fromkeys((key for key, _label in POINTS), "agree")
laid = standing_at(MOVE)


def conclude(door, actor, conclusion="pass", opinion="同意。", **points):
    services.conclude_review(
        case=door.case(),
        actor=person(actor),
        at=instant("2026-03-23T10:00"),
        conclusion=conclusion,
        opinion=opinion,
        **(AGREE | points),
    )


def objecting() -> dict[str, str]:
    return {"conclusion": "return", "opinion": "补充。", "facts": "object"}


@pytest.mark.parametrize("who", ["first", "head", "leader", "clerk", "supervisor"])
def test_nobody_without_the_post_gives_an_opinion(standing, who):
    assert do(standing, again(standing, MOVE, who=who)).status_code == 403
    with refused(standing.case(), "no_permission", "第五十八条"):
        conclude(standing, getattr(standing.county, who))


def test_a_namesake_is_not_the_reviewer(standing):
    """The review belongs to a person, not to a name."""
    twin = OfficerFactory(name="周岚", body=standing.county.township, roles=[Role.LEGAL_REVIEWER])
    ReviewerPostFactory(body=standing.county.township, officer=twin, rank="backup")
    with refused(standing.case(), "reviewer_not_handler"):
        conclude(standing, twin)


def test_a_reviewer_who_joined_the_case_meanwhile_does_not_review_it(standing):
    """F221: who handles the case does not review it."""
    Assignment.objects.create(
        case=standing.case(), officer=standing.county.reviewer, duty="joint", began_on="2026-03-21"
    )
    denied(standing, "reviewer_not_handler", "", again(standing, MOVE))


def test_a_post_that_ended_passes_nothing_but_may_send_the_case_back(standing):
    ReviewerPost.objects.update(valid_to="2026-03-22")
    denied(standing, "legal_reviewer_qualified", "第五十八条", again(standing, MOVE))
    case = done(standing, again(standing, MOVE, **objecting()))
    assert case.stage == Stage.INVESTIGATING


def test_a_reviewer_without_the_qualification_passes_nothing(standing):
    """F100: the qualification is asked for on the day of the opinion."""
    ReviewerPost.objects.update(qualified=False, first_reviewed_on="2019-01-01")
    denied(standing, "legal_reviewer_qualified", "第五十八条", again(standing, MOVE))


def test_a_reviewer_from_before_the_qualification_was_asked_for_may_go_on(standing):
    ReviewerPost.objects.update(qualified=False, first_reviewed_on="2017-06-01")
    done(standing, again(standing, MOVE))


@pytest.mark.parametrize("answer", ["", "yes", None])
def test_every_point_is_answered(standing, answer):
    """F096: a pass needs an answer to each point of the checklist."""
    with refused(standing.case(), "point_unanswered", "第五十八条"):
        conclude(standing, standing.county.reviewer, crime=answer)
    assert do(standing, again(standing, MOVE, crime=answer or "")).status_code == 400


def test_an_empty_checklist_is_no_review(standing):
    with refused(standing.case(), "point_unanswered", "第五十八条"):
        services.conclude_review(
            case=standing.case(),
            actor=person(standing.county.reviewer),
            at=instant("2026-03-23T10:00"),
            conclusion="pass",
            opinion="同意。",
        )


def test_an_objection_and_a_pass_exclude_each_other(standing):
    denied(standing, "pass_over_objection", "第五十八条", again(standing, MOVE, facts="object"))
    back = again(standing, MOVE, conclusion="fail")
    denied(standing, "return_without_objection", "第五十八条", back)


def test_an_opinion_is_given_once_and_stays(standing):
    done(standing, again(standing, MOVE))
    denied(standing, "wrong_stage", "第五十八条", again(standing, MOVE))
    for change in (lambda: LegalReview.objects.update(opinion="改"), LegalReview.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_reviewer_named_for_a_round_cannot_be_swapped(standing):
    other = OfficerFactory(body=standing.county.township, roles=[Role.LEGAL_REVIEWER])
    with pytest.raises(DatabaseError), transaction.atomic():
        LegalReview.objects.update(reviewer=other)


def test_a_case_has_one_open_review(standing):
    review = LegalReview.objects.get(case=standing.case_id)
    review.pk, review.round = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        review.save(force_insert=True)


def test_returned_for_evidence_leads_to_a_new_report_notice_and_review(standing):
    done(standing, again(standing, MOVE, **objecting()))
    assert standing.case().stage == Stage.INVESTIGATING
    denied(standing, "legal_review_required", "第五十八条", again(standing, "decide"))
    denied(standing, "prior_notice", "第四十四条", again(standing, "submit-review"))


def test_whoever_approved_the_proposal_does_not_review_it(standing):
    """The head who approved the notice holds the first post: the review falls to the next."""
    force("UPDATE cases_legalreview SET concluded_at = now(), conclusion = 'fail', opinion = '甲'")
    force("UPDATE cases_case SET stage = 'notified' WHERE id = %s", standing.case_id)
    ReviewerPost.objects.update(order=2)
    ReviewerPostFactory(body=standing.county.township, officer=standing.county.head)
    done(standing, again(standing, "submit-review", at="2026-03-23T09:00"))
    assert (
        LegalReview.objects.get(case=standing.case_id, concluded_at=None).reviewer == standing.county.reviewer
    )


def test_whoever_handled_the_case_does_not_review_it_whatever_their_name(standing):
    """F094: known by the person: an officer of the case may not, a namesake of one may."""
    second, reviewer = standing.county.second, standing.county.reviewer
    type(reviewer).objects.filter(pk=reviewer.pk).update(name=second.name)
    force("UPDATE cases_legalreview SET reviewer_id = %s", second.pk)
    RoleGrant.objects.create(officer=second, role=Role.LEGAL_REVIEWER, valid_from="2020-01-01")
    ReviewerPostFactory(body=standing.county.township, officer=second, rank="backup")
    denied(standing, "reviewer_not_handler", "", again(standing, MOVE, who="second"))
    force("UPDATE cases_legalreview SET reviewer_id = %s", reviewer.pk)
    assert done(standing, again(standing, MOVE)).stage == Stage.REVIEWED
