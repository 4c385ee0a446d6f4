"""Clock: one statutory period of one case, always derived from the event that started it.

Suspension, Extension: what stops or lengthens it. ClockChange: what its date was before it moved.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import frozen, kept, kept_as_written
from cases.dossier.models import Case


class Clock(CountyScoped):
    """A running or ended period.

    kind: what the stage table names (case_decision …); clock_id: the row of law/data it resolved to under the
    case's profile. due_on is never typed: it is what `law.time_limits.due` derives from started_at.
    """

    class State(models.TextChoices):
        """How the period stands."""

        RUNNING = "running", _("进行中")
        STOPPED = "stopped", _("已完成")
        CANCELLED = "cancelled", _("不再适用")

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=40)
    clock_id = models.CharField(max_length=60)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    event = models.ForeignKey("audit.Event", models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("起算"))
    due_on = models.DateField(_("到期日"), null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(_("暂定"), default=False)
    derivation = models.JSONField(default=dict)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey("audit.Event", models.PROTECT, null=True, blank=True, related_name="+")
    warned_level = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = _("时限")
        verbose_name_plural = _("时限")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], name="clock_runs_once", condition=Q(state="running")
            ),
            models.CheckConstraint(
                condition=Q(state="running", stopped_at=None) | ~Q(state="running"),
                name="clock_running_is_not_stopped",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="clock_due", condition=Q(state="running")),
            models.Index(
                fields=["county_id", "due_on", "id"], name="clock_county_due", condition=Q(state="running")
            ),
        ]
        triggers = [kept()]

    def __str__(self) -> str:
        return f"{self.clock_id} → {self.due_on}"

    @property
    def is_paused(self) -> bool:
        """Tell whether a suspension is still open, so that there is no due day yet."""
        return self.state == self.State.RUNNING and self.derivation.get("kind") == "suspended"


class Suspension(CountyScoped):
    """Days that do not count, on a ground that the clock's rule grants: [started_on, ended_on)."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="suspensions")
    ground = models.CharField(_("中止事由"), max_length=30)
    started_on = models.DateField(_("中止之日"))
    ended_on = models.DateField(_("恢复之日"), null=True, blank=True)
    document = models.CharField(_("证明文书"), max_length=200)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("批准人")
    )
    event = models.ForeignKey("audit.Event", models.PROTECT, related_name="+")
    ended_by = models.ForeignKey("audit.Event", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("期限中止")
        verbose_name_plural = _("期限中止")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="clock_suspension_in_order",
            ),
            models.UniqueConstraint(
                fields=["clock"], name="clock_suspension_open_once", condition=Q(ended_on=None)
            ),
            models.CheckConstraint(condition=~Q(document=""), name="clock_suspension_proved"),
        ]
        triggers = [
            kept(),
            frozen("clock", "ground", "started_on", "document", "approved_by", "event"),
            pgtrigger.Protect(
                name="end_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.started_on}–{self.ended_on or ''}"


class Extension(CountyScoped):
    """One rung of the ladder that a clock's rule grants, with who approved it (行政处罚法第六十条).

    voided_by: the event that voided an approval entered by mistake; the extension counts no more.
    """

    class Approver(models.TextChoices):
        """Who may grant it inside an organ."""

        HEAD = "head", _("行政机关负责人")
        COLLECTIVE = "collective_discussion", _("负责人集体讨论")

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="extensions")
    rung = models.PositiveSmallIntegerField(_("第几次"))
    length = models.PositiveIntegerField(_("延长"))
    approver = models.CharField(_("批准方式"), max_length=24, choices=Approver.choices)
    approved_on = models.DateField(_("批准之日"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("批准人")
    )
    reason = models.TextField(_("理由"))
    minutes = models.TextField(_("集体讨论记录"), blank=True)
    event = models.ForeignKey("audit.Event", models.PROTECT, related_name="+")
    voided_by = models.ForeignKey("audit.Event", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("期限延长")
        verbose_name_plural = _("期限延长")
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "rung"], name="extension_counts_once_a_rung", condition=Q(voided_by=None)
            ),
            models.CheckConstraint(condition=Q(length__gt=0, rung__gt=0), name="extension_positive"),
            models.CheckConstraint(
                condition=~Q(approver="collective_discussion") | ~Q(minutes=""),
                name="extension_collective_has_minutes",
            ),
        ]
        triggers = [
            kept(),
            frozen(
                *("clock", "rung", "length", "approver", "approved_on", "approved_by"),
                *("reason", "minutes", "event"),
            ),
            pgtrigger.Protect(
                name="void_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__voided_by__isnull=False),
            ),
            pgtrigger.Trigger(
                name="payment_on_approved_terms",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM cases_clock c
                        WHERE c.id = NEW.clock_id AND c.kind IN ('fine_payment', 'fine_instalment')
                            AND NOT EXISTS (
                                SELECT 1 FROM cases_paymentterms t
                                WHERE t.case_id = c.case_id AND t.approved AND t.voided_at IS NULL
                            )
                    ) THEN
                        RAISE EXCEPTION 'the time to pay is lengthened on approved terms only'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} +{self.length}"

    @property
    def counts(self) -> bool:
        """Tell whether its approval holds."""
        return self.voided_by_id is None


class ClockChange(CountyScoped):
    """What a clock's date was before an event moved it, and what it is since."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="changes")
    event = models.ForeignKey("audit.Event", models.PROTECT, related_name="+")
    calendar = models.ForeignKey(
        "cases.CalendarYear", models.PROTECT, null=True, blank=True, related_name="changes"
    )
    before_on = models.DateField(_("原到期日"), null=True, blank=True)
    after_on = models.DateField(_("现到期日"), null=True, blank=True)
    was_provisional = models.BooleanField(_("原为暂定"), default=False)

    class Meta:
        verbose_name = _("到期日变动")
        verbose_name_plural = _("到期日变动")
        indexes = [models.Index(fields=["calendar", "id"], name="clock_change_calendar")]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.before_on} → {self.after_on}"
