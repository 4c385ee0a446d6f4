"""期限计算说明: how each period of the case was reckoned, as it is bound into the file."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from audit import verbs
from cases.clocks.explain import facts
from cases.clocks.models import Clock, ClockChange, Extension, Suspension
from cases.clocks.remaining import name_of
from cases.clocks.services import PARTY_CLOCKS
from cases.dossier.models import Case
from cases.instruments.models import Instrument
from law.derivation import Derivation
from law.suspensions import grounds

Told = list[dict[str, str]]


def clocks_told(case: Case) -> list[dict[str, Any]]:
    """Tell every period that ran, in the order in which they began."""
    rows = (
        Clock.objects.filter(case=case)
        .exclude(state=Clock.State.CANCELLED)
        .select_related("event", "stopped_by")
    )
    rows = rows.prefetch_related("suspensions__approved_by", "extensions__approved_by", "changes__event")
    papers = _papers_by_instant(case)
    return [_told(clock, papers) for clock in rows.order_by("started_at", "id")]


def _papers_by_instant(case: Case) -> dict[datetime, list[str]]:
    """Name the documents that each act made, which prove it."""
    found: dict[datetime, list[str]] = {}
    for instrument in Instrument.objects.filter(case=case).order_by("file_order", "id"):
        name = f"《{instrument.kind_label}》{instrument.number}"
        found.setdefault(instrument.issued_at, []).append(name)
    return found


def _told(clock: Clock, papers: dict[datetime, list[str]]) -> dict[str, Any]:
    told = Derivation.from_dict(clock.derivation)
    event = clock.event
    proof = [*papers.get(event.occurred_at, []), f"过程记录第{event.seq}条"]
    return {
        "name": name_of(clock.clock_id),
        "event": str(verbs.get(event.verb).label),
        "began_on": timezone.localdate(clock.started_at).isoformat(),
        "proof": "；".join(proof),
        "due": _day(clock.due_on) + ("（暂定）" if clock.provisional else ""),
        "state": _state(clock),
        "article": told.article,
        "quote": told.quote,
        "derivation": [{"label": label, "text": text} for label, text, _note in facts(told) if text],
        "granted": [
            *_suspended(clock.suspensions.all()),
            *_extended(clock.extensions.all(), told.length_zh.lstrip("0123456789")),
            *_moved(clock.changes.all()),
        ],
    }


def _state(clock: Clock) -> str:
    """Say how a period ended; what ran for the party is waited out, and nobody was late with it."""
    if clock.stopped_at is None:
        return str(clock.get_state_display())
    ended = timezone.localdate(clock.stopped_at)
    late = clock.due_on is not None and ended > clock.due_on
    if clock.kind in PARTY_CLOCKS:
        return "期限届满" if late else f"至{_day(ended)}（{_ending(clock)}）尚未届满"
    return f"{_day(ended)}完成，{'超期' if late else '按期'}"


def _ending(clock: Clock) -> str:
    return str(verbs.get(clock.stopped_by.verb).label) if clock.stopped_by else "程序终结"


def _suspended(rows: Iterable[Suspension]) -> Told:
    return [
        {
            "label": "中止批准",
            "text": f"{_ground(row.ground)}：{_day(row.started_on)}至{_day(row.ended_on) or '尚未恢复'}；"
            f"依据{row.document}，{row.approved_by.name}批准",
        }
        for row in sorted(rows, key=lambda row: row.started_on)
    ]


def _ground(key: str) -> str:
    known = grounds().get(key)
    return known.zh if known else key


def _extended(rows: Iterable[Extension], unit: str) -> Told:
    return [
        {
            "label": "延长批准",
            "text": f"第{row.rung}次延长{row.length}{unit}，{_day(row.approved_on)}"
            f"{row.get_approver_display()}"
            f"（{row.approved_by.name}）批准，理由：{row.reason}",
        }
        for row in sorted(rows, key=lambda row: row.rung)
        if row.counts
    ]


def _moved(rows: Iterable[ClockChange]) -> Told:
    return [
        {
            "label": "到期日变动",
            "text": f"因{verbs.get(row.event.verb).label}，由{_day(row.before_on) or '未定'}"
            f"改为{_day(row.after_on) or '未定'}",
        }
        for row in sorted(rows, key=lambda row: row.pk)
    ]


def _day(day: date | None) -> str:
    return f"{day:%Y年%-m月%-d日}" if day else ""


def calendar_note(told: Iterable[dict[str, Any]]) -> str:
    """Say by which calendars the days were counted."""
    years = sorted({row["began_on"][:4] for row in told})
    return f"工作日按国务院办公厅公布的{'、'.join(years)}年起各年度节假日安排计算，含调休上班日。"
