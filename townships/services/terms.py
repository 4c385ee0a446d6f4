"""The end of what somebody holds for a time: a post, a zone."""

from datetime import date

from law.errors import RuleViolation
from townships.models import ApprovalPost, AuxiliaryPost, ReviewerPost, ZoneDuty


def end_term(held: ApprovalPost | AuxiliaryPost | ReviewerPost | ZoneDuty, last_day: date) -> None:
    """Let a term end with the day named; one outside it is refused."""
    if last_day < held.valid_from or (held.valid_to is not None and last_day > held.valid_to):
        raise RuleViolation(
            "post_end_outside",
            "结束日期不在任期之内",
            unblock="核对任期",
            message_en="The end date is outside the term",
            unblock_en="Check the term",
            field="last_day",
        )
    held.valid_to = last_day
    held.save(update_fields=["valid_to"])
