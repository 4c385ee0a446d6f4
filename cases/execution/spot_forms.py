"""Shape of money taken on the spot, and of its way to the bank."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.execution.forms import MoneyForm
from cases.execution.spot import SpotCollection
from cases.flow.acts import ActForm
from desk.fields import DateField, DateTimeField, LongText, UploadField


class CollectForm(MoneyForm):
    """What was taken, why on the spot, against which receipt."""

    amount = forms.DecimalField(label=_("金额（元）"), min_value=0, max_digits=14, decimal_places=2)
    ground = forms.ChoiceField(
        label=_("当场收缴的情形"), choices=SpotCollection.Ground.choices, widget=forms.RadioSelect
    )
    explanation = LongText(
        label=_("情形说明"),
        rows=3,
        max_length=1000,
        required=False,
        help_text=_("小额罚款以外的必填：为何事后难以执行，或者地区和困难情况"),
    )
    collected_at = DateTimeField(label=_("收缴时间"))
    landed_at = DateTimeField(
        label=_("抵岸时间"), required=False, help_text=_("在水上收缴的填写，两日自抵岸起算")
    )
    receipt_number = forms.CharField(
        label=_("财政专用票据号"),
        max_length=60,
        required=False,
        help_text=_("不出具财政部门统一制发的专用票据的，当事人有权拒绝缴纳"),
    )
    payer = forms.CharField(label=_("缴款人"), max_length=200)
    upload = UploadField(label=_("票据影像"), required=False)
    request = UploadField(
        label=_("当事人的书面要求"), required=False, hint=_("边远、水上、交通不便地区的必须上传")
    )


class HandInForm(ActForm):
    """When the agency got the money, and who took it."""

    handed_in_at = DateTimeField(label=_("交至机关时间"))
    received_by = forms.CharField(label=_("机关收款人"), max_length=60)


class BankForm(ActForm):
    """When the bank got the money."""

    banked_on = DateField(label=_("缴付银行日期"))
    slip_number = forms.CharField(label=_("银行回单号"), max_length=60)
