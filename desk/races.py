"""When two people do the same thing at once, the database lets one of them win; the other is told."""

import logging

from django.db import DatabaseError

from law.errors import RuleViolation

log = logging.getLogger(__name__)
# A key that stands already, periods that overlap, a snapshot overtaken, two that wait for each other.
LOST = frozenset({"23505", "23P01", "40001", "40P01"})


def lost_race(error: Exception) -> RuleViolation | None:
    """Return what to tell whoever came second, or None where the failure is another."""
    if not isinstance(error, DatabaseError) or getattr(error.__cause__, "sqlstate", "") not in LOST:
        return None
    log.warning("a change came second", exc_info=error)
    return RuleViolation(
        "done_meanwhile",
        "同一件事刚刚由别人办了，你的这次没有保存，什么都没有改变",
        unblock="返回并刷新，看现在的情况后再办",
        message_en="Somebody has just done the same; this was not saved and nothing was changed",
        unblock_en="Go back, reload and look at how things stand before you go on",
    )
