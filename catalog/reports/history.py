"""Two dates always: what was in force on a day as known on a day, and how two such states differ."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.county import in_county
from catalog.effective import in_force_query
from catalog.models import ItemVersion, ListMembership, PowerList
from catalog.reports.lists import ITEM_COLUMNS, item_url
from catalog.reports.registry import Answer, Figure, Report, declare
from desk.exports import Column
from desk.fields import DateField

LOCAL = ZoneInfo("Asia/Shanghai")
TOLD = (
    ("name", gettext_lazy("事项名称")),
    ("violation", gettext_lazy("违法行为")),
    ("department_name", gettext_lazy("主管部门")),
    ("domain", gettext_lazy("执法领域")),
    ("scope_note", gettext_lazy("范围限定")),
    ("statute_name", gettext_lazy("法规规章")),
    ("obligation_article", gettext_lazy("违反条款")),
    ("penalty_article", gettext_lazy("处罚依据条款")),
    ("penalty_text", gettext_lazy("处罚依据原文")),
    ("fine_min", gettext_lazy("罚款下限")),
    ("fine_max", gettext_lazy("罚款上限")),
    ("fine_unit", gettext_lazy("罚款单位")),
)


def end_of(day: date | None) -> datetime | None:
    """Return the end of a day as the instant up to which things were known; None is today's knowledge."""
    return datetime.combine(day + timedelta(days=1), time(), LOCAL) if day else None


class AsOfForm(forms.Form):
    """In force on a day, as known at the end of a day."""

    on = DateField(label=gettext_lazy("哪一天生效"))
    known = DateField(
        label=gettext_lazy("按哪一天所知"), required=False, help_text=gettext_lazy("留空为今天所知")
    )
    power_list = forms.ModelChoiceField(
        in_county(PowerList), label=gettext_lazy("清单"), required=False, empty_label=gettext_lazy("全部")
    )


class DiffForm(forms.Form):
    """Two states of one list, or of the whole catalogue."""

    power_list = forms.ModelChoiceField(
        in_county(PowerList), label=gettext_lazy("清单"), required=False, empty_label=gettext_lazy("全部")
    )
    before = DateField(label=gettext_lazy("前一日期"))
    after = DateField(label=gettext_lazy("后一日期"))
    known = DateField(label=gettext_lazy("前一日期按哪一天所知"), required=False)


def state(on: date, known: date | None, power_list: PowerList | None) -> Any:
    """Return the versions in force on a day as known at the end of a day."""
    known_at = end_of(known)
    rows = in_county(ItemVersion).filter(in_force_query(on, known_at))
    if power_list is None:
        return rows
    members = ListMembership.objects.filter(in_force_query(on, known_at), power_list=power_list)
    return rows.filter(item_id__in=members.values("item_id"))


def as_of(*, on: date, known: date | None, power_list: PowerList | None) -> Answer:
    """List what was in force on a day as known on a day."""
    rows = list(state(on, known, power_list).order_by("id"))
    return Answer(rows, [Figure(gettext_lazy("生效事项"), len(rows))])


def difference(*, power_list: PowerList | None, before: date, after: date, known: date | None) -> Answer:
    """Compare two states by the keys of their versions; only what differs is read."""
    old = dict(state(before, known, power_list).values_list("item_id", "id"))
    new = dict(state(after, None, power_list).values_list("item_id", "id"))
    added, gone = new.keys() - old.keys(), old.keys() - new.keys()
    moved = {item for item in new.keys() & old.keys() if new[item] != old[item]}
    wanted = [new[item] for item in added | moved] + [old[item] for item in gone | moved]
    texts = {
        row["id"]: row
        for row in ItemVersion.objects.filter(pk__in=wanted).values(
            "id", "item_id", "number", *(name for name, _label in TOLD)
        )
    }
    rows = [_row(_("新增"), texts[new[item]], "") for item in sorted(added)]
    rows += [_row(_("移出"), texts[old[item]], "") for item in sorted(gone)]
    changed = [_changed(texts[old[item]], texts[new[item]]) for item in sorted(moved)]
    rows += [row for row in changed if row["told"]]
    altered = sum(1 for row in changed if row["told"])
    figures = [
        Figure(gettext_lazy("前一日期"), len(old)),
        Figure(gettext_lazy("新增"), len(added)),
        Figure(gettext_lazy("移出"), len(gone)),
        Figure(gettext_lazy("变更"), altered),
        Figure(gettext_lazy("未变"), len(new) - len(added) - altered),
        Figure(gettext_lazy("后一日期"), len(new), len(new) == len(old) + len(added) - len(gone)),
    ]
    return Answer(rows, figures)


def _row(kind: str, text: dict[str, Any], told: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "item_id": text["item_id"],
        "number": text["number"],
        "name": text["name"],
        "told": told,
    }


def _changed(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    told = [
        _("%(field)s：%(old)s → %(new)s") % {"field": label, "old": _text(old[name]), "new": _text(new[name])}
        for name, label in TOLD
        if old[name] != new[name]
    ]
    return _row(_("变更"), new, "\n".join(told))


def _text(value: Any) -> str:
    return "—" if value in (None, "") else str(value)


declare(
    Report(
        "as-of",
        gettext_lazy("某日生效、某日所知"),
        gettext_lazy("当时适用的是什么，当时知道的是什么"),
        ITEM_COLUMNS,
        as_of,
        form=AsOfForm,
        link=item_url,
    ),
    Report(
        "difference",
        gettext_lazy("两个日期的清单对比"),
        gettext_lazy("新增、移出、变更的事项，逐字段列出"),
        (
            Column(gettext_lazy("变化"), lambda row: row["kind"], 8),
            Column(gettext_lazy("事项名称"), lambda row: row["name"], 60),
            Column(gettext_lazy("序号"), lambda row: row["number"], 8),
            Column(gettext_lazy("变更内容"), lambda row: row["told"], 80),
        ),
        difference,
        form=DiffForm,
        link=item_url,
        first=lambda today: {"before": today - timedelta(days=365), "after": today},
    ),
)
