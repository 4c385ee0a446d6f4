"""Payment: money the bank received, with its receipt."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.dossier.models import Case
from cases.investigation.models import Voidable, only_voidable, void_with_reason


class Payment(Voidable):
    """One payment: to the designated bank, by electronic payment, or lawfully taken on the spot.

    行政处罚法第六十七条至第六十九条。
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="payments")
    amount = models.DecimalField(_("金额（元）"), max_digits=14, decimal_places=2)
    paid_on = models.DateField(_("缴款日期"))
    receipt_number = models.CharField(_("票据号码"), max_length=60)
    channel = models.CharField(
        _("缴款渠道"),
        max_length=12,
        choices=[("bank", _("代收银行")), ("electronic", _("电子支付")), ("on_spot", _("当场收缴"))],
    )
    payer = models.CharField(_("缴款人"), max_length=200)
    proof = models.ForeignKey(
        "papers.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name=_("票据影像")
    )
    instrument = models.OneToOneField(
        "cases.Instrument", models.PROTECT, null=True, related_name="payment", verbose_name=_("票据粘贴页")
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("缴款")
        verbose_name_plural = _("缴款")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            # A receipt that was entered by mistake may be entered anew where it belongs.
            models.UniqueConstraint(
                fields=["county_id", "receipt_number"],
                name="payment_receipt_counts_once",
                condition=Q(voided_at=None),
            ),
            void_with_reason("payment"),
        ]
        triggers = only_voidable(
            "case",
            "amount",
            "paid_on",
            "receipt_number",
            "channel",
            "payer",
            "proof",
            "instrument",
            "recorded_by",
            "recorded_at",
        )

    def __str__(self) -> str:
        return f"{self.receipt_number} {self.amount}"
