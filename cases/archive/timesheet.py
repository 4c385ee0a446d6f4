"""The first page of the file: the time line with what the law allowed, and the check sheet."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from audit import verbs
from audit.selectors import trail_of
from cases.clocks.models import Clock
from cases.clocks.remaining import name_of
from cases.clocks.services import PARTY_CLOCKS
from cases.dossier.models import Case
from cases.dossier.stages import TABLE
from cases.hearing.models import PriorNotice
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.review.models import LegalReview


def timeline_of(case: Case) -> list[dict[str, Any]]:
    """List the moves of the case with the clock each ended, and whether it was in time."""
    codes = [row.verb.code for row in TABLE.values()]
    ended: dict[int, list[Clock]] = {}
    # What ran for the party is waited out: an act after its end is in order, not late.
    for clock in Clock.objects.filter(case=case).exclude(stopped_by=None).exclude(kind__in=PARTY_CLOCKS):
        ended.setdefault(clock.stopped_by_id or 0, []).append(clock)
    papers = _papers_of(case)
    rows = []
    for event in trail_of(case.chain).filter(verb__in=[*codes, "lead_registered"]).order_by("seq"):
        last = min(ended.get(event.pk, []), key=lambda found: found.due_on or date.max, default=None)
        on = timezone.localdate(event.occurred_at)
        rows.append(
            {
                "on": on.isoformat(),
                "step": str(verbs.get(event.verb).label),
                "detail": "；".join([event.actor_name, *papers.get(event.occurred_at, [])]),
                "due": last.due_on.isoformat() if last and last.due_on else "",
                "state": _state(last, on),
            }
        )
    return rows


def _papers_of(case: Case) -> dict[datetime, list[str]]:
    """Name the papers by the instant of the act that made them."""
    found: dict[datetime, list[str]] = {}
    for paper in Instrument.objects.filter(case=case).order_by("file_order", "id"):
        found.setdefault(paper.issued_at, []).append(str(paper))
    return found


def _state(clock: Clock | None, on: date) -> str:
    if clock is None or clock.due_on is None:
        return ""
    if clock.state == Clock.State.CANCELLED:
        return ""
    return f"{name_of(clock.clock_id)}：{'按期' if on <= clock.due_on else '超期'}"


def checks_of(case: Case) -> list[dict[str, str]]:
    """Check what every penalty file must hold; the full review is a later matter."""
    kinds = set(Instrument.objects.filter(case=case).values_list("kind", flat=True))
    served = set(
        Instrument.objects.filter(case=case, state=Instrument.State.SERVED).values_list("kind", flat=True)
    )
    reviewed = LegalReview.objects.filter(case=case, conclusion=LegalReview.Conclusion.PASS).exists()
    offered = PriorNotice.objects.filter(case=case, hearing_offered=True).exists()
    rows = [
        ("立案审批", "行政处罚法第五十四条", _held(present=Kind.FILING_APPROVAL in kinds)),
        (
            "两名以上执法人员持证",
            "行政处罚法第四十二条",
            _held(present=bool(case.lead_officer_id and case.second_officer_id)),
        ),
        (
            "现场检查或询问笔录",
            "行政处罚法第五十五条",
            _held(present=bool({Kind.INSPECTION, Kind.INTERVIEW} & kinds)),
        ),
        ("事先告知并送达", "行政处罚法第四十四条", _held(present=Kind.PRIOR_NOTICE in served)),
        ("听证权利告知", "行政处罚法第六十三条", "ok" if offered else "na"),
        ("法制审核", "行政处罚法第五十八条", "ok" if reviewed else "na"),
        ("处罚决定书送达", "行政处罚法第六十一条", _held(present=Kind.DECISION in served)),
        ("罚款缴纳票据", "行政处罚法第六十七条", _held(present=Kind.VOUCHER in kinds)),
        ("结案审批", "行政处罚法第四十七条", _held(present=Kind.CLOSING in kinds)),
    ]
    return [{"item": item, "basis": basis, "result": result, "note": ""} for item, basis, result in rows]


def _held(*, present: bool) -> str:
    return "ok" if present else "missing"
