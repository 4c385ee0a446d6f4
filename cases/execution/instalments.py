"""The clock of the next part of a fine paid in parts: the last part ends the time to pay itself."""

from decimal import Decimal

from django.utils import timezone

from audit.models import Event
from cases.clocks import derive
from cases.clocks import services as clocks
from cases.clocks.models import Clock, Extension
from cases.clocks.services import FINE, INSTALMENT
from cases.dossier.models import Case
from cases.execution.granting_rules import approved_terms, rolled, unpaid_parts
from cases.execution.terms import Instalment, PaymentTerms


def follow(case: Case, *, rest: Decimal, event: Event) -> None:
    """Let the clock of the earliest unpaid part run while `rest` of the fine is owed, and of no other part.

    行政处罚法第六十六条第二款。
    """
    terms = approved_terms(case)
    if terms is None:
        return
    part = _next_part(terms, rest)
    ticking = Clock.objects.filter(case=case, kind=INSTALMENT, state=Clock.State.RUNNING).first()
    if ticking is not None and part is not None and ticking.due_on == rolled(part.due_on):
        return
    whole = Clock.objects.filter(case=case, kind=FINE).latest("id")
    for clock in clocks.turn(
        case,
        stops=[INSTALMENT],
        starts=[INSTALMENT] if part else [],
        event=event,
        at=event.occurred_at,
        since=whole.started_at,
    ):
        assert part is not None
        _set(clock, terms, part, event)


def _next_part(terms: PaymentTerms, rest: Decimal) -> Instalment | None:
    """Return the earliest part with something unpaid, unless it is the last."""
    first, last = next(unpaid_parts(terms, rest), None), terms.instalments[-1]
    return first if first is not None and first.due_on < last.due_on else None


def _set(clock: Clock, terms: PaymentTerms, part: Instalment, event: Event) -> None:
    """Move the clock from the statutory time to the day of the part."""
    base = derive.computed(clock).calculation.unrolled
    length = (part.due_on - base).days if base else 0
    if length <= 0:
        return
    number = 1 + [one.due_on for one in terms.instalments].index(part.due_on)
    extend(clock, terms, length, reason=f"第{number}期：{terms.reason}", event=event)
    derive.write(clock, derive.computed(clock))
    clock.save(update_fields=derive.WRITTEN)


def extend(clock: Clock, terms: PaymentTerms, length: int, *, reason: str, event: Event) -> None:
    """Lengthen a time to pay as the terms grant it; the derivation names who approved it."""
    assert terms.answered_by is not None
    Extension.objects.create(
        clock=clock,
        rung=1,
        length=length,
        approver=Extension.Approver.HEAD,
        approved_on=timezone.localdate(terms.answered_at),
        approved_by=terms.answered_by,
        reason=reason,
        event=event,
    )
