"""PaymentTerms: when a fine may be paid later or in parts, on the party's application and with approval."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.keeping import frozen, kept
from cases.dossier.models import Case
from cases.investigation.models import Voidable, void_with_reason


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of the fine and its last day."""

    due_on: date
    amount: Decimal


def _fixed_once(first: str, *others: str) -> pgtrigger.Condition:
    """Meet any change of these columns once the first is filled."""
    old, new = (", ".join(f"{row}.{name}" for name in (first, *others)) for row in ("OLD", "NEW"))
    return pgtrigger.Condition(f"OLD.{first} IS NOT NULL AND ({old}) IS DISTINCT FROM ({new})")


class PaymentTerms(Voidable):
    """A deferral (one part) or instalments (several): application and answer (行政处罚法第六十六条第二款).

    An answer entered by mistake is voided with its row; the application waits for its answer in another.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="payment_terms")
    applied_on = models.DateField(_("申请日期"))
    reason = models.TextField(_("经济困难情况"))
    application = models.ForeignKey(
        "cases.Scan", models.PROTECT, related_name="+", verbose_name=_("当事人的申请")
    )
    asked = models.JSONField(_("各期金额和期限"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    approved = models.BooleanField(_("是否批准"), null=True, blank=True)
    opinion = models.TextField(_("审批意见"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    sheet = models.OneToOneField(
        "cases.Instrument", models.PROTECT, null=True, related_name="+", verbose_name=_("审批表")
    )
    letter = models.OneToOneField(
        "cases.Instrument", models.PROTECT, null=True, related_name="+", verbose_name=_("通知书")
    )

    class Meta:
        verbose_name = _("延期（分期）缴纳")
        verbose_name_plural = _("延期（分期）缴纳")
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                name="payment_terms_once",
                condition=(Q(approved=None) | Q(approved=True)) & Q(voided_at=None),
            ),
            models.CheckConstraint(
                condition=Q(approved=None, answered_by=None, answered_at=None)
                | Q(approved__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
                name="payment_terms_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("recorded_by")),
                name="payment_terms_second_person",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="payment_terms_say_why"),
            models.CheckConstraint(
                condition=Q(voided_at=None) | Q(approved__isnull=False), name="payment_terms_void_an_answer"
            ),
            void_with_reason("payment_terms"),
        ]
        triggers = [
            kept(),
            frozen("case", "applied_on", "reason", "application", "asked"),
            pgtrigger.Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=_fixed_once("approved", "opinion", "answered_by_id", "answered_at"),
            ),
            pgtrigger.Protect(
                name="told_once",
                operation=pgtrigger.Update,
                condition=_fixed_once("letter_id", "sheet_id"),
            ),
            pgtrigger.Protect(
                name="void_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__voided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return "；".join(f"{part.due_on} {part.amount}" for part in self.instalments)

    @property
    def instalments(self) -> list[Instalment]:
        """The parts in the order of their days."""
        return [
            Instalment(date.fromisoformat(part["due_on"]), Decimal(part["amount"])) for part in self.asked
        ]
