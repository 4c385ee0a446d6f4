"""Counts that add up: the total list, its parts, what stands in none of them, and the fields."""

from collections import Counter
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.county import in_county
from catalog.effective import in_force_query
from catalog.models import ItemVersion, ListKind, ListMembership
from catalog.reports.registry import Answer, Figure, Report, declare
from desk.exports import Column


def members_on(on: date) -> dict[str, set[int]]:
    """Return the items of each kind of list on a day, in one statement."""
    found: dict[str, set[int]] = {kind: set() for kind in ListKind.values}
    rows = in_county(ListMembership).filter(in_force_query(on)).values_list("kind", "item_id")
    for kind, item_id in rows:
        found[kind].add(item_id)
    return found


def parts_on(on: date) -> dict[str, set[int]]:
    """Part the total list: comprehensive, professional, both, neither; the township lists overlay them."""
    members = members_on(on)
    total, whole = members[ListKind.TOTAL], members[ListKind.COMPREHENSIVE]
    professional, township = members[ListKind.PROFESSIONAL], members[ListKind.TOWNSHIP]
    return {
        "total": total,
        "comprehensive": whole,
        "professional": professional,
        "both": whole & professional,
        "neither": total - whole - professional,
        "outside": (whole | professional) - total,
        "township": township,
        "township_outside": township - whole - professional,
    }


PARTS = (
    ("total", gettext_lazy("总清单")),
    ("comprehensive", gettext_lazy("综合执法清单")),
    ("professional", gettext_lazy("专业执法清单")),
    ("both", gettext_lazy("同时列入两类清单")),
    ("neither", gettext_lazy("总清单中未列入任何一类")),
    ("outside", gettext_lazy("列入两类清单但不在总清单")),
    ("township", gettext_lazy("乡镇（街道）清单（叠加）")),
    ("township_outside", gettext_lazy("乡镇清单中不在两类清单的")),
)
# What should be nothing.
ODD = frozenset({"both", "outside", "township_outside"})


def sum_holds(parts: dict[str, set[int]]) -> bool:
    """Tell whether total = comprehensive + professional − both + neither − outside."""
    n = {key: len(items) for key, items in parts.items()}
    return n["total"] == n["comprehensive"] + n["professional"] - n["both"] + n["neither"] - n["outside"]


def counts(*, on: date) -> Answer:
    """Count every part of the total list and check that the parts make the whole."""
    parts = parts_on(on)
    total = len(parts["total"])
    rows = [
        {
            "label": str(label),
            "n": len(parts[key]),
            "share": f"{100 * len(parts[key]) / total:.2f}%" if total else "",
        }
        for key, label in PARTS
    ]
    holds = sum_holds(parts)
    told = "{total} = {comprehensive} + {professional} − {both} + {neither} − {outside}".format(
        **{key: len(items) for key, items in parts.items()}
    )
    figures = [Figure(_("合计核对：%(sum)s") % {"sum": told}, _("相符") if holds else _("不符"), holds)]
    figures += [
        Figure(label, len(parts[key]), not parts[key] if key in ODD else None) for key, label in PARTS
    ]
    return Answer(rows, figures)


def unlisted(*, on: date) -> Answer:
    """List the items of the total list that stand in neither part (S0: 552 of 5010)."""
    parts = parts_on(on)
    rows = items_named(parts["neither"], on)
    figures = [
        Figure(gettext_lazy("总清单"), len(parts["total"])),
        Figure(gettext_lazy("两类都未列入"), len(rows)),
    ]
    return Answer(rows, figures)


def fields(*, on: date) -> Answer:
    """Count the items of each field of the professional and the comprehensive list."""
    rows = in_county(ListMembership).filter(in_force_query(on)).exclude(kind=ListKind.TOTAL)
    counted: Counter[tuple[str, str]] = Counter()
    seen: set[tuple[str, str, int]] = set()
    for kind, name, item_id in rows.values_list("kind", "field", "item_id"):
        if (kind, name, item_id) not in seen:
            seen.add((kind, name, item_id))
            counted[kind, name] += 1
    found = [
        {"kind": str(ListKind(kind).label), "field": name or _("未写明"), "n": n}
        for (kind, name), n in sorted(counted.items(), key=lambda pair: (pair[0][0], -pair[1]))
    ]
    return Answer(found, [Figure(gettext_lazy("领域"), len(found))])


def items_named(ids: set[int], on: date) -> list[ItemVersion]:
    """Return the versions of items on a day, in the order of their numbers."""
    rows = ItemVersion.objects.filter(in_force_query(on), item_id__in=ids)
    wanted = rows.only("item_id", "number", "name", "department_name", "domain", "statute_name", "valid_from")
    return list(wanted.order_by("id"))


def item_url(row: Any) -> str:
    """Open the item of a row."""
    return reverse("item", args=[row.item_id if hasattr(row, "item_id") else row["item_id"]])


ITEM_COLUMNS = (
    Column(gettext_lazy("序号"), lambda row: row.number, 8),
    Column(gettext_lazy("事项名称"), lambda row: row.name, 60),
    Column(gettext_lazy("主管部门"), lambda row: row.department_name, 24),
    Column(gettext_lazy("执法领域"), lambda row: row.domain),
    Column(gettext_lazy("法规规章"), lambda row: row.statute_name, 30),
    Column(gettext_lazy("生效日期"), lambda row: row.valid_from),
)

declare(
    Report(
        "counts",
        gettext_lazy("清单数量核对"),
        gettext_lazy("总清单等于各分类之和；不相符的标红"),
        (
            Column(gettext_lazy("分类"), lambda row: row["label"], 40),
            Column(gettext_lazy("项数"), lambda row: row["n"]),
            Column(gettext_lazy("占总清单"), lambda row: row["share"]),
        ),
        counts,
    ),
    Report(
        "unlisted",
        gettext_lazy("未列入综合、专业清单的事项"),
        gettext_lazy("在总清单中，但两类清单都没有列入"),
        ITEM_COLUMNS,
        unlisted,
        link=item_url,
    ),
    Report(
        "fields",
        gettext_lazy("领域字典与项数"),
        gettext_lazy("各清单按领域计数，与事项行数一致"),
        (
            Column(gettext_lazy("清单类别"), lambda row: row["kind"], 24),
            Column(gettext_lazy("领域"), lambda row: row["field"], 30),
            Column(gettext_lazy("项数"), lambda row: row["n"]),
        ),
        fields,
    ),
)
