"""Nothing is decided before everything the law asks for has happened."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cases.clocks.models import Clock
from cases.clocks.rules import window_obstacles
from cases.clocks.selectors import has_run_out, running
from cases.decision.same_act import fined_before, redecision_warning, weighed_before
from cases.dossier import authority
from cases.dossier.duties import require_head, require_not_investigator
from cases.dossier.models import Case
from cases.hearing.models import Hearing
from cases.hearing.rules import current_notice, officers_objection, unreviewed_statements
from cases.holding.rules import overdue_obstacles, unapproved_obstacles
from cases.instruments.kinds import Kind
from cases.instruments.selectors import count_of
from cases.intake.rules import basis_objection, limitation_objection
from cases.investigation.exoneration import ZERO, Answers, gains_obstacles
from cases.investigation.findings import current_report, grounds_told, threshold_objection
from cases.investigation.models import Report
from cases.investigation.proposals import Proposal, proposal_obstacles, proposed_in
from cases.investigation.reliance import unlawful_obstacles
from cases.recusal.rules import recusal_obstacles, require_not_withdrawn
from cases.review.models import LegalReview
from cases.review.rules import due_consequences, hearing_ended_at, missing_review
from catalog.models import PenaltyKind
from law import gates
from law.errors import RuleViolation, enforce
from law.money import plain
from townships.models import Officer


def was_decided_on_spot(case: Case) -> bool:
    """Tell whether the case was decided on the spot (行政处罚法第五十二条)."""
    return count_of(case, Kind.SUMMARY_DECISION) > 0


def was_heard(case: Case) -> bool:
    """Tell whether a hearing was held, on whose record the decision rests (行政处罚法第六十五条)."""
    return Hearing.objects.filter(notice__case=case, outcome=Hearing.Outcome.HELD).exists()


def overrun(case: Case, on: date) -> Clock | None:
    """Return the clock of the decision where its time is over that day (行政处罚法第六十条)."""
    clock = running(case, "case_decision")
    return clock if clock is not None and has_run_out(clock, on=on) else None


def decision_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against a decision that day, the gravest first."""
    report = current_report(case)
    yield from notice_objection(case)
    yield from _hearing_held(case)
    yield from window_obstacles(case, on)
    yield from unreviewed_statements(case)
    if report is not None:
        yield from threshold_objection(case, report, on=on)
        yield from contents_objection(case, report)
        yield from unlawful_obstacles(case, report, link="case:renotify")
    yield from _hearing_told(case, on)
    yield from missing_review(case, on)
    yield from missing_discussion(case, on)
    yield from recusal_obstacles(case)
    yield from overdue_obstacles(case, on)
    yield from unapproved_obstacles(case, on)
    refusal = authority.objection(case, on=on)
    if refusal:
        yield refusal
    yield from officers_objection(case)
    yield from limitation_objection(case)
    yield from basis_objection(case, on)
    yield from fined_before(case)
    yield from redecision_warning(case)
    if report is not None and report.crime_suspected:
        yield gates.violation("criminal_transfer_duty", link="case:renotify")


def contents_objection(case: Case, report: Report) -> Iterator[RuleViolation]:
    """Find a statutory item the decision could not state, a remedy it could not name (第五十九条)."""
    place, party, named = case.county, case.party, case.named
    needed = {
        ("当事人姓名或名称", "name of the party"): party.name if party else "",
        ("当事人地址", "address of the party"): party.address if party else "",
        ("处罚依据", "basis of the penalty"): report.item_version.penalty_article,
        ("作出机关", "deciding body"): named.name if named else "",
    }
    if PenaltyKind.FINE in report.kinds:
        needed["缴款账号", "account for payment"] = (
            named.fine_account if named else ""
        ) or place.bank_account
    missing = [labels for labels, value in needed.items() if not value]
    if missing:
        yield gates.violation(
            "decision_contents",
            detail=f"缺少{'、'.join(zh for zh, _en in missing)}。",
            detail_en=f"missing: {', '.join(en for _zh, en in missing)}",
        )
    if not (place.government_name and place.court_name):
        yield gates.violation(
            "remedy_notice_correct",
            detail="未登记复议机关或有管辖权的法院。",
            detail_en="the authority for reconsideration or the court is not registered",
        )


def notice_objection(case: Case) -> Iterator[RuleViolation]:
    """Find that the party was not told of this very proposal by the body that decides (第四十四条)."""
    notice, report = current_notice(case), current_report(case)
    if notice is None or report is None or notice.report_id != report.pk or notice.served_at is None:
        yield gates.violation("prior_notice", link="case:issue-notice")
    elif notice.instrument.issuer_id != case.named_id:
        yield gates.violation(
            "prior_notice",
            detail=f"告知书以{notice.instrument.issuer}名义作出，现由{case.named}决定，须重新告知。",
            detail_en=f"told by {notice.instrument.issuer}, decided by {case.named}: tell the party anew",
            link="case:renotify",
        )


def _hearing_held(case: Case) -> Iterator[RuleViolation]:
    """Find a hearing that was asked for and has not ended (第六十三条、第六十四条)."""
    if count_of(case, Kind.HEARING_REQUEST) > count_of(case, Kind.HEARING_RECORD):
        yield gates.violation("hearing_held_if_requested", link="case:hearing")


def _hearing_told(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find a penalty that gives a right to a hearing of which the party was not told (第六十三条)."""
    notice, due = current_notice(case), due_consequences(case, on)
    if notice is not None and due is not None and due.hearing.eligible and not notice.hearing_offered:
        yield gates.violation(
            "hearing_right_told",
            detail="；".join(due.hearing.reasons) + "。",
            detail_en="; ".join(due.hearing.reasons_en),
            link="case:renotify",
        )


def missing_discussion(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find that a collective discussion is due and not on record (行政处罚法第五十七条第二款)."""
    due = due_consequences(case, on)
    if not due or not due.discussion_grounds:
        return
    held, heard = weighed_before(case).discussed_at, hearing_ended_at(case)
    if held is None or (heard is not None and held < heard):
        yield gates.violation(
            "collective_discussion",
            **grounds_told(due.discussion_grounds),
            link="case:record-discussion",
        )


def require_separate(case: Case, actor: Officer, on: date) -> None:
    """Refuse a decision by an investigator, the reviewer, or anybody but a head of the body.

    行政处罚法第五十七条。
    """
    require_head(case, actor, on=on, permission="case.decide")
    require_not_investigator(case, actor, "separate_functions")
    require_not_withdrawn(case, [actor])
    if LegalReview.objects.filter(case=case, reviewer=actor).exists():
        raise gates.violation(
            "separate_functions",
            detail=f"{actor.name}是本案法制审核人员。",
            detail_en=f"{actor.name} reviewed this case",
        )


def require_not_heavier(case: Case, *, fine: Decimal, kinds: list[str]) -> None:
    """Refuse a decision heavier than what the party was told (行政处罚法第四十四条、第四十五条第二款)."""
    notice = current_notice(case)
    if notice is None:
        raise gates.violation("prior_notice")
    if fine > notice.fine or not set(kinds) <= set(notice.kinds):
        raise gates.violation(
            "renotify_if_changed",
            detail=f"告知的罚款为{plain(notice.fine)}元。",
            detail_en=f"the notice told of {plain(notice.fine)} yuan",
            field="fine",
            link="case:renotify",
        )


def require_on_record(case: Case, on_hearing: str) -> None:
    """Refuse a decision that does not say how it follows the record of the hearing (第六十五条)."""
    if was_heard(case) and not on_hearing.strip():
        raise gates.violation("decide_on_hearing_record", field="on_hearing")


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
    enforce(decision_obstacles(case, on))
    require_not_heavier(case, fine=fine, kinds=kinds)
    proposal = proposed_in(report, fine=fine, kinds=kinds)
    enforce(proposal_obstacles(case, report.item_version, proposal))
    _require_gains_taken(report, proposal)
    require_late_explained(case, late_reasons, on)


def _require_gains_taken(report: Report, proposal: Proposal) -> None:
    """Refuse to leave the party illegal gains that the report found (行政处罚法第二十八条第二款)."""
    found = Answers(
        illegal_gains=report.illegal_gains,
        gains_refunded=report.gains_refunded,
        gains_reasons=report.gains_reasons,
    )
    enforce(gains_obstacles(found, confiscated=proposal.confiscated.get(PenaltyKind.CONFISCATE_GAINS, ZERO)))


def require_late_explained(case: Case, late_reasons: str, on: date) -> None:
    """Refuse a decision after its time that does not say why it is late (行政处罚法第六十条)."""
    clock = overrun(case, on)
    if clock is not None and not late_reasons.strip():
        raise gates.violation(
            "decision_within_period",
            detail=f"办案期限至{clock.due_on:%Y年%-m月%-d日}。",
            detail_en=f"the time to decide ended on {clock.due_on}",
            field="late_reasons",
        ).weighed("block")
