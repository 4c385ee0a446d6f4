"""What the head reads before answering a proposal to file."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.dossier.models import Case
from cases.flow.brief import brief
from cases.intake.models import FilingProposal, Verification
from catalog.selectors import version_in_force
from desk.wording import said
from law.errors import RuleViolation
from townships.models import Officer


def filing_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Tell the lead, what the check found, which item, and what the officers propose."""
    checked = Verification.objects.filter(case=case).order_by("-id").first()
    proposal = FilingProposal.objects.filter(case=case).select_related("proposed_by").order_by("-id").first()
    return brief(
        _("线索和核查"),
        [
            (_("线索"), case.summary),
            (_("核查情况"), checked.findings if checked else ""),
            (_("核查意见"), checked.get_suggestion_display() if checked else ""),
            (_("事项"), _item(case, on)),
            (_("呈报意见"), f"{proposal.opinion}　{proposal.proposed_by.name}" if proposal else ""),
        ],
    )


def _item(case: Case, on: date) -> str:
    if case.item is None:
        return ""
    try:
        version = version_in_force(case.item, on)
    except RuleViolation as refusal:
        return said(refusal)
    told = [version.penalty_cited, "" if version.has_basis else _("处罚依据待补充，补充前不能调查终结")]
    return f"{version.name}（{'；'.join(filter(None, told))}）"
