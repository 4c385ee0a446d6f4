"""Notices to officers: sent in one statement, never twice under one key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from audit import statements
from audit.county import this_county
from desk.models import Notice

SEND = """
    INSERT INTO desk_notice (county_id, created_at, recipient_id, kind, title, body, link, key)
    SELECT %s, %s, told.* FROM jsonb_to_recordset(%s::jsonb)
        AS told(recipient bigint, kind text, title text, body text, link text, key text)
    ON CONFLICT DO NOTHING
"""


def notify(
    *,
    recipients: Iterable[AbstractBaseUser],
    kind: str,
    title: str,
    body: str = "",
    link: str = "",
    key: str,
    at: datetime,
) -> None:
    """Send one notice to each recipient; who already has one under this key keeps the first."""
    notify_all([Message([officer.pk for officer in recipients], kind, title, body, link, key)], at=at)


@dataclass(frozen=True, slots=True)
class Message:
    """What some officers are told under one key; recipients by their keys."""

    recipients: Iterable[int]
    kind: str
    title: str
    body: str
    link: str
    key: str


def notify_all(messages: Iterable[Message], *, at: datetime) -> None:
    """Send many messages in one statement."""
    told = (
        {
            "recipient": officer_id,
            "kind": message.kind,
            "title": message.title[:200],
            "body": message.body[:500],
            "link": message.link,
            "key": message.key,
        }
        for message in messages
        for officer_id in dict.fromkeys(message.recipients)
    )
    statements.write_many(SEND, [this_county(), at], told)


def unread_count(officer: AbstractBaseUser) -> int:
    """Count what the officer has not read yet."""
    return Notice.objects.filter(recipient_id=officer.pk, read_at=None).count()


def inbox(officer: AbstractBaseUser, *, unread_only: bool = False) -> QuerySet[Notice]:
    """List the officer's notices; the caller orders and pages."""
    notices = Notice.objects.filter(recipient_id=officer.pk)
    return notices.filter(read_at=None) if unread_only else notices


def mark_read(*, officer: AbstractBaseUser, at: datetime, ids: Iterable[int] | None = None) -> int:
    """Mark the named notices of the officer as read, or all of them; return how many changed."""
    notices = inbox(officer, unread_only=True)
    if ids is not None:
        notices = notices.filter(pk__in=list(ids))
    return notices.update(read_at=at)
