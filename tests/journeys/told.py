"""Stories for journeys, what a document prints, and the proof that a refusal changed nothing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from cases.clocks.models import Clock
from cases.demo.diary import Diary
from cases.demo.ground import Ground
from cases.demo.loading import registrar
from cases.demo.stories import PartyFacts, Story
from cases.demo.walk import Walk
from cases.dossier.models import Case
from cases.instruments.kinds import Kind
from law.errors import RuleViolation
from papers.rendering import render_html

TRADER = PartyFacts("sole_trader", "青禾镇老周水果店（化名）", "周某某", 901)
COMPANY = PartyFacts("organisation", "青禾县云顶商贸有限公司（化名）", "郑某某", 902)


def walk(ground: Ground, day: date, **told: Any) -> Walk:
    """Open a walk of a story on a given day."""
    facts: dict[str, Any] = {
        "township": "qinghe",
        "subject": "shop_front",
        "party": TRADER,
        "starts": 0,
        "until": "archive",
        "index": 1,
        "band": 2,
        "pair": 0,
        **told,
    }
    if "quantity" in facts:
        facts["quantity"] = Decimal(facts["quantity"])
    story = Story(**facts)
    township = ground.bodies[story.township]
    return Walk(
        story=story, township=township, clerk=registrar(story, township, day), diary=Diary.begin(day, 9, 7)
    )


def printed(walked: Walk, kind: Kind) -> str:
    """Return the text of the newest document of a kind, without spaces and line breaks."""
    paper = walked.instrument(kind).paper
    return re.sub(r"<[^>]+>|\s|\u00a0", "", render_html(paper.template, paper.content))


def due_on(walked: Walk, kind: str) -> date | None:
    """Return the last day of the newest clock of a kind."""
    return Clock.objects.filter(case=walked.case, kind=kind).latest("id").due_on


def state(case: Case) -> tuple[dict[str, int], dict[str, Any]]:
    """Return how many rows every table of ours holds, and the row of the case."""
    labels = ("audit", "papers", "cases", "townships", "desk")
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    counts = {model._meta.label: model._default_manager.count() for model in models}
    return counts, Case.objects.filter(pk=case.pk).values().get()


@contextmanager
def refused(case: Case, code: str) -> Iterator[None]:
    """Expect a refusal with code, article and way out, and that it changed nothing."""
    before = state(case)
    with pytest.raises(RuleViolation) as caught:
        yield
    refusal = caught.value
    assert refusal.code == code, refusal.message
    assert refusal.message
    assert refusal.article
    assert refusal.unblock
    assert state(case) == before
    case.refresh_from_db()
