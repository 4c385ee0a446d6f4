"""The contents and page order of a case file; bound once for the same content."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from django.utils import timezone

from audit.selectors import trail_of
from cases.archive.clocksheet import calendar_note, clocks_told
from cases.archive.models import Volume
from cases.archive.shelving import number_of
from cases.archive.timesheet import checks_of, timeline_of
from cases.decision.content import result_of
from cases.decision.models import Decision
from cases.decision.outcomes import Outcome, outcomes_of
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.stages import TABLE
from cases.instruments.content import party_content
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument, Service
from cases.investigation.models import Exhibit
from desk.language import in_legal_language
from papers import binding, files
from papers.models import StoredFile
from papers.services import render
from townships.models import Body, Officer

# Bound as pages; recordings stay outside and are noted on the back sheet.
PRINTABLE = frozenset({"application/pdf", "image/jpeg", "image/png"})

REPLACED = "已作废或已被替换"
VOIDED = "登记已作废"
DECISIONS = frozenset({Kind.DECISION, Kind.SUMMARY_DECISION, Kind.NO_PENALTY})


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the file with the digest that tells whether it changed."""

    part: binding.Part
    digest: str


def pieces_of(case: Case) -> list[Piece]:
    """Return everything bound, in file order: each document with its scans and proofs behind it."""
    instruments = Instrument.objects.filter(case=case).select_related("paper__pdf", "issuer")
    found: list[Piece] = []
    for instrument in instruments.prefetch_related("scans__file").order_by("file_order", "id"):
        paper = instrument.paper
        found.append(
            Piece(
                binding.Part(
                    title=instrument.get_kind_display(),
                    pdf=render(paper),
                    responsible=instrument.responsible,
                    number=instrument.number,
                    dated=timezone.localdate(instrument.issued_at),
                    remark=REPLACED if instrument.state == Instrument.State.REPLACED else "",
                ),
                paper.digest,
            )
        )
        found += _behind(case, instrument)
    return [*found, *_reckoning(case)]


def _reckoning(case: Case) -> list[Piece]:
    """Return the sheet that tells how the periods of the case were reckoned; none while none ran."""
    told = clocks_told(case)
    if not told:
        return []
    issuer = case.named or case.handler or case.township
    title = "期限计算说明"
    content = {**_heading(case, issuer), "title": title, "clocks": told, "calendar_note": calendar_note(told)}
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    names = "、".join(officer["name"] for officer in content["officers"])
    last = max(told, key=itemgetter("began_on"))["began_on"]
    part = binding.Part(
        title=title,
        pdf=binding.sheet("clock_sheet", content),
        responsible=names or issuer.name,
        dated=case.closed_on or date.fromisoformat(last),
    )
    return [Piece(part, digest)]


def _behind(case: Case, instrument: Instrument) -> list[Piece]:
    title = instrument.get_kind_display()
    found = [
        _file(scan.file, f"{title}（签字件）", instrument.responsible, scan.added_at)
        for scan in instrument.scans.all()
    ]
    found += _proofs(case, instrument)
    found += _outcomes(case, instrument)
    if instrument.kind == Kind.EVIDENCE_LIST and _is_latest(case, instrument):
        for exhibit in (
            Exhibit.objects.filter(case=case, voided_at=None).select_related("file").order_by("number")
        ):
            found.append(
                _file(exhibit.file, str(exhibit), "、".join(exhibit.collectors), exhibit.collected_at)
            )
    if instrument.kind == Kind.VOUCHER:
        for payment in case.payments.filter(instrument=instrument).select_related("proof"):
            if payment.proof:
                title = f"票据 {payment.receipt_number}"
                found.append(_file(payment.proof, title, payment.payer, payment.recorded_at))
    return [piece for piece in found if piece is not None]


def _outcomes(case: Case, decision: Instrument) -> list[Piece | None]:
    """Return what reviewing organs and courts said of a decision: it stands behind the decision."""
    if decision.kind not in DECISIONS:
        return []
    found = Outcome.objects.filter(case=case).select_related("file").order_by("decided_on", "id")
    return [
        _file(
            outcome.file,
            str(outcome),
            outcome.body,
            outcome.recorded_at,
            number=outcome.number,
            remark=VOIDED if outcome.is_void else "",
        )
        for outcome in found
    ]


def _proofs(case: Case, receipt: Instrument) -> list[Piece | None]:
    """Return what proves the service a 送达回证 tells of: it stands behind the receipt."""
    if receipt.kind != Kind.RECEIPT:
        return []
    numbers = [document["number"] for document in receipt.paper.content["documents"]]
    served = Service.objects.filter(instrument__case=case, instrument__number__in=numbers)
    return [
        _file(service.proof, "送达凭证", "、".join(service.servers), service.served_at)
        for service in served.select_related("proof")
        if service.proof is not None
    ]


def _is_latest(case: Case, instrument: Instrument) -> bool:
    return not Instrument.objects.filter(case=case, kind=instrument.kind, pk__gt=instrument.pk).exists()


def _file(
    stored: StoredFile, title: str, responsible: str, at: datetime, *, number: str = "", remark: str = ""
) -> Piece | None:
    if stored.content_type not in PRINTABLE:
        return None
    part = binding.Part(
        title=title,
        pdf=stored,
        responsible=responsible,
        number=number,
        dated=timezone.localdate(at),
        remark=remark,
    )
    return Piece(part, stored.sha256)


def _heading(case: Case, issuer: Body) -> dict[str, Any]:
    officers = [officer for officer in (case.lead_officer, case.second_officer) if officer]
    return {
        "issuer": issuer.name,
        "case_number": case.number or case.lead_number,
        "cause": case.cause,
        "party": party_content(case.party) or {"name": case.party_name},
        "officers": [{"name": officer.name} for officer in officers],
    }


def front_of(case: Case, note: str) -> dict[str, dict[str, Any]]:
    """Fill cover, contents, time line and back sheet."""
    decision = Decision.objects.filter(case=case).select_related("instrument", "case").first()
    issuer = case.named or case.handler or case.township
    shared = _heading(case, issuer)
    day = {
        name: value.isoformat() if value else ""
        for name, value in (
            ("filed_on", case.filed_on),
            ("closed_on", case.closed_on),
            ("archived_on", case.archived_on),
        )
    }
    return {
        "cover": {
            **shared,
            **day,
            "title": "行政处罚案卷",
            "decision_number": decision.instrument.number if decision else "",
            "team": (case.handler or issuer).name,
            "result": _result(decision) if decision else "",
            "retention": "30年",
            "archive_number": number_of(case),
        },
        "contents": {**shared, "title": "卷内目录"},
        "timeline": {
            **shared,
            "title": "办案时间轴与核对表",
            "timeline": timeline_of(case),
            "checks": checks_of(case),
            "checked_by": _archivist(case),
            "checked_on": day["archived_on"],
        },
        "back_sheet": {
            **shared,
            "title": "卷内备考表",
            "notes": note or media_note(case),
            "compiled_by": shared["officers"][0]["name"] if shared["officers"] else "",
            "compiled_on": day["archived_on"],
        },
    }


def _result(decision: Decision) -> str:
    """Tell what was decided, and what reconsideration or suit made of it."""
    return "；".join([result_of(decision), *(str(outcome) for outcome in outcomes_of(decision.case))])


def _archivist(case: Case) -> str:
    """Name who put the file away, and so checked it; nobody yet while the case is not archived."""
    put_away = trail_of(case.chain).filter(verb=TABLE[Move.ARCHIVE].verb.code).first()
    return put_away.actor_name if put_away else ""


def media_note(case: Case) -> str:
    """Tell of recordings that belong to the file but cannot be bound."""
    recordings = (
        Exhibit.objects.filter(case=case, voided_at=None)
        .exclude(file__content_type__in=PRINTABLE)
        .select_related("file")
    )
    return "；".join(f"{exhibit}为电子载体，SHA-256：{exhibit.file.sha256}" for exhibit in recordings)


@in_legal_language()
def bind_file(*, case: Case, actor: Officer | None, at: datetime, note: str = "") -> Volume:
    """Return the bound file of the case as it stands; bound anew only when something in it changed."""
    pieces = pieces_of(case)
    front = front_of(case, note)
    said = json.dumps(
        [[piece.digest, piece.part.title, piece.part.remark] for piece in pieces] + [front],
        ensure_ascii=False,
        sort_keys=True,
    )
    digest = hashlib.sha256(said.encode()).hexdigest()
    known = Volume.objects.filter(case=case, digest=digest).select_related("file").first()
    if known is not None:
        return known
    bound = binding.assemble(
        [piece.part for piece in pieces], front=binding.sheets(**front), title=f"{case} {case.title}"
    )
    name = f"{case.number or case.lead_number}案卷.pdf"
    stored = files.keep(bound.pdf, content_type="application/pdf", name=name, actor=actor, at=at)
    volume, _new = Volume.objects.get_or_create(
        case=case,
        digest=digest,
        defaults={
            "file": stored,
            "page_count": bound.folios,
            "bound_at": at,
            "bound_by": actor,
            "parts": [entry.row() for entry in bound.entries],
        },
    )
    return volume
