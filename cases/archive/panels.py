"""What the head reads before closing a case."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.archive.models import Closure
from cases.decision.models import Decision
from cases.decision.outcomes import outcomes_of
from cases.dossier.models import Case
from cases.execution.panels import outcome_told, told
from cases.execution.rules import payments_of
from cases.flow.brief import brief
from desk.formats import money
from townships.models import Officer


def closing_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Tell what was decided, what was paid, and what the officers propose."""
    decision = Decision.objects.filter(case=case).select_related("instrument").first()
    proposal = Closure.objects.filter(case=case, answered_at=None).select_related("proposed_by").first()
    return brief(
        _("决定和执行"),
        [
            (_("决定书"), decision.instrument.number if decision else ""),
            (_("罚款"), _("%(sum)s 元") % {"sum": money(decision.fine)} if decision else ""),
            (_("送达"), case.served_on),
            (_("缴款"), "；".join(told(row) for row in payments_of(case)) or _("没有缴款记录")),
            *((outcome.get_channel_display(), outcome_told(outcome)) for outcome in outcomes_of(case)),
            (_("结案理由"), proposal.get_ground_display() if proposal else ""),
            (_("呈报"), f"{proposal.summary}　{proposal.proposed_by.name}" if proposal else ""),
        ],
    )
