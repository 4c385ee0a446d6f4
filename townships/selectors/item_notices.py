"""Which notices a body owes reading today: those of the items it holds, whoever held them before."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from audit.county import in_county
from catalog.models import ItemNotice, NoticeReceipt
from townships.models import Body
from townships.selectors.holding import holdings


def current(on: date) -> QuerySet[ItemNotice]:
    """Return the notices that apply on a day."""
    return in_county(ItemNotice).filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


def owed_by(body: Body, on: date) -> QuerySet[ItemNotice]:
    """Return the notices of the items a body holds on a day, read or not; unread ones first."""
    mine = holdings(on).filter(holder=body).values("item_id")
    read = NoticeReceipt.objects.filter(notice=OuterRef("pk"), body_id=body.pk)
    rows = current(on).filter(items__in=mine).distinct().annotate(is_read=Exists(read))
    return rows.order_by("is_read", "-id")


def unread_by_holder(on: date) -> list[tuple[int, int]]:
    """List each notice with each body that holds one of its items on a day and has not read it."""
    read = NoticeReceipt.objects.filter(notice=OuterRef("item__notices"), body_id=OuterRef("holder"))
    rows = holdings(on).filter(~Exists(read), item__notices__in=current(on))
    return list(rows.order_by("item__notices").values_list("item__notices", "holder").distinct())


def holders_of_notice(notice: ItemNotice, on: date) -> Sequence[Body]:
    """List the bodies that hold an item of a notice on a day."""
    held = holdings(on).filter(item__in=notice.items.values("pk")).values("holder_id")
    return list(Body.objects.filter(pk__in=held).order_by("sort_order", "id"))
