"""Requirements attached to items: issued once, owed by whoever holds the item, read by each body once."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from audit import verbs
from audit.services import record
from catalog.models import Item, ItemNotice, NoticeReceipt
from desk.notices import Message, notify_all
from desk.rights import needs, no_permission
from law.errors import RuleViolation
from townships.models import Body, Officer
from townships.selectors.item_notices import holders_of_notice, owed_by, unread_by_holder
from townships.selectors.people import heads_in

NOTICE_ISSUED = verbs.declare("item_notice_issued", gettext_lazy("已发出事项通知"))
NOTICE_READ = verbs.declare("item_notice_read", gettext_lazy("已签收事项通知"))


@needs("authority.edit")
@transaction.atomic
def issue_notice(
    *,
    kind: str,
    title: str,
    body: str,
    items: Sequence[Item],
    valid_from: date,
    actor: Officer,
    at: datetime,
    valid_to: date | None = None,
    document: str = "",
) -> ItemNotice:
    """Attach a notice to items and tell the heads of whoever holds them today."""
    if not items:
        raise RuleViolation(
            "notice_without_item",
            "通知没有挂到任何事项",
            unblock="至少选择一个事项",
            message_en="The notice is attached to no item",
            unblock_en="Choose at least one item",
            field="items",
        )
    notice = ItemNotice.objects.create(
        kind=kind,
        title=title,
        body=body,
        document=document,
        valid_from=valid_from,
        valid_to=valid_to,
        issued_by_id=actor.pk,
        issued_by_name=actor.name,
        issued_at=at,
    )
    notice.items.set(items)
    on = localdate(at)
    holders = holders_of_notice(notice, on)
    told = heads_in([holder.pk for holder in holders], on).values()
    notify_all([_message(notice, [head for heads in told for head in heads])], at=at)
    payload = {"items": sorted(item.pk for item in items), "holders": sorted(one.pk for one in holders)}
    record(NOTICE_ISSUED, chain=chain_of(notice), target=notice, actor=actor, at=at, payload=payload)
    return notice


@transaction.atomic
def tell_holders(*, at: datetime) -> None:
    """Tell the heads of whoever holds an item today of the notices to it that they took over unread, once."""
    on = localdate(at)
    unread = unread_by_holder(on)
    notices = ItemNotice.objects.in_bulk({notice for notice, _body in unread})
    heads = heads_in({body for _notice, body in unread}, on)
    notify_all([_message(notices[notice], heads.get(body, [])) for notice, body in unread], at=at)


def _message(notice: ItemNotice, told: Sequence[int]) -> Message:
    return Message(
        told,
        kind=f"item-notice-{notice.kind}",
        title=notice.title,
        body=notice.body,
        link=reverse("item_notice", args=[notice.pk]),
        key=f"item-notice:{notice.pk}",
    )


@transaction.atomic
def read_notice(*, notice: ItemNotice, body: Body, actor: Officer, at: datetime) -> NoticeReceipt:
    """Record that a body which holds an item of the notice has read it; a second reading changes nothing."""
    if actor.body_id != body.pk:
        raise no_permission(actor.name, f"为{body.short_name}签收", f"sign for {body.short_name}")
    if not owed_by(body, localdate(at)).filter(pk=notice.pk).exists():
        raise RuleViolation(
            "notice_not_owed",
            "本机关当日不持有该通知所涉事项",
            unblock="由当日持有事项的机关签收",
            message_en="Your body holds none of the items today",
            unblock_en="Whoever holds the item that day signs for it",
        )
    receipt, fresh = NoticeReceipt.objects.get_or_create(
        notice=notice,
        body_id=body.pk,
        defaults={
            "body_name": body.name,
            "officer_id": actor.pk,
            "officer_name": actor.name,
            "read_at": at,
        },
    )
    if fresh:
        payload = {"body": body.pk}
        record(NOTICE_READ, chain=chain_of(notice), target=notice, actor=actor, at=at, payload=payload)
    return receipt


def chain_of(notice: ItemNotice) -> str:
    """Name the chain of a notice's events."""
    return f"catalog:notice:{notice.pk}"
