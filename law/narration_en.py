"""Tell the steps of a derivation in English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from law.extensions import APPROVERS

Data = Mapping[str, Any]
Teller = Callable[[Data, Data], str]
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

IGNORED: Mapping[str, str] = {
    "no_ground_granted": "this period may not be suspended on any ground",
    "ground_not_granted": "the rule does not grant this ground",
    "not_notified": "the party was not notified in writing",
    "no_length": "it has no length",
    "before_start": "it was over before the period began",
    "after_end": "it begins after the period has ended",
}


def day_en(text: str, *, year: bool = True) -> str:
    """Write a date in English."""
    day = date.fromisoformat(text[:10])
    written = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return f"{written} {day.year}" if year else written


def _time(text: str) -> str:
    """Give the time of day of an instant."""
    return datetime.fromisoformat(text).strftime("%H:%M:%S") if len(text) > 10 else ""


def _span_en(step: Data) -> str:
    """Write a run of days in English."""
    first, last = step["first"], step.get("last", "")
    if not last:
        return f"from {day_en(first)} on"
    return (
        day_en(first) if first == last else f"{day_en(first, year=first[:4] != last[:4])} to {day_en(last)}"
    )


def _start_en(step: Data, data: Data) -> str:
    """Tell the starting event in English."""
    if data["due_at"]:
        when = f"{day_en(data['start'])} {_time(data['start'])}"
        return (
            f"{when}: {data['trigger_en']}; hours run on through nights and days off (Civil Code art. 201)."
        )
    if step.get("code") == "counted":
        return f"{day_en(step['first'])}: {data['trigger_en']}; this day is day 1."
    return f"{day_en(step['first'])}: {data['trigger_en']}; this day is not counted (Civil Code art. 201)."


def _counted_en(step: Data, data: Data) -> str:
    """Tell a run of counted days in English."""
    number, days = step["number"], step["days"]
    name = f" ({step['name_en']})" if step.get("name_en") else ""
    if days == 1:
        return f"Day {number}: {day_en(step['first'])}{name}."
    return f"Days {number} to {number + days - 1}: {_span_en(step)}."


def _skipped_en(step: Data, data: Data) -> str:
    """Tell days off in English."""
    return f"{_span_en(step)}: {step['name_en']}, not counted ({_days(step['days'])})."


def _days(number: int) -> str:
    """Write a number of days in English."""
    return f"{number} day" if number == 1 else f"{number} days"


def _suspended_en(step: Data, data: Data) -> str:
    """Tell a suspension in English."""
    ground = step.get("name_en") or "ground not stated"
    cost = f"{_days(step['days'])} not counted" if step.get("last") else "not yet resumed"
    span = _span_en(step)
    return f"{span[0].upper()}{span[1:]}: suspended ({ground}), {cost}."


def _ignored_en(step: Data, data: Data) -> str:
    """Tell a suspension without effect in English."""
    name = step.get("name_en", "")
    end = step.get("last", "")
    span = f"{day_en(step['first'])} to {day_en(end)}" if end else _span_en(step)
    return f"The suspension {span}{f' ({name})' if name else ''} has no effect: {IGNORED[step['code']]}."


def _extension_en(step: Data, data: Data) -> str:
    """Tell an extension in English."""
    unit = data["unit"].replace("_", " ")
    length = f"{step['days']} {unit}{'' if step['days'] == 1 else 's'}"
    tail = ", counted on from the unrolled last day; the end rolls only once."
    if not step.get("code"):
        return f"Extended by {length} (approval not stated){tail}"
    when = f" on {day_en(step['first'])}" if step.get("first") else ""
    person = f" ({step['name_en']})" if step.get("name_en") else ""
    return f"Extended{when} by {APPROVERS[step['code']][1]}{person} by {length}{tail}"


def _corresponding_en(step: Data, data: Data) -> str:
    """Tell the corresponding day in English."""
    why = (
        "the month has no such day, so its last day" if step.get("code") == "no_such_day" else "the same day"
    )
    unit = f"{data['unit']}{'' if step['number'] == 1 else 's'}"
    span = f"{step['number']} {unit} from {day_en(step['first'])} end on {day_en(step['last'])}"
    return f"{span}: {why} (Civil Code art. 202)."


def _due_en(step: Data, data: Data) -> str:
    """Tell the end in English."""
    if data["due_at"]:
        return f"The period ends on {day_en(data['due_at'])} at {_time(data['due_at'])}."
    if data["kind"] == "calendar_unresolved":
        return f"Provisional end: {day_en(step['first'])}; recomputed once the calendar is loaded."
    end = "at the close of business" if step.get("code") == "office_hours" else "at 24:00"
    return f"The period ends on {day_en(step['first'])} {end}."


TELLERS: Mapping[str, Teller] = {
    "start": _start_en,
    "event": lambda s, d: (
        f"{day_en(s['first'])}: {d['trigger_en']}; neither this day nor the day of notice counts."
    ),
    "counted": _counted_en,
    "skipped": _skipped_en,
    "suspended": _suspended_en,
    "ignored": _ignored_en,
    "extension": _extension_en,
    "corresponding": _corresponding_en,
    "part": lambda s, d: f"{s['name_en']}: {day_en(s['first']) if s.get('first') else 'open'}.",
    "roll": lambda s, d: (
        f"The last day, {day_en(s['first'])}, is a day off ({s['name_en']}): moved to {day_en(s['last'])} "
        "(Civil Code art. 203)."
    ),
    "no_roll": lambda s, d: f"The last day, {day_en(s['first'])}, is a day off; this period does not roll.",
    "makeup_end": lambda s, d: f"The last day, {day_en(s['first'])}, is a {s['name_en']}: a working day.",
    "unresolved": lambda s, d: (
        f"The calendar of {s['number']} is not loaded: the result is provisional, not guessed."
    ),
    "open": lambda s, d: (
        f"Still suspended: {s['number']} used, {s['days']} left, to run on after resumption."
    ),
    "notice": lambda s, d: f"Latest day of notice: {day_en(s['first'])}.",
    "due": _due_en,
}
