"""The end of what somebody holds for a time: a post, a role, a loan, an absence."""

from datetime import date
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from law.errors import RuleViolation
from townships.models import ApprovalPost, AuxiliaryPost, ReviewerPost, ZoneDuty

Held = TypeVar("Held", bound=Model)


def lock_term(held: Held) -> None:
    """Read the days of a term again under its lock: of two who end it, the later knows of the earlier."""
    rows = type(held)._default_manager.select_for_update(of=("self",))
    try:
        held.refresh_from_db(fields=["valid_from", "valid_to"], from_queryset=rows)
    except ObjectDoesNotExist as error:
        raise RuleViolation(
            "term_taken_back",
            "这条登记已被收回",
            unblock="刷新页面，按现在的登记办理",
            message_en="This entry was taken back meanwhile",
            unblock_en="Reload the page and go by what is entered now",
        ) from error


def end_term(held: ApprovalPost | AuxiliaryPost | ReviewerPost | ZoneDuty, last_day: date) -> None:
    """Let a term end with the day named; one outside it is refused."""
    lock_term(held)
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
