"""Shape of an application to pay later or in parts, and of its answer."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from cases.execution.terms import Instalment
from cases.flow.acts import ActForm
from desk.fields import DateField, LongText, UploadField


class InstalmentsField(LongText):
    """Parts of a fine, one a line: last day and sum, parted by a comma."""

    def clean(self, value: str) -> list[Instalment]:
        """Read the lines."""
        text = super().clean(value)
        return [self._read(line) for line in text.splitlines() if line.strip()]

    def _read(self, line: str) -> Instalment:
        day, _comma, amount = line.replace("，", ",").partition(",")
        try:
            due_on, sum_ = parse_date(day.strip()), Decimal(amount.strip())
        except (ValueError, InvalidOperation):
            due_on, sum_ = None, Decimal(0)
        if due_on is None or not sum_.is_finite() or sum_ != round(sum_, 2) or sum_ >= Decimal(10) ** 12:
            raise forms.ValidationError(_("每行一期：期限，金额，如 2026-05-10，20000"), code="instalments")
        return Instalment(due_on, sum_)


class RequestTermsForm(ActForm):
    """What the party asks for, and why."""

    applied_on = DateField(label=_("申请日期"))
    reason = LongText(label=_("经济困难情况"), rows=3, max_length=2000)
    instalments = InstalmentsField(
        label=_("各期期限和金额"),
        rows=4,
        max_length=1000,
        help_text=_("每行一期：期限，金额，如 2026-05-10，20000；延期缴纳的只填一行，金额为尚欠罚款"),
    )
    upload = UploadField(label=_("当事人的申请"))


class VoidTermsForm(ActForm):
    """Why the answer given last is voided."""

    reason = LongText(
        label=_("作废理由"),
        rows=3,
        max_length=300,
        help_text=_("审批登记错误、通知书尚未送达的才能作废；原登记仍留在案卷中，申请等待重新审批"),
    )
