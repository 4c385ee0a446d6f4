"""LegalReview: one round of legal review. ReviewAssignment: to whom it fell, why, and why not to others.

StandIn: who took on what while somebody was away.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import frozen, kept, kept_as_written
from cases.dossier.models import Case
from desk.formats import in_chinese
from desk.wording import in_words

# The points of 行政处罚法第五十八条 practice; the key is what a checklist stores.
POINTS = (
    ("authority", _("职权与主体")),
    ("party", _("当事人认定")),
    ("facts", _("事实清楚、证据确凿")),
    ("officers", _("执法人员与证件")),
    ("basis", _("适用依据")),
    ("discretion", _("裁量适当")),
    ("procedure", _("程序合法")),
    ("crime", _("是否涉嫌犯罪")),
)

# The reviewer of a round changes only as the newest assignment on record says.
AS_ASSIGNED = """
    IF (SELECT assigned.reviewer_id = NEW.reviewer_id AND assigned.post_id = NEW.post_id
        FROM cases_reviewassignment assigned WHERE assigned.review_id = NEW.id
        ORDER BY assigned.id DESC LIMIT 1) IS NOT TRUE THEN
        RAISE EXCEPTION 'pgtrigger: the reviewer changes only by an assignment on record';
    END IF;
    RETURN NEW;
"""


class LegalReview(CountyScoped):
    """One round: submitted with grounds, assigned to a qualified reviewer, concluded with an opinion."""

    class Conclusion(models.TextChoices):
        """How a round ended: the reviewer's answer, or recalled before there was one."""

        PASS = "pass", _("通过")
        RETURN = "return", _("补充材料")
        FAIL = "fail", _("不通过")
        RECALLED = "recalled", _("送审撤回")

    case = models.ForeignKey(Case, models.PROTECT, related_name="reviews")
    report = models.ForeignKey("cases.Report", models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField(_("轮次"))
    grounds = models.JSONField(_("审核事由"), default=list)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews", verbose_name=_("审核人")
    )
    post = models.ForeignKey("townships.ReviewerPost", models.PROTECT, related_name="+")
    assigned_because = models.JSONField(_("由谁审核的说明"))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("送审时间"))
    checklist = models.JSONField(_("审核要点"), default=dict)
    conclusion = models.CharField(_("结论"), max_length=10, choices=Conclusion.choices, blank=True)
    opinion = models.TextField(_("审核意见"), blank=True)
    concluded_at = models.DateTimeField(_("审核时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("法制审核")
        verbose_name_plural = _("法制审核")
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="review_once_a_round"),
            models.UniqueConstraint(fields=["case"], name="review_one_open", condition=Q(concluded_at=None)),
            models.CheckConstraint(
                condition=~Q(reviewer=models.F("submitted_by")), name="reviewer_is_not_the_submitter"
            ),
            models.CheckConstraint(
                condition=Q(concluded_at=None, conclusion="")
                | (~Q(conclusion="") & ~Q(opinion="") & Q(concluded_at__isnull=False)),
                name="review_concluded_with_opinion",
            ),
        ]
        indexes = [
            models.Index(
                fields=["reviewer", "submitted_at"], name="review_queue", condition=Q(concluded_at=None)
            )
        ]
        triggers = [
            kept(),
            frozen("case", "report", "round", "grounds", "submitted_by", "submitted_at"),
            pgtrigger.Trigger(
                name="reviewer_as_assigned",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("reviewer", "post"),
                func=AS_ASSIGNED,
            ),
            pgtrigger.Protect(
                name="concluded_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__concluded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 第{self.round}轮"

    @property
    def grounds_told(self) -> str:
        """Say why the review was due, in the reader's language."""
        return ("；" if in_chinese() else "; ").join(map(in_words, self.grounds))


class ReviewAssignment(CountyScoped):
    """To whom a round of review fell, and why; the newest one counts, all stay on record.

    because: why this person. considered: everybody who was looked at, with the reason why not.
    """

    class Cause(models.TextChoices):
        """What made the assignment necessary."""

        SUBMITTED = "submitted", _("送审指派")
        ABSENCE = "absence", _("缺勤改派")
        HANDED_OVER = "handed_over", _("移交改派")
        BARRED = "barred", _("不再符合审核条件改派")
        DECIDED = "decided", _("法制机构改派")

    review = models.ForeignKey(LegalReview, models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    post = models.ForeignKey("townships.ReviewerPost", models.PROTECT, related_name="+")
    cause = models.CharField(_("指派情形"), max_length=12, choices=Cause.choices)
    because = models.JSONField(_("由谁审核的说明"))
    reason = models.TextField(_("改派理由"), blank=True)
    considered = models.JSONField(_("逐人核对"), default=list)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField(_("指派时间"))

    class Meta:
        verbose_name = _("审核指派")
        verbose_name_plural = _("审核指派")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cause="submitted") | ~Q(reason=""), name="review_reassigned_with_reason"
            )
        ]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.review_id} → {self.reviewer}"


class StandIn(CountyScoped):
    """One thing somebody took on because another was away; nothing is given back by itself."""

    class Duty(models.TextChoices):
        """What was taken on."""

        REVIEW = "review", _("法制审核")
        HANDLING = "handling", _("承办案件")
        APPROVAL = "approval", _("审批")

    absence = models.ForeignKey(
        "townships.Absence", models.PROTECT, related_name="stand_ins", verbose_name=_("缺勤")
    )
    case = models.ForeignKey(Case, models.PROTECT, related_name="stand_ins", verbose_name=_("案件"))
    duty = models.CharField(_("代办事项"), max_length=10, choices=Duty.choices)
    before = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("缺勤人员")
    )
    after = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stood_in", verbose_name=_("代办人员")
    )
    because = models.CharField(_("说明"), max_length=300)
    stood_in_at = models.DateTimeField(_("代办时间"))

    class Meta:
        verbose_name = _("代办")
        verbose_name_plural = _("代办")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(before=models.F("after")), name="stand_in_by_another"),
            models.UniqueConstraint(fields=["absence", "case", "duty"], name="stand_in_once"),
        ]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.before} → {self.after}"
