"""The training ledger: sessions with their hours, and who attended how long."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import kept_as_written
from townships.models.bodies import Body
from townships.models.people import Officer


class TrainingSession(CountyScoped):
    """One training: when, by whom, on what, how many hours."""

    title = models.CharField(_("培训内容"), max_length=120)
    held_on = models.DateField(_("日期"))
    hours = models.DecimalField(_("学时"), max_digits=4, decimal_places=1)
    organiser = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("组织单位")
    )
    venue = models.CharField(_("地点或平台"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("培训")
        verbose_name_plural = _("培训")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["county_id", "organiser", "title", "held_on"], name="training_once"
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="training_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.title}"


class TrainingAttendance(CountyScoped):
    """A person's attendance of a training, never longer than the training was."""

    session = models.ForeignKey(
        TrainingSession, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("培训")
    )
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="trainings", verbose_name=_("人员")
    )
    hours = models.DecimalField(_("学时"), max_digits=4, decimal_places=1)

    class Meta:
        verbose_name = _("参训记录")
        verbose_name_plural = _("参训记录")
        ordering = ["session_id", "officer_id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "officer"], name="training_attended_once"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="training_attended_some_time"),
        ]
        triggers = [
            kept_as_written(),
            pgtrigger.Trigger(
                name="within_the_session",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.hours > (
                        SELECT s.hours FROM townships_trainingsession s WHERE s.id = NEW.session_id
                    ) THEN
                        RAISE EXCEPTION 'longer than the training: %', NEW.session_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.session_id}"
