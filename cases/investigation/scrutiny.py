"""Examine evidence: review a device's record, tell a test result, exclude what was taken unlawfully."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.services import fire, require_move
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from cases.investigation import rules
from cases.investigation.models import Exhibit
from cases.investigation.reviews import DeviceReview, ResultTold
from law import gates
from townships.models import Officer

NEEDED = {
    "basis": ("使用依据", "basis of its use"),
    "legal_review": ("法制审核文件", "paper of the legal review"),
    "technical_review": ("技术审核文件", "paper of the technical review"),
    "published": ("设置地点公布情况", "publication of the place"),
    "finding": ("记录内容审核意见", "opinion on what was recorded"),
}


@transaction.atomic
def review_recording(
    *, case: Case, actor: Officer, at: datetime, exhibit: Exhibit, basis_level: str, **review: str
) -> DeviceReview:
    """Review what a surveillance device recorded, so that it may be evidence (行政处罚法第四十一条)."""
    require_move(case, Move.REVIEW_RECORDING, actor=actor, at=at)
    rules.require_field_work(case, on=timezone.localdate(at))
    rules.require_own_exhibit(case, exhibit)
    if basis_level == DeviceReview.Level.OTHER:
        raise gates.violation(
            "surveillance_device_reviewed",
            detail="设备的使用须有法律、行政法规依据。",
            detail_en="the use of the device needs a basis in law or regulation",
            field="basis_level",
        )
    for name, (zh, en) in NEEDED.items():
        if not review.get(name, "").strip():
            raise gates.violation(
                "surveillance_device_reviewed", detail=f"缺少{zh}。", detail_en=f"missing: {en}", field=name
            )
    fire(case, Move.REVIEW_RECORDING, actor=actor, at=at, payload={"exhibit": exhibit.number})
    return DeviceReview.objects.create(
        exhibit=exhibit, basis_level=basis_level, reviewed_by=actor, reviewed_at=at, **review
    )


@transaction.atomic
def tell_result(
    *, case: Case, actor: Officer, at: datetime, exhibit: Exhibit, result: str, objection: str
) -> ResultTold:
    """Tell the party a test result and how to object to it (市场监督管理行政处罚程序规定第三十二条)."""
    require_move(case, Move.TELL_RESULT, actor=actor, at=at)
    rules.require_own_exhibit(case, exhibit)
    if not (result.strip() and objection.strip()):
        raise gates.violation(
            "test_result_told",
            detail="须写明结论和提出异议的方式、期限。",
            detail_en="state the result, and how and until when to object",
            field="objection",
        ).weighed("block")
    fire(case, Move.TELL_RESULT, actor=actor, at=at, payload={"exhibit": exhibit.number})
    paragraphs = [
        f"本机关对{exhibit.title}（来源：{exhibit.source}）的结论告知如下：{result.rstrip('。')}。",
        f"对上述结论有异议的，{objection.rstrip('。')}。",
    ]
    instrument = issue(
        case=case, kind=Kind.RESULT_NOTICE, actor=actor, at=at, content={"paragraphs": paragraphs}
    )
    return ResultTold.objects.create(
        exhibit=exhibit, result=result, objection=objection, instrument=instrument, told_by=actor, told_at=at
    )


@transaction.atomic
def exclude_exhibit(*, case: Case, actor: Officer, at: datetime, exhibit: Exhibit, reason: str) -> None:
    """Exclude evidence that was taken unlawfully; it stays on file and proves nothing.

    行政处罚法第四十六条第三款。
    """
    require_move(case, Move.EXCLUDE_EXHIBIT, actor=actor, at=at)
    rules.require_own_exhibit(case, exhibit)
    if not reason.strip():
        raise gates.violation(
            "illegal_evidence_excluded",
            detail="须写明非法取得的情形。",
            detail_en="say how it was obtained unlawfully",
            field="reason",
        )
    fire(
        case,
        Move.EXCLUDE_EXHIBIT,
        actor=actor,
        at=at,
        payload={"exhibit": exhibit.number, "reason": reason},
    )
    exhibit.unlawful = True
    exhibit.voided_at, exhibit.voided_by, exhibit.void_reason = at, actor, reason
    exhibit.save(update_fields=["unlawful", "voided_at", "voided_by", "void_reason"])
