"""Forms about the rosters of legal review and about absences."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.fields import DateField, LongText
from townships.forms.people import DatedForm
from townships.models import Absence, Body, ReviewerRank


def parted(text: str) -> list[str]:
    """Part a list that people type."""
    return [part.strip() for part in text.replace("，", "、").replace(",", "、").split("、") if part.strip()]


class ReviewerForm(DatedForm):
    """A post on the roster of legal reviewers, or in the county's pool."""

    body = forms.ModelChoiceField(
        Body.objects.none(), label=_("机关"), help_text=_("县级审核人员池的，填其工作机关")
    )
    rank = forms.ChoiceField(label=_("类别"), choices=ReviewerRank.choices)
    order = forms.IntegerField(label=_("顺位"), min_value=1, max_value=20, initial=1)
    domains = forms.CharField(
        label=_("擅长领域"),
        max_length=300,
        required=False,
        help_text=_("用于县级审核人员池；用顿号隔开，留空表示不限领域"),
    )
    qualified = forms.BooleanField(label=_("具有法律职业资格"), required=False)
    qualification_number = forms.CharField(label=_("资格证书编号"), max_length=40, required=False)
    qualified_on = DateField(label=_("资格取得日期"), required=False, help_text=_("自该日起可以从事法制审核"))
    first_reviewed_on = DateField(
        label=_("初次从事审核日期"), required=False, help_text=_("2018年1月1日以前已从事审核的填写")
    )
    valid_from = DateField(label=_("生效日期"))
    valid_to = DateField(label=_("失效日期"), required=False)

    def clean_domains(self) -> list[str]:
        """Split the list that people type."""
        return parted(str(self.cleaned_data["domains"]))

    def clean_rank(self) -> ReviewerRank:
        """Read the rank."""
        return ReviewerRank(self.cleaned_data["rank"])

    def clean(self) -> dict[str, Any]:
        """Ask for number and day where the qualification is claimed, and only there."""
        values = super().clean() or {}
        if values.get("qualified"):
            if not values.get("qualification_number"):
                self.add_error("qualification_number", _("请填写资格证书编号"))
            if not values.get("qualified_on"):
                self.add_error("qualified_on", _("请填写资格取得日期"))
        elif values.get("qualified_on"):
            self.add_error("qualified", _("填写了取得日期的，须勾选具有法律职业资格"))
        return values


class AbsenceForm(DatedForm):
    """From when to when somebody is away, and whether their cases go to others meanwhile."""

    kind = forms.ChoiceField(label=_("缺勤事由"), choices=Absence.Kind.choices)
    valid_from = DateField(label=_("缺勤自"))
    valid_to = DateField(label=_("缺勤至"))
    hands_on_cases = forms.BooleanField(
        label=_("在办案件交由他人承办"),
        required=False,
        initial=True,
        help_text=_("待审核的案件总是改派；勾选后，承办的案件也换由他人承办，返岗后不自动换回"),
    )
    note = forms.CharField(label=_("说明"), max_length=200, required=False)


class ReturnForm(DatedForm):
    """The last day somebody is away, when they come back early."""

    last_day = DateField(label=_("最后缺勤日"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.fields["last_day"].help_text = _("今日已返岗的填昨日；已改派的案件不自动换回")


class EquipmentForm(DatedForm):
    """What a body has to enforce with."""

    checked_on = DateField(label=_("核查日期"))
    adequate = forms.BooleanField(label=_("满足执法需要"), required=False)
    found = LongText(
        label=_("装备情况"), rows=4, max_length=2000, help_text=_("执法记录仪、车辆、检测设备等的数量和状况")
    )
