"""What one person of the legal department proposed, another puts in force, once."""

from cases.dossier.calendar_years import CalendarYear
from cases.dossier.figures import LawSetting
from law.duties import LEGAL_DEPARTMENT, require_second_person
from law.errors import RuleViolation
from townships.models import Officer


def require_second_approval(proposed: LawSetting | CalendarYear, actor: Officer) -> None:
    """Refuse to approve what is approved already, and whoever proposed it."""
    if proposed.approved_by_id is not None:
        raise RuleViolation(
            "already_approved",
            "已经核准，不能再次核准。",
            unblock="刷新页面查看。",
            message_en="This has been approved already.",
            unblock_en="Reload the page to see it.",
        )
    require_second_person(proposed.proposed_by_id, actor.pk, **LEGAL_DEPARTMENT)
