"""What proves the facts stands in every document that rests on it: exhibits, and the records made."""

import re

from cases.dossier.models import Case
from cases.investigation.proofs import proofs_content, steps_content
from papers.rendering import render_html
from tests.cases.standing import force, standing_at

laid = standing_at("serve-decision")

NAMES = ["楼顶广告牌现场照片", "2026年3月6日现场检查笔录", "2026年3月10日对王建平的询问笔录"]


def text_of(door, kind):
    found = paper(door, kind)
    html = render_html(found.template, found.content)
    return re.sub(r"<[^>]+>|\s", "", html)


def paper(door, kind):
    return door.case().instruments.filter(kind=kind).latest("id").paper


def test_the_records_are_named_as_evidence_wherever_the_facts_are_told(standing):
    """行政处罚法第四十六条第一款、第五十九条第（二）项。"""
    for kind in ("investigation_report", "prior_notice", "penalty_decision"):
        told = paper(standing, kind).content["evidence"]
        assert [row["name"] for row in told] == NAMES, kind
    assert [row["kind"] for row in told] == ["书证", "勘验笔录、现场笔录", "当事人的陈述"]
    text = text_of(standing, "penalty_decision")
    assert "证据三：2026年3月10日对王建平的询问笔录，证明被询问人陈述的有关事实。" in text
    listed = paper(standing, "evidence_list").content["evidence"]
    assert [row["name"] for row in listed] == NAMES[:1]


def test_the_report_tells_each_measure_by_its_day(standing):
    """立案以后的检查、询问和责令改正，逐项写入调查经过（行政处罚法第四十七条）。"""
    text = text_of(standing, "investigation_report")

    assert "2026年3月6日，" in text
    assert "在和平路118号现场检查，制作笔录。" in text
    assert "询问王建平，制作笔录。" in text
    assert text.index("作出《责令改正通知书》") < text.index("现场检查，制作笔录")


def test_a_witness_is_told_apart_from_the_party(standing):
    case = standing.case()
    force(
        "UPDATE cases_record SET subject = %s WHERE case_id = %s AND kind = %s",
        "路人甲",
        case.pk,
        "interview",
    )

    told = proofs_content(case)[-1]

    assert (told["name"], told["kind"]) == ("2026年3月10日对路人甲的询问笔录", "证人证言")


def test_a_look_after_the_time_to_correct_says_so(standing):
    case = standing.case()
    force(
        "UPDATE cases_record SET started_at = %s, ended_at = %s WHERE case_id = %s AND kind = %s",
        "2026-03-10T02:00:00Z",
        "2026-03-10T02:30:00Z",
        case.pk,
        "inspection",
    )

    told = next(row for row in proofs_content(case) if row["kind"] == "勘验笔录、现场笔录")

    assert told["proves"] == "责令改正期限届满后的现场情况"


def test_a_measure_stays_with_those_who_took_it(standing):
    county = standing.county
    Case.objects.filter(pk=standing.case_id).update(lead_officer=county.head, second_officer=county.deputy)

    told = steps_content(standing.case())[-1]["text"]

    assert county.first.name in told
    assert county.second.name in told
    assert county.head.name not in told.partition("询问")[0]


def test_the_reviewer_had_the_records_and_the_order_before_them(standing):
    """送审材料写明笔录和责令改正通知书（行政处罚法第五十八条）。"""
    sent = paper(standing, "legal_review_opinion").content["materials"]

    assert sent[:4] == [
        "责令改正通知书 青禾责改〔2026〕1号",
        "现场检查（勘验）笔录",
        "询问（调查）笔录",
        "证据清单",
    ]
