"""A year's days off: imported by one person, in force when another has approved them."""

import logging
from datetime import datetime, timedelta

from celery import current_app
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit import verbs
from audit.county import in_county
from audit.services import record
from cases.dossier import law_book
from cases.dossier.calendar_years import CalendarYear, as_rows
from cases.dossier.second_person import require_second_approval
from cases.periods import recompute
from cases.periods.recompute import Cause
from desk.rights import needs
from law.calendar import YearCalendar
from law.errors import RuleViolation
from townships.models import Officer

CALENDAR_PROPOSED = verbs.declare("calendar_proposed", _("导入年度放假安排"))
CALENDAR_APPROVED = verbs.declare("calendar_approved", _("核准年度放假安排"))
CHAIN = "calendars"
SETTLING = timedelta(minutes=2)
log = logging.getLogger(__name__)


@needs("authority.edit")
@transaction.atomic
def propose(*, actor: Officer, at: datetime, read: YearCalendar) -> CalendarYear:
    """Keep a year as it was read, with its source; it has no effect yet."""
    if not read.source.strip():
        raise RuleViolation(
            "calendar_source",
            "须写明来源。",
            "民法典第二百零三条",
            "填写公布文件的网址或文号。",
            message_en="The source must be stated.",
            unblock_en="Enter the address or number of the published notice.",
            field="source",
        )
    year = CalendarYear.objects.create(
        year=read.year,
        notice=read.notice,
        source=read.source,
        days=as_rows(read),
        proposed_by=actor,
        proposed_at=at,
    )
    record(CALENDAR_PROPOSED, chain=CHAIN, target=year, actor=actor, at=at, payload=_facts(year))
    return year


@needs("authority.edit")
@transaction.atomic
def approve(*, year: CalendarYear, actor: Officer, at: datetime) -> CalendarYear:
    """Put a year in force, for a job to recompute what it touches; whoever imported it cannot."""
    year = CalendarYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    require_second_approval(year, actor)
    year.approved_by, year.approved_at = actor, at
    year.save(update_fields=["approved_by", "approved_at"])
    record(CALENDAR_APPROVED, chain=CHAIN, target=year, actor=actor, at=at, payload=_facts(year))
    transaction.on_commit(law_book.forget)
    transaction.on_commit(_wake, robust=True)
    return year


def _wake() -> None:
    # Only a hint to be quick: what is still to do stands in the database, and beat finds it.
    try:
        current_app.send_task("cases.periods.recompute_calendars", retry=False)
    except Exception:
        log.warning("the broker is away; the next beat recomputes", exc_info=True)


def recompute_waiting(*, at: datetime) -> int:
    """Recompute for every approved year not yet worked through, in the order of approval.

    A year worked through right after its approval is looked at once more: an act under way in another process
    may just then have started a clock by the former calendar.
    """
    fresh = Q(recomputed_at__lt=F("approved_at") + SETTLING)
    waiting = in_county(CalendarYear).exclude(approved_by=None).filter(Q(recomputed_at=None) | fresh)
    count = 0
    for year in waiting.order_by("approved_at", "id"):
        law_book.forget()
        count += recompute.run(cause_of(year), at=at)
        CalendarYear.objects.filter(pk=year.pk).update(recomputed_at=at)
    return count


def cause_of(year: CalendarYear) -> Cause:
    """Name a year's calendar as the cause of recomputing."""
    return Cause(year=year.year, calendar_id=year.pk, note=year.notice)


def _facts(year: CalendarYear) -> dict[str, object]:
    off = sum(1 for row in year.days if not row["makeup"])
    return {
        "year": year.year,
        "notice": year.notice,
        "source": year.source,
        "off": off,
        "work": len(year.days) - off,
    }
