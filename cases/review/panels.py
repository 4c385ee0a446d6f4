"""What the reviewer sees: the draft, the system's finding on each point, earlier rounds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.clocks.rules import window_obstacles
from cases.dossier import authority
from cases.dossier.duties import two_officers
from cases.dossier.models import Case
from cases.intake.rules import limitation_objection
from cases.investigation.content import basis_content, penalty_content
from cases.investigation.findings import current_report
from cases.investigation.models import Report
from cases.investigation.proofs import proofs_content
from cases.investigation.ranges import range_of, span_of
from cases.review import choosing, rules
from cases.review.models import POINTS, LegalReview, ReviewAssignment
from desk.wording import said
from law import discretion
from law.errors import RuleViolation
from townships.models import Officer


@dataclass(frozen=True, slots=True)
class Finding:
    """What the system found on a point: fits or doubtful, in words, with a place to look."""

    fits: bool
    text: str
    link: str


def review_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Collect the draft, the findings and the earlier rounds."""
    report = current_report(case)
    if report is None:
        return {"findings": {}}
    return {
        "report": report,
        "basis": basis_content(report),
        "evidence": proofs_content(case),
        "penalties": penalty_content(report),
        "findings": {key: FINDERS[key](case, report, on) for key, _label in POINTS},
        "review": LegalReview.objects.filter(case=case, concluded_at=None)
        .select_related("reviewer", "post")
        .first(),
        "assignments": assignments_of(case),
        "earlier": LegalReview.objects.filter(case=case).exclude(concluded_at=None).order_by("round"),
    }


def submission_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Show why review is due, who will review, and why the others will not."""
    return {
        "due": rules.due_consequences(case, on),
        "considered": choosing.considered(case, on),
        "assignments": assignments_of(case),
    }


def recall_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Show with whom the open round is."""
    return {"assignments": assignments_of(case)}


def assignments_of(case: Case) -> list[ReviewAssignment]:
    """Return to whom the open round fell, one after the other."""
    rows = ReviewAssignment.objects.filter(review__case=case, review__concluded_at=None)
    return list(rows.select_related("reviewer", "assigned_by").order_by("id"))


def _of(refusals: list[RuleViolation], good: str, link: str) -> Finding:
    return Finding(not refusals, "；".join(said(refusal) for refusal in refusals) or good, link)


def _authority(case: Case, report: Report, on: date) -> Finding:
    refusal = authority.objection(case, on=on)
    good = _("%(handler)s办理，以%(named)s名义，今天有效") % {"handler": case.handler, "named": case.named}
    return _of([refusal] if refusal else [], good, "overview")


def _party(case: Case, report: Report, on: date) -> Finding:
    party = case.party
    proved = bool(party and (party.id_number or party.credit_code))
    return Finding(
        proved, _("证件号码或信用代码已登记") if proved else _("未登记证件号码或统一社会信用代码"), "parties"
    )


def _facts(case: Case, report: Report, on: date) -> Finding:
    exhibits, records = (
        case.exhibits.filter(voided_at=None).count(),
        case.records.filter(voided_at=None).count(),
    )
    text = _("证据 %(exhibits)d 件，笔录 %(records)d 份") % {"exhibits": exhibits, "records": records}
    return Finding(exhibits > 0 and records > 0, text, "evidence")


def _officers(case: Case, report: Report, on: date) -> Finding:
    found = two_officers(case, [case.lead_officer, case.second_officer], on=on)
    return _of(
        found, _("%(a)s、%(b)s证件有效") % {"a": case.lead_officer, "b": case.second_officer}, "overview"
    )


def _basis(case: Case, report: Report, on: date) -> Finding:
    version = report.item_version
    text = f"{version.statute_name} {version.penalty_article}" if version.has_basis else _("处罚依据不完整")
    return Finding(version.has_basis, text, "discretion")


def _discretion(case: Case, report: Report, on: date) -> Finding:
    refusals = list(
        discretion.check_sanction(
            fine=report.fine,
            statutory=range_of(report.item_version, report.quantity),
            band=span_of(report),
            mitigation_basis=report.mitigation_basis,
            deviation_reasons=report.deviation_reasons,
        )
    )
    grade = report.band.grade if report.band else _("未选裁量阶次")
    found = _of(refusals, _("%(grade)s，在幅度以内") % {"grade": grade}, "discretion")
    if report.band and not report.deviation_reasons:
        return found
    return replace(found, fits=False)


def _procedure(case: Case, report: Report, on: date) -> Finding:
    return _of(
        [*window_obstacles(case, on), *limitation_objection(case)], _("告知、期限、次序均符合"), "clocks"
    )


def _crime(case: Case, report: Report, on: date) -> Finding:
    return Finding(
        not report.crime_suspected,
        _("承办人认为涉嫌犯罪") if report.crime_suspected else _("承办人认为不涉嫌犯罪"),
        "documents",
    )


FINDERS: dict[str, Callable[[Case, Report, date], Finding]] = {
    "authority": _authority,
    "party": _party,
    "facts": _facts,
    "officers": _officers,
    "basis": _basis,
    "discretion": _discretion,
    "procedure": _procedure,
    "crime": _crime,
}
