"""What follows a decision that is not obeyed, and what becomes of confiscated goods."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import kept_as_written
from cases.dossier.models import Case


class Surcharge(CountyScoped):
    """A surcharge on a fine paid late, never more than the fine (行政处罚法第七十二条第一款第（一）项)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="surcharges")
    principal = models.DecimalField(_("未缴罚款（元）"), max_digits=14, decimal_places=2)
    days = models.PositiveIntegerField(_("逾期天数"))
    amount = models.DecimalField(_("加处罚款（元）"), max_digits=14, decimal_places=2)
    until = models.DateField(_("计至"))
    instrument = models.ForeignKey("cases.Instrument", models.PROTECT, related_name="+")
    imposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    imposed_at = models.DateTimeField(_("决定时间"))

    class Meta:
        verbose_name = _("加处罚款")
        verbose_name_plural = _("加处罚款")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=F("principal")), name="surcharge_within_the_fine"
            )
        ]
        triggers = [
            kept_as_written(),
            pgtrigger.Trigger(
                name="never_more_than_the_fine",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.amount + COALESCE(
                        (SELECT SUM(amount) FROM cases_surcharge WHERE case_id = NEW.case_id), 0
                    ) > (SELECT fine FROM cases_decision WHERE case_id = NEW.case_id) THEN
                        RAISE EXCEPTION 'the surcharge is more than the fine'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.instrument)


class GoodsDisposal(CountyScoped):
    """What became of confiscated goods, and where the proceeds went (行政处罚法第七十四条)."""

    class Manner(models.TextChoices):
        """How the law lets confiscated goods be disposed of."""

        AUCTION = "auction", _("公开拍卖")
        STATE_RULES = "state_rules", _("按照国家有关规定处理")
        DESTROYED = "destroyed", _("依法销毁")

    case = models.OneToOneField(Case, models.PROTECT, related_name="goods_disposal")
    manner = models.CharField(_("处置方式"), max_length=12, choices=Manner.choices)
    basis = models.CharField(_("处置依据"), max_length=200)
    proceeds = models.DecimalField(_("所得款项（元）"), max_digits=14, decimal_places=2, default=0)
    receipt_number = models.CharField(_("上缴国库凭证"), max_length=60, blank=True)
    witnesses = models.CharField(_("监督人、见证人"), max_length=200, blank=True)
    disposed_on = models.DateField(_("处置日期"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("罚没物品处置")
        verbose_name_plural = _("罚没物品处置")
        constraints = [
            models.CheckConstraint(
                condition=Q(proceeds__gte=0) & (Q(proceeds=0) | ~Q(receipt_number="")),
                name="goods_proceeds_to_treasury",
            ),
            models.CheckConstraint(
                condition=~Q(basis="") & (~Q(manner="destroyed") | ~Q(witnesses="")),
                name="goods_destroyed_before_witnesses",
            ),
        ]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.get_manner_display()} {self.disposed_on}"
