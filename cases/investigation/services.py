"""Collect evidence, record inspections and interviews, order correction, conclude the investigation."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cases.dossier.models import Case
from cases.dossier.stages import Move
from cases.flow.services import fire, locked, require_move
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.instruments.services import issue, replace
from cases.investigation import rules
from cases.investigation.content import (
    correction_content,
    evidence_list_content,
    record_content,
    report_content,
)
from cases.investigation.exoneration import (
    ZERO,
    Answers,
    exoneration_obstacles,
    gains_obstacles,
)
from cases.investigation.models import Correction, Exhibit, Record, Report, Scan
from cases.investigation.proposals import Proposal, grade_objection, proposal_obstacles
from cases.investigation.weighing import band_for, weigh_case, weighing_objections
from catalog.guides import guide_in_force
from catalog.models import DiscretionBand
from catalog.selectors import bands_in_force
from law import gates
from law.errors import RuleViolation, enforce
from papers import files
from townships.models import Officer


def _pair(case: Case) -> list[Officer]:
    return [officer for officer in (case.lead_officer, case.second_officer) if officer]


@transaction.atomic
def add_exhibit(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    kind: str,
    title: str,
    proves: str,
    source: str,
    collected_at: datetime,
    place: str,
    upload: UploadedFile[bytes],
    by_device: bool = False,
) -> Exhibit:
    """Take a piece of evidence onto the file; its original is kept under its SHA-256.

    行政处罚法第四十六条。
    """
    rules.require_field_work(case, on=timezone.localdate(at))
    if collected_at > at:
        raise RuleViolation(
            "collected_in_future",
            "取证时间晚于现在。",
            "行政处罚法第四十六条",
            "填写实际取证时间。",
            field="collected_at",
        )
    locked(case)
    stored = files.store(upload=upload, actor=actor, at=at)
    number = (Exhibit.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
    exhibit = Exhibit.objects.create(
        case=case,
        number=number,
        kind=kind,
        title=title,
        proves=proves,
        source=source,
        collected_at=collected_at,
        place=place,
        file=stored,
        collected_by=actor,
        collectors=[officer.name for officer in _pair(case)],
        by_device=rules.taken_by_device(case, kind, by_device=by_device),
    )
    fire(
        case,
        Move.ADD_EXHIBIT,
        actor=actor,
        at=at,
        payload={"exhibit": number, "sha256": stored.sha256, "title": title},
    )
    return exhibit


@transaction.atomic
def record_inspection(*, case: Case, actor: Officer, at: datetime, **facts: Any) -> Record:
    """Record an inspection of the place by two officers (行政处罚法第四十二条、第五十五条)."""
    return _record(case, actor, at, Record.Kind.INSPECTION, Kind.INSPECTION, Move.RECORD_INSPECTION, facts)


@transaction.atomic
def record_interview(*, case: Case, actor: Officer, at: datetime, **facts: Any) -> Record:
    """Record an interview by two officers, one person a record (行政处罚法第四十二条、第五十五条)."""
    if not facts.get("rights_told"):
        raise RuleViolation(
            "rights_not_told",
            "询问前须告知被询问人权利义务。",
            "行政处罚法第四十四条、第五十五条",
            "告知申请回避、如实回答等权利义务并由被询问人签字确认后再登记。",
            field="rights_told",
        )
    return _record(case, actor, at, Record.Kind.INTERVIEW, Kind.INTERVIEW, Move.RECORD_INTERVIEW, facts)


def _record(
    case: Case, actor: Officer, at: datetime, kind: str, paper: Kind, move: Move, facts: dict[str, Any]
) -> Record:
    day = timezone.localdate(facts["started_at"])
    rules.require_field_work(case, on=day)
    rules.require_lawful_record(
        case,
        started_at=facts["started_at"],
        ended_at=facts["ended_at"],
        certificate_shown=facts["certificate_shown"],
        at=at,
    )
    fire(case, move, actor=actor, at=at, payload={"subject": facts["subject"]})
    instrument = issue(
        case=case,
        kind=paper,
        actor=actor,
        at=at,
        content=record_content(case, kind, recorder=actor.name, **facts),
    )
    record = Record.objects.create(case=case, kind=kind, instrument=instrument, **facts)
    record.officers.set(_pair(case))
    return record


@transaction.atomic
def order_correction(
    *, case: Case, actor: Officer, at: datetime, demand: str, due_on: date | None = None
) -> Correction:
    """Order the party to correct at once or by a day (行政处罚法第二十八条第一款)."""
    rules.require_field_work(case, on=timezone.localdate(at))
    if due_on is not None and due_on < timezone.localdate(at):
        raise RuleViolation(
            "correction_due_passed",
            "改正期限早于今天。",
            "行政处罚法第二十八条第一款",
            "给当事人一个今天以后的期限，或留空表示立即改正。",
            field="due_on",
        )
    fire(case, Move.ORDER_CORRECTION, actor=actor, at=at, payload={"due_on": str(due_on or "")})
    instrument = issue(
        case=case,
        kind=Kind.CORRECTION,
        actor=actor,
        at=at,
        content=correction_content(case, demand=demand, due_on=due_on, on=timezone.localdate(at)),
    )
    return Correction.objects.create(
        case=case, instrument=instrument, demand=demand, due_on=due_on, ordered_at=at
    )


@transaction.atomic
def void_entry(*, case: Case, actor: Officer, at: datetime, entry: Exhibit | Record, reason: str) -> None:
    """Void a mistaken exhibit or record with its reason; it stays on file and counts no more."""
    if not reason.strip():
        raise gates.violation("full_process_record", detail="须写明作废理由。", field="reason")
    require_move(case, Move.VOID_ENTRY, actor=actor, at=at)
    # Read before the lock, it may have been voided since.
    entry.refresh_from_db()
    if entry.case_id != case.pk or entry.is_void:
        raise RuleViolation(
            "nothing_to_void", "该登记不属于本案或已经作废。", "行政处罚法第四十六条", "刷新页面后重新选择。"
        )
    fire(case, Move.VOID_ENTRY, actor=actor, at=at, payload={"entry": str(entry), "reason": reason})
    entry.voided_at, entry.voided_by, entry.void_reason = at, actor, reason
    entry.save(update_fields=["voided_at", "voided_by", "void_reason"])
    if isinstance(entry, Record) and entry.instrument is not None:
        replace(entry.instrument)


@transaction.atomic
def add_scan(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    instrument: Instrument,
    upload: UploadedFile[bytes],
    note: str = "",
) -> Scan:
    """Put the signed paper into the file behind its document (行政处罚法第四十七条)."""
    rules.require_scannable(case, instrument)
    stored = files.store(upload=upload, actor=actor, at=at)
    fire(
        case,
        Move.ADD_SCAN,
        actor=actor,
        at=at,
        payload={"instrument": instrument.pk, "sha256": stored.sha256},
    )
    return Scan.objects.create(
        case=case, instrument=instrument, file=stored, note=note, added_at=at, added_by=actor
    )


@transaction.atomic
def conclude(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    facts: str,
    reasoning: str,
    fine: Decimal,
    kinds: list[str],
    band: DiscretionBand | None = None,
    quantity: Decimal = Decimal(1),
    deviation_reasons: str = "",
    mitigation_basis: str = "",
    confiscated_gains: Decimal = Decimal(0),
    confiscated_goods: Decimal = Decimal(0),
    complex: bool = False,
    public_interest: bool = False,
    crime_suspected: bool = False,
    circumstances: Sequence[str] = (),
    exemption_refusal: str = "",
    **answered: Any,
) -> Report:
    """End the investigation with a report and a proposed penalty inside the law, or none at all.

    answered: what speaks against a penalty, and the illegal gains (`exoneration.Answers`).

    行政处罚法第四十条、第五十七条。
    """
    on = timezone.localdate(at)
    enforce(rules.report_obstacles(locked(case), on))
    version = case.item_version
    assert version is not None
    assert case.item is not None
    weighing = weigh_case(
        case.item, version, on=on, circumstances=circumstances, quantity=quantity, band=band
    )
    band = band or band_for(weighing)
    proposal = Proposal(
        fine=fine,
        kinds=kinds,
        band=band,
        pinned=weighing.pinned,
        quantity=quantity,
        confiscated={"confiscate_gains": confiscated_gains, "confiscate_goods": confiscated_goods},
        mitigation_basis=mitigation_basis,
        deviation_reasons=deviation_reasons,
    )
    answers = Answers(**answered)
    enforce(exoneration_obstacles(answers, kinds=kinds))
    enforce(gains_obstacles(answers, confiscated=confiscated_gains if "confiscate_gains" in kinds else ZERO))
    enforce(proposal_obstacles(case, version, proposal, exempt=bool(answers.ground)))
    enforce(rules.heavier_obstacles(case, fine=fine, kinds=kinds))
    enforce(grade_objection(bands_in_force(case.item, on), proposal))
    enforce(weighing_objections(weighing, proposal, exemption_refusal=exemption_refusal))
    fire(case, Move.CONCLUDE, actor=actor, at=at, payload={"fine": str(fine), "kinds": kinds})
    report = Report.objects.create(
        case=case,
        round=Report.objects.filter(case=case).count() + 1,
        facts=facts,
        reasoning=reasoning,
        band=band,
        kinds=kinds,
        fine=fine,
        quantity=quantity,
        confiscated_gains=confiscated_gains,
        confiscated_goods=confiscated_goods,
        deviation_reasons=deviation_reasons,
        mitigation_basis=mitigation_basis,
        calculation=weighing.as_dict(refusal=exemption_refusal),
        exemption_refusal=exemption_refusal if weighing.met else "",
        guide=guide_in_force(case.item, on),
        **answers.stored(),
        complex=complex,
        public_interest=public_interest,
        crime_suspected=crime_suspected,
        item_version=version,
        concluded_at=at,
        concluded_by=actor,
    )
    issue(case=case, kind=Kind.EVIDENCE_LIST, actor=actor, at=at, content=evidence_list_content(case))
    issue(case=case, kind=Kind.REPORT, actor=actor, at=at, content=report_content(case, report))
    return report
