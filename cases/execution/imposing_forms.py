"""Shape of a surcharge and of the disposal of confiscated goods."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.execution.dues import GoodsDisposal
from cases.execution.imposing import accrued
from cases.execution.rules import surcharged
from cases.flow.acts import ActForm
from desk.fields import DateField


class SurchargeForm(ActForm):
    """How much is imposed; starts from what has accrued."""

    amount = forms.DecimalField(
        label=_("加处罚款（元）"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        help_text=_("每日百分之三，不超过罚款数额"),
    )

    contested_since = DateField(
        label=_("申请复议或者起诉之日"),
        required=False,
        help_text=_("当事人申请行政复议或者起诉的填写；至结果生效之日的期间不计算加处罚款"),
    )

    def offer(self) -> None:
        """Start from what has accrued today."""
        found = accrued(self.case, self.on)
        if found is not None:
            self.fields["amount"].initial = found.amount - surcharged(self.case)


class DisposeGoodsForm(ActForm):
    """How confiscated goods were disposed of."""

    manner = forms.ChoiceField(
        label=_("处置方式"), choices=GoodsDisposal.Manner.choices, widget=forms.RadioSelect
    )
    basis = forms.CharField(label=_("处置依据"), max_length=200)
    disposed_on = DateField(label=_("处置日期"))
    proceeds = forms.DecimalField(
        label=_("所得款项（元）"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    receipt_number = forms.CharField(label=_("上缴国库凭证"), max_length=60, required=False)
    witnesses = forms.CharField(label=_("监督人、见证人"), max_length=200, required=False)
