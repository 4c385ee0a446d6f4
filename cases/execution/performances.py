"""Performance: what proves that a penalty other than a fine or confiscated goods was carried out."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.dossier.models import Case
from cases.investigation.models import Voidable, only_voidable, void_with_reason
from catalog.models import PenaltyKind

# An order to correct is no penalty, but it too is obeyed or not (行政处罚法第二十八条第一款).
CORRECTION = "correction"
KINDS = [*PenaltyKind.choices, (CORRECTION, _("责令改正"))]


class Performance(Voidable):
    """One part of a decision carried out: how, where, when, on which paper (行政处罚法第六十六条第一款)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="performances")
    kind = models.CharField(_("执行内容"), max_length=20, choices=KINDS)
    manner = models.TextField(_("执行情况"))
    place = models.CharField(_("执行地点"), max_length=200, blank=True)
    done_on = models.DateField(_("执行完毕日期"))
    receipt_number = models.CharField(_("上缴国库凭证"), max_length=60, blank=True)
    proof = models.OneToOneField("cases.Scan", models.PROTECT, related_name="+", verbose_name=_("执行证明"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("执行记录")
        verbose_name_plural = _("执行记录")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                name="performance_counts_once_a_kind",
                condition=Q(voided_at=None),
            ),
            models.CheckConstraint(condition=~Q(manner=""), name="performance_says_how"),
            models.CheckConstraint(
                condition=~Q(kind=PenaltyKind.CONFISCATE_GAINS) | ~Q(receipt_number=""),
                name="performance_gains_to_treasury",
            ),
            void_with_reason("performance"),
        ]
        triggers = only_voidable(
            "case",
            "kind",
            "manner",
            "place",
            "done_on",
            "receipt_number",
            "proof",
            "recorded_by",
            "recorded_at",
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.done_on}"
