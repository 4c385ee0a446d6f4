"""SpotCollection: a fine taken on the spot, why that was lawful, and how the money went on to the bank."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import frozen, kept


class SpotCollection(CountyScoped):
    """One payment taken by the officers themselves (行政处罚法第六十八条至第七十一条)."""

    class Ground(models.TextChoices):
        """Why money may be taken on the spot."""

        SMALL = "small", _("当场作出的小额罚款")
        HARD = "hard", _("当场作出，不当场收缴事后难以执行")
        REMOTE = "remote", _("边远、水上、交通不便地区，当事人缴纳确有困难并提出")

    payment = models.OneToOneField("cases.Payment", models.PROTECT, related_name="spot")
    ground = models.CharField(_("当场收缴的情形"), max_length=8, choices=Ground.choices)
    explanation = models.TextField(_("情形说明"), blank=True)
    request = models.OneToOneField(
        "cases.Scan", models.PROTECT, null=True, related_name="+", verbose_name=_("当事人的要求")
    )
    collected_at = models.DateTimeField(_("收缴时间"))
    landed_at = models.DateTimeField(_("抵岸时间"), null=True, blank=True)
    handed_in_at = models.DateTimeField(_("交至机关时间"), null=True, blank=True)
    received_by = models.CharField(_("机关收款人"), max_length=60, blank=True)
    banked_on = models.DateField(_("缴付银行日期"), null=True, blank=True)
    slip_number = models.CharField(_("银行回单号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("当场收缴")
        verbose_name_plural = _("当场收缴")
        constraints = [
            models.CheckConstraint(
                condition=Q(ground="small") | ~Q(explanation=""), name="spot_collection_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(ground="remote") | Q(request__isnull=False), name="spot_collection_asked_for"
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at=None, received_by="")
                | (Q(handed_in_at__isnull=False, handed_in_at__gte=F("collected_at")) & ~Q(received_by="")),
                name="spot_collection_handed_in_whole",
            ),
            models.CheckConstraint(
                condition=Q(banked_on=None, slip_number="")
                | (Q(banked_on__isnull=False, handed_in_at__isnull=False) & ~Q(slip_number="")),
                name="spot_collection_banked_last",
            ),
        ]
        triggers = [
            kept(),
            frozen("payment", "ground", "explanation", "request", "collected_at", "landed_at"),
            pgtrigger.Protect(
                name="banked_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__banked_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment} {self.get_ground_display()}"
