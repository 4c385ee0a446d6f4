"""Forms about certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.fields import DateField
from townships.forms.people import DatedForm
from townships.forms.rosters import parted
from townships.models import Body


class TermForm(DatedForm):
    """A term of a certificate."""

    valid_from = DateField(label=_("有效期起"))
    valid_to = DateField(label=_("有效期止"))
    check_due_on = DateField(
        label=_("首次年审截止"), required=False, help_text=_("过了这一天未年审合格，即不能办案；不年审的留空")
    )


class CertificateForm(TermForm):
    """An enforcement certificate."""

    field_order = ["number", "domains", "limited_to", "area", "valid_from", "valid_to", "check_due_on"]

    number = forms.CharField(label=_("证件编号"), max_length=40)
    domains = forms.CharField(
        label=_("执法领域"), max_length=300, required=False, help_text=_("用顿号隔开；留空表示不限领域")
    )
    area = forms.CharField(
        label=_("证件所载区域"),
        max_length=60,
        required=False,
        help_text=_("照证件抄录，仅作备注；限制办案区域的，在上一栏选择"),
    )
    limited_to = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("限于乡镇（街道）"),
        required=False,
        help_text=_("证件只在一个乡镇（街道）有效的填写；留空表示全县"),
    )

    def clean_domains(self) -> list[str]:
        """Split the list that people type."""
        return parted(str(self.cleaned_data["domains"]))


class CheckForm(DatedForm):
    """An annual check."""

    checked_on = DateField(label=_("年审日期"))
    passed = forms.TypedChoiceField(
        label=_("结果"),
        choices=[("yes", _("合格")), ("no", _("不合格"))],
        coerce=lambda value: value == "yes",
    )
    next_due_on = DateField(label=_("下次年审截止"), required=False, help_text=_("合格的填写"))
    note = forms.CharField(
        label=_("说明"),
        max_length=200,
        required=False,
        help_text=_("近12个月培训未达到要求而仍予合格的，写明理由"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the next day where the check was passed."""
        values = super().clean() or {}
        if values.get("passed") and not values.get("next_due_on"):
            self.add_error("next_due_on", _("请填写下次年审截止日期"))
        return values


class SuspendCertificateForm(DatedForm):
    """The withholding of a certificate."""

    suspended_from = DateField(label=_("暂扣自"), help_text=_("最早为今天"))
    suspended_to = DateField(label=_("暂扣至"), required=False, help_text=_("尚不确定的留空"))
    reason = forms.CharField(
        label=_("理由"), max_length=200, required=False, help_text=_("决定文号、送达本人的日期")
    )


class RevokeCertificateForm(DatedForm):
    """The taking away of a certificate."""

    revoked_on = DateField(label=_("吊销日期"), help_text=_("最早为今天"))
    reason = forms.CharField(label=_("理由"), max_length=200)
