"""Who reviews for whom, who is away, and whether a body is equipped: all held with dates."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import frozen, kept_as_written
from townships.models.bodies import Body
from townships.models.people import Officer
from townships.models.periods import Days, ordered_days


class ReviewerRank(models.TextChoices):
    """Whether a reviewer is called first, stands in, or belongs to the county's pool."""

    FORMAL = "formal", _("专职审核人员")
    BACKUP = "backup", _("备选审核人员")
    POOL = "pool", _("县级审核人员池")


class ReviewerPost(CountyScoped):
    """A post of legal reviewer: rank, order of calling, fields of the pool, qualification, dates.

    body: whose cases the post reviews; for the county's pool, where the reviewer works.
    qualified_on: the day of the legal qualification, which counts from then on (行政处罚法第五十八条第二款).
    """

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="reviewer_posts", verbose_name=_("机关")
    )
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="reviewer_posts", verbose_name=_("审核人员")
    )
    rank = models.CharField(_("类别"), max_length=10, choices=ReviewerRank.choices)
    order = models.PositiveSmallIntegerField(_("顺位"), default=1)
    domains = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("擅长领域"),
        default=list,
        blank=True,
        help_text=_("用于县级审核人员池；留空表示不限领域"),
    )
    qualified = models.BooleanField(_("具有法律职业资格"), default=False)
    qualification_number = models.CharField(_("资格证书编号"), max_length=40, blank=True)
    qualified_on = models.DateField(_("资格取得日期"), null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(qualified_on=None) | Q(qualified=True), name="reviewer_qualification_day_of_one"
            ),
            ExclusionConstraint(
                name="reviewer_place_filled_once_a_day",
                expressions=[
                    (F("body"), RangeOperators.EQUAL),
                    (F("rank"), RangeOperators.EQUAL),
                    (F("order"), RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(rank=ReviewerRank.POOL),
            ),
            ExclusionConstraint(
                name="reviewer_one_post_a_body",
                expressions=[
                    (F("body"), RangeOperators.EQUAL),
                    (F("officer"), RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(rank=ReviewerRank.POOL),
            ),
            ExclusionConstraint(
                name="reviewer_in_the_pool_once",
                expressions=[
                    (F("officer"), RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(rank=ReviewerRank.POOL),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} @ {self.body_id}"

    def qualified_by(self, on: date) -> bool:
        """Tell whether the legal qualification is held on a day."""
        return self.qualified and (self.qualified_on is None or self.qualified_on <= on)


class Absence(CountyScoped):
    """An officer is away from one day to another, both included; what was open goes to whoever stands in.

    valid_to is brought forward when the officer comes back early; nothing is given back by that.
    """

    class Kind(models.TextChoices):
        """Why the officer is away."""

        LEAVE = "leave", _("休假")
        SICK = "sick", _("病假")
        TRAINING = "training", _("培训学习")
        DUTY = "duty", _("公差借调")
        OTHER = "other", _("其他")

    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="absences", verbose_name=_("缺勤人员")
    )
    kind = models.CharField(_("缺勤事由"), max_length=10, choices=Kind.choices)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    hands_on_cases = models.BooleanField(_("在办案件交由他人承办"), default=True)
    valid_from = models.DateField(_("缺勤自"))
    valid_to = models.DateField(_("缺勤至"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("缺勤")
        verbose_name_plural = _("缺勤")
        ordering = ["-valid_from", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="absence_days_in_order"),
            ExclusionConstraint(
                name="absence_once_a_day",
                expressions=[
                    (F("officer"), RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            frozen("officer", "kind", "hands_on_cases", "valid_from", "set_by", "set_at"),
            pgtrigger.Protect(
                name="never_longer",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__valid_to__gt=pgtrigger.F("old__valid_to")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.valid_from}–{self.valid_to}"


class EquipmentCheck(CountyScoped):
    """What a body has to enforce with, as somebody found it on a day; the newest one counts."""

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="equipment_checks", verbose_name=_("机关")
    )
    checked_on = models.DateField(_("核查日期"))
    adequate = models.BooleanField(_("满足执法需要"))
    found = models.TextField(_("装备情况"))
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("执法装备核查")
        verbose_name_plural = _("执法装备核查")
        ordering = ["-checked_on", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(found=""), name="equipment_described")]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.body_id} {self.checked_on}"
