"""A person's deadlines as a calendar feed: a secret address, revocable, without personal data of parties."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from icalendar import Alarm, Calendar, Event

from audit import verbs
from audit.services import record
from cases.clocks.models import Clock
from cases.clocks.remaining import article_of, name_of
from cases.clocks.services import PARTY_CLOCKS
from cases.overview.selectors import mine
from cases.periods.models import FeedToken
from townships.models import Officer

FEED_OPENED = verbs.declare("feed_opened", gettext_lazy("生成日历订阅"))
FEED_REVOKED = verbs.declare("feed_revoked", gettext_lazy("停用日历订阅"))
MOST = 500


@transaction.atomic
def open_feed(*, officer: Officer, at: datetime) -> str:
    """Make a new secret address, ending the former one; the secret is told once and kept as a digest."""
    close_feed(officer=officer, at=at)
    secret = secrets.token_urlsafe(32)
    token = FeedToken.objects.create(officer=officer, digest=_digest(secret), created_at=at)
    record(FEED_OPENED, chain=f"officer:{officer.pk}", target=token, actor=officer, at=at)
    return secret


@transaction.atomic
def close_feed(*, officer: Officer, at: datetime) -> bool:
    """End the present address; tells whether there was one."""
    Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
    token = FeedToken.objects.filter(officer=officer, revoked_at=None).first()
    if token is None:
        return False
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record(FEED_REVOKED, chain=f"officer:{officer.pk}", target=token, actor=officer, at=at)
    return True


def reader_of(secret: str, *, at: datetime) -> Officer | None:
    """Return whose feed the address opens; None when it is revoked or the person has left."""
    token = (
        FeedToken.objects.select_related("officer").filter(digest=_digest(secret), revoked_at=None).first()
    )
    if token is None or not token.officer.serves_on(localdate(at)):
        return None
    FeedToken.objects.filter(pk=token.pk).update(read_at=at)
    return token.officer


def present(officer: Officer) -> FeedToken | None:
    """Return the token in force."""
    return FeedToken.objects.filter(officer=officer, revoked_at=None).first()


def clocks_for(officer: Officer, *, on: date) -> list[Clock]:
    """Return the dated clocks of the officer's own open cases."""
    rows = Clock.objects.filter(
        state=Clock.State.RUNNING, due_on__isnull=False, case__in=mine(officer, on=on).order_by()
    )
    return list(rows.exclude(kind__in=PARTY_CLOCKS).select_related("case").order_by("due_on", "id")[:MOST])


def calendar(clocks: Iterable[Clock], *, host: str, at: datetime) -> bytes:
    """Write the feed (RFC 5545): an all-day entry a clock, with a reminder the day before."""
    feed = Calendar()
    feed.add("prodid", "-//county-enforcement//deadlines//ZH")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", _("办案期限"))
    for clock in clocks:
        feed.add_component(_entry(clock, host, at))
    written: bytes = feed.to_ical()
    return written


def _entry(clock: Clock, host: str, at: datetime) -> Event:
    entry = Event()
    due = clock.due_on or at.date()
    entry.add("uid", f"clock-{clock.pk}@{host.partition('//')[2] or 'localhost'}")
    entry.add("dtstamp", at)
    entry.add("dtstart", due)
    entry.add("dtend", due + timedelta(days=1))
    name = name_of(clock.clock_id)
    entry.add("summary", f"{name} · {clock.case}")
    entry.add("description", f"{article_of(clock.clock_id)}{_('（暂定）') if clock.provisional else ''}")
    entry.add("url", f"{host}{reverse('case', args=[clock.case_id])}?tab=clocks")
    entry.add("transp", "TRANSPARENT")
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", name)
    reminder.add("trigger", timedelta(hours=-15))
    entry.add_component(reminder)
    return entry


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
