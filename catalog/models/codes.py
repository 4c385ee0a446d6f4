"""The codes of items: many each, in many schemes, with the time each is used."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from catalog.models.powers import Item


class CodeScheme(models.TextChoices):
    """Coding schemes met in published lists; a code is text in each of them."""

    BASIC = "basic", _("基本编码")
    IMPLEMENTATION = "implementation", _("实施编码")
    SUPERVISION = "supervision", _("监管事项编码")
    LOCAL = "local", _("地方或自编编码")


class ItemCode(CountyScoped):
    """One of the many codes an item may carry: text, never a number, with the time it is used."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="codes", verbose_name=_("事项"))
    scheme = models.CharField(
        _("编码体系"), max_length=30, choices=CodeScheme.choices, default=CodeScheme.BASIC
    )
    code = models.CharField(_("编码"), max_length=60)
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("事项编码")
        verbose_name_plural = _("事项编码")
        constraints = [
            # By a 64-bit digest of scheme and code: an index over the texts costs ten times as much to write.
            ExclusionConstraint(
                name="itemcode_never_doubled",
                expressions=[
                    (
                        Func(
                            template="hashtextextended(scheme || ':' || code, county_id)",
                            output_field=models.BigIntegerField(),
                        ),
                        RangeOperators.EQUAL,
                    ),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            )
        ]
        indexes = [models.Index(fields=["code"], name="itemcode_code", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.code
