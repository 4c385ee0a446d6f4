"""Forms about staff: auxiliaries and who leads them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.fields import DateField
from townships.forms.people import DatedForm
from townships.models import Body, Officer


class EngageForm(DatedForm):
    """A post of an auxiliary."""

    officer = forms.ModelChoiceField(
        Officer.objects.filter(is_active=True, is_auxiliary=True), label=_("辅助人员")
    )
    body = forms.ModelChoiceField(Body.objects.none(), label=_("使用机关"))
    duty = forms.CharField(label=_("辅助工作内容"), max_length=120)
    contract = forms.CharField(label=_("劳动合同编号"), max_length=60)
    led_by = forms.ModelChoiceField(
        Officer.objects.filter(is_active=True, is_auxiliary=False), label=_("带领的执法人员")
    )
    valid_from = DateField(label=_("录用日期"))
    valid_to = DateField(label=_("最后一日"), required=False, help_text=_("留空为长期"))
