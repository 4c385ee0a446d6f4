"""What a case freezes, in the words it keeps, must come out on paper."""

import pypdfium2
import pytest

from papers.fitting import fit
from papers.rendering import lay_out, render_html
from tests.papers.samples import BASIS, CITIZEN, COMMON, DISCRETION, OBLIGATION

FACTS = {
    **COMMON,
    "cause": "王堃涉嫌擅自倾倒建筑垃圾案",
    "source": "热线转办",
    "summary": "群众反映倾倒建筑垃圾。",
    "place": "城关镇环城东路",
    "filed_on": "2026-03-03",
    "party": CITIZEN,
    "bank": {"name": "农商行", "account": "1"},
}
PENALTIES = [
    {"kind": "警告", "text": "警告", "amount": ""},
    {"kind": "罚款", "text": "", "amount": "6000.00"},
]
EVIDENCE = [
    {
        "number": 1,
        "title": "现场照片",
        "kind": "视听资料",
        "proves": "倾倒行为",
        "source": "执法人员拍摄",
        "collected_at": "2026-03-02T01:20:00+00:00",
        "place": "环城东路",
        "collectors": ["赵喆", "李铉"],
        "sha256": "a" * 64,
        "image": "",
    }
]
BASES = {"obligation": OBLIGATION, "penalty_basis": BASIS, "discretion": {**DISCRETION, "mitigation": ""}}


def printed(kind: str, **facts: object) -> str:
    rendered = lay_out(render_html(kind, {**FACTS, **facts}))
    document = pypdfium2.PdfDocument(rendered.pdf)
    return (
        "".join(page.get_textpage().get_text_range() for page in document)
        .replace("\r\n", "")
        .replace("　", "")
    )


def test_a_field_that_is_given_is_never_overridden():
    assert fit("no_filing_approval", {"reason": "甲", "reasons": "乙"})["reasons"] == "乙"
    assert (
        fit("interview_record", {"body": "问：甲", "dialogue": [{"q": "乙", "a": ""}]})["dialogue"][0]["q"]
        == "乙"
    )


def test_nothing_is_fitted_from_nothing():
    assert fit("penalty_decision", {}) == {}
    assert "statement" not in fit("prior_notice", {"facts": "甲"})


def test_the_filing_approval_prints_proposal_and_answer_and_no_empty_step_between():
    text = printed(
        "filing_approval",
        facts="核查属实。",
        suspected=["第十五条", "第二十六条"],
        statute="城市建筑垃圾管理规定",
        approvals=[
            {"role": "承办人意见", "opinion": "建议立案。", "name": "赵喆、李铉", "dated": "2026-03-02"},
            {"role": "机关负责人意见", "opinion": "同意立案。", "name": "郑旸", "dated": "2026-03-03"},
        ],
    )
    for said in (
        "核查属实",
        "《城市建筑垃圾管理规定》第十五条",
        "建议立案。",
        "同意立案。",
        "郑旸",
        "赵喆、李铉",
    ):
        assert said in text
    assert "承办机构负责人意见" not in text
    assert "立案条件核对" not in text


def test_an_interview_written_as_text_becomes_questions_and_answers():
    facts = fit(
        "interview_record", {"body": "问：为什么？\n答：图省事。\n就倒了。\n问: 还有吗？\n答：没有。"}
    )
    assert facts["dialogue"] == [
        {"q": "为什么？", "a": "图省事。就倒了。"},
        {"q": "还有吗？", "a": "没有。"},
    ]
    text = printed(
        "interview_record", body="他说记不清了。", subject="王堃", record_place="询问室", signature="逐页签名"
    )
    for said in ("他说记不清了。", "王堃", "询问室", "签名情况：逐页签名。"):
        assert said in text


def test_an_inspection_prints_its_own_place_and_findings():
    text = printed("inspection_record", body="现场有砖块。", record_place="加油站东120米", subject="钱旸")
    assert "现场有砖块。" in text
    assert "加油站东120米" in text
    assert "检查地点 城关镇" not in text


def test_instants_are_printed_in_local_time():
    assert "2026年3月2日9时20分" in printed("evidence_list", exhibits=EVIDENCE).replace(" ", "")


def test_an_order_without_a_day_is_to_be_obeyed_at_once():
    assert "立即改正上述违法行为" in printed(
        "correction_order", demand="清运垃圾", basis="第十五条", due_on=""
    )
    text = printed("correction_order", demand="清运垃圾", basis="第十五条", due_on="2026-03-09")
    assert "在2026年3月9日前改正上述违法行为" in text
    assert "1.清运垃圾。" in text
    assert "违反了第十五条" in text


def test_the_report_tells_whether_a_crime_is_suspected_only_if_the_case_does():
    report = {
        "facts": "倾倒属实。",
        "reasoning": "属于随意倾倒",
        "evidence": EVIDENCE,
        "penalties": PENALTIES,
        **BASES,
    }
    assert "不涉嫌犯罪" in printed("investigation_report", crime_suspected=False, **report)
    assert "经审查，本案涉嫌犯罪" in printed("investigation_report", crime_suspected=True, **report)
    text = printed("investigation_report", **report)
    assert "涉嫌犯罪，" not in text
    assert "不涉嫌犯罪" not in text
    assert "本案来源于热线转办，2026年3月3日立案" in text
    assert "现场照片" in text


def test_the_notice_and_its_approval_print_proposal_and_basis():
    shared = {"penalties": PENALTIES, **BASES}
    text = printed("prior_notice", facts="倾倒属实。", evidence=EVIDENCE, hearing_offered=True, **shared)
    for said in (
        "对王堃涉嫌擅自倾倒建筑垃圾案（",
        "2.罚款：人民币陆仟元整",
        "要求听证的权利",
        "证据一：现场照片，证明倾倒行为",
    ):
        assert said in text
    assert "听证" not in printed("prior_notice", hearing_offered=False, **shared)
    approval = printed("notice_approval", opinion="同意告知。", head="郑旸", **shared)
    for said in ("罚款：人民币陆仟元整", "《城市建筑垃圾管理规定》第二十六条", "同意告知。", "郑旸"):
        assert said in approval


@pytest.mark.parametrize(
    ("accepted", "said"),
    [
        ("采纳", "予以采纳"),
        ("部分采纳", "部分予以采纳"),
        ("不予采纳", "不予采纳"),
        ("采纳；不予采纳", "部分予以采纳"),
    ],
)
def test_the_decision_prints_the_answer_and_what_became_of_it(accepted, said):
    statement = {"made": True, "waived": False, "text": "请求从轻", "accepted": accepted, "reasons": "经核"}
    text = printed("penalty_decision", statement=statement, penalties=PENALTIES, evidence=EVIDENCE, **BASES)
    assert f"对其意见{said}。" in text


def test_the_approval_of_the_decision_prints_what_the_decision_says():
    text = printed(
        "decision_approval",
        facts="倾倒属实。",
        evidence=EVIDENCE,
        penalties=PENALTIES,
        correction="清运",
        statement={"made": False},
        opinion="同意处罚。",
        head="郑旸",
        **BASES,
    )
    for said in ("1.现场照片", "当事人未提出陈述、申辩", "同时责令清运", "较轻", "同意处罚。", "郑旸"):
        assert said in text


def test_the_legal_opinion_ticks_what_the_reviewer_answered():
    facts = fit(
        "legal_review_opinion",
        {
            **FACTS,
            "checklist": [
                {"point": "职权与主体", "answer": "符合"},
                {"point": "裁量适当", "answer": "有异议"},
            ],
            "conclusion": "通过",
            "reviewer": "周宁",
            "qualification": "A1",
            "fine": "6000",
        },
    )
    assert [head["result"] for head in facts["heads"]] == ["ok", "problem"]
    assert facts["conclusion"] == "agree"
    assert facts["reviewer"] == {"name": "周宁", "qualification": "A1", "dated": COMMON["dated"]}


def test_the_discussion_prints_each_opinion():
    text = printed(
        "discussion_record",
        held_at="2026-03-31T01:00:00+00:00",
        discussion_place="三楼",
        chair="郑旸",
        attendees=["郑旸", "何喆"],
        opinions="何喆：同意。\n郑旸：同意。",
        conclusion="一致同意。",
        dissent="",
        facts="倾倒属实。",
        penalties=PENALTIES,
        **BASES,
    )
    for said in (
        "2026年3月31日9时00分",
        "三楼",
        "郑旸、何喆",
        "何喆：同意。",
        "郑旸：同意。",
        "拟处理意见：1.警告",
    ):
        assert said in text


def test_a_receipt_taken_by_another_names_the_substitute():
    service = {
        "method": "直接送达",
        "recipient": "李四",
        "relation": "同住成年家属",
        "service_place": "上坪村23号",
        "served_at": "2026-04-03T02:20:00+00:00",
        "servers": ["赵喆"],
        "note": "",
        "documents": [],
    }
    facts = fit("service_receipt", {**FACTS, **service})
    assert facts["substitute"] == {"name": "李四", "relation": "同住成年家属"}
    assert facts["recipient"]["name"] == "王堃"
    assert facts["method"] == "direct"
    assert "substitute" not in fit(
        "service_receipt", {**FACTS, **service, "recipient": "王堃", "relation": "本人"}
    )
    text = printed("service_receipt", **service)
    assert "2026年4月3日10时20分" in text
    assert "上坪村23号" in text


def test_service_by_leaving_names_the_witness():
    facts = fit(
        "service_receipt",
        {"method": "留置送达", "recipient": "王堃", "witness": "村委会吴某", "note": "拒签"},
    )
    assert facts["refusal"]["witness"] == "村委会吴某"
    assert facts["method"] == "left"


def test_a_hearing_kept_as_one_text_is_printed_whole():
    text = printed(
        "hearing_record",
        scheduled_at="2026-04-08T09:00",
        hearing_place="三楼",
        chair="何喆",
        is_public=True,
        body="双方发表了意见。",
        outcome="已举行",
        signature="签名",
    )
    for said in ("双方发表了意见。", "听证结果：已举行。", "公开", "三楼", "签名情况：签名。"):
        assert said in text
    assert "逐项质证" not in text


def test_payment_closing_and_handing_over_print_what_the_case_keeps():
    text = printed(
        "payment_voucher", amount="6000", paid_on="2026-04-10", receipt_number="浙财1", channel="银行代收"
    )
    assert all(said in text for said in ("陆仟元整", "浙财1", "2026年4月10日", "银行代收"))
    closing = printed(
        "closing_approval",
        ground="处罚决定履行完毕",
        fine="6000",
        proposed_by="赵喆",
        proposed_on="2026-04-12",
        opinion="同意结案。",
        head="郑旸",
        summary="已全部履行。",
        payments=[{"paid_on": "2026-04-10", "amount": "6000", "receipt": "浙财1"}],
    )
    assert all(
        said in closing
        for said in ("2026年4月10日缴纳6,000.00元，票据号浙财1", "已全部履行。", "同意结案。", "赵喆")
    )
    handed = printed(
        "hand_over_list",
        reason="赋权调整",
        documents=[{"title": "立案审批表", "number": "青立〔2026〕1号"}],
        clocks=[{"clock": "办案期限", "due_on": "2026-06-01"}],
    )
    assert all(
        said in handed
        for said in ("赋权调整", "立案审批表", "青立〔2026〕1号", "办案期限（2026年6月1日届满）")
    )


def test_the_proof_of_authority_prints_the_finding_kept_with_the_act():
    finding = {
        "on": "2026-03-03",
        "mode": "empowered",
        "number": "青赋〔2025〕1号",
        "handler": "云溪乡人民政府",
        "name_on_documents": "云溪乡人民政府",
        "article": "第二十四条",
        "reasons_zh": ["赋权在有效期内"],
    }
    text = printed("authority_proof", finding=finding)
    for said in ("2026年3月3日", "青赋〔2025〕1号", "云溪乡人民政府", "赋权在有效期内", "√省级决定赋权"):
        assert said in text.replace("√ ", "√")


def test_the_back_sheet_prints_the_note_of_the_binder():
    text = printed("back_sheet", note="光盘一张。", bound_by="赵喆", dated="2026-05-08")
    assert all(said in text for said in ("光盘一张。", "赵喆", "2026年5月8日"))
