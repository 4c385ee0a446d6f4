"""What the pages of the catalogue show, put together from selectors."""

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog import selectors
from catalog.access import EDIT, Officer
from catalog.effective import Status
from catalog.models import DataOrigin, Item, ItemVersion

MOST_VERSIONS = 4
SIDE_BY_SIDE = (
    ("name", _("事项名称")),
    ("violation", _("违法行为")),
    ("department_name", _("主管部门")),
    ("scope_note", _("范围限定")),
    ("statute_name", _("法规规章")),
    ("obligation_article", _("违反条款")),
    ("penalty_article", _("处罚依据条款")),
    ("penalty_text", _("处罚依据原文")),
    ("fine_text", _("罚款")),
    ("source", _("来源")),
)


def item_page(item: Item, *, on: date, officer: Officer) -> dict[str, Any]:
    """Collect an item's page: what applies on the day, what applied before, what waits to be published."""
    history = selectors.history_of(item)
    version = next((row for row in history if row.in_force_on(on)), None)
    held = officer.permissions(on)
    draft = item.versions.filter(status=Status.DRAFT).first()
    return {
        "item": item,
        "version": version or (history[0] if history else draft),
        "in_force": version is not None,
        "history": history,
        "comparison": side_by_side(history[:MOST_VERSIONS]),
        "memberships": selectors.memberships_of(item, on),
        "codes": list(item.codes.filter(valid_to=None)),
        "draft": draft,
        "may_edit": EDIT in held,
        "is_synthetic": item.data_origin == DataOrigin.SYNTHETIC,
        "is_unofficial": item.data_origin == DataOrigin.DRAFT,
    }


def side_by_side(versions: list[ItemVersion]) -> list[dict[str, Any]]:
    """Set versions beside each other, one row a field, and mark the rows in which they differ."""
    if len(versions) < 2:
        return []
    rows = []
    for name, label in SIDE_BY_SIDE:
        values = [str(getattr(version, name)) for version in versions]
        rows.append({"label": label, "values": values, "differs": len(set(values)) > 1})
    return rows


def facet_links(found: dict[str, Any], asked: QueryDict) -> list[dict[str, Any]]:
    """Turn the facet counts into groups of links; the chosen ones can be taken back."""
    lists = [(row["code"], row["name"], row["n"]) for row in found["list"]]
    basis = [
        ("with", _("有法律依据"), found["basis"].get("with", 0)),
        ("without", _("待补充依据"), found["basis"].get("without", 0)),
    ]
    groups = [
        ("list", _("清单"), lists),
        ("domain", _("执法领域"), _by_count(found["domain"])),
        ("department", _("主管部门"), _by_count(found["department"])),
        ("basis", _("法律依据"), basis),
    ]
    return [
        {
            "key": key,
            "label": label,
            "options": [_option(asked, key, value, text, n) for value, text, n in options if n],
        }
        for key, label, options in groups
    ]


def _option(asked: QueryDict, key: str, value: str, text: str, n: int) -> dict[str, Any]:
    """Return one facet value with the address that chooses it, or takes it back where it is chosen."""
    on, turned = asked.get(key) == value, asked.copy()
    turned.pop("cursor", None)
    turned.pop(key, None)
    if not on:
        turned[key] = value
    return {"value": value, "label": text or _("未写明"), "n": n, "on": on, "url": f"?{turned.urlencode()}"}


def _by_count(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(value or selectors.UNNAMED, value, n) for value, n in ordered]
