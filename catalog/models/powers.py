"""Items (事项) and their dated versions."""

import uuid
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from catalog.effective import Effective, EffectiveQuerySet, frozen_once_published, no_overlap
from catalog.models.kinds import DataOrigin, PenaltyKind, PowerType, Standing, fine_text
from catalog.models.statutes import Statute


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

    @property
    def caution(self) -> str:
        """Say what the item is where it comes from no official list; shown wherever the item is named."""
        return "" if self.may_carry_documents else str(DataOrigin(self.data_origin).label)


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

    # Without an index of its own: itemversion_item begins with it.
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="versions", verbose_name=_("事项"), db_index=False
    )
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
    # What is entered of the text it cites, where that was read with it.
    entered: str | None = None

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
            # A publication appends the pairs of a list; a job sorts them in just after (catalog.jobs). What
            # may wait is bounded, for a search reads all of it.
            GinIndex(
                Func(F("search_text"), function="pairs", output_field=ArrayField(models.IntegerField())),
                name="itemversion_pairs",
                condition=Q(status="published", recorded_to=None),
                fastupdate=True,
                gin_pending_list_limit=16 * 1024,
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
    def penalty_cited(self) -> str:
        """Cite the article under which the item is punished; nothing where none is known."""
        return f"{self.statute_name}{self.penalty_article}"

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
