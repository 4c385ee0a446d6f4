"""期限规则: how one clock is counted, convention by convention, and the readings a county may choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.dossier.law_book import COUNTING_PREFIX, law_book
from cases.oversight.forms import Proposal
from desk.formats import in_chinese
from law.clocks import Clock, Unit
from law.profiles import NATIONAL
from law.suspensions import grounds

SAME = ("", _("按默认"))
Words = Mapping[str, str | Promise]
# Each convention of docs/conventions.md that has another reading, with the words of both.
READINGS: Mapping[str, tuple[str, Any, Words]] = {
    "first_day": (
        "C1",
        _("起算之日"),
        {"excluded": _("不计入，次日为第一日"), "counted": _("计入，当日为第一日")},
    ),
    "unit": ("C2", _("按什么日计算"), {"working_day": _("工作日"), "calendar_day": _("自然日")}),
    "roll": ("C5–C7", _("末日遇节假日"), {"none": _("不顺延"), "forward": _("顺延至下一工作日")}),
    "hours": ("C9", _("小时的起点"), {"instant": _("事件发生的时刻"), "next_full_hour": _("下一个整点")}),
    "day_end": (
        "C10",
        _("末日何时届满"),
        {"by_nature": _("当事人24时，机关下班时"), "midnight": _("24时"), "business_close": _("下班时")},
    ),
    "suspension_end": (
        "C11",
        _("中止的结束日"),
        {"excluded": _("当日恢复计算"), "included": _("次日恢复计算")},
    ),
    "clear_days": ("C15", _("“几日前”"), {"true": _("中间须有完整的天数"), "false": _("第几日当日即可")}),
    "elapsed": ("C16", _("“几日后”"), {"next_day": _("届满次日起"), "same_day": _("届满当日起")}),
}
DAYS = (Unit.WORKING_DAY, Unit.CALENDAR_DAY)


@dataclass(frozen=True, slots=True)
class Reading:
    """One convention of a clock: how it is counted here, and by default."""

    number: str
    label: str | Promise
    here: str | Promise
    default: str | Promise

    @property
    def changed(self) -> bool:
        """Tell another reading than the default."""
        return str(self.here) != str(self.default)


def readings(clock: Clock, default: Clock) -> list[Reading]:
    """List the conventions that matter to a clock, its grounds and its ladder."""
    rows = [
        Reading(number, label, _word(words, clock, name), _word(words, default, name))
        for name, (number, label, words) in READINGS.items()
        if _matters(name, default)
    ]
    return [
        *rows,
        Reading("C13", _("可以扣除的事由"), grounds_text(clock), grounds_text(default)),
        Reading("C14", _("延长（自未顺延的期限起计）"), ladder_text(clock), ladder_text(default)),
    ]


def _word(words: Words, clock: Clock, name: str) -> str | Promise:
    value = getattr(clock.convention, name)
    key = str(value).lower() if isinstance(value, bool) else str(value)
    return words.get(key, key)


def _matters(name: str, clock: Clock) -> bool:
    """Tell whether a convention can change the clock's date."""
    before = clock.convention.direction == "before"
    return {
        "first_day": not before and clock.unit is not Unit.HOUR,
        "unit": clock.unit in DAYS,
        "roll": not before and clock.unit not in (Unit.WORKING_DAY, Unit.HOUR),
        "hours": clock.unit is Unit.HOUR,
        "day_end": clock.unit is not Unit.HOUR,
        "suspension_end": bool(clock.convention.grounds),
        "clear_days": before,
        "elapsed": not before,
    }[name]


def grounds_text(clock: Clock) -> str | Promise:
    """Name the grounds that stop a clock."""
    known = grounds()
    names = [known[name].zh if in_chinese() else known[name].en for name in clock.convention.grounds]
    return ("；" if in_chinese() else "; ").join(names) if names else _("无")


def ladder_text(clock: Clock) -> str | Promise:
    """Name the steps of the ladder of extensions."""
    who = {"head": _("负责人"), "collective_discussion": _("集体讨论")}
    steps = [f"{who.get(rung.approver, rung.approver)} +{rung.max or '…'}" for rung in clock.ladder]
    return "，".join(steps) if steps else _("不得延长")


class CountingForm(Proposal):
    """Other readings for one clock, with the local rule that gives them."""

    grounds = forms.MultipleChoiceField(
        label=_("扣除的事由"), required=False, widget=forms.CheckboxSelectMultiple
    )
    head_days = forms.IntegerField(label=_("负责人可延长"), min_value=1, max_value=365, required=False)
    collective_days = forms.IntegerField(
        label=_("集体讨论可再延长"), min_value=1, max_value=365, required=False
    )

    def __init__(self, *args: Any, clock: Clock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clock = clock
        for name, (_number, label, words) in READINGS.items():
            if _matters(name, clock):
                choices = [SAME, *words.items()]
                self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
        known: list[tuple[str, str]] = [
            (row.id, row.zh if in_chinese() else row.en) for row in grounds().values()
        ]
        chosen = self.fields["grounds"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = known
        chosen.initial = list(clock.convention.grounds)
        self.order_fields(
            [*READINGS, "grounds", "head_days", "collective_days", "article", "source", "valid_from"]
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a proposal that changes nothing, and a second step without a first."""
        data = super().clean() or self.cleaned_data
        if data.get("collective_days") and not data.get("head_days"):
            self.add_error("head_days", _("先填负责人可以延长的天数。"))
        if not self.errors and not self._settings():
            self.add_error(None, _("没有改动。"))
        return data

    def _settings(self) -> dict[str, Any]:
        data = self.cleaned_data
        found: dict[str, Any] = {name: data[name] for name in READINGS if data.get(name)}
        if "clear_days" in found:
            found["clear_days"] = found["clear_days"] == "true"
        if set(data["grounds"]) != set(self.clock.convention.grounds):
            found["grounds"] = data["grounds"]
        steps = (("head", data.get("head_days")), ("collective_discussion", data.get("collective_days")))
        ladder = [{"approver": who, "max": days} for who, days in steps if days]
        return found | ({"ladder": ladder} if ladder else {})

    def setting(self) -> dict[str, Any]:
        """Return the keyword arguments of the service."""
        keys = {} if self.clock.profile == NATIONAL else {"profile": self.clock.profile}
        return {
            "key": f"{COUNTING_PREFIX}{self.clock.id}",
            "value": {**self._settings(), "keys": keys},
            **self.paper(),
        }


def clocks_of(clock_id: str, *, on: date) -> tuple[Clock, Clock]:
    """Return a clock as it is counted here on a day, and as packaged; LawError for an unknown one."""
    book = law_book()
    packaged = book.versions(clock_id)[-1]
    if packaged.in_force(on):
        return book.clock(clock_id, on=on, profile=packaged.profile), packaged
    return book.newest(clock_id, profile=packaged.profile), packaged
