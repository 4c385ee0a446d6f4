"""Zones of a township: the villages and grids in them, and the officers who answer for them."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from townships.models.bodies import Body, Place
from townships.models.people import Officer
from townships.models.periods import Days, ordered_days


class Zone(CountyScoped):
    """A part of a township that some officers answer for."""

    township = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="zones", verbose_name=_("乡镇（街道）")
    )
    name = models.CharField(_("片区"), max_length=60)

    class Meta:
        verbose_name = _("片区")
        verbose_name_plural = _("片区")
        ordering = ["township_id", "name"]
        constraints = [models.UniqueConstraint(fields=["township", "name"], name="zone_once_per_township")]

    def __str__(self) -> str:
        return self.name


class ZonePlace(CountyScoped):
    """A village, community or grid in a zone; each lies in one."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="places", verbose_name=_("片区"))
    place = models.OneToOneField(
        Place, on_delete=models.PROTECT, related_name="in_zone", verbose_name=_("村社网格")
    )

    class Meta:
        verbose_name = _("片区范围")
        verbose_name_plural = _("片区范围")
        triggers = [
            pgtrigger.Trigger(
                name="in_the_township",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM townships_zone z JOIN townships_place p ON p.township_id = z.township_id
                        WHERE z.id = NEW.zone_id AND p.id = NEW.place_id
                    ) THEN
                        RAISE EXCEPTION 'the place lies in another township than zone %', NEW.zone_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone_id} · {self.place_id}"


class ZoneDuty(CountyScoped):
    """An officer who answers for a zone, from one day to another."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="duties", verbose_name=_("片区"))
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="zone_duties", verbose_name=_("责任人")
    )
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = _("片区责任人")
        verbose_name_plural = _("片区责任人")
        ordering = ["zone_id", "officer_id", "-valid_from"]
        constraints = [
            models.CheckConstraint(condition=ordered_days(), name="zone_duty_in_order"),
            ExclusionConstraint(
                name="zone_duty_once_a_day",
                expressions=[
                    (F("zone"), RangeOperators.EQUAL),
                    (F("officer"), RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.zone}"
