"""LawSetting: a figure the law leaves to the place, with the document that sets it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import frozen, kept


class LawSetting(CountyScoped):
    """A figure the law leaves to the place: proposed by one person, approved by another."""

    key = models.CharField(_("参数"), max_length=80)
    value = models.JSONField(_("取值"))
    article = models.CharField(_("依据"), max_length=200)
    source = models.CharField(_("来源"), max_length=300)
    valid_from = models.DateField(_("施行日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("本地参数")
        verbose_name_plural = _("本地参数")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("proposed_by")),
                name="law_setting_second_person",
            ),
        ]
        triggers = [
            kept(),
            frozen("key", "value", "article", "source", "valid_from", "proposed_by"),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
