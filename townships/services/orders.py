"""点单式赋权: a township orders an item, the county answers with reasons, an agreement is drafted."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from audit.services import record
from catalog.models import Item
from desk.rights import needs
from law.errors import RuleViolation
from papers import numbering
from townships import verbs
from townships.models import Body, ItemOrder, Mode, Officer
from townships.selectors.holding import handed_on
from townships.services.batches import WORDS, BatchTerms
from townships.services.grants import Terms, draft_grant


@needs("authority.order")
@transaction.atomic
def order_item(
    *, township: Body, department: Body, item: Item, reason: str, actor: Officer, at: datetime
) -> ItemOrder:
    """Ask for an item on a township's behalf; only its own people do."""
    if actor.body_id != township.pk:
        raise RuleViolation(
            "not_your_township",
            "只能为本乡镇（街道）点单",
            unblock="选择本乡镇",
            message_en="You can order for your own township only",
            unblock_en="Choose your township",
            field="township",
        )
    if not reason.strip():
        raise RuleViolation(
            "reason_needed",
            "须写明申请理由",
            unblock="填写理由",
            message_en="The reasons of the order are needed",
            unblock_en="Give the reasons",
            field="reason",
        )
    _require_orderable(township, item, localdate(at))
    order = ItemOrder.objects.create(
        township=township,
        department=department,
        item=item,
        reason=reason,
        ordered_by=actor,
        ordered_at=at,
    )
    payload = {"item": item.pk, "department": department.pk, "reason": reason}
    record(verbs.ITEM_ORDERED, chain=f"order:{order.pk}", target=order, actor=actor, at=at, payload=payload)
    return order


def _require_orderable(township: Body, item: Item, on: date) -> None:
    """Refuse an order of what the township holds that day, or has ordered already."""
    if handed_on(on).filter(township=township, item=item).exists():
        raise RuleViolation(
            "item_held_already",
            "本乡镇（街道）今日已可行使该事项",
            unblock="另选事项；期限将届满的，由法制机构续签",
            message_en="Your township may act on this item today already",
            unblock_en="Order another; where its term ends soon, the legal department renews it",
            field="item",
        )
    if ItemOrder.objects.filter(township=township, item=item, state=ItemOrder.State.OPEN).exists():
        raise RuleViolation(
            "order_open",
            "该事项已有待答复的点单",
            unblock="等待答复",
            message_en="An order of this item waits for its answer",
            unblock_en="Wait for the answer",
            field="item",
        )


@needs("authority.edit")
@transaction.atomic
def answer_order(
    *, order: ItemOrder, agree: bool, answer: str, terms: BatchTerms, actor: Officer, at: datetime
) -> ItemOrder:
    """Answer an order with reasons; agreed to, a draft of the agreement is made from it."""
    order = ItemOrder.objects.select_for_update().get(pk=order.pk)
    if order.state != ItemOrder.State.OPEN:
        raise RuleViolation(
            "order_answered",
            "该点单已答复",
            unblock="刷新页面查看答复",
            message_en="The order was answered already",
            unblock_en="Reload the page to see the answer",
        )
    if not answer.strip():
        raise RuleViolation(
            "reason_needed",
            "须写明答复理由",
            unblock="填写理由",
            message_en="The reasons of the answer are needed",
            unblock_en="Give the reasons",
            field="answer",
        )
    if agree:
        order.grant = draft_grant(terms=_terms(order, terms, at), items=[order.item], actor=actor, at=at)
    order.state = ItemOrder.State.GRANTED if agree else ItemOrder.State.DECLINED
    order.answer, order.answered_by, order.answered_at = answer, actor, at
    order.save()
    payload = {"state": order.state, "answer": answer, "grant": order.grant_id}
    record(verbs.ORDER_ANSWERED, chain=f"order:{order.pk}", target=order, actor=actor, at=at, payload=payload)
    return order


def _terms(order: ItemOrder, said: BatchTerms, at: datetime) -> Terms:
    department, delegated, on = order.department, said.mode == Mode.DELEGATED, localdate(at)
    word = WORDS[said.mode]
    taken = numbering.take(series=word, body_id=department.pk, year=on.year)
    return Terms(
        mode=said.mode,
        holder=order.township,
        township=order.township,
        principal=department if delegated else None,
        origin=None if delegated else department,
        number=numbering.printed(word=department.document_word, kind=word, year=on.year, number=taken),
        valid_from=on,
        valid_to=said.valid_to,
        legal_basis=said.legal_basis,
        decision_document=said.decision_document,
        powers=said.powers,
        scope_note=said.scope_note,
        qualification_note=said.qualification_note,
        coercive_basis=said.coercive_basis,
        capacity_note=said.capacity_note,
        full_procedure=True,
    )
