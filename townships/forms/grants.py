"""Forms about authority."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.county import in_county
from catalog.models import PowerList
from desk.fields import DateField, LongText
from townships.forms.people import DatedForm
from townships.forms.places import PlacesField
from townships.models import Body, GrantStatus, Meeting, Mode
from townships.models.bodies import COUNTY_DEPARTMENTS, GRASSROOTS
from townships.models.modes import HANDED_ON
from townships.selectors.items import areas_to_choose


class GrantForm(DatedForm):
    """A delegation agreement or an empowerment decision."""

    mode = forms.ChoiceField(
        label=_("授权方式"), choices=[(mode.value, mode.label) for mode in Mode if mode in HANDED_ON]
    )
    source = forms.ModelChoiceField(Body.objects.none(), label=_("委托机关（赋权的，为原行使部门）"))
    holder = forms.ModelChoiceField(Body.objects.none(), label=_("乡镇（街道）"))
    number = forms.CharField(label=_("文号"), max_length=60)
    legal_basis = forms.CharField(
        label=_("法律依据"), max_length=500, help_text=_("允许委托或赋权的法律、法规、规章条款")
    )
    decision_document = forms.CharField(
        label=_("决定文件"), max_length=300, required=False, help_text=_("赋权的，填写省级决定文件")
    )
    powers = LongText(label=_("权限"), required=False, rows=2)
    scope_note = LongText(label=_("范围说明"), required=False, rows=2)
    qualification_note = LongText(
        label=_("受委托组织条件核实"),
        required=False,
        rows=2,
        help_text=_("依行政处罚法第二十一条核实的情况；委托必填"),
    )
    coercive_basis = forms.CharField(
        label=_("行政强制措施依据"),
        max_length=300,
        required=False,
        help_text=_("赋权事项含行政强制的，填写由乡镇实施的明确依据；委托不得填写"),
    )
    valid_from = DateField(label=_("生效日期"))
    valid_to = DateField(label=_("截止日期"), required=False, help_text=_("委托必填"))
    full_procedure = forms.BooleanField(
        label=_("须经法制审核并备案"),
        required=False,
        initial=True,
        help_text=_("未审核不得签署，未备案不生效；补录已生效的纸质协议时不勾"),
    )
    capacity_note = LongText(
        label=_("承接能力不足仍予办理的理由"),
        required=False,
        rows=2,
        help_text=_("持证人员不足10名，或法制审核人员不足时填写"),
    )
    meeting = forms.ModelChoiceField(in_county(Meeting), label=_("会议决定"), required=False)
    places = PlacesField(
        label=_("限于这些村社"),
        required=False,
        help_text=_("不选为整个乡镇（街道）"),
    )
    codes = LongText(label=_("事项"), rows=6, help_text=_("每行一项：编码或完整名称，可从事项清单复制"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kinds in (("source", COUNTY_DEPARTMENTS), ("holder", GRASSROOTS)):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                field.queryset = field.queryset.filter(kind__in=kinds)

    def clean(self) -> dict[str, Any]:
        """Let a grant be limited to places of its own township only."""
        values = super().clean() or self.cleaned_data
        holder = values.get("holder")
        if any(holder is None or place.township_id != holder.pk for place in values.get("places") or ()):
            self.add_error("places", _("只能选该乡镇（街道）的村社"))
        return values

    def clean_codes(self) -> list[str]:
        """Return the items one by one."""
        return _lines(self.cleaned_data["codes"])


class PowerForm(DatedForm):
    """A power that a body holds by law or by a decision, without an agreement."""

    mode = forms.ChoiceField(
        label=_("权力来源"), choices=[(mode.value, mode.label) for mode in Mode if mode not in HANDED_ON]
    )
    holder = forms.ModelChoiceField(Body.objects.none(), label=_("行使机关"))
    legal_basis = forms.CharField(
        label=_("法律依据"), max_length=500, help_text=_("规定由该机关行使的法律、法规、规章条款")
    )
    decision_document = forms.CharField(
        label=_("决定文件"), max_length=300, required=False, help_text=_("相对集中处罚权必填")
    )
    valid_from = DateField(label=_("生效日期"))
    power_list = forms.ModelChoiceField(in_county(PowerList), label=_("取自清单"), required=False)
    areas = forms.MultipleChoiceField(
        label=_("清单中的领域"),
        choices=areas_to_choose,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选为清单全部事项"),
    )
    codes = LongText(
        label=_("另外的事项"),
        required=False,
        rows=4,
        help_text=_("每行一项：编码或完整名称，可从事项清单复制"),
    )

    def clean_codes(self) -> list[str]:
        """Return the items one by one."""
        return _lines(self.cleaned_data["codes"])

    def clean(self) -> dict[str, Any]:
        """Ask for a list or for items; areas are those of a list."""
        values = super().clean() or self.cleaned_data
        if values.get("power_list") is None and (values.get("areas") or not values.get("codes")):
            self.add_error("power_list", _("选一份清单，或逐行填写事项"))
        return values


def _lines(text: str) -> list[str]:
    """Split lines, keep the order, drop repetitions."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


class SignForm(DatedForm):
    """The day on which both sides signed."""

    signed_on = DateField(label=_("签署日期"))


class PublishForm(DatedForm):
    """The days on which the sides published."""

    by_principal_on = DateField(label=_("委托方（县级）公布日期"), required=False)
    by_holder_on = DateField(label=_("受托方（乡镇）公布日期"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one day."""
        values = super().clean() or {}
        if not values.get("by_principal_on") and not values.get("by_holder_on"):
            raise forms.ValidationError(_("至少填写一方的公布日期"))
        return values


class SuspendForm(DatedForm):
    """A suspension with its reason."""

    suspended_from = DateField(label=_("中止自"))
    reason = LongText(label=_("原因"), rows=2)


class RevokeForm(DatedForm):
    """A revocation with its reason."""

    revoked_on = DateField(label=_("撤销日期"), help_text=_("自该日起不再有效"))
    reason = LongText(label=_("原因"), rows=2)


class WithdrawForm(DatedForm):
    """The withdrawal of one item with its reason."""

    withdrawn_on = DateField(label=_("收回日期"), help_text=_("自该日起不再有效"))
    reason = LongText(label=_("原因"), rows=2)


class GrantFilterForm(DatedForm):
    """The filter bar of the list; lives in the URL."""

    on = DateField(label=_("哪一天"), required=False)
    department = forms.ModelChoiceField(
        Body.objects.none(), label=_("部门"), required=False, empty_label=_("不限")
    )
    township = forms.ModelChoiceField(
        Body.objects.none(), label=_("乡镇（街道）"), required=False, empty_label=_("不限")
    )
    mode = forms.ChoiceField(label=_("方式"), choices=[("", _("全部")), *Mode.choices], required=False)
    status = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部")), *GrantStatus.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kinds in (("department", COUNTY_DEPARTMENTS), ("township", GRASSROOTS)):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                field.queryset = field.queryset.filter(kind__in=kinds)


class AskForm(DatedForm):
    """Item × township × day."""

    item = forms.CharField(label=_("事项"), max_length=100, help_text=_("编码、名称或常用说法"))
    township = forms.ModelChoiceField(Body.objects.none(), label=_("乡镇（街道）"))
    on = DateField(label=_("日期"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["township"]
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
            field.queryset = field.queryset.filter(kind__in=GRASSROOTS)
        self.fields["on"].initial = kwargs["on"]
