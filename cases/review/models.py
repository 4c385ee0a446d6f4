"""LegalReview: one round of legal review, with why this reviewer, the checklist and the opinion."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from cases.dossier.models import Case

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


class LegalReview(CountyScoped):
    """One round: submitted with grounds, assigned to a qualified reviewer, concluded with an opinion."""

    class Conclusion(models.TextChoices):
        """The reviewer's answer."""

        PASS = "pass", _("通过")
        RETURN = "return", _("补充材料")
        FAIL = "fail", _("不通过")

    case = models.ForeignKey(Case, models.PROTECT, related_name="reviews")
    report = models.ForeignKey("cases.Report", models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField(_("轮次"))
    grounds = models.JSONField(_("审核事由"), default=list)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews", verbose_name=_("审核人")
    )
    post = models.ForeignKey("townships.ReviewerPost", models.PROTECT, related_name="+")
    assigned_because = models.CharField(_("由谁审核的说明"), max_length=300)
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
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "case", "report", "round", "grounds", "reviewer", "post", "submitted_by", "submitted_at"
                ),
            ),
            pgtrigger.Protect(
                name="concluded_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__concluded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 第{self.round}轮"
