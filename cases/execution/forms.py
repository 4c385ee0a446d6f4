"""Shape of a payment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.execution.models import Payment
from cases.execution.rules import owed
from cases.flow.acts import ActForm
from desk.fields import DateField


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
