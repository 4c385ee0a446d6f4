"""Discretion tables (裁量基准) and their bands, dated and frozen like the items they belong to."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from catalog.effective import Effective, EffectiveQuerySet, frozen_once_published, no_overlap
from catalog.models.powers import Item, fine_text


class DiscretionTable(Effective):
    """One benchmark table of one item, under one title."""

    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="discretion_tables", verbose_name=_("事项")
    )
    title = models.TextField(_("裁量基准名称"))
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    content_digest = models.CharField(max_length=64, editable=False, default="")

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

    table = models.ForeignKey(
        DiscretionTable, on_delete=models.CASCADE, related_name="bands", verbose_name=_("裁量基准")
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
