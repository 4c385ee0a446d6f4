"""The registers of people, side by side above each of them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

REGISTER_PAGES = (
    ("officers", _("人员")),
    ("forecast", _("持证人员预测")),
    ("secondments", _("借用派驻")),
    ("staff_changes", _("人员异动")),
    ("auxiliaries", _("辅助人员")),
    ("approval_posts", _("岗位冲突")),
    ("training", _("培训台账")),
    ("zones", _("片区网格")),
)


def register_tabs(shown: str) -> list[dict[str, Any]]:
    """List the registers, the one shown marked."""
    return [{"url": reverse(name), "label": label, "active": name == shown} for name, label in REGISTER_PAGES]
