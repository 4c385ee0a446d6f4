"""为什么是这一天: the stored derivation of a clock as a day strip and a few labelled sentences."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import verbs
from cases.clocks.models import Clock
from desk.formats import cn_date, cn_datetime, in_chinese
from desk.strips import Day, Strip, strip
from law.derivation import Derivation
from law.narration import TELLERS

KINDS: Mapping[str, str] = {
    "start": "start",
    "event": "start",
    "counted": "counted",
    "skipped": "off",
    "suspended": "paused",
    "rolled": "off",
    "due": "due",
}
LABELS: Mapping[str, str | Promise] = {
    "start": gettext_lazy("起算"),
    "event": gettext_lazy("起算"),
    "extension": gettext_lazy("延长"),
    "part": gettext_lazy("组成"),
    "counted": gettext_lazy("计算"),
    "corresponding": gettext_lazy("计算"),
    "skipped": gettext_lazy("跳过"),
    "suspended": gettext_lazy("中止"),
    "ignored": gettext_lazy("中止"),
    "open": gettext_lazy("中止"),
    "roll": gettext_lazy("顺延"),
    "no_roll": gettext_lazy("顺延"),
    "makeup_end": gettext_lazy("调休"),
    "unresolved": gettext_lazy("暂定"),
    "notice": gettext_lazy("届满"),
    "due": gettext_lazy("届满"),
}


def explain(clock: Clock, *, on: date) -> dict[str, Any]:
    """Return what components/why_day.html shows of a clock."""
    told = Derivation.from_dict(clock.derivation)
    if told.kind == "suspended":
        title = _("为什么还没有到期日")
    else:
        title = _("为什么是%(day)s") % {"day": cn_date(clock.due_on, "short") or _("暂定")}
    return panel(told, on=on, key=str(clock.pk), title=title, proof=started_by(clock))


def started_by(clock: Clock) -> tuple[str, str, str]:
    """Tell the event in the trail that proves the start: what, who recorded it, when, and where it is."""
    event = clock.event
    told = (str(verbs.get(event.verb).label), event.actor_name, cn_datetime(event.occurred_at, "iso"))
    return (
        _("过程记录"),
        " · ".join(part for part in told if part),
        f"{reverse('case', args=[clock.case_id])}?tab=trail",
    )


def panel(
    told: Derivation, *, on: date, key: str, title: str, proof: tuple[str, str, str] | None = None
) -> dict[str, Any]:
    """Lay out a derivation for components/why_day.html, with the event that proves its start."""
    first, *others = facts(told)
    return {
        "id": f"why-{key}",
        "title": title,
        "strip": day_strip(told, on=on),
        "facts": [first, *([proof] if proof else []), *others],
        "footer": _("按 %(years)s 年放假安排推算（版本 %(version)s）")
        % {"years": _years(told), "version": told.calendar[:6]},
    }


def _years(told: Derivation) -> str:
    """Name the years whose calendars the count runs through."""
    years = sorted({day[:4] for day in (told.start, told.due_on) if day})
    return "–".join(dict.fromkeys((years[0], years[-1]))) if years else ""


def day_strip(told: Derivation, *, on: date) -> Strip | None:
    """Draw the days of a derivation; None where the span is too long to show."""
    days = [
        Day(date.fromisoformat(day.day), KINDS[day.role], day.number, makeup=bool(day.name_zh and day.number))
        for day in told.day_strip()
    ]
    return strip(days, today=on) if days else None


def facts(told: Derivation) -> Iterator[tuple[str, str, str]]:
    """Tell the derivation in labelled sentences: start, length and article, what was skipped, the end."""
    language = "zh" if in_chinese() else "en"
    data, tellers = told.as_dict(), TELLERS[language]
    sentences: dict[str, list[str]] = {}
    for step in data["steps"]:
        if step["kind"] in LABELS and step["kind"] in tellers:
            sentences.setdefault(str(LABELS[step["kind"]]), []).append(tellers[step["kind"]](step, data))
    start = str(LABELS["start"])
    yield start, " ".join(sentences.pop(start, [])), ""
    yield _("期限"), _length(told, language), ""
    for label, parts in sentences.items():
        yield label, " ".join(parts) if language == "en" else "".join(parts), ""


def _length(told: Derivation, language: str) -> str:
    words = f"“{told.quote.rstrip('。')}”" if told.quote else ""
    if language == "en":
        return ": ".join(part for part in (told.length_en, told.article_en, words) if part)
    quote = f"：{words}" if words else ""
    return "，".join(part for part in (told.length_zh, told.article + quote) if part)
