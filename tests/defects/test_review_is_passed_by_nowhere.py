"""A case that must be reviewed is decided by no door, act or person before its review has passed."""

from decimal import Decimal

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases.acts import registry
from cases.decision import services
from cases.decision.models import CollectiveDiscussion, Decision
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.investigation.findings import current_report
from cases.review.models import LegalReview
from law.errors import RuleViolation
from tests.cases.standing import again, denied, person, step_of
from tests.doors.drivers import BACKEND, at, form_values, instant, photo
from tests.doors.script import whole_case
from tests.factories.townships import OfficerFactory

pytestmark = pytest.mark.django_db
NOW = "2026-03-25T09:00"
PEOPLE = ("head", "deputy", "first", "reviewer")
DOORS = ("act", "api")


@pytest.fixture(params=["submit-review", "pass-review"])
def unreviewed(request, standing_before):
    """Behind it a case not sent to its review yet, or one whose review is not answered; no more lacks."""
    door = standing_before(request.param)
    head = door.county.head
    CollectiveDiscussion.objects.create(
        case=door.case(),
        report=current_report(door.case()),
        held_at=instant("2026-03-24T09:00"),
        place="镇政府三楼会议室",
        chair=head,
        recorder="赵敏",
        opinions="同意。",
        conclusion="一致同意。",
        recorded_by=head,
    )
    return door


def typed(door, move):
    """What the script types for the act; what it types for the decision, for any other act that decides."""
    steps = {step.move: step for step in whole_case(door.county)}
    step = steps.get(move, steps["decide"])
    return form_values(step.values) | {name: photo() for name in step.files}


def test_no_act_of_anybody_through_any_door_decides_before_the_review_has_passed(unreviewed):
    """F089: each act as a page and over REST, by whoever leads, investigates or reviews."""
    door, tried = unreviewed, 0
    for who in PEOPLE:
        client = Client()
        client.force_login(getattr(door.county, who), backend=BACKEND)
        for move in registry.acts:
            if move == Move.PASS_REVIEW:
                continue
            for kind in DOORS:
                values = typed(door, move.value) | {"version": door.case().version}
                with at(NOW), transaction.atomic():
                    client.post(reverse(f"{kind}-{move.value}", args=[door.case_id]), values)
                    assert not Decision.objects.exists(), (who, move, kind)
                    transaction.set_rollback(True)
                tried += 1
    assert tried > 300
    assert not LegalReview.objects.filter(conclusion="pass").exists()
    denied(door, "legal_review_required", "第五十八条", again(door, "decide"))


def test_neither_the_service_nor_the_administrators_pages_decide_past_the_review(unreviewed):
    """F089: what the doors call is barred itself; the administrators' pages write nothing at all."""
    values = step_of(unreviewed.county, "decide").values
    with pytest.raises(RuleViolation) as refused, transaction.atomic():
        services.decide(
            case=unreviewed.case(),
            actor=person(unreviewed.county.head),
            at=instant(NOW),
            **{**values, "fine": Decimal(values["fine"])},
        )
    assert refused.value.code == "legal_review_required"
    master = OfficerFactory(is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(master, backend=BACKEND)
    before = Case.objects.values().get()
    for model in (Case, Decision, LegalReview):
        shown = admin.site._registry[model]
        assert list(shown.get_actions(_asked_by(client, master))) == []
        new = reverse(f"admin:cases_{model._meta.model_name}_add")
        assert client.post(new, {}).status_code == 403
    change = reverse("admin:cases_case_change", args=[unreviewed.case_id])
    assert client.post(change, {"stage": "decided"}).status_code == 403
    assert Case.objects.values().get() == before
    assert not Decision.objects.exists()


def _asked_by(client, officer):
    request = client.get(reverse("admin:index")).wsgi_request
    request.user = officer
    return request
