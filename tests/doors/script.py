"""One major case from lead to archive, as what people type: when, who, which act, which values.

2026: 2 March is a Monday; 4 to 6 April are the days off of 清明.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.doors.county import SmallCounty

PARTY = "青禾县云帆广告传媒有限公司"


@dataclass(frozen=True, slots=True)
class Step:
    """One act: local instant, actor, move ("" registers the lead), values by field, files by field."""

    at: str
    who: str
    move: str
    values: dict[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()


def proof(served_at: str) -> dict[str, Any]:
    return {
        "method": "direct",
        "served_at": served_at,
        "place": "青禾镇和平路118号",
        "recipient": "王建平（法定代表人）",
        "relation": "",
        "witness": "",
        "tracking": "",
        "note": "",
    }


def before_filing(c: SmallCounty) -> Iterator[Step]:
    yield Step(
        "2026-03-02T09:00",
        "clerk",
        "",
        {
            "source": "hotline",
            "summary": "和平路118号楼顶设置大型广告牌，未见审批手续。",
            "township": c.township.pk,
            "place": c.place.pk,
            "address": "和平路118号",
            "happened_at": "2026-03-01T10:00",
            "party_name": PARTY,
            "item": c.item.pk,
        },
    )
    yield Step("2026-03-02T09:10", "clerk", "route")
    yield Step(
        "2026-03-02T10:00", "leader", "accept", {"lead_officer": c.first.pk, "second_officer": c.second.pk}
    )
    yield Step(
        "2026-03-03T11:00",
        "first",
        "verify",
        {
            "checked_at": "2026-03-03T10:00",
            "findings": "现场可见楼顶广告牌一处，长12米、高6米，当事人未能出示审批文件。",
            "item": c.item.pk,
            "ended_on": "2026-03-03",
            "party_kind": "organisation",
            "party_name": PARTY,
            "credit_code": "91330000MA0000001X",
            "legal_representative": "王建平",
            "address": "青禾镇和平路118号",
            "phone": "13800000001",
            "suggestion": "file",
        },
    )
    yield Step(
        "2026-03-04T09:00",
        "first",
        "propose-filing",
        {
            "lead_officer": c.first.pk,
            "second_officer": c.second.pk,
            "opinion": "涉嫌违法，属本机关管辖，建议立案。",
        },
    )
    yield Step("2026-03-05T09:00", "head", "approve-filing", {"opinion": "同意立案。"})


def investigation(c: SmallCounty) -> Iterator[Step]:
    yield Step(
        "2026-03-06T11:00",
        "first",
        "order-correction",
        {
            "demand": "自收到本通知书之日起三日内自行拆除违法设置的户外广告设施。",
            "due_on": "2026-03-09",
        },
    )
    yield Step(
        "2026-03-06T15:00",
        "first",
        "record-inspection",
        {
            "started_at": "2026-03-06T14:00",
            "ended_at": "2026-03-06T14:40",
            "place": "和平路118号",
            "subject": "王建平",
            "content": "楼顶东南角有钢结构广告牌一处，长12米、高6米，画面为房产广告。",
            "certificate_shown": True,
            "rights_told": True,
            "signature": "当事人核对无误并签名",
        },
    )
    yield Step(
        "2026-03-06T16:00",
        "first",
        "add-exhibit",
        {
            "kind": "documentary",
            "title": "楼顶广告牌现场照片",
            "proves": "广告设施的位置、规格",
            "source": "执法人员现场拍摄",
            "collected_at": "2026-03-06T14:10",
            "place": "和平路118号",
        },
        ("upload",),
    )
    yield Step(
        "2026-03-10T10:00",
        "first",
        "record-interview",
        {
            "started_at": "2026-03-10T09:00",
            "ended_at": "2026-03-10T09:40",
            "place": "青禾镇综合行政执法队",
            "subject": "王建平",
            "content": "问：广告牌何时设置？\n答：今年二月。\n问：是否经过批准？\n答：没有。",
            "certificate_shown": True,
            "rights_told": True,
            "signature": "被询问人逐页签名",
        },
    )
    yield Step(
        "2026-03-10T16:00",
        "first",
        "conclude",
        {
            "facts": "2026年2月起，当事人未经批准在楼顶设置大型户外广告设施，责令限期拆除后逾期未拆除。",
            "band": c.band.pk,
            "kinds": ["fine"],
            "fine": "60000",
            "quantity": "1",
            "reasoning": "当事人系第二次被处罚，属情节较重。",
            "deviation_reasons": "",
            "mitigation_basis": "",
        },
    )


def notice(c: SmallCounty) -> Iterator[Step]:
    yield Step("2026-03-11T09:00", "head", "issue-notice", {"opinion": "同意。"})
    yield Step("2026-03-12T11:00", "first", "serve-notice", proof("2026-03-12T10:00"), ("upload",))
    yield Step(
        "2026-03-13T15:00",
        "first",
        "record-statement",
        {
            "made_at": "2026-03-13T14:00",
            "content": "公司经营困难，请求从轻处罚。",
        },
    )
    yield Step(
        "2026-03-16T09:00",
        "first",
        "review-statement",
        {
            "accepted": "none",
            "review_reasons": "经营困难不是从轻、减轻处罚的法定情形，不予采纳。",
        },
    )


def decision(c: SmallCounty) -> Iterator[Step]:
    yield Step("2026-03-20T09:00", "first", "submit-review", {"note": ""})
    points = ("authority", "party", "facts", "officers", "basis", "discretion", "procedure", "crime")
    yield Step(
        "2026-03-23T10:00",
        "reviewer",
        "pass-review",
        {
            **dict.fromkeys(points, "agree"),
            "conclusion": "pass",
            "opinion": "事实清楚，程序合法，同意拟处意见。",
        },
    )
    yield Step(
        "2026-03-24T11:00",
        "first",
        "record-discussion",
        {
            "held_at": "2026-03-24T09:00",
            "place": "镇政府三楼会议室",
            "chair": c.head.pk,
            "attendees": [c.head.pk, c.deputy.pk],
            "recorder": "赵敏",
            "opinions": "王建平：同意。\n罗莹：同意。",
            "conclusion": "一致同意罚款六万元。",
            "dissent": "",
        },
    )
    yield Step(
        "2026-03-25T09:00",
        "head",
        "decide",
        {
            "kinds": ["fine"],
            "fine": "60000",
            "reasons": "事实清楚，证据确凿，量罚适当。",
        },
    )


def execution(c: SmallCounty) -> Iterator[Step]:
    yield Step("2026-03-26T11:00", "first", "serve-decision", proof("2026-03-26T10:30"), ("upload",))
    yield Step(
        "2026-04-08T10:00",
        "first",
        "record-payment",
        {
            "amount": "60000",
            "paid_on": "2026-04-07",
            "receipt_number": "浙财0012345678",
            "channel": "bank",
            "payer": PARTY,
        },
        ("upload",),
    )
    yield Step(
        "2026-04-09T09:00",
        "first",
        "propose-closing",
        {"ground": "performed", "summary": "罚款已缴清，广告牌已拆除。"},
    )
    yield Step("2026-04-10T09:00", "head", "approve-closing", {"opinion": "同意结案。"})
    yield Step("2026-04-13T09:00", "first", "archive", {"note": ""})


def whole_case(c: SmallCounty) -> list[Step]:
    """All steps in order."""
    return [*before_filing(c), *investigation(c), *notice(c), *decision(c), *execution(c)]
