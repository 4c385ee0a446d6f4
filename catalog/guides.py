"""The handling guide of an item: what to prove, with which evidence, by which questions and papers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from audit.services import Actor
from catalog import verbs
from catalog.access import EDIT
from catalog.drafts import draft
from catalog.models import Item, ItemGuide
from desk.rights import needs

PARTS = ("elements", "evidence", "questions", "documents", "process")


def guide_in_force(item: Item, on: date) -> ItemGuide | None:
    """Return the guide of an item on a day."""
    found: ItemGuide | None = ItemGuide.objects.in_force(on).filter(item=item).first()
    return found


@needs(EDIT)
@transaction.atomic
def draft_guide(
    *,
    item: Item,
    parts: Mapping[str, Sequence[str]],
    effective_on: date,
    source: str,
    actor: Actor,
    at: datetime,
) -> ItemGuide:
    """Draft the next version of a guide; it has no effect before a second person publishes it."""
    row = ItemGuide(item=item, **{name: list(parts.get(name, ())) for name in PARTS})
    return draft(row, effective_on=effective_on, source=source, actor=actor, at=at, verb=verbs.GUIDE_DRAFTED)
