"""The register of auxiliary staff: what they assist in, under whom, from when to when."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from townships.models.bodies import Body
from townships.models.people import Officer
from townships.models.periods import Days, ordered_days


class AuxiliaryPost(CountyScoped):
    """An auxiliary's post: duty, contract, the officer who leads the work, dates."""

    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="auxiliary_posts", verbose_name=_("辅助人员")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="auxiliary_posts", verbose_name=_("使用机关")
    )
    duty = models.CharField(_("辅助工作内容"), max_length=120)
    contract = models.CharField(_("劳动合同编号"), max_length=60)
    led_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="led_auxiliaries", verbose_name=_("带领的执法人员")
    )
    valid_from = models.DateField(_("录用日期"))
    valid_to = models.DateField(_("最后一日"), null=True, blank=True)

    class Meta:
        verbose_name = _("辅助人员岗位")
        verbose_name_plural = _("辅助人员岗位")
        ordering = ["body_id", "officer_id", "-valid_from"]
        constraints = [
            models.CheckConstraint(condition=ordered_days(), name="auxiliary_post_in_order"),
            ExclusionConstraint(
                name="auxiliary_one_post_a_day",
                expressions=[
                    (F("officer"), RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="auxiliary_led_by_officer",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM townships_officer helper, townships_officer leader
                        WHERE helper.id = NEW.officer_id AND helper.is_auxiliary
                          AND leader.id = NEW.led_by_id AND NOT leader.is_auxiliary
                    ) THEN
                        RAISE EXCEPTION 'an auxiliary post needs an auxiliary, led by an officer'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.duty}"
