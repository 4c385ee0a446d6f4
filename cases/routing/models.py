"""Referral: a lead sent to the body that may act. HandOver: a case given from one body to another.

ItemEvaluation: what was decided on an item in a township after looking at its sheet.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import kept, kept_as_written
from cases.dossier.models import Case


class Referral(CountyScoped):
    """One sending of a lead to a body: why there, when delivered to its inbox, whether accepted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    to_body = models.ForeignKey(
        "townships.Body", models.PROTECT, related_name="+", verbose_name=_("承办机关")
    )
    finding = models.JSONField(_("权限判断"), default=dict)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("分派时间"))
    delivered_at = models.DateTimeField(_("送达机关时间"), null=True, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted = models.BooleanField(_("已接收"), null=True)
    reason = models.TextField(_("退回理由"), blank=True)

    class Meta:
        verbose_name = _("分派")
        verbose_name_plural = _("分派")
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="referral_one_unanswered", condition=Q(answered_at=None)
            ),
            models.CheckConstraint(
                condition=~Q(accepted=False) | ~Q(reason=""), name="referral_refused_with_reason"
            ),
        ]
        triggers = [
            kept(),
            pgtrigger.Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.to_body}"


class HandOver(CountyScoped):
    """A case given to another body: from, to, why, and what went with it; clocks are never reset.

    ended_grant: the delegation or empowerment whose end moved the case; empty when a person did.
    """

    class Ground(models.TextChoices):
        """Why a case goes to another body."""

        DECIDED = "decided", _("按当日权限移交")
        DELEGATION_ENDED = "delegation_ended", _("委托终止，由委托机关办理")
        PRINCIPAL_LOST = "principal_lost", _("委托机关已无该项职权，由有权机关办理")
        EMPOWERMENT_ENDED = "empowerment_ended", _("赋权收回，由有权机关办理")
        BODY_ENDED = "body_ended", _("机关撤并，由承继机关办理")

    case = models.ForeignKey(Case, models.PROTECT, related_name="hand_overs")
    from_body = models.ForeignKey("townships.Body", models.PROTECT, related_name="+")
    to_body = models.ForeignKey("townships.Body", models.PROTECT, related_name="+")
    named_before = models.ForeignKey("townships.Body", models.PROTECT, null=True, related_name="+")
    ground = models.CharField(_("移交情形"), max_length=20, choices=Ground.choices, default=Ground.DECIDED)
    ended_grant = models.ForeignKey(
        "townships.AuthorityGrant", models.PROTECT, null=True, related_name="+", verbose_name=_("终止的授权")
    )
    reason = models.TextField(_("移交理由"))
    inventory = models.JSONField(_("移交清单"), default=dict)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField(_("移交时间"))

    class Meta:
        verbose_name = _("移交")
        verbose_name_plural = _("移交")
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_body=models.F("to_body")), name="hand_over_to_another_body"
            )
        ]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.from_body} → {self.to_body}"


class HandOverAnswer(CountyScoped):
    """What the receiving body, or whoever designates it, says to a hand-over; the case stays where it is."""

    class Kind(models.TextChoices):
        """Taken over, objected to, or designated after an objection."""

        ACCEPTED = "accepted", _("已接收")
        REFUSED = "refused", _("提出异议")
        DESIGNATED = "designated", _("指定办理")

    hand_over = models.ForeignKey(HandOver, models.PROTECT, related_name="answers")
    kind = models.CharField(_("答复"), max_length=12, choices=Kind.choices)
    reason = models.TextField(_("理由"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("答复时间"))

    class Meta:
        verbose_name = _("移交答复")
        verbose_name_plural = _("移交答复")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hand_over"], condition=Q(kind="accepted"), name="hand_over_accepted_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="accepted") | ~Q(reason=""), name="hand_over_answered_with_reason"
            ),
        ]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.hand_over_id}: {self.kind}"


class ItemEvaluation(CountyScoped):
    """An item in a township kept, adjusted or recalled on the facts of a time, which are frozen with it."""

    class Decision(models.TextChoices):
        """What becomes of the item."""

        KEEP = "keep", _("保留")
        ADJUST = "adjust", _("调整")
        RECALL = "recall", _("收回")

    row = models.ForeignKey(
        "townships.GrantItem", models.PROTECT, related_name="evaluations", verbose_name=_("授权事项")
    )
    since = models.DateField(_("评估期起"))
    until = models.DateField(_("评估期止"))
    facts = models.JSONField(_("案件数据"))
    scores = models.JSONField(_("五项得分"))
    decision = models.CharField(_("评估结论"), max_length=10, choices=Decision.choices)
    reason = models.TextField(_("理由"))
    recalled_on = models.DateField(_("收回日期"), null=True, blank=True)
    open_cases = models.JSONField(_("收回时在办案件"), default=list)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("评估时间"))

    class Meta:
        verbose_name = _("事项评估")
        verbose_name_plural = _("事项评估")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="evaluation_days_in_order"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="evaluation_with_reason"),
            models.CheckConstraint(
                condition=Q(decision="recall", recalled_on__isnull=False)
                | (~Q(decision="recall") & Q(recalled_on=None)),
                name="evaluation_recalls_on_a_day",
            ),
        ]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.row_id}: {self.decision}"
