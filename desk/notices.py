"""Notices to officers: sent in one statement, never twice under one key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils.functional import Promise

from audit import statements
from audit.county import this_county
from desk.language import in_legal_language
from desk.models import Notice
from desk.wording import Said

SEND = """
    INSERT INTO desk_notice (county_id, created_at, recipient_id, kind, title, body, params, link, key)
    SELECT %s::integer, %s::timestamptz, told.* FROM jsonb_to_recordset(%s::jsonb)
        AS told(recipient bigint, kind text, title text, body text, params jsonb, link text, key text)
    ON CONFLICT DO NOTHING
"""
# Asked by every page.
UNREAD = "SELECT count(*) FROM desk_notice WHERE recipient_id = %s::bigint AND read_at IS NULL"
Words = str | Promise


def notify(
    *,
    recipients: Iterable[AbstractBaseUser],
    kind: str,
    title: Words,
    body: Words = "",
    link: str = "",
    key: str,
    at: datetime,
    params: Mapping[str, Said] | None = None,
) -> None:
    """Send one notice to each recipient; who already has one under this key keeps the first."""
    told = [officer.pk for officer in recipients]
    notify_all([Message(told, kind, title, body, link, key, params or {})], at=at)


@dataclass(frozen=True, slots=True)
class Message:
    """What some officers are told under one key; recipients by their keys.

    Title and body are msgids: kept in Chinese, said to each reader in their own language. What they name
    stands in params, a text or both languages of it.
    """

    recipients: Iterable[int]
    kind: str
    title: Words
    body: Words
    link: str
    key: str
    params: Mapping[str, Said] = field(default_factory=dict)


def notify_all(messages: Iterable[Message], *, at: datetime) -> None:
    """Send many messages in one statement."""
    with in_legal_language():
        told = [row for message in messages for row in _rows(message)]
    statements.write_many(SEND, [this_county(), at], told)


def _rows(message: Message) -> list[dict[str, object]]:
    said = {
        "kind": message.kind,
        "title": str(message.title)[:200],
        "body": str(message.body)[:500],
        "params": message.params,
        "link": message.link,
        "key": message.key,
    }
    return [{"recipient": officer_id, **said} for officer_id in dict.fromkeys(message.recipients)]


def unread_count(officer: AbstractBaseUser) -> int:
    """Count what the officer has not read yet."""
    return int(statements.rows(UNREAD, [officer.pk])[0][0])


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
