"""Laws, regulations and rules that items rest on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped


class StatuteLevel(models.TextChoices):
    """Rank of a statute."""

    LAW = "law", _("法律")
    REGULATION = "regulation", _("行政法规")
    LOCAL_REGULATION = "local_regulation", _("地方性法规")
    RULE = "rule", _("规章")
    OTHER = "other", _("其他")


class Statute(CountyScoped):
    """A law, regulation or rule that items rest on."""

    name = models.TextField(_("名称"))
    level = models.CharField(
        _("效力层级"), max_length=20, choices=StatuteLevel.choices, default=StatuteLevel.OTHER
    )
    version_on = models.DateField(_("版本日期"), null=True, blank=True)
    published = models.TextField(_("公布文件"), blank=True, default="")
    source = models.TextField(_("来源"), blank=True, default="")

    class Meta:
        verbose_name = _("法律法规规章")
        verbose_name_plural = _("法律法规规章")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["county_id", "name", "version_on"], name="statute_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.name
