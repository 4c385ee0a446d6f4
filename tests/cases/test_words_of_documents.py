"""How what a case keeps becomes the words of its documents."""

from datetime import UTC, datetime

import pytest

from cases.decision.content import accepted_of
from cases.dossier.models import Case
from cases.hearing.models import Statement
from cases.instruments.content import penalties_told, provisions_told
from cases.instruments.models import Instrument, Service
from cases.instruments.serving import receipt
from cases.investigation.content import dialogue_of
from cases.parties.models import Party
from papers.wording import sentences

FINE = {"text": "罚款", "amount": "6000.00"}
WARNING = {"text": "警告", "amount": ""}


def test_an_interview_written_as_text_becomes_questions_and_answers():
    assert dialogue_of("问：为什么？\n答：图省事。\n就倒了。\n问: 还有吗？\n答：没有。") == [
        {"q": "为什么？", "a": "图省事。就倒了。"},
        {"q": "还有吗？", "a": "没有。"},
    ]


def test_an_account_without_questions_is_no_dialogue():
    assert dialogue_of("他说记不清了。\n问：真的？") == []


@pytest.mark.parametrize(
    ("fared", "together"),
    [(["all"], "all"), (["none", "none"], "none"), (["all", "none"], "part"), (["part"], "part"), ([""], "")],
)
def test_answers_that_fared_differently_were_accepted_in_part(fared, together):
    assert accepted_of([Statement(accepted=one) for one in fared]) == together


def test_several_penalties_are_numbered_and_one_is_not():
    assert penalties_told([FINE]) == "罚款：人民币陆仟元整（￥6,000.00）。"
    assert penalties_told([WARNING, FINE], "清运垃圾。") == (
        "1.警告；2.罚款：人民币陆仟元整（￥6,000.00）。同时责令清运垃圾。"
    )


def test_one_provision_that_forbids_and_punishes_is_cited_once():
    cited = {"statute": "《城市建筑垃圾管理规定》", "article": "第二十六条"}
    assert provisions_told({"obligation": cited, "penalty_basis": cited}) == (
        "《城市建筑垃圾管理规定》第二十六条"
    )


def test_what_says_nothing_is_no_sentence():
    assert sentences(["甲。", "", None, "乙；"]) == "甲。乙。"


def told(method: str = "direct", **service: str) -> dict[str, object]:
    """Return the 送达回证 of a notice to 王堃."""
    case = Case(party=Party(kind="citizen", name="王堃", phone="0578-1"), party_name="王堃")
    notice = Instrument(case=case, kind="prior_notice", number="青罚告〔2026〕1号")
    at = datetime(2026, 4, 3, 2, 20, tzinfo=UTC)
    return receipt(
        notice, Service(instrument=notice, method=method, served_at=at, servers=["赵喆"], **service)
    )


def test_a_receipt_taken_by_another_names_the_substitute():
    other = told(recipient="李四", relation="同住成年家属")
    assert other["substitute"] == {"name": "李四", "relation": "同住成年家属"}
    assert other["recipient"] == {"name": "王堃", "phone": "0578-1"}
    assert other["signed_by"] == "李四"
    assert "substitute" not in told(recipient="王堃", relation="本人")


def test_service_by_leaving_names_the_witness_and_nobody_signs():
    left = told("retention", recipient="王堃", witness="村委会吴某", note="拒签")
    assert left["refusal"] == {
        "at": "2026-04-03T02:20:00+00:00",
        "reason": "拒签",
        "witness": "村委会吴某",
    }
    assert left["recipient"] == {"name": "王堃", "phone": "0578-1"}
    assert "signed_by" not in left
