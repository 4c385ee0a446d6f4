"""What is held, seen before it is answered or disposed of."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.dossier.models import Case
from cases.flow.brief import brief
from cases.holding.rules import open_hold
from townships.models import Officer


def hold_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Tell what is held, why, by whom proposed, until when."""
    hold = open_hold(case)
    if hold is None:
        return {}
    return brief(
        _("先行登记保存"),
        [
            (_("物品"), str(hold)),
            (_("保存地点"), hold.place),
            (_("理由"), hold.reason),
            (_("呈报"), hold.proposed_by.name),
            (_("处理期限"), hold.due_on),
        ],
    )
