"""Published lists (清单) and which item stands in which, from when to when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from catalog.effective import Effective, EffectiveQuerySet, Status, frozen_once_published, no_overlap
from catalog.models.kinds import DataOrigin
from catalog.models.powers import Item


class ListKind(models.TextChoices):
    """The lists of a county: total, comprehensive, professional, township."""

    TOTAL = "total", _("总清单")
    COMPREHENSIVE = "comprehensive", _("综合执法清单")
    PROFESSIONAL = "professional", _("专业执法清单")
    TOWNSHIP = "township", _("乡镇（街道）清单")


class PowerList(CountyScoped):
    """A published list: who issued it, by which document, and where the data came from."""

    code = models.CharField(_("清单代码"), max_length=30)
    name = models.TextField(_("清单名称"))
    kind = models.CharField(_("清单类别"), max_length=20, choices=ListKind.choices)
    data_origin = models.CharField(
        _("数据性质"), max_length=10, choices=DataOrigin.choices, default=DataOrigin.OFFICIAL
    )
    issuer = models.CharField(_("制定机关"), max_length=200, blank=True, default="")
    document = models.CharField(_("文号"), max_length=100, blank=True, default="")
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    valid_from = models.DateField(_("施行日期"), null=True, blank=True)
    valid_to = models.DateField(_("有效期至"), null=True, blank=True, help_text=_("自该日起不再适用"))
    department_name = models.CharField(_("主管部门"), max_length=200, blank=True, default="")
    domain = models.CharField(_("执法领域"), max_length=80, blank=True, default="")
    domains = models.JSONField(_("各部门的执法领域"), default=dict, blank=True)
    source = models.TextField(_("来源"), blank=True, default="")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="companions",
        verbose_name=_("随哪份清单公布"),
    )

    class Meta:
        verbose_name = _("清单")
        verbose_name_plural = _("清单")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["county_id", "code"], name="powerlist_code_once")]

    def __str__(self) -> str:
        return self.name


class ListMembership(Effective):
    """An item's place in a list, from one day to another: dated, versioned, frozen once published.

    The number is how the list is read aloud; it has no legal weight and may move.
    """

    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("事项")
    )
    # Without an index of its own: membership_list begins with it.
    power_list = models.ForeignKey(
        PowerList,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("清单"),
        db_index=False,
    )
    kind = models.CharField(_("清单类别"), max_length=20, choices=ListKind.choices)
    field = models.CharField(_("领域"), max_length=80, blank=True, default="")
    number = models.CharField(_("序号"), max_length=30, blank=True, default="")
    status = models.CharField(
        _("状态"), max_length=10, choices=Status.choices, default=Status.PUBLISHED, db_default="published"
    )
    valid_from = models.DateField(_("列入日期"))
    valid_to = models.DateField(_("移出日期"), null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta(Effective.Meta):
        verbose_name = _("清单条目")
        verbose_name_plural = _("清单条目")
        constraints = [
            *Effective.Meta.constraints,
            no_overlap("listmembership_no_overlap", "item", "power_list"),
        ]
        indexes = [
            models.Index(fields=["power_list", "item"], name="membership_list"),
            models.Index(fields=["number"], name="membership_number", condition=Q(recorded_to=None)),
        ]
        triggers = [frozen_once_published("number")]

    def __str__(self) -> str:
        return f"{self.power_list_id}:{self.number}"
