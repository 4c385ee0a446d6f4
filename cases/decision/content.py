"""What a decision prints: the six statutory items of 行政处罚法第五十九条, from what is on file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cases.clocks.models import Clock
from cases.clocks.selectors import length_of
from cases.decision.models import CollectiveDiscussion, Decision
from cases.dossier.models import Case
from cases.hearing.content import held_on, notice_reference
from cases.hearing.models import Hearing, PriorNotice, Statement
from cases.hearing.rules import current_notice
from cases.instruments.content import (
    approval,
    officers_of,
    penalties_told,
    provision_content,
    provisions_told,
)
from cases.investigation.content import (
    basis_content,
    penalty_content,
    proposal_of,
    weighing_of,
)
from cases.investigation.models import Report
from cases.investigation.proofs import proofs_content
from cases.review.rules import passed_review
from catalog.models import PenaltyKind
from papers import wording
from townships.models import Officer
from townships.selectors import heads_of

ACCEPTED = {"": "尚未复核", "all": "采纳", "part": "部分采纳", "none": "不予采纳"}


def discussion_content(discussion: CollectiveDiscussion, present: list[Officer]) -> dict[str, Any]:
    """Fill the record of the heads' discussion."""
    report, body = discussion.report, discussion.case.named
    expected = heads_of(body, timezone.localdate(discussion.held_at)).count() if body else len(present)
    proposed = penalties_told(penalty_content(report))
    return {
        "started_at": discussion.held_at.isoformat(),
        "discussion_place": discussion.place,
        "chair": discussion.chair.name,
        "members": [{"name": officer.name} for officer in present],
        "attendance": f"应到负责人{expected}人，实到{len(present)}人",
        "reporters": [officer.name for officer in officers_of(report.case)],
        "recorder": discussion.recorder,
        "speeches": discussion.opinions,
        "conclusion": discussion.conclusion,
        "dissent": discussion.dissent,
        "report": f"{report.facts}\n拟处理意见：{proposed}",
        "notice_state": notice_state(report.case),
        "review_state": review_state(report.case),
    }


def decision_content(
    case: Case, report: Report, *, fine: Decimal, kinds: list[str], reasons: str, on: date
) -> dict[str, Any]:
    """Fill the decision."""
    place, penalties = case.county, penalty_content(report, fine=fine, kinds=kinds)
    return {
        "facts": report.facts,
        "reasoning": report.reasoning,
        "reasons": reasons,
        "evidence": proofs_content(case),
        "procedure": procedure_content(case),
        "notice": notice_reference(current_notice(case)),
        "statement": statement_content(case),
        "hearing": hearing_content(case),
        "penalties": penalties,
        "correction": correction_content(case),
        "payment": payment_content(case, on=on) if any(item["amount"] for item in penalties) else {},
        "remedy": {
            "mode": "ordinary",
            "government_name": place.government_name,
            "court_name": place.court_name,
        },
        **basis_content(report),
    }


def payment_content(case: Case, *, on: date) -> dict[str, Any]:
    """Tell until when and to which account of the deciding body money is paid (行政处罚法第六十七条)."""
    place, named = case.county, case.named
    return {
        "days": length_of("fine_payment", case, unit="calendar_day", on=on),
        "bank": (named.fine_bank if named else "") or place.bank_name,
        "account": (named.fine_account if named else "") or place.bank_account,
    }


def approval_content(
    report: Report, decided: Mapping[str, Any], *, opinion: str, head: str, late_reasons: str, on: date
) -> dict[str, Any]:
    """Fill the approval of a decision.

    decided: the content of the decision that is approved.
    """
    case = report.case
    clock = Clock.objects.filter(case=case, kind="case_decision").order_by("-id").first()
    named = [f"{number}.{item['name']}" for number, item in enumerate(decided["evidence"], start=1)]
    return {
        "decide_due": clock.due_on.isoformat() if clock and clock.due_on else "",
        "facts": decided["facts"],
        "evidence_summary": wording.sentences(["；".join(named)]),
        "basis": provisions_told(decided),
        "proposed": penalties_told(decided["penalties"], decided["correction"]),
        "notice_state": notice_state(case),
        "review_state": review_state(case),
        "discussion_state": discussion_state(case),
        "circumstances": weighing_of(report),
        "approvals": [proposal_of(report), approval("head", opinion, [head], on)],
        "remarks": late_reasons,
    }


def procedure_content(case: Case) -> list[str]:
    """Tell the steps in the order of their days, with document numbers."""
    source = str(case.get_source_display()).removesuffix("发现")
    steps = [(timezone.localdate(case.registered_at), f"本机关通过{source}发现违法线索。")]
    if case.filed_on:
        steps.append((case.filed_on, f"本机关予以立案（{case.number}）。"))
    for record in case.records.filter(voided_at=None):
        steps.append((timezone.localdate(record.started_at), f"执法人员制作{record.get_kind_display()}。"))
    for correction in case.corrections.select_related("instrument"):
        day = timezone.localdate(correction.ordered_at)
        order = correction.instrument
        steps.append((day, f"本机关作出《{order.get_kind_display()}》（{order.number}）。"))
    return [f"{day:%Y年%-m月%-d日}，{text}" for day, text in sorted(steps, key=lambda step: step[0])]


def notice_state(case: Case) -> str:
    """Say how the party was told and what it answered."""
    notice, statement, hearing = current_notice(case), statement_content(case), hearing_content(case)
    if notice is None or notice.served_at is None:
        return ""
    paper = f"《{notice.instrument.kind_label}》（{notice.instrument.number}）"
    told = f"{timezone.localdate(notice.served_at):%Y年%-m月%-d日}送达{paper}。"
    answered = (
        f"当事人陈述申辩：{statement['text'].rstrip('。')}。{ACCEPTED[statement['accepted']]}。"
        if statement["made"]
        else "当事人未陈述申辩。"
    )
    return told + answered + ("已举行听证。" if hearing["held"] else "")


def review_state(case: Case) -> str:
    """Say what the legal review concluded."""
    review = passed_review(case)
    if review is None or review.concluded_at is None:
        return ""
    day = timezone.localdate(review.concluded_at)
    return f"{day:%Y年%-m月%-d日}，{review.reviewer.name}审核通过：{review.opinion}"


def discussion_state(case: Case) -> str:
    """Say what the heads concluded."""
    last = CollectiveDiscussion.objects.filter(case=case).order_by("-id").first()
    return f"{timezone.localdate(last.held_at):%Y年%-m月%-d日}：{last.conclusion}" if last else ""


def statement_content(case: Case) -> dict[str, Any]:
    """Tell what the party answered and whether it was accepted, and why; a waiver is of one notice only."""
    notice = current_notice(case)
    answers = Statement.objects.filter(notice__case=case).order_by("id")
    made = [answer for answer in answers if answer.kind == Statement.Kind.STATEMENT]
    waived = waived_rights(notice, answers)
    return {
        "made": bool(made),
        "waived": "defence" in waived,
        "hearing_waived": "hearing_request" in waived,
        "text": "；".join(answer.content for answer in made),
        "accepted": accepted_of(made),
        "reasons": "；".join(answer.review_reasons for answer in made),
    }


def accepted_of(answers: Sequence[Statement]) -> str:
    """Tell what became of all the answers together: all, none, or part where they fared differently."""
    fared = {answer.accepted for answer in answers if answer.accepted}
    return fared.pop() if len(fared) == 1 else "part" if fared else ""


def waived_rights(notice: PriorNotice | None, answers: Iterable[Statement]) -> frozenset[str]:
    """Tell which rights the party gave up in writing after this notice (行政处罚法第六十二条)."""
    own = (answer for answer in answers if notice is not None and answer.notice_id == notice.pk)
    return frozenset(
        right for answer in own if answer.kind == Statement.Kind.WAIVER for right in answer.rights
    )


def hearing_content(case: Case) -> dict[str, Any]:
    """Tell whether a hearing was offered and held."""
    notice = current_notice(case)
    hearing = Hearing.objects.filter(notice=notice).first() if notice else None
    return {
        "offered": bool(notice and notice.hearing_offered),
        "held": bool(hearing and hearing.outcome == Hearing.Outcome.HELD),
        "withdrawn": bool(hearing and hearing.outcome == Hearing.Outcome.WITHDRAWN),
        "absent": bool(hearing and hearing.outcome == Hearing.Outcome.ABSENT),
        "held_on": held_on(hearing) if hearing and hearing.concluded_at else "",
        "outcome": hearing.report if hearing else "",
    }


def correction_content(case: Case) -> str:
    """Quote the order to correct by its number: it stands apart from the penalties and speaks for itself."""
    last = case.corrections.select_related("instrument").order_by("-id").first()
    if last is None:
        return ""
    return f"按照《{last.instrument.kind_label}》（{last.instrument.number}）改正违法行为：{last.demand}"


def result_of(decision: Decision) -> str:
    """Tell in a sentence what a decision imposes, as its document says it."""
    penalties = decision.instrument.paper.content.get("penalties")
    return penalties_told(penalties) if penalties else "不予行政处罚。"


def summary_content(
    case: Case, *, kinds: list[str], fine: Decimal, statement: str, received_by: str, on: date
) -> dict[str, Any]:
    """Fill the 当场行政处罚决定书; reconsideration before suit (行政复议法第二十三条第一款第（一）项)."""
    version, place = case.item_version, case.county
    assert version is not None
    return {
        "facts": case.summary,
        "violation": version.violation or version.name,
        **provision_content(version),
        "penalties": [
            {
                "text": str(PenaltyKind(kind).label),
                "amount": str(fine) if kind == PenaltyKind.FINE else "",
            }
            for kind in kinds
        ],
        "statement": {"made": bool(statement.strip()), "text": statement},
        # Refused above unless all three were done on the spot.
        "told": {"identity": True, "grounds": True, "rights": True},
        "received_by": received_by,
        "payment": {"way": "bank", **payment_content(case, on=on)} if fine else {},
        "remedy": {
            "mode": "reconsideration_first",
            "government_name": place.government_name,
            "court_name": place.court_name,
        },
    }
