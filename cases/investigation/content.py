"""What the records, the report and every later document print of the investigation."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from cases.dossier.models import Case
from cases.instruments.content import approval, officers_of, person_content, provision_content
from cases.investigation.models import Record, Report
from cases.investigation.proofs import proofs_content, steps_content
from cases.investigation.proposals import proposed_in
from catalog.models import DiscretionBand, ItemVersion, PenaltyKind
from catalog.selectors import version_in_force
from papers import wording

TURN = re.compile(r"^(问|答)\s*[：:]\s*")


def record_content(case: Case, kind: str, *, recorder: str, **facts: Any) -> dict[str, Any]:
    """Fill the record of an inspection or of one person's interview.

    facts: the fields of `Record` and, where they were asked, `notice_reply` and `recusal_reply`.
    """
    speaker = person_content(case, facts["subject"])
    shared = {
        "started_at": facts["started_at"].isoformat(),
        "ended_at": facts["ended_at"].isoformat(),
        "record_place": facts["place"],
        "certificate_shown": facts["certificate_shown"],
        "rights_told": facts["rights_told"],
        "signature": facts["signature"],
        "notice_reply": facts.get("notice_reply", ""),
        "recusal_reply": facts.get("recusal_reply", ""),
        "recorder": recorder,
    }
    if kind == Record.Kind.INSPECTION:
        return {**shared, "present": speaker, "findings": facts["content"]}
    before = Record.objects.filter(case=case, kind=kind, subject=facts["subject"]).count()
    spoken = dialogue_of(facts["content"])
    account = "" if spoken else facts["content"]
    return {**shared, "person": speaker, "round": before + 1, "dialogue": spoken, "account": account}


def dialogue_of(text: str) -> list[dict[str, str]]:
    """Read questions and answers from lines that begin with 问： and 答：; none where there are none."""
    turns: list[dict[str, str]] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        mark = TURN.match(line)
        said = line[mark.end() :] if mark else line
        if mark and mark[1] == "问":
            turns.append({"q": said, "a": ""})
        elif turns:
            turns[-1]["a"] += said
        else:
            return []
    return turns


def correction_content(case: Case, *, demand: str, due_on: date | None, on: date) -> dict[str, Any]:
    """Fill the order to correct: what was found, the provision broken, what follows if it is not done."""
    found = Record.objects.filter(case=case, voided_at=None).order_by("started_at").last()
    basis = provision_content(version_in_force(case.item, on)) if case.item else {}
    cited = basis["penalty_basis"] if basis and basis["penalty_basis"]["article"] else None
    return {
        "requirements": demand,
        "due_on": due_on.isoformat() if due_on else "",
        "immediate": due_on is None,
        "facts": found.content if found else case.summary,
        "obligation": basis.get("obligation", {}),
        "consequence": f"本机关将依照{cited['statute']}{cited['article']}的规定处理" if cited else "",
    }


def correction_state(case: Case) -> str:
    """Tell what was ordered, until when, and when it was looked at again."""
    told = []
    for order in case.corrections.select_related("instrument").order_by("ordered_at"):
        day = timezone.localdate(order.ordered_at)
        until = f"，期限至{order.due_on:%Y年%-m月%-d日}" if order.due_on else "，要求立即改正"
        told.append(f"{day:%Y年%-m月%-d日}责令改正（{order.instrument.number}）{until}")
        told += [
            f"{timezone.localdate(look.started_at):%Y年%-m月%-d日}复查"
            for look in looks_after(case.pk, order.ordered_at).order_by("started_at")
        ]
    return "；".join(told)


def looks_after(case_id: int | OuterRef, ordered_at: datetime | OuterRef) -> QuerySet[Record]:
    """Return the inspections that began after an order to correct."""
    return Record.objects.filter(
        case=case_id, kind=Record.Kind.INSPECTION, voided_at=None, started_at__gt=ordered_at
    )


def provisions_of(version: ItemVersion, band: DiscretionBand | None) -> list[str]:
    """List what a version of an item rests on: the provision applied, the one broken, its benchmark."""
    basis = provision_content(version)
    cited = [wording.provision(basis[name]) for name in ("penalty_basis", "obligation")]
    return [*filter(None, cited), *([band.table.title] if band else [])]


def basis_content(report: Report) -> dict[str, Any]:
    """Describe the provision broken, the provision applied and the grade, as frozen in the report."""
    version = report.item_version
    return {
        "violation": version.violation or version.name,
        **provision_content(version),
        "discretion": discretion_content(report),
    }


def discretion_content(report: Report) -> dict[str, str]:
    """Describe the grade of the benchmark and why it was left or lightened; nothing without a grade."""
    band = report.band
    if band is None:
        return {}
    return {
        "table": band.table.title,
        "grade": band.grade,
        "circumstances": circumstances_of(report, band),
        "range": band.penalty_text,
        "reasons": wording.sentences([report.deviation_reasons, report.mitigation_basis]),
    }


def circumstances_of(report: Report, band: DiscretionBand) -> str:
    """Name those circumstances of a grade that were found; all as published where none was ticked."""
    found = [text for text in report.calculation.get("circumstances", ()) if text in band.circumstances]
    return "；".join(found) or band.circumstances


def penalty_content(
    report: Report, *, fine: Decimal | None = None, kinds: Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """List the penalties of a notice or decision as numbered sentences, with the sum of each."""
    proposal = proposed_in(report, fine=fine, kinds=kinds)
    sums = {**proposal.confiscated, PenaltyKind.FINE.value: proposal.fine}
    return [
        {
            "text": str(PenaltyKind(kind).label),
            "amount": str(sums.get(kind, "")),
        }
        for kind in proposal.kinds
    ]


def weighing_of(report: Report) -> str:
    """Tell the grade with its circumstances, and why it was left or lightened."""
    band = report.band
    said = [f"适用“{band.grade}”：{circumstances_of(report, band)}".rstrip("。：")] if band else []
    said += derivation_of(report)
    said += [f"偏离理由：{report.deviation_reasons}"] if report.deviation_reasons else []
    said += [f"减轻处罚依据：{report.mitigation_basis}"] if report.mitigation_basis else []
    return wording.sentences(said)


def derivation_of(report: Report) -> list[str]:
    """Tell how the range was reckoned from the circumstances, and why an exemption was not taken up."""
    pinned = report.calculation
    said = []
    if pinned.get("circumstances") and (lines := pinned["result"].get("lines")):
        said.append(f"裁量计算（{pinned['title']}）：" + "；".join(line["zh"].rstrip("。") for line in lines))
    for row in pinned.get("exemptions", []):
        said.append(f"符合{row['document']}所列条件，未采纳不予处罚的理由：{pinned['refusal']}")
    return said


def proposal_of(report: Report) -> dict[str, Any]:
    """Give the officers' opinion at the head of a chain of approvals."""
    names = [officer.name for officer in officers_of(report.case)]
    on = timezone.localdate(report.concluded_at)
    return approval("handler", "建议按本案调查终结报告提出的意见处理。", names, on)


def report_content(case: Case, report: Report) -> dict[str, Any]:
    """Fill the 调查终结报告."""
    judged = "经审查，本案涉嫌犯罪，应当依法移送" if report.crime_suspected else "经审查，本案不涉嫌犯罪"
    return {
        "origin": origin_of(case),
        "steps": steps_content(case),
        "facts": report.facts,
        "characterisation": report.reasoning,
        "evidence": proofs_content(case),
        "penalties": penalty_content(report),
        "crime": judged,
        "circumstances": weighing_of(report),
        "correction_state": correction_state(case),
        "approvals": [proposal_of(report)],
        **basis_content(report),
    }


def origin_of(case: Case) -> str:
    """Tell in one sentence where the case comes from, when it was filed and who handled it."""
    names = wording.joined([officer.name for officer in officers_of(case)])
    filed = f"{case.filed_on:%Y年%-m月%-d日}立案（{case.number}）" if case.filed_on else ""
    told = (f"本案来源于{case.get_source_display()}", filed, f"由{names}承办" if names else "")
    return wording.sentences(["，".join(filter(None, told))])
