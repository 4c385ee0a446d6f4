"""The acts on certificates and their codes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from townships.forms import certificates as cards
from townships.forms.agreements import NothingForm
from townships.forms.people import LastDayForm
from townships.models import Certificate, Officer
from townships.services import certificate_codes, certificates
from townships.staff_acts.act import StaffAct

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
