"""What was done to a piece of evidence before it may count: a device's record reviewed, a result told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import kept_as_written


class DeviceReview(CountyScoped):
    """The review of what a surveillance device recorded (行政处罚法第四十一条)."""

    class Level(models.TextChoices):
        """The rank of the rule that lets the device be used."""

        LAW = "law", _("法律")
        REGULATION = "regulation", _("行政法规")
        OTHER = "other", _("其他")

    exhibit = models.OneToOneField("cases.Exhibit", models.PROTECT, related_name="device_review")
    device = models.CharField(_("设备名称和编号"), max_length=200)
    basis = models.CharField(_("使用依据"), max_length=200)
    basis_level = models.CharField(_("依据效力层级"), max_length=12, choices=Level.choices)
    legal_review = models.CharField(_("法制审核文件"), max_length=200)
    technical_review = models.CharField(_("技术审核文件"), max_length=200)
    published = models.CharField(_("设置地点公布情况"), max_length=200)
    finding = models.TextField(_("记录内容审核意见"))
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(_("审核时间"))

    class Meta:
        verbose_name = _("监控记录审核")
        verbose_name_plural = _("监控记录审核")
        constraints = [
            models.CheckConstraint(
                condition=Q(basis_level__in=["law", "regulation"])
                & ~Q(basis="")
                & ~Q(legal_review="")
                & ~Q(technical_review="")
                & ~Q(published="")
                & ~Q(finding=""),
                name="device_review_complete",
            )
        ]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.device} {self.reviewed_at:%Y-%m-%d}"


class ResultTold(CountyScoped):
    """The result of a test or appraisal as it was told to the party, who may object to it."""

    exhibit = models.OneToOneField("cases.Exhibit", models.PROTECT, related_name="told")
    result = models.TextField(_("结论"))
    objection = models.CharField(_("异议的提出方式和期限"), max_length=300)
    instrument = models.ForeignKey("cases.Instrument", models.PROTECT, related_name="+")
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(_("告知时间"))

    class Meta:
        verbose_name = _("结果告知")
        verbose_name_plural = _("结果告知")
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return str(self.instrument)
