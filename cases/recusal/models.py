"""Recusal: who is challenged, by whom and why; what the head answered."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import frozen, kept
from cases.dossier.models import Case


class Recusal(CountyScoped):
    """One challenge of one officer in one case, with the head's answer (行政处罚法第四十三条)."""

    class Applicant(models.TextChoices):
        """Who asks that the officer withdraw."""

        PARTY = "party", _("当事人申请")
        OFFICER = "officer", _("本人主动申请")

    case = models.ForeignKey(Case, models.PROTECT, related_name="recusals")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("被申请回避人员")
    )
    applicant = models.CharField(_("申请人"), max_length=12, choices=Applicant.choices)
    grounds = models.TextField(_("回避理由"))
    requested_at = models.DateTimeField(_("申请时间"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted = models.BooleanField(_("是否回避"), null=True, blank=True)
    reasons = models.TextField(_("决定理由"), blank=True)
    resolved_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("回避申请")
        verbose_name_plural = _("回避申请")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "officer"], name="recusal_open_once", condition=Q(resolved_at=None)
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, granted=None, resolved_by=None)
                | (
                    Q(resolved_at__isnull=False, granted__isnull=False, resolved_by__isnull=False)
                    & ~Q(reasons="")
                ),
                name="recusal_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(resolved_by=None) | ~Q(resolved_by=F("officer")), name="recusal_not_by_oneself"
            ),
        ]
        triggers = [
            kept(),
            frozen("case", "officer", "applicant", "grounds", "requested_at"),
            pgtrigger.Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__resolved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.requested_at:%Y-%m-%d}"
