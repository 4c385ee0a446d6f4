"""Hold: what is registered and kept as evidence, who approved it, what became of it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import frozen, kept
from cases.dossier.models import Case


class Hold(CountyScoped):
    """One hold of evidence (行政处罚法第五十六条): proposal, the head's answer, disposal."""

    class Disposal(models.TextChoices):
        """What may become of what was held."""

        RELEASE = "release", _("解除登记保存，返还当事人")
        TEST = "test", _("送交检测、鉴定")
        CONFISCATE = "confiscate", _("依法没收")
        TRANSFER = "transfer", _("移送有管辖权的机关")

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds")
    goods = models.JSONField(_("物品清单"), default=list)
    place = models.CharField(_("保存地点"), max_length=200)
    reason = models.TextField(_("保存理由"))
    taken_at = models.DateTimeField(_("紧急先行保存的时间"), null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("呈报时间"))
    approved = models.BooleanField(_("是否批准"), null=True, blank=True)
    opinion = models.TextField(_("审批意见"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    started_at = models.DateTimeField(_("保存起始"), null=True, blank=True)
    due_on = models.DateField(_("处理期限"), null=True, blank=True)
    notice = models.ForeignKey("cases.Instrument", models.PROTECT, null=True, related_name="+")
    disposal = models.CharField(_("处理"), max_length=12, choices=Disposal.choices, blank=True)
    disposal_note = models.CharField(_("处理说明"), max_length=300, blank=True)
    disposed_at = models.DateTimeField(_("处理时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("先行登记保存")
        verbose_name_plural = _("先行登记保存")
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                name="hold_one_at_a_time",
                condition=Q(disposed_at=None) & (Q(approved=None) | Q(approved=True)),
            ),
            models.CheckConstraint(
                condition=Q(started_at=None)
                | Q(
                    approved__isnull=False,
                    approved=True,
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
                name="hold_only_when_approved",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("proposed_by")), name="hold_second_person"
            ),
            models.CheckConstraint(
                condition=Q(disposed_at=None, disposal="")
                | (Q(disposed_at__isnull=False, started_at__isnull=False) & ~Q(disposal="")),
                name="hold_disposed_whole",
            ),
        ]
        triggers = [
            kept(),
            frozen("case", "goods", "reason", "taken_at", "proposed_by"),
            pgtrigger.Protect(
                name="disposed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__disposed_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="released_when_overdue",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__disposed_at__isnull=True, new__disposed_at__isnull=False),
                func="""
                    IF (NEW.disposed_at AT TIME ZONE 'Asia/Shanghai')::date > NEW.due_on
                        AND NEW.disposal <> 'release' THEN
                        RAISE EXCEPTION 'after seven working days what was held is released'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return "、".join(item.get("name", "") for item in self.goods)
