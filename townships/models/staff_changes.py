"""Who joins, leaves, moves or is stationed elsewhere: proposed by one, approved by the establishment."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import frozen, kept
from townships.models.bodies import Body
from townships.models.people import Officer


class StaffChange(CountyScoped):
    """One proposed change of a person's place of work, and what the establishment office said to it."""

    class Kind(models.TextChoices):
        """What changes."""

        JOIN = "join", _("入列")
        LEAVE = "leave", _("离岗")
        MOVE = "move", _("调动")
        STATION = "station", _("派驻（县属乡用）")

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("待审核")
        APPROVED = "approved", _("同意")
        DECLINED = "declined", _("不同意")

    kind = models.CharField(_("变动"), max_length=10, choices=Kind.choices)
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="staff_changes", verbose_name=_("人员")
    )
    from_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("原单位")
    )
    to_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("新单位")
    )
    effective_on = models.DateField(_("日期"), help_text=_("入列、调动、派驻为第一日；离岗为在岗的最后一日"))
    until = models.DateField(_("派驻至"), null=True, blank=True)
    appraisal_share = models.PositiveSmallIntegerField(_("使用单位考核权重（%）"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=300)
    document = models.CharField(_("文件或协议编号"), max_length=100)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    proposed_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    proposed_at = models.DateTimeField(_("申请时间"))
    decided_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("审核人")
    )
    decided_at = models.DateTimeField(_("审核时间"), null=True)
    opinion = models.CharField(_("审核意见"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("人员异动")
        verbose_name_plural = _("人员异动")
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer"], condition=Q(state="open"), name="staff_change_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None)
                | ~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(opinion=""),
                name="staff_change_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("officer")),
                name="staff_change_second_person",
            ),
            models.CheckConstraint(
                condition=Q(kind="leave", to_body=None) | ~Q(kind="leave") & Q(to_body__isnull=False),
                name="staff_change_leads_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(kind="station", until__gte=F("effective_on"))
                | ~Q(kind="station") & Q(until=None),
                name="staff_change_stationed_until",
            ),
        ]
        triggers = [
            kept(),
            pgtrigger.Protect(
                name="decided_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="open"),
            ),
            frozen("kind", "officer", "from_body", "to_body", "effective_on", "until", "proposed_by"),
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.get_kind_display()}"
