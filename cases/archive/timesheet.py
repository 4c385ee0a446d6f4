"""The first page of the file: the time line with what the law allowed, and the check sheet."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from audit import verbs
from audit.selectors import trail_of
from cases.clocks.models import Clock
from cases.clocks.remaining import name_of
from cases.clocks.services import PARTY_CLOCKS
from cases.decision.models import Decision
from cases.dossier.models import Case
from cases.dossier.stages import TABLE
from cases.hearing.models import PriorNotice
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.review.models import LegalReview

DECISIONS = frozenset({Kind.DECISION, Kind.SUMMARY_DECISION, Kind.NO_PENALTY})


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
    """Check what the file of this procedure must hold; the full review is a later matter.

    行政处罚法第五十一条、第五十二条: on the spot there is no filing, and the party is told by word of mouth.
    """
    papers = Instrument.objects.filter(case=case)
    kinds = set(papers.values_list("kind", flat=True))
    served = set(papers.filter(state=Instrument.State.SERVED).values_list("kind", flat=True))
    ordinary, punished = Kind.SUMMARY_DECISION not in kinds, Kind.NO_PENALTY not in kinds
    fined = punished and not Decision.objects.filter(case=case, fine=0).exists()
    reviewed = LegalReview.objects.filter(case=case, conclusion=LegalReview.Conclusion.PASS).exists()
    offered = PriorNotice.objects.filter(case=case, hearing_offered=True).exists()
    both = case.lead_officer_id and case.second_officer_id
    rows = [
        ("立案审批", "行政处罚法第五十四条", _held(Kind.FILING_APPROVAL in kinds, due=ordinary)),
        ("两名以上执法人员持证", "行政处罚法第四十二条", _held(both)),
        (
            "现场检查或询问笔录",
            "行政处罚法第五十五条",
            _held({Kind.INSPECTION, Kind.INTERVIEW} & kinds, due=ordinary),
        ),
        (
            "事先告知并送达",
            "行政处罚法第四十四条",
            _held(Kind.PRIOR_NOTICE in served, due=ordinary and punished),
        ),
        ("听证权利告知", "行政处罚法第六十三条", _held(offered, due=False)),
        ("法制审核", "行政处罚法第五十八条", _held(reviewed, due=False)),
        ("处罚决定书送达", "行政处罚法第六十一条", _held(DECISIONS & served)),
        ("罚款缴纳票据", "行政处罚法第六十七条", _held(Kind.VOUCHER in kinds, due=fined)),
        ("结案审批", "行政处罚法第四十七条", _held(Kind.CLOSING in kinds)),
    ]
    return [{"item": item, "basis": basis, "result": result, "note": ""} for item, basis, result in rows]


def _held(found: object, *, due: bool = True) -> str:
    return "ok" if found else "missing" if due else "na"
