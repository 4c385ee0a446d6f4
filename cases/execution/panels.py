"""What the officer sees before recording money."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.clocks.selectors import running
from cases.decision.models import Decision
from cases.dossier.models import Case
from cases.execution.models import Payment
from cases.execution.rules import owed, payments_of
from cases.flow.brief import brief
from desk.formats import cn_date, money
from townships.models import Officer


def payment_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Tell the fine, what is still owed, and until when it is to be paid."""
    decision = Decision.objects.filter(case=case).select_related("instrument").first()
    if decision is None:
        return {}
    clock = running(case, "fine_payment")
    return brief(
        _("应缴罚款"),
        [
            (_("决定书"), decision.instrument.number),
            (_("罚款"), _("%(sum)s 元") % {"sum": money(decision.fine)}),
            *((_("已缴"), told(row)) for row in payments_of(case)),
            (_("尚欠"), _("%(sum)s 元") % {"sum": money(owed(case))}),
            (_("送达"), case.served_on),
            (_("缴款期限"), clock.due_on if clock else None),
        ],
    )


def told(row: Payment) -> str:
    """Say one payment in a line."""
    return _("%(day)s 缴 %(sum)s 元，票据 %(number)s") % {
        "day": cn_date(row.paid_on),
        "sum": money(row.amount),
        "number": row.receipt_number,
    }
