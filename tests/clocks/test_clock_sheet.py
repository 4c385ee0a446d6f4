"""期限计算说明: the file tells how each period was reckoned; an extension has its approval on paper."""

from datetime import date

import pypdfium2
import pytest

from cases.archive.clocksheet import clocks_told
from cases.archive.volumes import bind_file
from cases.dossier.models import Case
from cases.periods.services import extend_clock, suspend_clock
from papers import files
from tests.clocks.conftest import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(case, county) -> Case:
    """Suspended for nine days, then lengthened by thirty."""
    suspend_clock(
        case=case,
        actor=county.head,
        at=moment("2026-03-20T09:00"),
        kind="case_decision",
        ground="testing",
        started_on=date(2026, 3, 10),
        ended_on=date(2026, 3, 19),
        document="委托鉴定书〔2026〕1号",
    )
    extend_clock(
        case=case,
        actor=county.head,
        at=moment("2026-05-20T09:00"),
        kind="case_decision",
        length=30,
        reason="需要补充检测。",
    )
    return case


def told_of(case: Case, name: str) -> dict:
    return next(row for row in clocks_told(case) if name in row["name"])


def test_the_extension_is_approved_on_paper_with_the_day_before_and_after(moved):
    paper = moved.instruments.get(kind="matter_approval").paper
    rows = {row["label"]: row["text"] for row in paper.content["particulars"]}
    assert paper.content["title"] == "延期审批表"
    assert rows["原到期日"] == "2026年6月12日"
    assert rows["延长"].startswith("30日")
    assert rows["延长后到期日"] == "2026年7月12日"
    assert paper.content["approvals"][0]["signers"] == ["王建平"]
    assert paper.content["matter_reasons"] == "需要补充检测。"


def test_a_period_tells_its_start_proof_suspension_extension_and_article(moved):
    row = told_of(moved, "案件办理")
    assert (row["event"], row["began_on"], row["due"]) == ("立案", "2026-03-05", "2026年7月12日")
    assert "立案审批表" in row["proof"]
    assert "过程记录第" in row["proof"]
    assert "行政处罚" in row["article"]
    granted = "".join(f"{part['label']}{part['text']}" for part in row["granted"])
    for said in (
        "中止批准",
        "2026年3月10日至2026年3月19日",
        "委托鉴定书",
        "延长批准第1次延长30日",
        "需要补充检测",
        "王建平",
    ):
        assert said in granted, said


def test_the_days_skipped_are_named(standing_before):
    row = told_of(standing_before("serve-decision").case(), "送达")
    said = "".join(part["text"] for part in row["derivation"])
    assert "清明" in said or "周末" in said or "星期" in said, said


def test_the_sheet_is_bound_with_folios_and_listed_in_the_contents(moved, county):
    volume = bind_file(case=moved, actor=county.first, at=moment("2026-05-21T09:00"))
    line = volume.parts[-1]
    assert line["title"] == "期限计算说明"
    assert line["last"] == volume.page_count
    document = pypdfium2.PdfDocument(files.open_checked(volume.file))
    text = "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")
    assert text.count("期限计算说明") >= 2
    assert "委托鉴定书〔2026〕1号" in text
    assert bind_file(case=moved, actor=county.first, at=moment("2026-05-22T09:00")) == volume
