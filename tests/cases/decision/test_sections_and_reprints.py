"""A decision tells facts, evidence, law, discretion and answer to the party; it stays as it was printed."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from cases.dossier.stages import Stage
from cases.instruments.models import Instrument
from cases.investigation.models import Exhibit
from papers import rendering
from papers.instruments import INSTRUMENTS
from papers.services import render
from tests.cases.standing import again, denied, do, done, force, standing_at, untouched
from tests.doors.drivers import at
from townships.models import Body, County

laid = standing_at("conclude")
TOLD = ("issue-notice", "serve-notice", "record-statement")
THEN = ("review-statement", "submit-review", "pass-review", "record-discussion", "decide")


def void_all(door, table):
    force(f"UPDATE {table} SET voided_at = now(), void_reason = '误', voided_by_id = {door.county.first.pk}")


@pytest.mark.parametrize("field", ["facts", "reasoning"])
def test_without_facts_or_reasons_there_is_nothing_to_decide_on(standing, field):
    """F114: what happened, and how the law sees it."""
    with untouched(standing.case_id):
        answer = do(standing, again(standing, "conclude", **{field: " "}))
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {field})


def test_without_evidence_law_or_grade_there_is_nothing_to_decide_on(standing):
    """F114: what proves it, under which article, in which grade."""
    denied(standing, "discretion_band", "", again(standing, "conclude", band=""))
    kept = list(Exhibit.objects.values_list("pk", flat=True))
    void_all(standing, "cases_exhibit")
    denied(standing, "facts_proved", "第四十条", again(standing, "conclude"))
    force("UPDATE cases_exhibit SET voided_at = NULL WHERE id = ANY(%s)", kept)
    force("UPDATE catalog_itemversion SET penalty_article = ''")
    denied(standing, "basis_missing", "", again(standing, "conclude"))


def test_without_an_answer_to_the_party_nothing_is_decided(standing):
    """F114: a statement that nobody looked into bars the decision; the answer is printed in it."""
    for move in ("conclude", *TOLD):
        done(standing, again(standing, move))
    denied(standing, "defence_reviewed", "第四十五条", again(standing, "decide"))
    for move in THEN:
        case = done(standing, again(standing, move))
    assert case.stage == Stage.DECIDED
    content = case.decision.instrument.paper.content
    printed = rendering.render_html("penalty_decision", content)
    for told in (
        "责令限期拆除后逾期未拆除",
        "楼顶广告牌现场照片",
        "第十七条第二款",
        "情节较重",
        "公司经营困难，请求从轻处罚",
        "经营困难不是从轻、减轻处罚的法定情形",
    ):
        assert told in printed, told


@pytest.fixture
def another_template(tmp_path):
    """Stand in a site whose template of the decision was changed since."""
    site = tmp_path / "site"
    shutil.copytree(Path(settings.BASE_DIR) / "templates", site / "templates")
    (site / "static").symlink_to(Path(settings.BASE_DIR) / "static")
    for changed in (site / "templates" / "instruments").glob("*.html"):
        changed.write_text(
            changed.read_text(encoding="utf-8").replace("本文书一式", "本决定一式"), encoding="utf-8"
        )
    with override_settings(BASE_DIR=site):
        rendering._engine.cache_clear()
        yield
    rendering._engine.cache_clear()


def test_an_old_decision_is_printed_again_as_it_was_though_template_and_county_changed(
    standing, request, login
):
    """F142: the paper keeps its content, the version of its template and the very page."""
    for move in ("conclude", *TOLD, *THEN):
        case = done(standing, again(standing, move))
    instrument = Instrument.objects.select_related("paper").get(case=case, kind="penalty_decision")
    before = render(instrument.paper).sha256
    html = rendering.render_html("penalty_decision", instrument.paper.content)
    assert instrument.paper.template_version == INSTRUMENTS["penalty_decision"].version
    request.getfixturevalue("another_template")
    Body.objects.filter(pk=case.named_id).update(name="改名人民政府", address="别处")
    County.objects.update(court_name="改名法院", government_name="改名政府")
    assert rendering.render_html("penalty_decision", instrument.paper.content) != html
    with at("2026-06-01T09:00"):
        url = reverse("instrument", args=[case.pk, instrument.pk])
        answer = login(standing.county.first).get(url)
    again_printed = b"".join(answer.streaming_content)
    fresh = Instrument.objects.select_related("paper__pdf").get(pk=instrument.pk)
    assert fresh.paper.pdf.sha256 == before
    assert fresh.paper.pdf.size == len(again_printed)
