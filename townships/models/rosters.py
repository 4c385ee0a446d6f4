"""Who reviews for whom, and who is away: posts of legal review and absences, held with dates."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from townships.models.bodies import Body
from townships.models.people import Officer
from townships.models.periods import Days, ordered_days


class ReviewerRank(models.TextChoices):
    """Whether a reviewer is first called or stands in."""

    FORMAL = "formal", _("专职审核人员")
    BACKUP = "backup", _("备选审核人员")


class ReviewerPost(CountyScoped):
    """A post of legal reviewer at a body: rank, order of calling, qualification, dates."""

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="reviewer_posts", verbose_name=_("机关")
    )
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="reviewer_posts", verbose_name=_("审核人员")
    )
    rank = models.CharField(_("类别"), max_length=10, choices=ReviewerRank.choices)
    order = models.PositiveSmallIntegerField(_("顺位"), default=1)
    qualified = models.BooleanField(_("具有法律职业资格"), default=False)
    qualification_number = models.CharField(_("资格证书编号"), max_length=40, blank=True)
    first_reviewed_on = models.DateField(_("初次从事审核日期"), null=True, blank=True)
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("法制审核岗位")
        verbose_name_plural = _("法制审核岗位")
        ordering = ["body_id", "-rank", "order"]
        constraints = [
            models.CheckConstraint(condition=ordered_days(), name="reviewer_days_in_order"),
            models.CheckConstraint(
                condition=Q(qualified=False) | ~Q(qualification_number=""),
                name="reviewer_qualification_is_proved",
            ),
            ExclusionConstraint(
                name="reviewer_place_filled_once_a_day",
                expressions=[
                    (F("body"), RangeOperators.EQUAL),
                    (F("rank"), RangeOperators.EQUAL),
                    (F("order"), RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="reviewer_one_post_a_body",
                expressions=[
                    (F("body"), RangeOperators.EQUAL),
                    (F("officer"), RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} @ {self.body_id}"
