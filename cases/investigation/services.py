"""Collect evidence, record inspections and interviews, order correction."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cases.dossier import authority
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reasons import require_reason
from cases.flow.services import fire, locked, require_move
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.instruments.services import issue, replace
from cases.investigation import rules
from cases.investigation.content import correction_content, record_content
from cases.investigation.models import Correction, Exhibit, Record, Scan
from law.errors import RuleViolation
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
            message_en="The evidence cannot have been collected later than now.",
            unblock_en="Enter when it was collected.",
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
            message_en="Whoever is interviewed is told of rights and duties first.",
            unblock_en="Tell of challenge and of truthful answers, have it signed, then enter the record.",
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
    """Order the party to correct, at once or by a day, under authority of the day (第二十八条第一款)."""
    rules.require_field_work(case, on=timezone.localdate(at))
    finding = authority.require(case, on=timezone.localdate(at)) if case.item else {}
    if due_on is not None and due_on < timezone.localdate(at):
        raise RuleViolation(
            "correction_due_passed",
            "改正期限早于今天。",
            "行政处罚法第二十八条第一款",
            "给当事人一个今天以后的期限，或留空表示立即改正。",
            message_en="The day to correct by lies before today.",
            unblock_en="Give the party a day from today on, or leave it empty for correction at once.",
            field="due_on",
        )
    fire(case, Move.ORDER_CORRECTION, actor=actor, at=at, payload={"due_on": str(due_on or "")})
    instrument = issue(
        case=case,
        kind=Kind.CORRECTION,
        actor=actor,
        at=at,
        authority=finding,
        content=correction_content(case, demand=demand, due_on=due_on, on=timezone.localdate(at)),
    )
    return Correction.objects.create(
        case=case, instrument=instrument, demand=demand, due_on=due_on, ordered_at=at
    )


@transaction.atomic
def void_entry(*, case: Case, actor: Officer, at: datetime, entry: Exhibit | Record, reason: str) -> None:
    """Void a mistaken exhibit or record with its reason; it stays on file and counts no more."""
    require_reason(reason)
    require_move(case, Move.VOID_ENTRY, actor=actor, at=at)
    # Read before the lock, it may have been voided since.
    entry.refresh_from_db()
    if entry.case_id != case.pk or entry.is_void:
        raise RuleViolation(
            "nothing_to_void",
            "该登记不属于本案或已经作废。",
            "行政处罚法第四十六条",
            "刷新页面后重新选择。",
            message_en="This entry is not of this case, or has been voided.",
            unblock_en="Reload the page and choose again.",
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
