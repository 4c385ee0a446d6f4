"""待确认参数: what is only a default so far, until the county confirms it with a second person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.county import in_county
from cases.clocks.levels import DEFAULTS, RED, YELLOW
from cases.dossier.figures import LawSetting
from cases.dossier.law_book import CLOCK_PREFIX, LOCAL_PROFILE, law_book
from cases.oversight.rules_in_force import is_chosen
from cases.oversight.thresholds import missing
from desk.fields import DateField
from desk.formats import in_chinese
from law import parameters
from law.clocks import Clock
from law.profiles import NATIONAL
from law.values import DECIMAL_UNITS, Value, place_within

LABELS: Mapping[str, str | Promise] = {
    YELLOW: _("提前几个工作日亮黄灯"),
    RED: _("提前几个工作日亮红灯"),
    "party.sole_trader_counts_as": _("个体工商户按哪类当事人计"),
    "discussion.quorum": _("集体讨论的出席人数"),
    "execution.night_from": _("夜间从几时起"),
    "execution.night_until": _("夜间到几时止"),
    "hearing.unnamed_kinds": _("法律未列举的处罚种类是否告知听证"),
    "authority.after_empowerment": _("赋权后县级部门再办该事项"),
    "authority.after_delegation": _("委托后委托机关再自行办理"),
    "authority.empowerment_ended": _("赋权收回时已立案件"),
    "capacity.certified_officers": _("乡镇（街道）持证执法人员最少人数"),
    "capacity.formal_reviewers": _("乡镇（街道）专职法制审核人员最少人数"),
    "capacity.backup_reviewers": _("乡镇（街道）备选法制审核人员最少人数"),
    "training.hours_a_year": _("执法人员每年培训学时"),
    "training.sessions_a_year": _("执法人员每年培训次数"),
    "posts.approval_and_enforcement": _("兼任审批与执法岗位"),
    "hearing.fine": _("听证：较大数额罚款"),
    "hearing.confiscation": _("听证：较大价值没收"),
}
BLOCK_OR_WARN: Mapping[str, Promise] = {"block": _("拦截"), "warn": _("提示")}
CHOICES: Mapping[str, Mapping[str, Promise]] = {
    "authority.after_empowerment": BLOCK_OR_WARN,
    "authority.after_delegation": BLOCK_OR_WARN,
    "authority.empowerment_ended": {"stays": _("由原机关办完"), "moves": _("随权移交")},
    "posts.approval_and_enforcement": BLOCK_OR_WARN,
    "party.sole_trader_counts_as": {"citizen": _("公民"), "organisation": _("组织")},
    "hearing.unnamed_kinds": {"offer": _("告知"), "none": _("不告知")},
}
LONGEST = 3650
MOST_WARNING = 60
HOURS_OF_DAY = 24


@dataclass(frozen=True, slots=True)
class Awaiting:
    """One default: its key, its words, what it is now, why it needs confirming, and who proposed what."""

    key: str
    label: str | Promise
    value: str
    unit: str
    article: str
    note: str
    source: str
    keys: Mapping[str, str]
    proposed: LawSetting | None = None
    enter_at: str = ""

    @property
    def choices(self) -> Mapping[str, Promise]:
        """Give the words to choose from, by value; nothing where the value is entered."""
        return CHOICES.get(self.key, {})

    @property
    def shown(self) -> str:
        """Say the value in words."""
        return str(self.choices.get(self.value, self.value))


def awaiting(place: str) -> list[Awaiting]:
    """List the defaults that hold in this place and that nobody has confirmed."""
    book = law_book()
    proposed = {
        row.key: row for row in in_county(LawSetting).filter(approved_by=None).select_related("proposed_by")
    }
    confirmed = {(row.key, tuple(sorted(row.keys.items()))) for row in book.values if row.approved_by}
    values = [
        row
        for row in parameters.awaiting_confirmation(book)
        if _holds_in(row, place) and (row.key, tuple(sorted(row.keys.items()))) not in confirmed
    ]
    return [
        *(_of_level(key, proposed) for key in DEFAULTS if (key, ()) not in confirmed),
        *(_of_clock(row, proposed) for row in _clocks(book.awaiting_confirmation(), place)),
        *(_of_value(row, proposed) for row in values),
    ]


def asked(place: str, *, on: date) -> list[Awaiting]:
    """List what no source tells and no default can stand for: the county has to enter it."""
    rows = [
        Awaiting(
            key=line.figure.key,
            label=f"{line.figure.label}（{line.party}）",
            value="—",
            unit="",
            article=line.figure.article,
            note=str(_("没有可靠来源，系统不推定；录入并核准前，需要它的文书不能签发")),
            source="",
            keys={"party_type": line.party_type},
            enter_at=f"{reverse('law_settings')}?key={line.figure.key}&party_type={line.party_type}",
        )
        for line in missing(place, on=on)
    ]
    return rows if is_chosen(on=on) else [_of_rules(), *rows]


def _of_rules() -> Awaiting:
    return Awaiting(
        key=LOCAL_PROFILE,
        label=_("本地适用规则"),
        value="—",
        unit="",
        article="行政处罚法第六十条",
        note=str(_("本县尚未选定；选定并核准前，只适用国家法和部门规章")),
        source="",
        keys={},
        enter_at=reverse("law_rules"),
    )


def _clocks(rows: Iterable[Clock], place: str) -> list[Clock]:
    """Keep the clocks of this place, those of national law first."""
    return sorted((row for row in rows if _clock_here(row, place)), key=lambda row: row.profile != NATIONAL)


def _clock_here(row: Clock, place: str) -> bool:
    """Tell whether a clock belongs to national law, to a sector, or to the rules of this place."""
    area = law_book().profile(row.profile).place
    return not area or place_within(place, area)


def _holds_in(row: Value, place: str) -> bool:
    return "place" not in row.keys or place_within(place, row.keys["place"])


def _of_level(key: str, proposed: Mapping[str, LawSetting]) -> Awaiting:
    return Awaiting(
        key=key,
        label=LABELS[key],
        value=str(DEFAULTS[key]),
        unit=str(_("个工作日")),
        article=str(_("本县自定")),
        note=str(_("期限看板和提醒的颜色；法律没有规定")),
        source="",
        keys={},
        proposed=proposed.get(key),
    )


def _of_clock(row: Clock, proposed: Mapping[str, LawSetting]) -> Awaiting:
    language = "zh" if in_chinese() else "en"
    key = f"{CLOCK_PREFIX}{row.id}"
    return Awaiting(
        key=key,
        label=row.name_zh if language == "zh" else row.name_en,
        value=str(row.length),
        unit=row.length_text(language).lstrip("0123456789 "),
        article=row.article if language == "zh" else row.article_en,
        note=row.note,
        source=row.source,
        keys={},
        proposed=proposed.get(key),
    )


def _of_value(row: Value, proposed: Mapping[str, LawSetting]) -> Awaiting:
    return Awaiting(
        key=row.key,
        label=LABELS.get(row.key, row.key),
        value=str(row.value),
        unit=str({"yuan": _("元"), "hour": _("时")}.get(row.unit, "")),
        article=row.article if in_chinese() else row.article_en,
        note=row.note,
        source=row.source,
        keys=row.keys,
        proposed=proposed.get(row.key),
    )


class ConfirmForm(forms.Form):
    """One default confirmed or replaced, with the county's own paper behind it."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    value = forms.CharField(label=_("取值"), max_length=40)
    article = forms.CharField(label=_("依据"), max_length=200, help_text=_("本县文件名称和条款"))
    source = forms.CharField(label=_("来源"), max_length=300, help_text=_("文号或公布网址"))
    valid_from = DateField(label=_("施行日期"))

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        self.rows = {row.key: row for row in awaiting(place)}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Check the value against the kind of its key; an unknown key is refused."""
        data = super().clean() or self.cleaned_data
        row = self.rows.get(data.get("key", ""))
        if row is None:
            self.add_error(None, _("该参数不在待确认之列，可能已由同事确认。"))
            return data
        try:
            data["setting"] = _setting(row, data.get("value", ""))
        except ValueError as error:
            self.add_error("value", str(error))
        return data

    def setting(self) -> dict[str, Any]:
        """Return the keyword arguments of the service."""
        data = self.cleaned_data
        names = ("key", "article", "source", "valid_from")
        return {"value": data["setting"], **{name: data[name] for name in names}}


def _setting(row: Awaiting, text: str) -> dict[str, Any]:
    if row.key.startswith(CLOCK_PREFIX):
        return {"length": _whole(text, LONGEST)}
    if row.key in DEFAULTS:
        return {"value": _whole(text, MOST_WARNING), "unit": "day", "keys": {}}
    default = next(value for value in law_book().values if value.key == row.key and value.keys == row.keys)
    return {"value": _typed(default, text), "unit": default.unit, "keys": dict(row.keys)}


def _typed(default: Value, text: str) -> str | int:
    """Read a value of the same kind as the default."""
    if default.unit in DECIMAL_UNITS:
        try:
            amount = Decimal(text)
        except InvalidOperation:
            raise ValueError(_("须为数字。")) from None
        if not amount.is_finite() or amount <= 0:
            raise ValueError(_("须为正数。"))
        return str(amount)
    if isinstance(default.value, int):
        return _whole(text, HOURS_OF_DAY if default.unit == "hour" else LONGEST)
    allowed = CHOICES.get(default.key)
    if allowed and text not in allowed:
        raise ValueError(_("只能是：%(words)s") % {"words": "、".join(map(str, allowed.values()))})
    return text


def _whole(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) <= most):
        raise ValueError(_("须为 1 至 %(most)s 的整数。") % {"most": most})
    return int(text)
