"""The county, its bodies, their teams, and the places inside a township."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from papers.numbering import PATTERN, YEAR_AND_NUMBER
from townships.models.periods import ordered_days


class County(models.Model):
    """The county this site serves: names that documents need."""

    code = models.PositiveIntegerField(_("行政区划代码"), primary_key=True, db_column="county_id")
    name = models.CharField(_("名称"), max_length=60)
    government_name = models.CharField(_("县人民政府全称"), max_length=100)
    court_name = models.CharField(_("有管辖权的人民法院"), max_length=100)
    reconsideration_address = models.CharField(_("行政复议受理地址"), max_length=200, blank=True)
    bank_name = models.CharField(_("罚款代收银行"), max_length=100, blank=True)
    bank_account = models.CharField(_("罚款代收账号"), max_length=60, blank=True)
    place = models.CharField(
        _("地方标准"),
        max_length=60,
        blank=True,
        help_text=_("查地方标准所用的六位行政区划代码；不填即本县代码"),
    )
    archive_pattern = models.CharField(_("归档号格式"), max_length=60, default=YEAR_AND_NUMBER)

    class Meta:
        verbose_name = _("县")
        verbose_name_plural = _("县")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(archive_pattern__regex=PATTERN), name="county_archive_pattern"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area_code(self) -> str:
        """Return the code by which the rules and figures of its area are found."""
        return self.place or str(self.code)


class BodyKind(models.TextChoices):
    """What a body is; only the government and its kinds, never an inner squad."""

    COUNTY_GOVERNMENT = "county_government", _("县人民政府")
    COMPREHENSIVE_BUREAU = "comprehensive_bureau", _("综合行政执法局")
    DEPARTMENT = "department", _("县级部门")
    TOWNSHIP = "township", _("乡镇人民政府")
    SUBDISTRICT = "subdistrict", _("街道办事处")


GRASSROOTS = frozenset({BodyKind.TOWNSHIP, BodyKind.SUBDISTRICT})
COUNTY_DEPARTMENTS = frozenset({BodyKind.DEPARTMENT, BodyKind.COMPREHENSIVE_BUREAU})


class Body(CountyScoped):
    """An organ that may act and whose name and seal stand on documents."""

    kind = models.CharField(_("类型"), max_length=30, choices=BodyKind.choices)
    name = models.CharField(_("全称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=30)
    document_word = models.CharField(_("机关代字"), max_length=20)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级机关"),
    )
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    contact = models.CharField(_("联系人"), max_length=60, blank=True)
    fine_bank = models.CharField(_("罚款代收银行"), max_length=100, blank=True)
    fine_account = models.CharField(_("罚款代收账号"), max_length=60, blank=True)
    seal_name = models.CharField(_("印章名称"), max_length=100)
    sort_order = models.PositiveSmallIntegerField(_("排序"), default=0)
    active_from = models.DateField(_("设立日期"), default=date(2000, 1, 1))
    active_to = models.DateField(_("撤销日期"), null=True, blank=True, help_text=_("存续的最后一天"))
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("继续行使其职权的机关"),
    )
    ended_by = models.CharField(_("撤并文件"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("机关")
        verbose_name_plural = _("机关")
        ordering = ["sort_order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["county_id", "name", "active_from"], name="body_name_once"),
            models.UniqueConstraint(
                fields=["county_id", "document_word"],
                condition=models.Q(active_to=None),
                name="body_document_word_once",
            ),
            models.CheckConstraint(
                condition=ordered_days("active_from", "active_to"), name="body_days_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(successor=None)
                | models.Q(active_to__isnull=False) & ~models.Q(successor=models.F("id")),
                name="body_succeeded_when_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_grassroots(self) -> bool:
        """A township government or a subdistrict office."""
        return self.kind in GRASSROOTS

    def exists_on(self, on: date) -> bool:
        """Tell whether the body exists on a day."""
        return self.active_from <= on and (self.active_to is None or on <= self.active_to)


class BodyAlias(CountyScoped):
    """Another name by which a body is known: a former one, a common one, one used in imported lists."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="aliases", verbose_name=_("机关"))
    name = models.CharField(_("别名"), max_length=100)

    class Meta:
        verbose_name = _("机关别名")
        verbose_name_plural = _("机关别名")
        ordering = ["body_id", "name"]
        constraints = [models.UniqueConstraint(fields=["county_id", "name"], name="body_alias_once")]

    def __str__(self) -> str:
        return self.name


class Team(CountyScoped):
    """An inner team of a body; it handles cases but never signs in its own name."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="teams", verbose_name=_("所属机关"))
    name = models.CharField(_("名称"), max_length=60)

    class Meta:
        verbose_name = _("执法队伍")
        verbose_name_plural = _("执法队伍")
        ordering = ["body_id", "id"]
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="team_name_once_per_body")]

    def __str__(self) -> str:
        return self.name


class PlaceKind(models.TextChoices):
    """What a place inside a township is."""

    VILLAGE = "village", _("行政村")
    COMMUNITY = "community", _("社区")
    GRID = "grid", _("网格")


class Place(CountyScoped):
    """A village, community or grid of a township."""

    township = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="places", verbose_name=_("乡镇（街道）")
    )
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类型"), max_length=20, choices=PlaceKind.choices)

    class Meta:
        verbose_name = _("村社网格")
        verbose_name_plural = _("村社网格")
        ordering = ["township_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["township", "kind", "name"], name="place_once_per_township")
        ]

    def __str__(self) -> str:
        return self.name
