"""What the head sees before deciding."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.decision.content import discussion_state, hearing_content, statement_content
from cases.decision.models import Decision
from cases.dossier.models import Case
from cases.flow.brief import brief
from cases.hearing.rules import current_notice
from cases.investigation.content import basis_content, penalty_content
from cases.investigation.findings import current_report
from cases.investigation.proofs import proofs_content
from cases.investigation.ranges import range_of, span_of
from cases.review.rules import due_consequences, passed_review
from desk.formats import money
from townships.models import Officer


def decision_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Collect report, notice, answers, review and ranges."""
    report = current_report(case)
    if report is None:
        return {}
    hearing = hearing_content(case)
    return {
        "report": report,
        "notice": current_notice(case),
        "basis": basis_content(report),
        "evidence": proofs_content(case),
        "penalties": penalty_content(report),
        "statement": statement_content(case),
        "hearing": hearing,
        "heard_on": date.fromisoformat(hearing["held_on"]) if hearing["held_on"] else None,
        "review": passed_review(case),
        "discussion": discussion_state(case),
        "due": due_consequences(case, on),
        "statutory": range_of(report.item_version, report.quantity),
        "band_range": span_of(report),
    }


def discussion_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Tell what is to be discussed: facts, proposed sum, review, what the party said."""
    report = current_report(case)
    if report is None:
        return {}
    review, due = passed_review(case), due_consequences(case, on)
    return brief(
        _("提交讨论的案情"),
        [
            (_("事由"), "；".join(map(str, due.discussion_grounds)) if due else ""),
            (_("违法事实"), report.facts),
            (_("拟罚款"), _("%(sum)s 元") % {"sum": money(report.fine)}),
            (_("裁量理由"), report.reasoning),
            (_("陈述申辩"), statement_content(case)["text"]),
            (_("法制审核"), f"{review.opinion}　{review.reviewer.name}" if review else ""),
        ],
    )


def no_penalty_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Tell the head the facts and the ground on which no penalty is proposed."""
    report = current_report(case)
    if report is None:
        return {}
    return brief(
        _("拟不予处罚"),
        [
            (_("违法事实"), report.facts),
            (_("情形"), report.get_ground_display()),
            (_("认定的事实和理由"), report.ground_reasons),
            (_("定性与裁量理由"), report.reasoning),
        ],
    )


def spot_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Tell the on-the-spot decision that is taken on record."""
    decision = Decision.objects.filter(case=case).select_related("instrument", "decided_by").first()
    if decision is None:
        return {}
    return brief(
        _("当场处罚决定"),
        [
            (_("决定书"), decision.instrument.number),
            (_("决定时间"), decision.decided_at),
            (_("执法人员"), decision.decided_by),
            (_("罚款"), _("%(sum)s 元") % {"sum": money(decision.fine)}),
            (_("理由"), decision.reasons),
        ],
    )
