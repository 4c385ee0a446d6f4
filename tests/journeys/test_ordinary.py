"""One small case under empowerment, from the lead to the bound file, by the services alone."""

from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from audit.selectors import first_broken_link
from cases.archive.models import Volume
from cases.clocks.models import Clock
from cases.decision.models import Decision
from cases.dossier.stages import Stage
from cases.hearing.models import PriorNotice
from cases.instruments.kinds import Kind
from papers import files
from tests.journeys.told import due_on, printed, walk

TOWNSHIP = "青禾县青禾镇人民政府"


@pytest.fixture
def case_walk(ground):
    """Registered on Monday 2026-03-16."""
    return walk(ground, date(2026, 3, 16), statement="none")


def test_a_case_comes_from_its_lead_to_the_archive_in_the_townships_own_name(case_walk):
    case = case_walk.to(Stage.ARCHIVED)

    assert case.number == "青禾综执罚案〔2026〕1号"
    assert case.lead_number == "青禾综执线索〔2026〕1号"
    assert (case.mode, case.handler.name, case.named.name) == ("empowered", TOWNSHIP, TOWNSHIP)
    assert not case.is_open
    assert not Clock.objects.filter(case=case, state="running").exists()
    assert first_broken_link(case.chain) is None
    decision = Decision.objects.get(case=case)
    assert decision.fine == Decimal("1000.00")
    assert decision.instrument.number == "青禾综执罚决〔2026〕1号"
    assert decision.decided_by == case_walk.cast.head


def test_its_clocks_end_on_the_days_counted_by_hand(case_walk):
    case = case_walk.to(Stage.SERVED)

    # Monday 16 March: fifteen days by the rules of the item's sector, urban management.
    assert due_on(case_walk, "filing_check") == date(2026, 3, 31)
    # The order of 17 March gives three working days; looked at again on Monday 23 March; filed on the 24th.
    assert case.filed_on == date(2026, 3, 24)
    # Ninety days: 7 left in March, 30 in April, 31 in May, 22 in June.
    assert due_on(case_walk, "case_decision") == date(2026, 6, 22)
    # Served on Wednesday 1 April: 2, 3, 7, 8, 9 April.
    assert PriorNotice.objects.get(case=case).served_at.date() == date(2026, 4, 1)
    assert due_on(case_walk, "defence") == date(2026, 4, 9)
    # The window is over on Friday 10 April; decided on the Monday after, served the next day.
    assert case.decided_on == date(2026, 4, 13)
    # 14, 15, 16, 17, 20, 21, 22 April.
    assert due_on(case_walk, "decision_service") == date(2026, 4, 22)
    assert case.served_on == date(2026, 4, 14)
    assert due_on(case_walk, "fine_payment") == date(2026, 4, 29)


def test_its_decision_says_what_the_law_asks_for(case_walk):
    case = case_walk.to(Stage.DECIDED)

    paper = case_walk.instrument(Kind.DECISION).paper
    assert paper.issuer_name == TOWNSHIP
    text = printed(case_walk, Kind.DECISION)
    notice = PriorNotice.objects.get(case=case).instrument.number
    officers = [case.lead_officer, case.second_officer]
    for said in (
        TOWNSHIP,
        "青禾综执罚决〔2026〕1号",
        "青禾镇老周水果店（化名）",
        "经营者：周某某",
        "深圳经济特区市容和环境卫生管理条例",
        "第十七条",
        "情节较轻",
        "壹仟元整",
        "1,000.00",
        f"（{notice}）",
        "2026年4月1日",
        "不予采纳",
        "自收到本决定书之日起六十日内向青禾县人民政府申请行政复议",
        "六个月内直接向青禾县人民法院提起行政诉讼",
        "15日内",
        "2026年4月13日",
    ):
        assert said in text
    assert all(officer.name not in text for officer in case_walk.cast.heads)
    assert "/" not in text, text
    filing = printed(case_walk, Kind.FILING_APPROVAL)
    assert all(officer.name in filing for officer in officers)
    assert "同意立案" in filing


def test_the_notice_tells_facts_grounds_and_rights_but_no_hearing_below_the_threshold(case_walk):
    case_walk.to(Stage.NOTIFIED)

    text = printed(case_walk, Kind.PRIOR_NOTICE)
    assert "陈述和申辩的权利" in text
    assert "壹仟元整" in text
    assert "要求举行听证" not in text
    assert "/" not in text, text


def test_the_bound_file_holds_every_paper_with_its_right_page(case_walk):
    case = case_walk.to(Stage.ARCHIVED)

    volume = Volume.objects.get(case=case)
    document = pypdfium2.PdfDocument(files.open_checked(volume.file))
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    titles = [part["title"] for part in volume.parts]
    assert titles.index("立案审批表") < titles.index("行政处罚事先告知书") < titles.index("行政处罚决定书")
    assert [part["first"] for part in volume.parts] == [
        1,
        *(part["last"] + 1 for part in volume.parts[:-1]),
    ]
    assert volume.page_count == volume.parts[-1]["last"]
    decision = next(part for part in volume.parts if part["title"] == "行政处罚决定书")
    contents = "".join(pages[: next(at for at, page in enumerate(pages) if "办案时间轴与核对表" in page)])
    assert f"行政处罚决定书2026-04-13{decision['first']}" in contents
    folio = next(
        at for at, page in enumerate(pages) if "青禾综执罚决〔2026〕1号" in page and "一、案件来源" in page
    )
    assert pages[folio].startswith(str(decision["first"])) or pages[folio].endswith(str(decision["first"]))


def test_a_receipt_of_refused_service_bears_no_signature(ground):
    walked = walk(ground, date(2026, 3, 16), service="retention")
    walked.to(Stage.NOTIFIED)

    text = printed(walked, Kind.RECEIPT)
    assert "当事人拒绝签收" in text
    assert "见证人：村民委员会工作人员" in text
    assert "签名或者盖章：周某某" not in text
