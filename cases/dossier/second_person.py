"""What one person proposed, another puts in force, once."""

from cases.dossier.calendar_years import CalendarYear
from cases.dossier.models import LawSetting
from law.errors import RuleViolation
from townships.models import Officer


def require_second_person(proposed: LawSetting | CalendarYear, actor: Officer) -> None:
    """Refuse to approve what is approved already, and whoever proposed it."""
    if proposed.approved_by_id is not None:
        raise RuleViolation(
            "already_approved",
            "已经核准，不能再次核准。",
            unblock="刷新页面查看。",
            message_en="This has been approved already.",
            unblock_en="Reload the page to see it.",
        )
    if proposed.proposed_by_id == actor.pk:
        raise RuleViolation(
            "second_person_needed",
            "提出人不能核准自己提出的内容。",
            unblock="请法制机构的另一位同事核对后核准。",
            message_en="Whoever proposed it may not approve it.",
            unblock_en="Ask another colleague of the legal department to check and approve it.",
        )
