"""The acts that move people: loans, and changes of staff."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from townships.forms import staff
from townships.forms.people import LastDayForm
from townships.models import Secondment, StaffChange
from townships.services import secondments, staff_changes
from townships.staff_acts.act import StaffAct

PROPOSING: Mapping[str, Any] = {"code": "staff.propose"}
LOANS = (
    StaffAct(
        "secondment_new",
        "secondments/lend/",
        staff.LendForm,
        secondments.lend_in_aid,
        _("借出执法人员"),
        _("已登记借用。"),
        page="secondments",
        **PROPOSING,
    ),
    StaffAct(
        "secondment_end",
        "secondments/<int:pk>/end/",
        LastDayForm,
        secondments.call_back,
        _("提前召回"),
        _("最后一日已登记。"),
        model=Secondment,
        about="secondment",
        page="secondments",
        within=lambda lent: lent.owner_id,
        warning=_("次日起，该人员不能再看或办使用单位的案件。"),
        **PROPOSING,
    ),
    StaffAct(
        "staff_change_new",
        "staff-changes/propose/",
        staff.ChangeForm,
        staff_changes.propose_as,
        _("申请人员异动"),
        _("已提交，等编制机构审核。"),
        page="staff_changes",
        **PROPOSING,
    ),
    StaffAct(
        "staff_change_decide",
        "staff-changes/<int:pk>/decide/",
        staff.DecideForm,
        staff_changes.decide,
        _("审核人员异动"),
        _("已审核。"),
        model=StaffChange,
        about="change",
        page="staff_changes",
        code="staff.approve",
        warning=_("同意后按所填日期生效：离岗的次日起不能登录，调动、派驻的权限随日期起止。"),
    ),
)
