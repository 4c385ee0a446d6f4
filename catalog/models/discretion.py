"""Discretion tables (裁量基准) and their bands, dated and frozen like the items they belong to."""

from decimal import Decimal
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from catalog.effective import Effective, EffectiveQuerySet, frozen_once_published, no_overlap
from catalog.models.kinds import fine_text
from catalog.models.powers import Item


class BenchmarkShape(models.TextChoices):
    """The shapes in which benchmarks are published (law.benchmarks.Shape)."""

    GRADES = "grades", _("阶次")
    WEIGHTS = "weights", _("要素权重累加")
    CELLS = "cells", _("多维组合表")
    DEFAULT = "default", _("区间与默认值")


def _text(label: Any, length: int = 0) -> Any:
    """Make a text column that rows brought in by COPY may leave out."""
    if length:
        return models.CharField(label, max_length=length, blank=True, default="", db_default="")
    return models.TextField(label, blank=True, default="", db_default="")


def _bound(label: Any) -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(label, max_digits=16, decimal_places=2, null=True, blank=True)


class DiscretionTable(Effective):
    """One benchmark table of one item, under one title.

    Its own basis and range stand here where it rests on another statute than the item: 行政处罚法第二十九条.
    """

    # Without an index of its own: discretiontable_item begins with it.
    item = models.ForeignKey(
        Item,
        on_delete=models.PROTECT,
        related_name="discretion_tables",
        verbose_name=_("事项"),
        db_index=False,
    )
    title = models.TextField(_("裁量基准名称"))
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    content_digest = models.CharField(max_length=64, editable=False, default="")
    shape = models.CharField(
        _("形式"),
        max_length=10,
        choices=BenchmarkShape.choices,
        default=BenchmarkShape.GRADES,
        db_default=Value("grades"),
    )
    scheme = models.JSONField(_("结构"), default=dict, blank=True, db_default=Value({}, models.JSONField()))
    target = _text(_("处罚对象"), 100)
    statute_name = _text(_("处罚依据"))
    penalty_article = _text(_("处罚依据条款"))
    fine_min = _bound(_("法定罚款下限"))
    fine_max = _bound(_("法定罚款上限"))
    fine_unit = _text(_("法定罚款单位"), 30)

    objects = EffectiveQuerySet.as_manager()

    class Meta(Effective.Meta):
        verbose_name = _("裁量基准")
        verbose_name_plural = _("裁量基准")
        constraints = [*Effective.Meta.constraints, no_overlap("discretiontable_no_overlap", "item", "title")]
        indexes = [models.Index(fields=["item", "valid_from"], name="discretiontable_item")]
        triggers = [frozen_once_published()]

    def __str__(self) -> str:
        return self.title


class DiscretionBand(CountyScoped):
    """One grade (阶次): its circumstances and the penalty it leads to."""

    # Without an index of its own: band_order_once begins with it.
    table = models.ForeignKey(
        DiscretionTable,
        on_delete=models.CASCADE,
        related_name="bands",
        verbose_name=_("裁量基准"),
        db_index=False,
    )
    order = models.PositiveSmallIntegerField(_("次序"))
    grade = models.CharField(_("裁量阶次"), max_length=60)
    circumstances = models.TextField(_("适用条件"), blank=True, default="")
    penalty_text = models.TextField(_("处罚标准"), blank=True, default="")
    fine_min = models.DecimalField(_("罚款下限"), max_digits=16, decimal_places=2, null=True, blank=True)
    fine_max = models.DecimalField(_("罚款上限"), max_digits=16, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=30, blank=True, default="")
    no_penalty = models.BooleanField(_("不予处罚"), default=False)

    class Meta:
        verbose_name = _("裁量阶次")
        verbose_name_plural = _("裁量阶次")
        ordering = ["table_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["table", "order"], name="band_order_once"),
            models.CheckConstraint(
                name="band_fine_ordered",
                condition=Q(fine_min=None) | Q(fine_max=None) | Q(fine_max__gte=F("fine_min")),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_with_its_table",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM catalog_discretiontable
                        WHERE status = 'published'
                          AND id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.table_id END,
                                     CASE WHEN TG_OP <> 'DELETE' THEN NEW.table_id END)
                    ) THEN
                        RAISE EXCEPTION 'the bands of a published table are frozen'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN
                        RETURN OLD;
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.grade

    @property
    def fine_text(self) -> str:
        """Write the range of the fine for people."""
        return fine_text(self.fine_min, self.fine_max, self.unit)
