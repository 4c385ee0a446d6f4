"""The acts of recusal."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.acts import Act, registry
from cases.flow.brief import brief
from cases.recusal import rules, services
from cases.recusal.forms import RequestRecusalForm, ResolveRecusalForm
from townships.models import Officer


def challenges_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Tell each challenge with its grounds and what became of it."""
    return brief(
        _("回避申请"),
        [
            (found.officer.name, f"{found.get_applicant_display()}：{found.grounds}　{found.reasons}".strip())
            for found in rules.recusals_of(case)
        ],
    )


registry.add(
    Act(Move.REQUEST_RECUSAL, RequestRecusalForm, services.request_recusal, panel=challenges_panel),
    Act(
        Move.RESOLVE_RECUSAL,
        ResolveRecusalForm,
        services.resolve_recusal,
        obstacles=rules.resolution_obstacles,
        panel=challenges_panel,
        applies=rules.is_challenged,
    ),
)
