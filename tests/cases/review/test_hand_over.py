"""A case handed over in the middle of its review is reviewed by the receiving body; its clock runs on."""

from datetime import date

import pytest
from django.utils import timezone

from audit import outbox
from cases.dossier import law_book
from cases.dossier.figures import LawSetting
from cases.dossier.stages import Stage
from cases.oversight.absences import settle_absences
from cases.review.models import LegalReview
from cases.routing.ending import settle_ended
from desk.models import Notice
from tests.cases.standing import standing_at
from tests.doors.drivers import at, instant
from tests.factories.townships import AuthorityGrantFactory, BodyFactory, OfficerFactory, ReviewerPostFactory
from townships.models import AuthorityGrant
from townships.roles import Role
from townships.services.lifecycle import revoke_grant

laid = standing_at("pass-review")
LAST, AFTER = "2026-03-23T10:00", "2026-03-24T00:10"


@pytest.fixture
def lawyer(standing):
    return OfficerFactory(body=None, roles=[Role.LEGAL_DEPARTMENT])


@pytest.fixture
def department(standing, lawyer):
    """The empowerment is taken back for tomorrow; by the county's rule open cases follow the power."""
    body = BodyFactory(department=True, name="青禾县综合行政执法局")
    AuthorityGrantFactory(own=True, holder=body, items=[standing.county.item])
    LawSetting.objects.create(
        key="authority.empowerment_ended",
        value={"value": "moves", "unit": "text", "keys": {}},
        article="青禾县综合行政执法改革方案第八条",
        source="青政办发〔2025〕20号",
        valid_from=date(2025, 1, 1),
        proposed_by=lawyer,
        approved_by=standing.county.clerk,
    )
    law_book.forget()
    grant = AuthorityGrant.objects.get(holder=standing.county.township)
    facts = {"revoked_on": date(2026, 3, 24), "reason": "评估后收回", "actor": lawyer, "at": instant(LAST)}
    revoke_grant(grant=grant, **facts)
    return body


def end_of_authority():
    with at(AFTER):
        assert settle_ended(at=instant(AFTER)).moved == 1
        outbox.relay(at=timezone.now())
        outbox.relay(at=timezone.now())


def review_of(standing):
    return LegalReview.objects.get(case=standing.case_id, concluded_at=None)


def test_the_receiving_bodys_roster_reviews_on(standing, department):
    formal = ReviewerPostFactory(body=department)
    before, clock = review_of(standing), standing.case().clocks.get(kind="legal_review", state="running")
    end_of_authority()
    case, review = standing.case(), review_of(standing)
    assert (case.handler, case.named, case.stage) == (department, department, Stage.REVIEW)
    assert (review.pk, review.round, review.reviewer) == (before.pk, before.round, formal.officer)
    assert list(review.assignments.values_list("cause", flat=True)) == ["submitted", "handed_over"]
    assert case.clocks.get(kind="legal_review", state="running") == clock
    assert Notice.objects.filter(recipient=formal.officer).exists()


def test_without_a_reviewer_there_the_legal_department_is_told_and_the_case_is_moved_all_the_same(
    standing, department, lawyer
):
    end_of_authority()
    assert standing.case().named == department
    assert review_of(standing).assignments.count() == 1
    assert Notice.objects.filter(recipient=lawyer, key__startswith="review-stuck:").exists()


def test_a_reviewer_appointed_later_is_found_by_the_next_run(standing, department):
    end_of_authority()
    formal = ReviewerPostFactory(body=department)
    with at("2026-03-24T00:20"):
        outbox.relay(at=timezone.now())
    assert formal.officer != review_of(standing).reviewer
    assert settle_absences(at=instant("2026-03-24T08:00")) == 1
    assert review_of(standing).reviewer == formal.officer
