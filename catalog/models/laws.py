"""Laws and their provisions, each with its versions; which provision an item rests on, and as what."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from catalog.effective import Effective, EffectiveQuerySet, frozen_once_published, no_overlap
from catalog.models.powers import ItemVersion
from catalog.models.statutes import Statute


class ProvisionRole(models.TextChoices):
    """What a provision is to an item: the duty broken, or the ground of one of the powers."""

    OBLIGATION = "obligation", _("违反条款")
    PENALTY = "penalty", _("处罚依据")
    COERCION = "coercion", _("强制依据")
    INSPECTION = "inspection", _("检查依据")
    DISCRETION = "discretion", _("裁量依据")


class StatuteVersion(Effective):
    """One edition of a law: from when to when it applies, by which document."""

    statute = models.ForeignKey(
        Statute, on_delete=models.PROTECT, related_name="editions", verbose_name=_("法律法规规章")
    )
    edition = models.CharField(_("版本"), max_length=80, blank=True, default="")
    document = models.TextField(_("公布文件"), blank=True, default="")

    objects = EffectiveQuerySet.as_manager()

    class Meta(Effective.Meta):
        verbose_name = _("法律法规版本")
        verbose_name_plural = _("法律法规版本")
        constraints = [*Effective.Meta.constraints, no_overlap("statuteversion_no_overlap", "statute")]
        triggers = [frozen_once_published()]

    def __str__(self) -> str:
        return self.edition


class Provision(CountyScoped):
    """An article of a law: an identity that lasts; its words stand in its versions."""

    # Without an index of its own: provision_once begins with it.
    statute = models.ForeignKey(
        Statute,
        on_delete=models.PROTECT,
        related_name="provisions",
        verbose_name=_("法律法规规章"),
        db_index=False,
    )
    article = models.CharField(_("条款"), max_length=200)

    class Meta:
        verbose_name = _("法律条款")
        verbose_name_plural = _("法律条款")
        constraints = [models.UniqueConstraint(fields=["statute", "article"], name="provision_once")]

    def __str__(self) -> str:
        return f"{self.statute.name}{self.article}"


class ProvisionVersion(Effective):
    """The words of an article from one day on. Frozen once published."""

    # Without an index of its own: provisionversion_provision begins with it.
    provision = models.ForeignKey(
        Provision,
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name=_("法律条款"),
        db_index=False,
    )
    text = models.TextField(_("条文"))
    document = models.TextField(_("公布文件"), blank=True, default="")
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    edition = models.CharField(_("法律版本"), max_length=80, blank=True, default="", db_default="")

    objects = EffectiveQuerySet.as_manager()

    class Meta(Effective.Meta):
        verbose_name = _("条文版本")
        verbose_name_plural = _("条文版本")
        constraints = [*Effective.Meta.constraints, no_overlap("provisionversion_no_overlap", "provision")]
        indexes = [models.Index(fields=["provision", "valid_from"], name="provisionversion_provision")]
        triggers = [frozen_once_published()]

    def __str__(self) -> str:
        return self.text[:60]


ADDED_LATER = """
    IF EXISTS (SELECT 1 FROM catalog_itemversion v
               WHERE v.status = 'published' AND v.id IN (SELECT version_id FROM added)) THEN
        RAISE EXCEPTION 'the parts of a published version are frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""
CHANGED_LATER = """
    IF EXISTS (SELECT 1 FROM catalog_itemversion v
               WHERE v.status = 'published' AND v.id = OLD.version_id) THEN
        RAISE EXCEPTION 'the parts of a published version are frozen' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


def frozen_with_its_version() -> list[pgtrigger.Trigger]:
    """Refuse parts of a published item version: they are written before it, never after.

    Inserts are asked about once a statement, so that a list of thousands costs one look.
    """
    return [
        pgtrigger.Trigger(
            name="none_added_later",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new="added"),
            func=ADDED_LATER,
        ),
        pgtrigger.Trigger(
            name="none_changed_later",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=CHANGED_LATER,
        ),
    ]


class ItemViolation(CountyScoped):
    """One situation (违法情形) of an item version, in its order."""

    # Without an index of its own: itemviolation_once begins with it.
    version = models.ForeignKey(
        ItemVersion,
        on_delete=models.CASCADE,
        related_name="situations",
        verbose_name=_("事项版本"),
        db_index=False,
    )
    order = models.PositiveSmallIntegerField(_("次序"))
    text = models.TextField(_("违法情形"))

    class Meta:
        verbose_name = _("违法情形")
        verbose_name_plural = _("违法情形")
        ordering = ["version_id", "order"]
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="itemviolation_once")]
        triggers = frozen_with_its_version()

    def __str__(self) -> str:
        return self.text


class ItemProvision(CountyScoped):
    """A provision in one of its roles for an item version."""

    # Without an index of its own: itemprovision_once begins with it.
    version = models.ForeignKey(
        ItemVersion,
        on_delete=models.CASCADE,
        related_name="citations",
        verbose_name=_("事项版本"),
        db_index=False,
    )
    provision = models.ForeignKey(
        Provision, on_delete=models.PROTECT, related_name="citations", verbose_name=_("法律条款")
    )
    role = models.CharField(_("作用"), max_length=12, choices=ProvisionRole.choices)

    class Meta:
        verbose_name = _("事项依据")
        verbose_name_plural = _("事项依据")
        ordering = ["version_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "provision", "role"], name="itemprovision_once")
        ]
        triggers = frozen_with_its_version()

    def __str__(self) -> str:
        return f"{self.role}:{self.provision_id}"
