"""Posts of administrative approval, kept apart from enforcement."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from townships.models.bodies import Body
from townships.models.people import Officer
from townships.models.periods import Days, ordered_days


class ApprovalPost(CountyScoped):
    """A post in administrative approval held by a person from one day to another."""

    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="approval_posts", verbose_name=_("人员")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="approval_posts", verbose_name=_("机关")
    )
    title = models.CharField(_("审批岗位"), max_length=100)
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = _("审批岗位")
        verbose_name_plural = _("审批岗位")
        ordering = ["body_id", "officer_id", "-valid_from"]
        constraints = [
            models.CheckConstraint(condition=ordered_days(), name="approval_post_in_order"),
            ExclusionConstraint(
                name="approval_post_once_a_day",
                expressions=[
                    (F("officer"), RangeOperators.EQUAL),
                    (F("title"), RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.title}"
