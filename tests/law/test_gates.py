"""The gates: all registered, each with article, message and a way out in two languages."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from law.errors import LawError, RuleViolation
from law.gates import gate, gates, violation

ROOT = Path(__file__).parent.parent.parent


def test_all_123_gates_are_registered():
    assert len(gates()) == 123


@pytest.mark.parametrize("found", gates().values(), ids=lambda item: item.id)
def test_a_gate_says_what_is_wrong_by_which_article_and_who_does_what_next(found):
    assert found.citations
    assert found.article.startswith("《")
    assert found.severity in ("block", "warn")
    assert found.message_zh
    assert found.message_en
    assert len(found.unblock_zh) >= 12
    assert len(found.unblock_en) >= 25
    assert found.link
    assert found.source
    assert found.checked_on


@pytest.mark.parametrize(
    "found", [item for item in gates().values() if item.pending_stage], ids=lambda item: item.id
)
def test_a_pending_gate_waits_for_a_stage_that_does_not_exist_yet(found):
    stage = found.pending_stage.replace(".", "/")
    for place in (ROOT / stage, ROOT / "cases" / stage):
        built = place.with_suffix(".py").exists() or (place / "__init__.py").exists()
        assert not built, f"{found.id}: {found.pending_stage} exists, so the gate must be enforced there"


def test_a_fact_told_in_chinese_alone_stays_out_of_the_english_message():
    refusal = violation("hearing_window_elapsed", detail="截止2026年3月9日")
    assert refusal.message_en == gate("hearing_window_elapsed").message_en
    assert violation("hearing_window_elapsed", detail="23:00").message_en.endswith(": 23:00")


def test_a_violation_carries_the_gate_and_the_fact():
    refusal = violation(
        "hearing_window_elapsed", detail="截止2026年3月9日", detail_en="until 9 March", field="on"
    )
    assert isinstance(refusal, RuleViolation)
    assert refusal.code == "hearing_window_elapsed"
    assert refusal.message == "听证申请期（五个工作日）未满：截止2026年3月9日"
    assert refusal.message_en.endswith(": until 9 March")
    assert refusal.article == "《中华人民共和国行政处罚法》第六十四条第（一）项、第八十五条"
    assert refusal.unblock
    assert refusal.link == "case:hearing"
    assert refusal.blocks
    assert str(refusal) == f"{refusal.message}（{refusal.article}）"


def test_a_rule_may_block_under_one_profile_and_warn_under_another():
    assert violation("jurisdiction_no_retransfer").severity == "warn"
    assert violation("jurisdiction_no_retransfer", profile="samr").blocks
    assert not violation("decision_within_period").blocks


def test_an_unknown_gate_is_an_error_not_a_silence():
    for ask in (gate, violation):
        with pytest.raises(LawError) as error:
            ask("no_such_gate")
        assert error.value.field == "gate_id"


def test_a_refusal_survives_the_way_to_another_process():
    refusal = violation("prior_notice", detail="未送达")
    assert pickle.loads(pickle.dumps(refusal)).as_dict() == refusal.as_dict()


def test_a_gate_lists_itself_as_plain_data():
    listed = gate("two_certified_officers").as_dict()
    assert {"id", "law", "article", "severity", "message_zh", "message_en", "unblock_zh"} <= set(listed)
    assert listed["pending_stage"] is None
    assert gate("seizure_docs_on_spot").as_dict()["pending_stage"] == "coercion"
