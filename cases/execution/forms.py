"""Shape of a payment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.execution.models import Payment
from cases.execution.rules import owed, payments_of
from cases.flow.acts import ActForm
from desk.fields import DateField, LongText


class PaymentForm(ActForm):
    """Money the bank received."""

    amount = forms.DecimalField(label=_("金额（元）"), min_value=0, max_digits=14, decimal_places=2)
    paid_on = DateField(label=_("缴款日期"), help_text=_("银行回单上的日期"))
    receipt_number = forms.CharField(label=_("票据号码"), max_length=60)
    channel = forms.ChoiceField(
        label=_("缴款渠道"),
        choices=Payment._meta.get_field("channel").choices or [],
        widget=forms.RadioSelect,
        initial="bank",
    )
    payer = forms.CharField(label=_("缴款人"), max_length=200)
    upload = forms.FileField(label=_("票据影像"), required=False, help_text=_("PDF 或图片，不超过 20 MB"))

    def offer(self) -> None:
        """Start from what is owed."""
        self.fields["amount"].initial = owed(self.case)
        self.fields["payer"].initial = self.case.party_name


class VoidPaymentForm(ActForm):
    """An entry made by mistake, and why."""

    payment = forms.ModelChoiceField(Payment.objects.none(), label=_("哪笔缴款登记"))
    reason = LongText(
        label=_("作废理由"),
        rows=3,
        max_length=300,
        help_text=_("登记错误才作废；原登记和票据仍留在案卷中。已结案的不能作废"),
    )

    def offer(self) -> None:
        """Offer what counts."""
        field = self.fields["payment"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = payments_of(self.case)
