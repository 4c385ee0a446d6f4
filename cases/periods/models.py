"""ServiceCorrection: a service date set right. FeedToken: the address of a person's calendar feed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import kept_as_written


class ServiceCorrection(CountyScoped):
    """What the proof really says about when a document was served; the first record stays as it was."""

    service = models.ForeignKey("cases.Service", models.PROTECT, related_name="corrections")
    served_at = models.DateTimeField(_("更正后的送达时间"))
    reason = models.CharField(_("更正理由"), max_length=300)
    proof = models.ForeignKey(
        "papers.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name=_("送达凭证")
    )
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    event = models.ForeignKey("audit.Event", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("送达更正")
        verbose_name_plural = _("送达更正")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="service_correction_has_reason"),
        ]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.service} → {self.served_at:%Y-%m-%d %H:%M}"


class FeedToken(CountyScoped):
    """The secret part of a calendar feed's address, kept as a digest; revoked, it opens nothing."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feed_tokens")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("生成时间"))
    revoked_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    read_at = models.DateTimeField(_("最近读取"), null=True, blank=True)

    class Meta:
        verbose_name = _("日历订阅")
        verbose_name_plural = _("日历订阅")
        constraints = [
            models.UniqueConstraint(
                fields=["officer"], name="feed_token_one_at_a_time", condition=Q(revoked_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer}"
