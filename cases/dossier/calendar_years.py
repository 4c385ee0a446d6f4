"""CalendarYear: the State Council's days off of one year, proposed by one person, approved by another."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import frozen, kept
from law.calendar import DayName, YearCalendar


class CalendarYear(CountyScoped):
    """One year's notice as it was read; a later approved one of the same year replaces it.

    days: [{"day", "zh", "en", "makeup"}].
    """

    year = models.PositiveSmallIntegerField(_("年份"))
    notice = models.CharField(_("文号"), max_length=60, blank=True)
    source = models.CharField(_("来源"), max_length=300)
    days = models.JSONField(_("放假和调休"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("导入人")
    )
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("核准人"),
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    recomputed_at = models.DateTimeField(_("重算完成"), null=True, blank=True)

    class Meta:
        verbose_name = _("年度放假安排")
        verbose_name_plural = _("年度放假安排")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("proposed_by")),
                name="calendar_year_second_person",
            ),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2200), name="calendar_year_sane"),
        ]
        triggers = [
            kept(),
            frozen("year", "notice", "source", "days", "proposed_by"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.notice}"

    def as_law(self) -> YearCalendar:
        """Give the year as the law package counts with it."""
        days = {
            date.fromisoformat(row["day"]): DayName(row["zh"], row["en"], row["makeup"]) for row in self.days
        }
        return YearCalendar(year=self.year, notice=self.notice, source=self.source, days=days)


def as_rows(read: YearCalendar) -> list[dict[str, Any]]:
    """Give the days of a year that was read, to be stored."""
    return [
        {"day": day.isoformat(), "zh": name.zh, "en": name.en, "makeup": name.makeup}
        for day, name in sorted(read.days.items())
    ]
