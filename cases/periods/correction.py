"""A service recorded with a wrong time: corrected by a new record, and every clock it started follows."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from audit.models import Event
from cases.clocks import derive
from cases.clocks import services as clocks
from cases.clocks.models import Clock
from cases.clocks.rules import cut_short
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.services import fire, locked
from cases.hearing.models import PriorNotice
from cases.instruments import serving
from cases.instruments.kinds import Kind
from cases.instruments.models import Service
from cases.instruments.serving import Proof, current_time
from cases.periods.models import ServiceCorrection
from law import gates
from papers import files
from townships.models import Officer

# The event by which the service of a kind of document starts the party's clocks.
DECIDED = "decision_served"
SERVED = {
    Kind.PRIOR_NOTICE: "notice_served",
    Kind.DECISION: DECIDED,
    Kind.NO_PENALTY: DECIDED,
}


@transaction.atomic
def correct_service(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    service: Service,
    served_at: datetime,
    reason: str,
    upload: UploadedFile[bytes] | None = None,
) -> ServiceCorrection:
    """Record when a document was really served; the first proof stays, the clocks follow.

    行政处罚法第六十一条。
    """
    locked(case)
    proof = _proof(service, served_at)
    serving.require_valid(service.instrument, proof, on=timezone.localdate(at), at=at)
    if service.instrument.case_id != case.pk or served_at == current_time(service):
        raise gates.violation(
            "served_properly",
            detail="送达时间没有变化，或不是本案的送达。",
            detail_en="the time is the same, or the service is of another case",
            field="served_at",
        )
    effective = serving.effective(proof)
    moved = _started_by(case, service)
    stored = files.store(upload=upload, actor=actor, at=at) if upload else None
    made: list[ServiceCorrection] = []

    def adjust(event: Event) -> None:
        made.append(
            ServiceCorrection.objects.create(
                service=service,
                served_at=served_at,
                reason=reason,
                proof=stored,
                corrected_by=actor,
                event=event,
            )
        )
        _carry(case, service, served_at, effective)
        for clock in moved:
            clock.started_at = effective
            clocks.recompute(clock, event=event)

    payload = {
        "instrument": str(service.instrument),
        "reason": reason,
        "served_before": current_time(service).isoformat(),
        "served_at": served_at.isoformat(),
        "clocks": [_moved(clock, effective) for clock in moved],
    }
    fire(case, Move.CORRECT_SERVICE, actor=actor, at=at, payload=payload, adjust=adjust)
    return made[0]


def _proof(service: Service, served_at: datetime) -> Proof:
    return Proof(
        method=service.method,
        served_at=served_at,
        place=service.place,
        recipient=service.recipient,
        witness=service.witness,
        tracking=service.tracking,
        consent=service.consent,
        note=service.note,
    )


def _started_by(case: Case, service: Service) -> list[Clock]:
    """Return the clocks that this service started: those that run, and windows that the decision ended."""
    verb = SERVED.get(Kind(service.instrument.kind))
    if verb is None or not _is_latest(case, service):
        return []
    ended = derive.with_grounds(cut_short(case).filter(event__verb=verb))
    return [*derive.running_clocks(case=case, event__verb=verb).order_by("id"), *ended.order_by("id")]


def _is_latest(case: Case, service: Service) -> bool:
    """Tell whether no later document of the kind was served: a clock hangs on the latest service."""
    same = Service.objects.filter(instrument__case=case, instrument__kind=service.instrument.kind)
    return not same.filter(pk__gt=service.pk).exists()


def _moved(clock: Clock, effective: datetime) -> dict[str, Any]:
    found = derive.computed(clock, trigger=effective)
    before, after = clock.due_on, found.due_on
    return {
        "clock": clock.clock_id,
        "kind": clock.kind,
        "before": before.isoformat() if before else "",
        "after": after.isoformat() if after else "",
    }


def _carry(case: Case, service: Service, served_at: datetime, effective: datetime) -> None:
    """Write the corrected time where later acts read it."""
    if SERVED.get(Kind(service.instrument.kind)) == DECIDED:
        case.served_on = timezone.localdate(effective)
    PriorNotice.objects.filter(instrument=service.instrument).update(served_at=served_at)
