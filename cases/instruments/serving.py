"""Service of a document with its proof (行政处罚法第六十一条、民事诉讼法第八十八条至第九十五条)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from cases.dossier.duties import require_two
from cases.dossier.law_book import law_book
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.services import fire, require_move
from cases.instruments import services
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument, Service
from cases.instruments.selectors import unserved
from law import gates, time_limits
from papers import files
from townships.models import Officer

ANNOUNCEMENT = "service_announcement_30d"
SHANGHAI = ZoneInfo("Asia/Shanghai")
# Against these the party may ask for reconsideration.
REMEDIED = frozenset({Kind.DECISION, Kind.SUMMARY_DECISION, Kind.NO_PENALTY, Kind.SURCHARGE})
IN_PERSON = frozenset({Service.Method.DIRECT.value, Service.Method.RETENTION.value})


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a service; which fields are needed depends on the method."""

    method: str
    served_at: datetime
    place: str
    recipient: str
    relation: str = ""
    witness: str = ""
    tracking: str = ""
    consent: bool = False
    note: str = ""
    upload: UploadedFile[bytes] | None = None


def require_valid(instrument: Instrument, proof: Proof, *, on: date, at: datetime | None = None) -> None:
    """Refuse a service that the law does not know as one (gates served_properly and its sisters)."""
    if proof.served_at < instrument.issued_at.replace(second=0, microsecond=0):
        raise gates.violation(
            "served_properly",
            detail="送达时间早于文书签发时间。",
            detail_en="served before the document was issued",
            field="served_at",
        )
    if timezone.localdate(proof.served_at) > on or (at is not None and proof.served_at > at):
        raise gates.violation(
            "served_properly",
            detail="送达时间晚于现在。",
            detail_en="served in the future",
            field="served_at",
        )
    _require_proved(instrument, proof)


def _require_proved(instrument: Instrument, proof: Proof) -> None:
    """Refuse a service without what its own way needs (民事诉讼法第八十九条至第九十五条)."""
    if proof.method == Service.Method.RETENTION and not proof.witness.strip():
        raise gates.violation(
            "served_properly",
            detail="留置送达须有见证人签名或拍照录像。",
            detail_en="service by leaving needs a witness or a recording",
            field="witness",
        )
    if proof.method == Service.Method.RETENTION and not proof.note.strip():
        raise gates.violation(
            "served_properly",
            detail="留置送达须在备注中记明拒收事由。",
            detail_en="service by leaving states in the note why it was refused",
            field="note",
        )
    if proof.method == Service.Method.ELECTRONIC and not proof.consent:
        raise gates.violation("electronic_service_consent", field="consent")
    if proof.method == Service.Method.ELECTRONIC and instrument.kind in REMEDIED and not proof.note.strip():
        raise gates.violation(
            "online_service_online_review",
            detail="在备注中写明告知的网上途径。",
            detail_en="name the online way in the note",
            field="note",
        ).weighed("block")
    if proof.method == Service.Method.POST and not proof.tracking:
        raise gates.violation(
            "served_properly",
            detail="邮寄送达须填邮件号，以回执注明的收件日期为送达日期。",
            detail_en="service by post needs the number of the item; the day on its receipt counts",
            field="tracking",
        )
    if proof.method == Service.Method.ANNOUNCEMENT and not (proof.tracking and proof.note):
        raise gates.violation("announcement_last_resort", field="note")


def effective(proof: Proof) -> datetime:
    """Return the instant from which the party's clocks run: at the end of an announcement's days.

    民事诉讼法第九十五条; an end in a year without calendar starts no clock (民法典第二百零三条).
    """
    if proof.method != Service.Method.ANNOUNCEMENT:
        return proof.served_at
    found = time_limits.due(ANNOUNCEMENT, trigger=proof.served_at, book=law_book())
    if found.due_on is None or found.provisional:
        raise gates.violation(
            "calendar_coverage",
            detail="公告期的末日暂不能确定。",
            detail_en="the last day of the announcement cannot be told yet",
            field="served_at",
        )
    return datetime.combine(found.due_on, time(12), SHANGHAI)


def current_time(service: Service) -> datetime:
    """Return when the document was served, by the latest record."""
    latest = service.corrections.order_by("-id").first()
    return latest.served_at if latest else service.served_at


def received_at(service: Service) -> datetime:
    """Return when the document counts as served: by the latest record, at the end of an announcement."""
    return effective(
        Proof(service.method, current_time(service), place=service.place, recipient=service.recipient)
    )


@transaction.atomic
def serve(*, case: Case, instrument: Instrument, proof: Proof, actor: Officer, at: datetime) -> Service:
    """Record the service of a document, with its 送达回证 behind it in the file."""
    require_valid(instrument, proof, on=timezone.localdate(at), at=at)
    if proof.method in IN_PERSON:
        require_two(case, [case.lead_officer, case.second_officer], on=timezone.localdate(proof.served_at))
    stored = files.store(upload=proof.upload, actor=actor, at=at) if proof.upload else None
    service = Service.objects.create(
        instrument=instrument,
        method=proof.method,
        served_at=proof.served_at,
        place=proof.place,
        recipient=proof.recipient,
        relation=proof.relation,
        witness=proof.witness,
        tracking=proof.tracking,
        consent=proof.consent,
        note=proof.note,
        proof=stored,
        servers=[officer.name for officer in (case.lead_officer, case.second_officer) if officer],
    )
    Instrument.objects.filter(pk=instrument.pk).update(state=Instrument.State.SERVED)
    instrument.state = Instrument.State.SERVED
    services.issue(
        case=case,
        kind=Kind.RECEIPT,
        actor=actor,
        at=at,
        content=receipt(instrument, service),
        order=instrument.file_order + Decimal("0.5"),
    )
    return service


@transaction.atomic
def serve_document(
    *, case: Case, instrument: Instrument, actor: Officer, at: datetime, **proof: Any
) -> Service:
    """Serve an order to correct or a notice of hearing, with its proof (行政处罚法第六十一条)."""
    require_move(case, Move.SERVE_DOCUMENT, actor=actor, at=at)
    if not unserved(case).filter(pk=instrument.pk).exists():
        raise gates.violation(
            "served_properly",
            detail="该文书不属于本案、已经送达或不由此送达。",
            detail_en="the document is not of this case, is served already, or is not served here",
            field="instrument",
        )
    served = Proof(**proof)
    fire(
        case,
        Move.SERVE_DOCUMENT,
        actor=actor,
        at=at,
        payload={
            "instrument": instrument.pk,
            "method": served.method,
            "served_at": served.served_at.isoformat(),
        },
    )
    return serve(case=case, instrument=instrument, proof=served, actor=actor, at=at)


def receipt(instrument: Instrument, service: Service) -> dict[str, Any]:
    """Fill the 送达回证; whoever refused to sign is named as addressee, and signs nothing."""
    party = instrument.case.party
    name = party.name if party else instrument.case.party_name
    served_at = service.served_at.isoformat()
    told: dict[str, Any] = {
        "documents": [{"title": instrument.get_kind_display(), "number": instrument.number, "copies": 1}],
        "method": service.method,
        "served_at": served_at,
        "service_place": service.place,
        "recipient": {"name": name or service.recipient, "phone": party.phone if party else ""},
        "tracking": service.tracking,
        "remarks": service.note,
        "servers": service.servers,
    }
    if service.method != Service.Method.RETENTION:
        told |= {"signed_by": service.recipient, "signed_at": served_at}
        if service.relation not in {"", "本人"} and service.recipient != name:
            told["substitute"] = {"name": service.recipient, "relation": service.relation}
    if service.witness:
        told["refusal"] = {"at": served_at, "reason": service.note, "witness": service.witness}
    return told
