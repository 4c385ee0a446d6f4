"""What belongs to an item beside its basis: exemption lists and handling guides, dated and frozen alike."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.effective import Effective, EffectiveQuerySet, frozen_once_published, no_overlap
from catalog.models.powers import Item
from law.exemptions import Rule


class ExemptionKind(models.TextChoices):
    """The two lists of 行政处罚法第三十三条第一款."""

    MINOR = "minor", _("轻微不罚")
    FIRST = "first", _("首违可不罚")


class ExemptionRule(Effective):
    """An item's entry in a list of minor or first offences: its conditions, joined by and or by or."""

    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="exemptions", verbose_name=_("事项")
    )
    kind = models.CharField(_("类别"), max_length=10, choices=ExemptionKind.choices)
    needs_all = models.BooleanField(_("须同时具备全部条件"), default=True)
    conditions = models.JSONField(_("条件"), default=list)
    document = models.CharField(_("清单名称、文号"), max_length=200)

    objects = EffectiveQuerySet.as_manager()

    class Meta(Effective.Meta):
        verbose_name = _("免罚清单条目")
        verbose_name_plural = _("免罚清单")
        constraints = [*Effective.Meta.constraints, no_overlap("exemptionrule_no_overlap", "item", "kind")]
        triggers = [frozen_once_published()]

    def __str__(self) -> str:
        return self.document

    @property
    def said(self) -> dict[str, Any]:
        """Return what the entry says, apart from where it was published."""
        return {"shape": self.kind, "conditions": self.conditions, "needs_all": self.needs_all}

    @property
    def rule(self) -> Rule:
        """Return the entry as the law package reads it."""
        return Rule(ExemptionKind(self.kind), tuple(self.conditions), self.needs_all, self.document)


class ItemGuide(Effective):
    """How cases of an item are handled: elements to prove, evidence, questions, model documents."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="guides", verbose_name=_("事项"))
    elements = models.JSONField(_("构成要件"), default=list)
    evidence = models.JSONField(_("证据清单"), default=list)
    questions = models.JSONField(_("询问提纲"), default=list)
    documents = models.JSONField(_("示范文书"), default=list)
    process = models.JSONField(_("办理流程"), default=list)

    objects = EffectiveQuerySet.as_manager()

    class Meta(Effective.Meta):
        verbose_name = _("办案指引")
        verbose_name_plural = _("办案指引")
        constraints = [*Effective.Meta.constraints, no_overlap("itemguide_no_overlap", "item")]
        triggers = [frozen_once_published()]

    def __str__(self) -> str:
        return f"{self.item_id} {self.valid_from or ''}"
