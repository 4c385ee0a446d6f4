"""What the approval of a longer period prints."""

from datetime import date
from typing import Any

from cases.clocks.models import Clock, Extension
from cases.instruments.content import approval
from law.time_limits import Due


def extension_content(extension: Extension, clock: Clock, found: Due) -> dict[str, Any]:
    """Fill the 延期审批表: which period, from which to which day, by which step, why (行政处罚法第六十条)."""
    told, unit = found.derivation, _unit(found.derivation.length_zh)
    head = extension.approved_by.name
    particulars = {
        "期限名称": told.name_zh,
        "起算日期": _day(date.fromisoformat(told.start[:10])),
        "原到期日": _day(clock.due_on),
        "延长": f"{extension.length}{unit}（第{extension.rung}次）",
        "延长后到期日": _day(found.due_on) + ("（暂定）" if found.provisional else ""),
        "批准方式": str(extension.get_approver_display()),
    }
    if extension.minutes:
        particulars["集体讨论记录"] = extension.minutes
    return {
        "title": "延期审批表",
        "matter": f"延长{told.name_zh}",
        "basis": told.article,
        "particulars": [{"label": label, "text": text} for label, text in particulars.items()],
        "matter_reasons": extension.reason,
        "outcome": "同意延长",
        "approvals": [approval("head", extension.reason, [head], extension.approved_on)],
    }


def _unit(length: str) -> str:
    """Read the unit off a length in words."""
    return length.lstrip("0123456789").strip() or "日"


def _day(day: date | None) -> str:
    return f"{day:%Y年%-m月%-d日}" if day else ""
