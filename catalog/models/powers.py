"""Statutes, items (事项), their codes and their dated versions."""

import uuid
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from catalog.effective import Effective, EffectiveQuerySet, frozen_once_published, no_overlap


class DataOrigin(models.TextChoices):
    """Whether a row may be relied on: only official data may carry a legal document."""

    OFFICIAL = "official", _("正式公布")
    DRAFT = "draft", _("据法条整理，非正式目录")
    SYNTHETIC = "synthetic", _("合成样例，不得用于办案")


class PowerType(models.TextChoices):
    """Types of administrative power, after the type digits of the national basic code."""

    LICENCE = "licence", _("行政许可")
    PENALTY = "penalty", _("行政处罚")
    COERCION = "coercion", _("行政强制")
    LEVY = "levy", _("行政征收")
    PAYMENT = "payment", _("行政给付")
    INSPECTION = "inspection", _("行政检查")
    CONFIRMATION = "confirmation", _("行政确认")
    REWARD = "reward", _("行政奖励")
    ADJUDICATION = "adjudication", _("行政裁决")
    SERVICE = "service", _("公共服务")
    OTHER = "other", _("其他")


class PenaltyKind(models.TextChoices):
    """Kinds of penalty of article 9 of the Administrative Penalty Law."""

    WARNING = "warning", _("警告")
    CRITICISM = "criticism", _("通报批评")
    FINE = "fine", _("罚款")
    CONFISCATE_GAINS = "confiscate_gains", _("没收违法所得")
    CONFISCATE_GOODS = "confiscate_goods", _("没收非法财物")
    SUSPEND_LICENCE = "suspend_licence", _("暂扣许可证件")
    DOWNGRADE = "downgrade", _("降低资质等级")
    REVOKE_LICENCE = "revoke_licence", _("吊销许可证件")
    RESTRICT_BUSINESS = "restrict_business", _("限制开展生产经营活动")
    SUSPEND_BUSINESS = "suspend_business", _("责令停产停业")
    ORDER_CLOSURE = "order_closure", _("责令关闭")
    RESTRICT_PRACTICE = "restrict_practice", _("限制从业")
    DETENTION = "detention", _("行政拘留")


class Standing(models.TextChoices):
    """Whether an item may be enforced: only what is in use founds a new case."""

    IN_USE = "in_use", _("在用")
    SUSPENDED = "suspended", _("暂停")
    CANCELLED = "cancelled", _("取消")


class CodeScheme(models.TextChoices):
    """Coding schemes met in published lists; a code is text in each of them."""

    BASIC = "basic", _("基本编码")
    IMPLEMENTATION = "implementation", _("实施编码")
    SUPERVISION = "supervision", _("监管事项编码")
    LOCAL = "local", _("地方或自编编码")


class StatuteLevel(models.TextChoices):
    """Rank of a statute."""

    LAW = "law", _("法律")
    REGULATION = "regulation", _("行政法规")
    LOCAL_REGULATION = "local_regulation", _("地方性法规")
    RULE = "rule", _("规章")
    OTHER = "other", _("其他")


def fine_text(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """Write a range such as 500–2,000 元/平方米; nothing where no fine is stated."""
    if low is None and high is None:
        return ""
    if low == high or low is None or high is None:
        edge = "" if low == high else _("以上") if high is None else _("以下")
        return f"{_plain(high if low is None else low)} {unit}{edge}"
    return f"{_plain(low)}–{_plain(high)} {unit}"


def _plain(value: Decimal | None) -> str:
    return f"{value or 0:,.2f}".removesuffix(".00")


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


class Item(CountyScoped):
    """An enforcement item: an identity that lasts; what it says stands in its versions."""

    uid = models.UUIDField(_("内部编号"), default=uuid.uuid4, unique=True, editable=False)
    identity = models.CharField(_("导入标识"), max_length=120)
    data_origin = models.CharField(
        _("数据性质"), max_length=10, choices=DataOrigin.choices, default=DataOrigin.OFFICIAL
    )
    created_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("事项")
        verbose_name_plural = _("事项")
        constraints = [models.UniqueConstraint(fields=["county_id", "identity"], name="item_identity_once")]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def may_carry_documents(self) -> bool:
        """Tell whether legal documents may be issued on this item: only where the data is official."""
        return self.data_origin == DataOrigin.OFFICIAL


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


class ItemVersionQuerySet(EffectiveQuerySet):
    """Questions about versions of items."""

    def with_basis(self) -> "ItemVersionQuerySet":
        """Keep versions whose penalty basis is complete enough to conclude a case."""
        return self.exclude(Q(statute_name="") | Q(penalty_article="") | Q(penalty_text=""))

    def without_basis(self) -> "ItemVersionQuerySet":
        """Keep versions that still lack a penalty basis."""
        return self.filter(Q(statute_name="") | Q(penalty_article="") | Q(penalty_text=""))


class ItemVersion(Effective):
    """What an item says from one day on: name, violation, basis and range. Frozen once published."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions", verbose_name=_("事项"))
    number = models.CharField(_("序号"), max_length=30, blank=True, default="")
    name = models.TextField(_("事项名称"))
    violation = models.TextField(_("违法行为"), blank=True, default="")
    power_type = models.CharField(
        _("权力类型"), max_length=12, choices=PowerType.choices, default=PowerType.PENALTY
    )
    domain = models.CharField(_("执法领域"), max_length=80, blank=True, default="")
    department_name = models.CharField(_("主管部门"), max_length=200, blank=True, default="")
    scope_note = models.TextField(_("范围限定"), blank=True, default="")
    scope = models.JSONField(_("范围限定（结构）"), default=dict, blank=True, db_default={})
    standing = models.CharField(
        _("事项状态"),
        max_length=10,
        choices=Standing.choices,
        default=Standing.IN_USE,
        db_default="in_use",
    )
    statute = models.ForeignKey(
        Statute, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("法律依据")
    )
    statute_name = models.TextField(_("法规规章"), blank=True, default="")
    obligation_article = models.TextField(_("违反条款"), blank=True, default="")
    obligation_text = models.TextField(_("违反条款原文"), blank=True, default="")
    penalty_article = models.TextField(_("处罚依据条款"), blank=True, default="")
    penalty_text = models.TextField(_("处罚依据原文"), blank=True, default="")
    penalty_range_text = models.TextField(_("处罚种类及幅度"), blank=True, default="")
    penalty_kinds = models.JSONField(_("处罚种类"), default=list, blank=True)
    fine_min = models.DecimalField(
        _("罚款下限"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    fine_max = models.DecimalField(
        _("罚款上限"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    fine_unit = models.CharField(_("罚款单位"), max_length=30, blank=True, default="")
    needs_correction_first = models.BooleanField(_("须先责令改正"), default=False)
    limitation_years = models.PositiveSmallIntegerField(
        _("追责时效（年）"), choices=[(2, "2"), (5, "5")], default=2
    )
    content_digest = models.CharField(max_length=64, editable=False, default="")
    # Aids of the search box; without legal weight, so they may change after publication.
    aliases = ArrayField(
        models.CharField(max_length=40), verbose_name=_("常用说法"), default=list, blank=True
    )
    initials = models.TextField(editable=False, default="")
    search_text = models.TextField(editable=False, default="")

    objects = ItemVersionQuerySet.as_manager()

    class Meta(Effective.Meta):
        verbose_name = _("事项版本")
        verbose_name_plural = _("事项版本")
        constraints = [
            *Effective.Meta.constraints,
            no_overlap("itemversion_no_overlap", "item"),
            models.CheckConstraint(
                name="itemversion_fine_ordered",
                condition=Q(fine_min=None) | Q(fine_max=None) | Q(fine_max__gte=F("fine_min")),
            ),
            models.CheckConstraint(name="itemversion_limitation", condition=Q(limitation_years__in=[2, 5])),
        ]
        indexes = [
            models.Index(fields=["item", "valid_from"], name="itemversion_item"),
            models.Index(
                fields=["county_id", "id"],
                name="itemversion_page",
                condition=Q(status="published", recorded_to=None),
            ),
            GinIndex(
                Func(F("search_text"), function="bigrams", output_field=ArrayField(models.TextField())),
                name="itemversion_bigrams",
                condition=Q(status="published", recorded_to=None),
            ),
        ]
        triggers = [frozen_once_published("aliases", "initials", "search_text")]

    def __str__(self) -> str:
        return self.name

    @property
    def has_basis(self) -> bool:
        """Tell whether the penalty basis is complete enough to conclude a case on it."""
        return bool(self.statute_name and self.penalty_article and self.penalty_text)

    @property
    def violations(self) -> list[str]:
        """List the situations: as they were written down one by one, else as the text joins them."""
        written = [row.text for row in self.situations.all()] if self.pk else []
        return written or [part for part in (self.violation or self.name).split("；") if part]

    @property
    def fine_text(self) -> str:
        """Write the range of the fine for people."""
        return fine_text(self.fine_min, self.fine_max, self.fine_unit)

    @property
    def penalty_kind_labels(self) -> list[str]:
        """Name the kinds of penalty for people."""
        return [str(PenaltyKind(kind).label) for kind in self.penalty_kinds]
