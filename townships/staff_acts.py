"""The acts on people's records: form, service, words, whose right; pages and REST serve the same table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from townships.forms import certificates as cards
from townships.forms import staff
from townships.forms.agreements import NothingForm
from townships.forms.people import DatedForm, LastDayForm
from townships.models import (
    ApprovalPost,
    AuxiliaryPost,
    Certificate,
    Officer,
    Secondment,
    StaffChange,
    TrainingSession,
    ZoneDuty,
)
from townships.services import (
    approval_posts,
    auxiliaries,
    certificate_codes,
    certificates,
    secondments,
    staff_changes,
    training,
    zones,
)

REFUSED = _("这项操作不在你的岗位权限内；可请系统管理员或法制机构办理。")


@dataclass(frozen=True, slots=True)
class StaffAct:
    """One act: its name and address, what it asks, what does it, what it is about, and whose right it is.

    about: under which name the service takes the row that the address names; none for a new record.
    page: where to go afterwards; a page of one person is told by `person`, which finds them from the row.
    within: the body for which the right must be held, found from the row; without it, for any.
    """

    name: str
    path: str
    form: type[DatedForm]
    service: Callable[..., Any]
    title: str | Promise
    done: str | Promise
    model: type[Model] | None = None
    about: str = ""
    page: str = "officer"
    person: Callable[[Any], int] = lambda row: row.officer_id
    code: str = "authority.edit"
    within: Callable[[Any], int | None] | None = None
    warning: str | Promise = ""

    def find(self, officer: Officer, keys: Mapping[str, int], on: date) -> Any:
        """The one door of the act: the row it is about, or a refusal to whom it is not given."""
        if not officer.may(self.code, on):
            raise PermissionDenied(REFUSED)
        if self.model is None:
            return None
        found = get_object_or_404(self.model, pk=keys["pk"], county_id=officer.county_id)
        if self.within is not None and not officer.scope(on, self.code).covers(self.within(found)):
            raise PermissionDenied(REFUSED)
        return found

    def back(self, target: Any) -> str:
        """Return the address of the page on which the act stands."""
        return (
            reverse(self.page, args=[self.person(target)]) if self.page == "officer" else reverse(self.page)
        )


CERTIFICATE: Mapping[str, Any] = {"model": Certificate, "about": "certificate"}
CERTIFICATES = (
    StaffAct(
        "certificate_new",
        "officers/<int:pk>/certificate/",
        cards.CertificateForm,
        certificates.issue_certificate,
        _("登记执法证"),
        _("执法证已登记。"),
        model=Officer,
        about="officer",
        person=lambda officer: int(officer.pk),
    ),
    StaffAct(
        "certificate_check",
        "certificates/<int:pk>/check/",
        cards.CheckForm,
        certificates.check_certificate,
        _("登记年审"),
        _("年审结果已登记。"),
        **CERTIFICATE,
    ),
    StaffAct(
        "certificate_renew",
        "certificates/<int:pk>/renew/",
        cards.TermForm,
        certificates.renew_certificate,
        _("换证续期"),
        _("新的有效期已登记。"),
        **CERTIFICATE,
    ),
    StaffAct(
        "certificate_suspend",
        "certificates/<int:pk>/suspend/",
        cards.SuspendCertificateForm,
        certificates.suspend_certificate,
        _("暂扣执法证"),
        _("已登记暂扣。"),
        **CERTIFICATE,
    ),
    StaffAct(
        "certificate_return",
        "certificates/<int:pk>/return/",
        LastDayForm,
        certificates.return_certificate,
        _("发还执法证"),
        _("已登记发还。"),
        **CERTIFICATE,
    ),
    StaffAct(
        "certificate_revoke",
        "certificates/<int:pk>/revoke/",
        cards.RevokeCertificateForm,
        certificates.revoke_certificate,
        _("吊销执法证"),
        _("已登记吊销。"),
        warning=_("自吊销日起不能再以此证办案，且不能恢复；须重新申领。"),
        **CERTIFICATE,
    ),
)
CODES = (
    StaffAct(
        "certificate_code_new",
        "certificates/<int:pk>/code/",
        NothingForm,
        certificate_codes.make_code,
        _("生成核验码"),
        _("核验码已生成；原有的核验码不再有效。"),
        warning=_("公众扫码可见姓名、证号、单位、领域、区域、有效期和今日状态，不显示其他个人信息。"),
        **CERTIFICATE,
    ),
    StaffAct(
        "certificate_code_revoke",
        "certificates/<int:pk>/code/revoke/",
        NothingForm,
        certificate_codes.revoke_code,
        _("停用核验码"),
        _("核验码已停用。"),
        warning=_("已印制的二维码从此不能核验。"),
        **CERTIFICATE,
    ),
)
AUXILIARIES = (
    StaffAct(
        "auxiliary_engage",
        "auxiliaries/engage/",
        staff.EngageForm,
        auxiliaries.engage,
        _("登记辅助人员岗位"),
        _("已登记。"),
        page="auxiliaries",
    ),
    StaffAct(
        "auxiliary_release",
        "auxiliaries/<int:pk>/release/",
        LastDayForm,
        auxiliaries.release,
        _("结束辅助岗位"),
        _("最后一日已登记。"),
        model=AuxiliaryPost,
        about="post",
        page="auxiliaries",
    ),
)
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
REGISTERS = (
    StaffAct(
        "approval_post_new",
        "approval-posts/hold/",
        staff.ApprovalPostForm,
        approval_posts.hold_post,
        _("登记审批岗位"),
        _("已登记。"),
        page="approval_posts",
    ),
    StaffAct(
        "approval_post_end",
        "approval-posts/<int:pk>/end/",
        LastDayForm,
        approval_posts.end_post,
        _("结束审批岗位"),
        _("最后一日已登记。"),
        model=ApprovalPost,
        about="post",
        page="approval_posts",
    ),
    StaffAct(
        "training_new",
        "training/record/",
        staff.TrainingForm,
        training.record_training,
        _("登记培训"),
        _("培训已登记。"),
        page="training",
    ),
    StaffAct(
        "training_attend",
        "training/<int:pk>/attend/",
        staff.AttendForm,
        training.attend,
        _("补登参训人员"),
        _("已登记。"),
        model=TrainingSession,
        about="session",
        page="training",
    ),
    StaffAct(
        "zone_draw",
        "zones/draw/",
        staff.ZoneForm,
        zones.draw_zone,
        _("划定片区"),
        _("片区已划定。"),
        page="zones",
    ),
    StaffAct(
        "zone_take",
        "zones/take/",
        staff.ZoneDutyForm,
        zones.take_zone,
        _("确定片区责任人"),
        _("已登记。"),
        page="zones",
    ),
    StaffAct(
        "zone_give_up",
        "zones/duties/<int:pk>/end/",
        LastDayForm,
        zones.give_up_zone,
        _("结束片区责任"),
        _("最后一日已登记。"),
        model=ZoneDuty,
        about="duty",
        page="zones",
    ),
)
STAFF_ACTS = (*CERTIFICATES, *CODES, *AUXILIARIES, *LOANS, *REGISTERS)
