"""Nothing is decided before everything the law asks for has happened."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cases.clocks.rules import window_obstacles
from cases.clocks.selectors import has_run_out, running
from cases.decision.models import CollectiveDiscussion
from cases.dossier import authority
from cases.dossier.duties import require_head, require_not_investigator
from cases.dossier.models import Case
from cases.dossier.reading import read_once
from cases.hearing.rules import current_notice, unreviewed_statements
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.intake.rules import limitation_objection
from cases.investigation.findings import current_report
from cases.investigation.models import Report
from cases.investigation.rules import require_lawful_proposal
from cases.review.models import LegalReview
from cases.review.rules import due_consequences, missing_review
from law import gates
from law.errors import RuleViolation
from townships.models import Officer

QUORUM = 2


@read_once
def was_decided_on_spot(case: Case) -> bool:
    """Tell whether the case was decided on the spot (行政处罚法第五十二条)."""
    return Instrument.objects.filter(case=case, kind=Kind.SUMMARY_DECISION).exists()


def decision_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against a decision that day, the gravest first."""
    yield from _notice(case)
    yield from window_obstacles(case, on)
    yield from unreviewed_statements(case)
    yield from missing_review(case, on)
    yield from missing_discussion(case, on)
    refusal = authority.objection(case, on=on)
    if refusal:
        yield refusal
    yield from limitation_objection(case)
    report = current_report(case)
    if report is not None and report.crime_suspected:
        yield gates.violation("criminal_transfer_duty")


def _notice(case: Case) -> Iterator[RuleViolation]:
    notice, report = current_notice(case), current_report(case)
    if notice is None or report is None or notice.report_id != report.pk or notice.served_at is None:
        yield gates.violation("prior_notice", link="case:issue-notice")


def missing_discussion(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find that a collective discussion is due and not on record (行政处罚法第五十七条第二款)."""
    due = due_consequences(case, on)
    report = current_report(case)
    if (
        due
        and due.discussion_grounds
        and not CollectiveDiscussion.objects.filter(case=case, report=report).exists()
    ):
        yield gates.violation(
            "collective_discussion",
            detail="；".join(due.discussion_grounds) + "。",
            link="case:record-discussion",
        )


def discussion_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against discussing the case: it comes after the windows and after the review."""
    yield from window_obstacles(case, on)
    yield from unreviewed_statements(case)
    yield from missing_review(case, on)


def require_quorum(chair: Officer, attendees: list[Officer], case: Case, on: date) -> None:
    """Refuse a discussion that is not one of heads of the deciding body (行政处罚法第五十七条第二款)."""
    heads = [officer for officer in attendees if officer.is_head and officer.body_id == case.named_id]
    if len(heads) < QUORUM or chair not in heads:
        raise gates.violation(
            "collective_discussion",
            detail=f"须由{case.named}的负责人集体讨论，出席负责人不少于{QUORUM}人并由其中一人主持。",
            field="attendees",
        )


def require_separate(case: Case, actor: Officer, on: date) -> None:
    """Refuse a decision by an investigator, the reviewer, or anybody but a head of the body.

    行政处罚法第五十七条。
    """
    require_head(case, actor, on=on, permission="case.decide")
    require_not_investigator(case, actor, "separate_functions")
    if LegalReview.objects.filter(case=case, reviewer=actor).exists():
        raise gates.violation("separate_functions", detail=f"{actor.name}是本案法制审核人员。")


def require_not_heavier(case: Case, *, fine: Decimal, kinds: list[str]) -> None:
    """Refuse a decision heavier than what the party was told (行政处罚法第四十四条、第四十五条第二款)."""
    notice = current_notice(case)
    if notice is None:
        raise gates.violation("prior_notice")
    if fine > notice.fine or not set(kinds) <= set(notice.kinds):
        raise gates.violation(
            "renotify_if_changed", detail=f"告知的罚款为{notice.fine}元。", field="fine", link="case:renotify"
        )


def require_decidable(
    case: Case,
    report: Report,
    *,
    fine: Decimal,
    kinds: list[str],
    late_reasons: str,
    actor: Officer,
    on: date,
) -> None:
    """Refuse a decision that any gate forbids (行政处罚法第三十六条至第六十三条)."""
    require_separate(case, actor, on)
    for refusal in decision_obstacles(case, on):
        raise refusal
    require_not_heavier(case, fine=fine, kinds=kinds)
    require_lawful_proposal(
        report.item_version,
        fine=fine,
        band=report.band,
        quantity=report.quantity,
        mitigation_basis=report.mitigation_basis,
        deviation_reasons=report.deviation_reasons,
    )
    clock = running(case, "case_decision")
    if clock is not None and has_run_out(clock, on=on) and not late_reasons.strip():
        raise gates.violation(
            "decision_within_period", detail=f"办案期限至{clock.due_on}。", field="late_reasons"
        )
