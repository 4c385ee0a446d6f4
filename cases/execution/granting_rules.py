"""Who may pay later or in parts, until when, and what is overdue then (行政处罚法第六十六条第二款)."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from cases.clocks import derive
from cases.clocks.models import Clock
from cases.clocks.selectors import has_run_out, running
from cases.clocks.services import FINE
from cases.dossier.duties import happened
from cases.dossier.law_book import law_book
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reasons import require_reason
from cases.execution.rules import owed, surcharged
from cases.execution.terms import Instalment, PaymentTerms
from cases.instruments.models import Instrument
from law import gates
from law.errors import RuleViolation, enforce
from law.money import plain
from townships.models import Officer

TOO_LATE = {
    "unblock": "由承办人照常登记当事人的缴款；逾期的部分，由机关负责人决定是否加处罚款",
    "unblock_en": "The handler records what the party pays; on what is late the head may impose a surcharge",
    "link": "case:record-payment",
}


def _refused(detail: str, detail_en: str, field: str = "") -> RuleViolation:
    return gates.violation("instalment_approved", detail=detail, detail_en=detail_en, field=field)


def terms_of(case: Case) -> QuerySet[PaymentTerms]:
    """Return the applications whose answers, if any, count."""
    return PaymentTerms.objects.filter(case=case, voided_at=None)


def payment_clock(case: Case) -> Clock:
    """Return the running time to pay with all it depends on; refuse when there is none."""
    clock = derive.running_clocks(case=case, kind=FINE).first()
    if clock is None or owed(case) <= 0:
        raise _refused("没有待缴的罚款。", "no fine waits to be paid")
    return clock


def require_askable(
    case: Case, *, applied_on: date, reason: str, instalments: Sequence[Instalment], on: date
) -> None:
    """Refuse an application after the time to pay, without hardship, or with parts that do not fit."""
    clock = payment_clock(case)
    enforce(asking_obstacles(case, on))
    if terms_of(case).exclude(approved=False).exists():
        raise _refused(
            "本案已有待审批或者已批准的延期（分期）。", "terms are applied for or approved already"
        )
    if not reason.strip():
        raise _refused("须写明当事人的经济困难情况。", "state the hardship of the party", "reason")
    if applied_on > on or (case.served_on is not None and applied_on < case.served_on):
        raise _refused(
            "申请日期须在决定书送达之后、今天之前。",
            "it is applied for between the service of the decision and today",
            "applied_on",
        )
    _require_parts(clock, instalments, owed(case))


def asking_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find that the time to pay is over; no application mends that."""
    clock = running(case, FINE)
    if clock is not None and has_run_out(clock, on=on):
        late = _refused(
            f"缴款期限已于{clock.due_on:%Y-%m-%d}届满。",
            f"the time to pay ran out on {clock.due_on:%Y-%m-%d}",
        )
        yield RuleViolation(**{**late.as_dict(), **TOO_LATE})


def _require_parts(clock: Clock, instalments: Sequence[Instalment], rest: Decimal) -> None:
    """Refuse parts out of order, within the statutory time, which nobody may shorten, or of another sum."""
    days, amounts = [part.due_on for part in instalments], [part.amount for part in instalments]
    if not days or days != sorted(set(days)):
        raise _refused("各期期限须逐期推后。", "each part is due later than the one before", "instalments")
    if clock.due_on is not None and days[0] < clock.due_on:
        raise _refused(
            f"各期期限不得早于法定缴款期限{clock.due_on:%Y-%m-%d}；提前缴纳的随时可以。",
            f"no part is due before the statutory {clock.due_on:%Y-%m-%d}; paying early is always free",
            "instalments",
        )
    if min(amounts) <= 0 or sum(amounts) != rest:
        raise _refused(
            f"各期金额须大于零，合计等于尚欠的{plain(rest)}元。",
            f"the parts are above zero and make up the {plain(rest)} yuan owed",
            "instalments",
        )
    later_by(clock, instalments)


def later_by(clock: Clock, instalments: Sequence[Instalment]) -> int:
    """Return by how many days the last part lies after the time to pay, which roll-over does not lengthen."""
    base = derive.computed(clock).calculation.unrolled
    length = (instalments[-1].due_on - base).days if base else 0
    if length <= 0:
        raise _refused(
            "最后一期须晚于原缴款期限。", "the last part is due after the time to pay", "instalments"
        )
    return length


def waiting_terms(case: Case, actor: Officer) -> PaymentTerms:
    """Lock the application that waits for its answer; refuse to answer one's own."""
    waiting = PaymentTerms.objects.select_for_update(of=("self",)).filter(case=case, approved=None).first()
    if waiting is None:
        raise _refused("没有待审批的申请。", "no application awaits an answer")
    if waiting.recorded_by_id == actor.pk:
        raise _refused(
            "呈报人不能审批自己呈报的申请。", "whoever brought it before the head may not answer it"
        )
    return waiting


def voidable_terms(case: Case) -> PaymentTerms | None:
    """Return the terms answered last, unless another application came since."""
    if not happened(case, Move.ANSWER_TERMS):
        return None
    last = terms_of(case).select_related("sheet", "letter").order_by("-id").first()
    return last if last is not None and last.approved is not None else None


def require_voidable(case: Case, *, reason: str) -> PaymentTerms:
    """Return the answer to be voided; refuse without a reason, and once the party was told: it binds by then.

    行政处罚法第四十七条、第六十六条第二款。
    """
    require_reason(reason)
    terms = voidable_terms(case)
    if terms is None:
        raise _refused("没有可以作废的审批登记。", "there is no answer to void")
    if terms.letter is not None and terms.letter.state == Instrument.State.SERVED:
        raise RuleViolation(
            "answer_served",
            "审批结果已送达当事人，对其已经生效，不能作为登记错误作废。",
            "行政处罚法第六十六条第二款",
            "由机关负责人依法另行决定，并书面告知当事人。",
            message_en="The party was served with the answer; it binds and is no wrong entry.",
            unblock_en="The head decides anew under the law, and the party is told in writing.",
        )
    return terms


def may_ask_for_terms(case: Case) -> bool:
    """Tell whether there is a fine to pay later or in parts, and nothing asked or granted yet."""
    if owed(case) <= 0 or surcharged(case) > 0:
        return False
    asked = happened(case, Move.REQUEST_TERMS)
    return not (asked and terms_of(case).exclude(approved=False).exists())


def has_waiting_terms(case: Case) -> bool:
    """Tell whether an application waits for its answer."""
    asked = happened(case, Move.REQUEST_TERMS)
    return asked and PaymentTerms.objects.filter(case=case, approved=None).exists()


def approved_terms(case: Case) -> PaymentTerms | None:
    """Return the terms that hold."""
    if not happened(case, Move.ANSWER_TERMS):
        return None
    return terms_of(case).filter(approved=True).select_related("answered_by").first()


def overdue(case: Case, clock: Clock, on: date) -> list[Instalment]:
    """List what is unpaid after its day: the whole fine, or the parts whose days are over."""
    rest = owed(case) - surcharged(case)
    terms = approved_terms(case)
    if terms is None:
        parts = [Instalment(clock.due_on, rest)] if clock.due_on else []
    else:
        parts = [Instalment(rolled(part.due_on), part.amount) for part in unpaid_parts(terms, rest)]
    return [part for part in parts if part.due_on < on and part.amount > 0]


def unpaid_parts(terms: PaymentTerms, rest: Decimal) -> Iterator[Instalment]:
    """Yield what is unpaid of each part while `rest` is owed; payments cover the earliest first."""
    covered = sum((part.amount for part in terms.instalments), Decimal(0)) - rest
    for part in terms.instalments:
        paid = min(max(covered, Decimal(0)), part.amount)
        covered -= paid
        if paid < part.amount:
            yield Instalment(part.due_on, part.amount - paid)


def rolled(day: date) -> date:
    """Move a part's last day that is a day off, as far as the calendar is known (民法典第二百零三条)."""
    calendar = law_book().calendar
    return calendar.roll_forward(day) if calendar.covers(day) else day
