"""Certificates of enforcement: their terms, their annual checks, and the days on which they do not hold."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import kept_as_written
from townships.models.bodies import Body
from townships.models.guards import never_auxiliary
from townships.models.people import Officer
from townships.models.periods import Days, ordered_days


class Certificate(CountyScoped):
    """One term of an enforcement certificate: number, domains, area, first and last day.

    A renewed certificate is a further row; days on which it does not hold are its bars.
    """

    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("持证人")
    )
    number = models.CharField(_("证件编号"), max_length=40)
    domains = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("执法领域"),
        default=list,
        blank=True,
        help_text=_("留空表示不限领域"),
    )
    area = models.CharField(_("执法区域"), max_length=60, blank=True)
    limited_to = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("限于乡镇（街道）"),
        help_text=_("证件只在一个乡镇（街道）有效的填写；留空表示全县"),
    )
    valid_from = models.DateField(_("有效期起"))
    valid_to = models.DateField(_("有效期止"))

    class Meta:
        verbose_name = _("执法证")
        verbose_name_plural = _("执法证")
        ordering = ["officer_id", "-valid_from"]
        constraints = [
            models.CheckConstraint(condition=ordered_days(), name="certificate_days_in_order"),
            ExclusionConstraint(
                name="certificate_number_once_a_day",
                expressions=[
                    (F("county_id"), RangeOperators.EQUAL),
                    (F("number"), RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [never_auxiliary()]

    def __str__(self) -> str:
        return f"{self.officer} {self.number}"

    def bar_on(self, on: date) -> "CertificateBar | None":
        """Return what keeps the certificate from holding on a day; reads the bars fetched with it."""
        return next((bar for bar in self.bars.all() if bar.covers(on)), None)

    def valid_on(self, on: date) -> bool:
        """Tell whether the certificate holds on a day."""
        return self.valid_from <= on <= self.valid_to and self.bar_on(on) is None


class BarReason(models.TextChoices):
    """Why a certificate does not hold."""

    SUSPENDED = "suspended", _("暂扣")
    UNCHECKED = "unchecked", _("未年审")
    FAILED = "failed", _("年审不合格")
    REVOKED = "revoked", _("吊销")


class CertificateBar(CountyScoped):
    """Days on which a certificate does not hold, and why; known ahead where a check falls due."""

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="bars", verbose_name=_("执法证")
    )
    reason = models.CharField(_("情形"), max_length=12, choices=BarReason.choices)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = _("执法证停用")
        verbose_name_plural = _("执法证停用")
        ordering = ["certificate_id", "valid_from"]
        constraints = [
            models.CheckConstraint(condition=ordered_days(), name="certificate_bar_in_order"),
            models.CheckConstraint(
                condition=~Q(reason=BarReason.REVOKED) | Q(valid_to=None),
                name="certificate_revoked_for_good",
            ),
            ExclusionConstraint(
                name="certificate_barred_once_a_day",
                expressions=[
                    (F("certificate"), RangeOperators.EQUAL),
                    (F("reason"), RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.reason} {self.valid_from}"

    def covers(self, on: date) -> bool:
        """Tell whether the certificate is barred on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class CertificateCheck(CountyScoped):
    """An annual check of a certificate: passed or not, and the day by which the next is due."""

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="checks", verbose_name=_("执法证")
    )
    checked_on = models.DateField(_("年审日期"))
    passed = models.BooleanField(_("合格"))
    next_due_on = models.DateField(_("下次年审截止"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("执法证年审")
        verbose_name_plural = _("执法证年审")
        ordering = ["certificate_id", "-checked_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "checked_on"], name="certificate_check_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(passed=True, next_due_on__gt=F("checked_on")) | Q(passed=False, next_due_on=None),
                name="certificate_check_tells_the_next",
            ),
        ]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.checked_on}"
