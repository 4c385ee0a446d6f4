"""Clock: one statutory period of one case, always derived from the event that started it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
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
        indexes = [models.Index(fields=["due_on", "id"], name="clock_due", condition=Q(state="running"))]

    def __str__(self) -> str:
        return f"{self.clock_id} → {self.due_on}"
