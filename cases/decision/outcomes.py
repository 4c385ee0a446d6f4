"""Outcome: what a reviewing organ or a court made of a decision, and what still holds of it."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.decision.models import Decision
from cases.dossier.duties import happened
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reading import read_once
from cases.investigation.models import Voidable, only_voidable, void_with_reason


class Outcome(Voidable):
    """One document that took effect: who decided what about the decision, on which articles.

    fine: what a change leaves of the fine; empty where the fine stays as it was.
    """

    class Channel(models.TextChoices):
        """The two ways in which a party may have a decision looked into."""

        REVIEW = "review", _("行政复议")
        SUIT = "suit", _("行政诉讼")

    class Result(models.TextChoices):
        """What became of the decision."""

        UPHELD = "upheld", _("维持（驳回请求）")
        REVOKED = "revoked", _("撤销")
        CHANGED = "changed", _("变更")
        UNLAWFUL = "unlawful", _("确认违法")
        ORDERED = "ordered", _("责令履行")

    case = models.ForeignKey(Case, models.PROTECT, related_name="outcomes")
    channel = models.CharField(_("途径"), max_length=10, choices=Channel.choices)
    result = models.CharField(_("结果"), max_length=10, choices=Result.choices)
    body = models.CharField(_("复议机关或者法院"), max_length=200)
    number = models.CharField(_("文书编号"), max_length=100)
    decided_on = models.DateField(_("作出日期"))
    effective_on = models.DateField(_("生效日期"))
    grounds = models.CharField(_("所依据的条款"), max_length=300)
    fine = models.DecimalField(_("变更后的罚款（元）"), max_digits=14, decimal_places=2, null=True)
    file = models.ForeignKey("papers.StoredFile", models.PROTECT, related_name="+", verbose_name=_("文书"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("复议诉讼结果")
        verbose_name_plural = _("复议诉讼结果")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"], condition=Q(voided_at=None), name="outcome_document_once"
            ),
            models.CheckConstraint(
                condition=Q(effective_on__gte=F("decided_on")), name="outcome_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(fine=None) | Q(result="changed", fine__gte=0),
                name="outcome_only_a_change_has_a_fine",
            ),
            models.CheckConstraint(
                condition=~Q(body="") & ~Q(number="") & ~Q(grounds=""), name="outcome_is_a_whole_document"
            ),
            void_with_reason("outcome"),
        ]
        triggers = only_voidable(
            "case",
            "channel",
            "result",
            "body",
            "number",
            "decided_on",
            "effective_on",
            "grounds",
            "fine",
            "file",
            "recorded_by",
            "recorded_at",
        )

    def __str__(self) -> str:
        return f"{self.get_channel_display()}{self.get_result_display()} {self.number}"


@read_once
def outcomes_of(case: Case) -> list[Outcome]:
    """Return the outcomes that count, in the order in which they took effect."""
    if not happened(case, Move.RECORD_OUTCOME):
        return []
    found = Outcome.objects.filter(case=case, voided_at=None).select_related("file", "recorded_by")
    return list(found.order_by("effective_on", "id"))


def is_revoked(case: Case) -> bool:
    """Tell whether the decision was revoked, so that nothing of it is carried out any more."""
    return any(outcome.result == Outcome.Result.REVOKED for outcome in outcomes_of(case))


def standing_fine(decision: Decision) -> Decimal:
    """Return what holds of the fine: the decision's own, the last change of it, nothing once revoked."""
    if is_revoked(decision.case):
        return Decimal(0)
    changed = [outcome.fine for outcome in outcomes_of(decision.case) if outcome.fine is not None]
    return changed[-1] if changed else decision.fine
