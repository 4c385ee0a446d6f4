"""Notices to officers: sent in one statement, never twice under one key."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from desk.models import Notice


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
    Notice.objects.bulk_create(
        (
            Notice(
                recipient_id=officer_id,
                kind=kind,
                title=title[:200],
                body=body[:500],
                link=link,
                key=key,
                created_at=at,
            )
            for officer_id in dict.fromkeys(officer.pk for officer in recipients)
        ),
        ignore_conflicts=True,
    )


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
