"""Forms about staff: auxiliaries, loans, changes, posts, training, zones."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audit.county import in_county
from desk.fields import DateField, LongText
from townships.forms.people import DatedForm
from townships.forms.places import PlacesField
from townships.models import Body, Officer, StaffChange, Zone
from townships.models.bodies import GRASSROOTS
from townships.selectors.workplaces import serving


class StaffForm(DatedForm):
    """A form that offers people in service on the day, with the body of each beside the name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, OfficerField | OfficersField):
                field.queryset = field.people(serving(kwargs["on"]))

    def offer_to(self, caller: Officer, on: date) -> None:
        """Offer no more than the caller may choose; what may be narrowed is told by each form."""


class NamedWithBody:
    """Offers people in service, each named with their body; auxiliary: only, never, or None for both."""

    auxiliary: bool | None = None

    def people(self, in_service: Q) -> QuerySet[Officer]:
        """Return who may be chosen."""
        found = in_county(Officer).filter(in_service).select_related("body")
        found = found if self.auxiliary is None else found.filter(is_auxiliary=self.auxiliary)
        return found.order_by("body__sort_order", "name")

    def label_from_instance(self, obj: Officer) -> str:
        """Name the person with their body."""
        return f"{obj.name}（{obj.body.short_name if obj.body else '—'}）"


class OfficerField(NamedWithBody, forms.ModelChoiceField[Officer]):
    """One person."""

    def __init__(self, *, auxiliary: bool | None = False, **kwargs: Any) -> None:
        super().__init__(Officer.objects.none(), **kwargs)
        self.auxiliary = auxiliary


class OfficersField(NamedWithBody, forms.ModelMultipleChoiceField[Officer]):
    """Several people."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Officer.objects.none(), **kwargs)


class EngageForm(StaffForm):
    """A post of an auxiliary."""

    officer = OfficerField(label=_("辅助人员"), auxiliary=True)
    body = forms.ModelChoiceField(Body.objects.none(), label=_("使用机关"))
    duty = forms.CharField(label=_("辅助工作内容"), max_length=120)
    contract = forms.CharField(label=_("劳动合同编号"), max_length=60)
    led_by = OfficerField(label=_("带领的执法人员"))
    valid_from = DateField(label=_("录用日期"))
    valid_to = DateField(label=_("最后一日"), required=False, help_text=_("留空为长期"))


class LendForm(StaffForm):
    """An officer lent to another body."""

    officer = OfficerField(label=_("借出人员"))
    using = forms.ModelChoiceField(Body.objects.none(), label=_("使用单位"))
    agreement = forms.CharField(label=_("协议或文件编号"), max_length=100)
    case_number = forms.CharField(
        label=_("限于案件"),
        max_length=60,
        required=False,
        help_text=_("只为一件案件借用的填写案号或线索编号；留空为整个借用期"),
    )
    valid_from = DateField(label=_("自"))
    valid_to = DateField(label=_("至"))

    def offer_to(self, caller: Officer, on: date) -> None:
        """A head lends the own body's people, the legal department anybody's."""
        scope, field = caller.scope(on, "staff.propose"), self.fields["officer"]
        if isinstance(field, OfficerField) and field.queryset is not None and not scope.all_county:
            field.queryset = field.queryset.filter(body__in=scope.body_ids)


class ChangeForm(StaffForm):
    """A proposed change of staff."""

    kind = forms.TypedChoiceField(label=_("变动"), choices=StaffChange.Kind.choices, coerce=StaffChange.Kind)
    officer = OfficerField(label=_("人员"), auxiliary=None)
    to_body = forms.ModelChoiceField(
        Body.objects.none(), label=_("新单位"), required=False, help_text=_("离岗不填")
    )
    effective_on = DateField(label=_("日期"), help_text=_("入列、调动、派驻为第一日；离岗为在岗的最后一日"))
    until = DateField(label=_("派驻至"), required=False, help_text=_("派驻填写"))
    appraisal_share = forms.IntegerField(
        label=_("使用单位考核权重（%）"), required=False, min_value=0, max_value=100
    )
    reason = LongText(label=_("理由"), max_length=300)
    document = forms.CharField(label=_("文件或协议编号"), max_length=100)


class DecideForm(DatedForm):
    """The answer of the establishment office."""

    agree = forms.TypedChoiceField(
        label=_("意见"),
        choices=[("yes", _("同意")), ("no", _("不同意"))],
        coerce=lambda value: value == "yes",
    )
    opinion = LongText(label=_("审核意见"), max_length=300)


class ApprovalPostForm(StaffForm):
    """A post of approval."""

    officer = OfficerField(label=_("人员"))
    body = forms.ModelChoiceField(Body.objects.none(), label=_("机关"))
    title = forms.CharField(label=_("审批岗位"), max_length=100)
    valid_from = DateField(label=_("自"))
    valid_to = DateField(label=_("至"), required=False, help_text=_("留空为长期"))


class TrainingForm(StaffForm):
    """A training that was held, and who attended it whole."""

    title = forms.CharField(label=_("培训内容"), max_length=120)
    held_on = DateField(label=_("日期"))
    hours = forms.DecimalField(label=_("学时"), min_value=Decimal("0.5"), max_digits=4, decimal_places=1)
    organiser = forms.ModelChoiceField(Body.objects.none(), label=_("组织单位"))
    venue = forms.CharField(label=_("地点或平台"), max_length=100, required=False)
    attended = OfficersField(label=_("全程参训人员"), required=False)


class AttendForm(StaffForm):
    """One more person who attended."""

    officer = OfficerField(label=_("人员"), auxiliary=None)
    hours = forms.DecimalField(label=_("学时"), min_value=Decimal("0.5"), max_digits=4, decimal_places=1)


class ZoneForm(DatedForm):
    """A zone and what lies in it."""

    township = forms.ModelChoiceField(Body.objects.none(), label=_("乡镇（街道）"))
    name = forms.CharField(label=_("片区"), max_length=60)
    places = PlacesField(label=_("村社网格"), grids=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["township"]
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
            field.queryset = field.queryset.filter(kind__in=GRASSROOTS)


class ZoneDutyForm(StaffForm):
    """An officer who answers for a zone."""

    zone = forms.ModelChoiceField(in_county(Zone).select_related("township"), label=_("片区"))
    officer = OfficerField(label=_("责任人"))
    valid_from = DateField(label=_("自"))
    valid_to = DateField(label=_("至"), required=False, help_text=_("留空为长期"))
