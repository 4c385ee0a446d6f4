"""Whom the public may turn to about an item: the bodies that answer for it, and where to complain."""

from datetime import date

from django.utils.translation import gettext_lazy

from catalog.models import Item
from catalog.public import Channel
from townships.models import Body, BodyKind, Mode
from townships.selectors.authority import holders_of_item
from townships.selectors.bodies import bodies_on

OVER = (BodyKind.COMPREHENSIVE_BUREAU, BodyKind.COUNTY_GOVERNMENT)
ROLES = {
    BodyKind.COMPREHENSIVE_BUREAU: gettext_lazy("投诉举报"),
    BodyKind.COUNTY_GOVERNMENT: gettext_lazy("行政复议"),
}


def channels_of(item: Item, on: date) -> list[Channel]:
    """List who answers for an item on a day, then the county's bodies to complain to."""
    found: dict[int, Channel] = {}
    for row in holders_of_item(item, on):
        body = row.grant.principal if row.mode == Mode.DELEGATED and row.grant.principal else row.holder
        found.setdefault(body.pk, _channel(body, gettext_lazy("责任主体")))
    over = bodies_on(on).filter(kind__in=OVER).order_by("kind", "id")
    return [*found.values(), *(_channel(body, ROLES[BodyKind(body.kind)]) for body in over)]


def _channel(body: Body, role: object) -> Channel:
    return Channel(str(role), body.name, body.address, body.phone)
