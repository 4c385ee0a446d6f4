"""Shape of a payment, and of what else carries out a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.execution.models import Payment
from cases.execution.parts import NAMES, performable, performances_of
from cases.execution.performances import Performance
from cases.execution.rules import BANKED, owed, payments_of
from cases.flow.acts import ActForm
from catalog.models import PenaltyKind
from desk.fields import DateField, LongText, UploadField
from law.money import plain


class MoneyForm(ActForm):
    """Money received."""

    def offer(self) -> None:
        """Start from what is owed."""
        self.fields["amount"].initial = plain(owed(self.case))
        self.fields["payer"].initial = self.case.party_name


class PaymentForm(MoneyForm):
    """Money the bank received."""

    amount = forms.DecimalField(label=_("金额（元）"), min_value=0, max_digits=14, decimal_places=2)
    paid_on = DateField(label=_("缴款日期"), help_text=_("银行回单上的日期"))
    receipt_number = forms.CharField(label=_("票据号码"), max_length=60)
    channel = forms.ChoiceField(
        label=_("缴款渠道"),
        choices=[
            choice for choice in Payment._meta.get_field("channel").choices or [] if choice[0] in BANKED
        ],
        widget=forms.RadioSelect,
        initial="bank",
    )
    payer = forms.CharField(label=_("缴款人"), max_length=200)
    upload = UploadField(label=_("票据影像"), required=False)


class PerformanceForm(ActForm):
    """How one part of the decision was carried out, and the paper that proves it."""

    kind = forms.ChoiceField(label=_("执行内容"), choices=[], widget=forms.RadioSelect)
    manner = LongText(
        label=_("执行情况"),
        rows=3,
        max_length=1000,
        help_text=_("如：许可证已交存及暂扣起止、已停业并经现场检查、违法建设已自行拆除"),
    )
    place = forms.CharField(label=_("执行地点"), max_length=200)
    done_on = DateField(label=_("执行完毕日期"))
    receipt_number = forms.CharField(
        label=_("上缴国库凭证"), max_length=60, required=False, help_text=_("没收违法所得的必填")
    )
    upload = UploadField(label=_("执行证明"))

    def offer(self) -> None:
        """Offer what has no record yet."""
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        kinds = performable(self.case)
        field.choices = [(kind, NAMES[kind]) for kind in kinds]
        if PenaltyKind.CONFISCATE_GAINS not in kinds:
            del self.fields["receipt_number"]
        self.fields["place"].initial = self.case.address


class VoidPerformanceForm(ActForm):
    """A record of performance made by mistake, and why."""

    performance = forms.ModelChoiceField(Performance.objects.none(), label=_("哪项执行登记"))
    reason = LongText(
        label=_("作废理由"),
        rows=3,
        max_length=300,
        help_text=_("登记错误才作废；原登记和执行证明仍留在案卷中。已结案的不能作废"),
    )

    def offer(self) -> None:
        """Offer what counts."""
        field = self.fields["performance"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = performances_of(self.case)


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
