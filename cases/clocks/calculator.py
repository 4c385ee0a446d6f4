"""The period calculator: anyone may ask when a period ends; nothing of a case is read or written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from law import time_limits
from law.book import LawBook
from law.errors import LawError
from law.suspensions import Suspension
from law.time_limits import SHANGHAI, Due, alternative_due, earliest_act

MOST_SUSPENSIONS = 20
LONGEST_EXTENSION = 36_500
DAY_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Question:
    """One period asked about, read from what somebody sent."""

    clock_id: str
    trigger: datetime | date
    profile: str = "national"
    suspensions: Sequence[Suspension] = ()
    extension: int = 0
    until: date | None = None


def read(data: Any, *, book: LawBook) -> Question:
    """Read the body of a request; a LawError names the field that is wrong and why."""
    if not isinstance(data, Mapping):
        raise _wrong("body", "请求内容须为 JSON 对象", "The body must be a JSON object")
    profile = text_of(data, "profile") or "national"
    clock_id = text_of(data, "clock")
    if not clock_id:
        kind = text_of(data, "kind")
        if not kind:
            raise _wrong("clock", "须指明期限 clock 或种类 kind", "Name a clock, or a kind of period")
        clock_id = book.clock_for(kind, profile)
    until = text_of(data, "until")
    return Question(
        clock_id=clock_id,
        trigger=moment(text_of(data, "trigger")),
        profile=profile,
        suspensions=_suspensions(data.get("suspensions") or []),
        extension=number(data.get("extension") or 0),
        until=day(until, "until") if until else None,
    )


def moment(text: str, field: str = "trigger") -> datetime | date:
    """Read a local day, or an instant with its zone."""
    if not text:
        raise _wrong(field, "须填写起算日期或时刻", "A day or an instant is needed")
    if len(text) == DAY_LENGTH:
        return day(text, field)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise _wrong(field, f"不是日期或时刻：{text}", f"Neither a day nor an instant: {text}") from None


def day(text: str, field: str) -> date:
    """Read a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _wrong(field, f"不是日期：{text}", f"No such day: {text}") from None


def answer(question: Question, *, book: LawBook) -> Due:
    """Compute the period."""
    return time_limits.due(
        question.clock_id,
        trigger=question.trigger,
        book=book,
        profile=question.profile,
        suspensions=question.suspensions,
        extension=question.extension,
        agreed_until=question.until,
    )


def as_data(found: Due) -> dict[str, Any]:
    """Give the answer as plain data: the date, why, in two languages, and day by day."""
    told = found.derivation
    expires = found.expires_at()
    other = alternative_due(found)
    return {
        **found.as_dict(),
        "name_zh": found.clock.name_zh,
        "name_en": found.clock.name_en,
        "article_en": found.clock.article_en,
        "expires_at": expires.astimezone(SHANGHAI).isoformat() if expires else None,
        "earliest_act": _earliest(found),
        "alternative_due_on": other.due_on.isoformat() if other and other.due_on else None,
        "sentences": {"zh": told.sentences("zh"), "en": told.sentences("en")},
        "strip": told.strip_dicts(),
    }


def _earliest(found: Due) -> str | None:
    """Give the first working day after the period has run out, where the calendar is known."""
    try:
        return earliest_act(found).isoformat()
    except LawError:
        return None


def _suspensions(rows: Any) -> list[Suspension]:
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise _wrong("suspensions", "中止须为列表，每项含 from、to、ground", "Suspensions must be a list")
    if len(rows) > MOST_SUSPENSIONS:
        raise _wrong("suspensions", f"中止不能多于{MOST_SUSPENSIONS}段", "Too many suspensions")
    return [_suspension(row) for row in rows]


def _suspension(row: Mapping[str, Any]) -> Suspension:
    start, end, notified = text_of(row, "from"), text_of(row, "to"), row.get("notified")
    if not start:
        raise _wrong("suspensions", "中止须写明开始日（from）", "A suspension needs its first day (from)")
    return Suspension(
        start=day(start, "suspensions"),
        end=day(end, "suspensions") if end else None,
        ground=text_of(row, "ground"),
        notified=notified if isinstance(notified, bool) else None,
    )


def text_of(data: Mapping[str, Any], name: str) -> str:
    """Read a text that may be missing."""
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(name, f"{name}须为文字", f"{name} must be text")
    return value.strip()


def number(value: Any) -> int:
    """Read a whole number of sane size, as an extension is."""
    digits = str(value).removeprefix("-")
    if isinstance(value, bool) or not (digits.isascii() and digits.isdigit()):
        raise _wrong("extension", f"延长须为整数：{value}", f"The extension must be a whole number: {value}")
    if len(digits) > len(str(LONGEST_EXTENSION)) or int(value) > LONGEST_EXTENSION:
        raise _wrong("extension", "延长过长", "The extension is too long")
    return int(value)


def _wrong(field: str, message: str, message_en: str) -> LawError:
    return LawError(message, field=field, code="invalid", message_en=message_en)
