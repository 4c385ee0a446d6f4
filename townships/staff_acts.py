"""The acts on people's records: form, service, words, whose right; pages and REST serve the same table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from townships.forms import certificates as cards
from townships.forms import staff
from townships.forms.people import DatedForm, LastDayForm
from townships.models import AuxiliaryPost, Certificate, Officer
from townships.services import auxiliaries, certificates


@dataclass(frozen=True, slots=True)
class StaffAct:
    """One act: its name and address, what it asks, what does it, what it is about, and whose right it is.

    about: under which name the service takes the row that the address names; none for a new record.
    page: where to go afterwards; a page of one person is told by `person`, which finds them from the row.
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
    warning: str | Promise = ""

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
STAFF_ACTS = (*CERTIFICATES, *AUXILIARIES)
