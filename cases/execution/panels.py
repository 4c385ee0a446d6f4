"""What the officer sees before recording money."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cases.clocks.selectors import running
from cases.decision.models import Decision
from cases.decision.outcomes import Outcome, outcomes_of, standing_fine
from cases.dossier.models import Case
from cases.execution.granting_rules import voidable_terms
from cases.execution.models import Payment
from cases.execution.parts import parts_of
from cases.execution.rules import owed, payments_of
from cases.execution.terms import PaymentTerms
from cases.flow.brief import brief
from desk.formats import cn_date, money
from townships.models import Officer


def payment_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Tell what was decided, which parts are carried out, what is still owed and until when."""
    decision = Decision.objects.filter(case=case).select_related("instrument", "report").first()
    if decision is None:
        return {}
    clock = running(case, "fine_payment")
    return brief(
        _("处罚的执行"),
        [
            (_("决定书"), decision.instrument.number),
            *((part.name, _("已执行") if part.is_done else _("待执行")) for part in parts_of(case)),
            (_("罚款数额"), _yuan(decision.fine)),
            *((outcome.get_channel_display(), outcome_told(outcome)) for outcome in outcomes_of(case)),
            (_("没收违法所得"), _yuan(decision.report.confiscated_gains) if decision.report else ""),
            *((_("已缴"), told(row)) for row in payments_of(case)),
            *_rest(owed(case)),
            (_("送达"), case.served_on),
            (_("缴款期限"), clock.due_on if clock and standing_fine(decision) else None),
        ],
    )


def _rest(amount: Decimal) -> list[tuple[str, str]]:
    """Tell what is still owed, or what was paid beyond what stands of the fine."""
    return [(_("应退还"), _yuan(-amount))] if amount < 0 else [(_("尚欠"), _yuan(amount))]


def outcome_told(outcome: Outcome) -> str:
    """Say in a line what became of the decision, by whom, on which articles."""
    changed = _("罚款变更为%(sum)s") % {"sum": _yuan(outcome.fine)} if outcome.fine is not None else ""
    told = [
        f"{outcome.get_result_display()}　{outcome.body}　{outcome.number}",
        outcome.grounds,
        _("%(day)s生效") % {"day": cn_date(outcome.effective_on)},
    ]
    return "，".join(filter(None, [*told, changed]))


def _yuan(amount: Decimal) -> str:
    """Say a sum; nothing where there is none."""
    return _("%(sum)s 元") % {"sum": money(amount)} if amount else ""


def terms_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Tell what the party asks for before it is answered."""
    terms = PaymentTerms.objects.filter(case=case, approved=None).select_related("recorded_by").first()
    return brief(_("延期（分期）缴纳申请"), _asked(case, terms)) if terms else {}


def answered_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Tell what was answered before it is voided."""
    terms = voidable_terms(case)
    if terms is None or terms.answered_by is None:
        return {}
    answer = _("同意") if terms.approved else _("不同意")
    return brief(
        _("延期（分期）缴纳审批"),
        [
            *_asked(case, terms),
            (_("审批"), answer),
            (_("审批意见"), f"{terms.opinion}　{terms.answered_by.name}"),
        ],
    )


def _asked(case: Case, terms: PaymentTerms) -> list[tuple[str, Any]]:
    return [
        (_("申请日期"), terms.applied_on),
        (_("经济困难"), terms.reason),
        *(
            (_("第%(number)s期") % {"number": number}, f"{cn_date(part.due_on)} {_yuan(part.amount)}")
            for number, part in enumerate(terms.instalments, 1)
        ),
        (_("尚欠"), _yuan(owed(case))),
        (_("呈报人"), terms.recorded_by.name),
    ]


def told(row: Payment) -> str:
    """Say one payment in a line."""
    return _("%(day)s 缴 %(sum)s 元，票据 %(number)s") % {
        "day": cn_date(row.paid_on),
        "sum": money(row.amount),
        "number": row.receipt_number,
    }
