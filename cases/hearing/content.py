"""What a prior notice and its approval print (行政处罚法第四十四条)."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cases.clocks.models import Clock
from cases.clocks.selectors import length_of
from cases.dossier.models import Case
from cases.hearing.models import Hearing, PriorNotice, Statement
from cases.instruments.content import (
    approval,
    officers_of,
    penalties_told,
    person_content,
    provisions_told,
)
from cases.investigation.content import basis_content, penalty_content, proposal_of
from cases.investigation.models import Report
from cases.investigation.proofs import proofs_content

SEPARATORS = re.compile(r"[、，,；;\n]")


def approval_content(
    report: Report, *, opinion: str, head: str, on: date, hearing_offered: bool
) -> dict[str, Any]:
    """Fill the approval of the notice."""
    return {
        "facts": report.facts,
        "hearing": {"offered": hearing_offered},
        "proposed": penalties_told(penalty_content(report)),
        "basis": provisions_told(basis_content(report)),
        "approvals": [proposal_of(report), approval("head", opinion, [head], on)],
    }


def notice_content(case: Case, report: Report, *, on: date, hearing_offered: bool) -> dict[str, Any]:
    """Fill the notice."""
    return {
        "statement_days": length_of("defence", case, unit="working_day", on=on),
        "facts": report.facts,
        "reasoning": report.reasoning,
        "evidence": proofs_content(case),
        "penalties": penalty_content(report),
        "hearing": {"offered": hearing_offered},
        **basis_content(report),
    }


def notice_reference(notice: PriorNotice | None) -> dict[str, str]:
    """Name the notice a later document answers to: its number and the day it was served."""
    served = timezone.localdate(notice.served_at).isoformat() if notice and notice.served_at else ""
    return {"number": notice.instrument.number if notice else "", "served_on": served}


def answer_content(case: Case, notice: PriorNotice) -> dict[str, Any]:
    """Collect what every paper about the party's answer prints."""
    party = case.party
    speaker = (party.operator or party.legal_representative or party.name) if party else case.party_name
    return {"notice": notice_reference(notice), "person": person_content(case, speaker)}


def defence_content(case: Case, statement: Statement, *, recorder: str) -> dict[str, Any]:
    """Fill the record of a defence."""
    return {
        **answer_content(case, statement.notice),
        "started_at": statement.made_at.isoformat(),
        "way": way_of(statement),
        "statement_text": statement.content,
        "recorder": recorder,
    }


def defence_review_content(
    case: Case, statements: Sequence[Statement], *, accepted: str, reasons: str, reviewer: str, on: date
) -> dict[str, Any]:
    """Fill the review of the answers that were open."""
    last = statements[-1]
    answer = str(dict(Statement._meta.get_field("accepted").flatchoices)[accepted])
    return {
        **answer_content(case, last.notice),
        "statement": {
            "made_on": timezone.localdate(last.made_at).isoformat(),
            "text": "\n".join(statement.content for statement in statements),
        },
        "way": "、".join(dict.fromkeys(way_of(statement) for statement in statements)),
        "accepted": accepted,
        "reasons": reasons,
        "effect": "不予采纳，不改变拟处罚内容。" if accepted == "none" else "",
        "approvals": [approval("handler", f"经复核，{answer}。", [reviewer], on)],
    }


def way_of(statement: Statement) -> str:
    """Tell whether an answer came on paper."""
    return "书面" if statement.file_id else "口头"


def request_content(
    case: Case, notice: PriorNotice, *, made_at: datetime, text: str, registrar: str, at: datetime
) -> dict[str, Any]:
    """Fill the request for a hearing; one that reaches this paper was made in time."""
    clock = Clock.objects.filter(case=case, kind="hearing_request").order_by("-id").first()
    return {
        **answer_content(case, notice),
        "requested_on": made_at.isoformat(),
        "request_text": text,
        "request_until": clock.due_on.isoformat() if clock and clock.due_on else "",
        "in_time": "yes",
        "registrar": registrar,
        "registered_at": at.isoformat(),
    }


def session_content(hearing: Hearing) -> dict[str, Any]:
    """Collect what record and report of a hearing have in common."""
    return {
        "notice": notice_reference(hearing.notice),
        "hearing_place": hearing.place,
        "chair": hearing.chair.name if hearing.chair else "",
        "recorder": hearing.recorder,
        "is_public": hearing.is_public,
    }


def record_content(hearing: Hearing) -> dict[str, Any]:
    """Fill the 听证笔录; of a hearing not held it tells why, and no course that nobody took."""
    return {
        **session_content(hearing),
        "outcome": hearing.get_outcome_display(),
        "unheld": "" if hearing.outcome == Hearing.Outcome.HELD else hearing.outcome,
        "started_at": hearing.scheduled_at.isoformat() if hearing.scheduled_at else "",
        "ended_at": hearing.ended_at.isoformat() if hearing.ended_at else "",
        "agents": [{"name": name} for name in agents_of(hearing.agents)],
        "body": hearing.record,
        "signature": hearing.signature,
    }


def agents_of(text: str) -> list[str]:
    """List the agents that were typed with any mark between them."""
    return [name.strip() for name in SEPARATORS.split(text) if name.strip()]


def report_content(case: Case, hearing: Hearing) -> dict[str, Any]:
    """Fill the 听证报告 from the notice that was contested and from what the chair found."""
    report = hearing.notice.report
    party = case.party_name
    return {
        **session_content(hearing),
        "held_on": held_on(hearing),
        "participants": [
            f"调查人员：{'、'.join(officer.name for officer in officers_of(case))}",
            f"当事人：{party}",
            *([f"代理人：{'、'.join(agents_of(hearing.agents))}"] if hearing.agents else []),
        ],
        "investigators": [report.facts, report.reasoning],
        "evidence": proofs_content(case),
        "proposed": penalties_told(penalty_content(report)),
        "basis": provisions_told(basis_content(report)),
        "defence": hearing.defence,
        "issues": [{"finding": line} for line in hearing.issues.splitlines() if line.strip()],
        "facts": hearing.findings,
        "conclusion": hearing.advice,
        "proposal": hearing.report,
    }


def held_on(hearing: Hearing) -> str:
    """Tell the day of the hearing, which is not the day on which its record was entered."""
    day = hearing.ended_at or hearing.scheduled_at
    return timezone.localdate(day).isoformat() if day else ""
