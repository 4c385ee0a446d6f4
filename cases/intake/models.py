"""What was found when the lead was checked, and what the officers asked the head."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import kept, kept_as_written
from cases.dossier.models import Case


class Verification(CountyScoped):
    """The check of a lead before filing."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="verifications")
    checked_at = models.DateTimeField(_("核查时间"))
    findings = models.TextField(_("核查情况"))
    suggestion = models.CharField(
        _("核查意见"), max_length=12, choices=[("file", _("建议立案")), ("decline", _("建议不予立案"))]
    )
    grave_harm = models.BooleanField(_("涉及生命健康安全、金融安全且有危害后果"), default=False)
    officers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    class Meta:
        verbose_name = _("核查")
        verbose_name_plural = _("核查")
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.case_id} {self.suggestion}"


class NoFilingGround(models.TextChoices):
    """Why a case is not filed (行政处罚法第三十三条、第三十六条、第五十四条)."""

    NO_FACT = "no_fact", _("违法事实不存在")
    NO_JURISDICTION = "no_jurisdiction", _("不属于本机关管辖")
    OUT_OF_TIME = "out_of_time", _("超过追究时效")
    MINOR = "minor", _("依法不予处罚")
    OTHER = "other", _("其他")


class FilingProposal(CountyScoped):
    """The proposal to file: facts, provisions suspected, the officers; and the head's answer."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="filing_proposals")
    opinion = models.TextField(_("承办人意见"))
    proposed_at = models.DateTimeField(_("呈报时间"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.CharField(_("审批"), max_length=12, blank=True)
    answer_opinion = models.TextField(_("机关负责人意见"), blank=True)
    answered_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("立案呈报")
        verbose_name_plural = _("立案呈报")
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="filing_proposal_one_open", condition=models.Q(answered_at=None)
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("proposed_by")),
                name="filing_proposal_second_person",
            ),
        ]
        triggers = [
            kept(),
            pgtrigger.Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.proposed_at:%Y-%m-%d}"
