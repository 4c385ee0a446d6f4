"""Two dates always: in force on (valid time) and known at (record time); no overlap, by the database."""

from datetime import date, datetime
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped


class Status(models.TextChoices):
    """Life of a version: only a published one has effect, and it is frozen."""

    DRAFT = "draft", _("待发布")
    PUBLISHED = "published", _("已发布")
    DISCARDED = "discarded", _("已弃用")


def in_force_query(on: date, known_at: datetime | None = None, prefix: str = "") -> Q:
    """Select published rows in force on a day, as known today or as known at an earlier instant."""

    def q(**conditions: Any) -> Q:
        return Q(**{prefix + name: value for name, value in conditions.items()})

    started = q(status=Status.PUBLISHED, valid_from__lte=on)
    if known_at is None:
        return started & q(recorded_to=None) & (q(valid_to=None) | q(valid_to__gt=on))
    believed = q(recorded_from__lte=known_at) & (q(recorded_to=None) | q(recorded_to__gt=known_at))
    open_then = (q(closed_at=None) | q(closed_at__gt=known_at)) & (q(planned_to=None) | q(planned_to__gt=on))
    return started & believed & (open_then | q(closed_at__lte=known_at, valid_to__gt=on))


# The same for a statement of its own, as known today: with the day twice.
IN_FORCE = """
    {0}.status = 'published' AND {0}.recorded_to IS NULL AND {0}.valid_from <= %s::date
    AND ({0}.valid_to IS NULL OR {0}.valid_to > %s::date)
"""


class EffectiveQuerySet(models.QuerySet[Any]):
    """Questions every effective-dated table answers."""

    def in_force(self, on: date, known_at: datetime | None = None) -> Self:
        """Keep what is in force on a day (as known at an instant)."""
        return self.filter(in_force_query(on, known_at))

    def current(self) -> Self:
        """Keep published rows that are still believed, whatever their dates."""
        return self.filter(status=Status.PUBLISHED, recorded_to=None)


class Effective(CountyScoped):
    """A frozen, dated statement: valid from (inclusive) to (exclusive), recorded from and to.

    Ending a row early is recorded, not overwritten: planned_to keeps the end it was published with and
    closed_at the instant at which valid_to was brought forward.
    """

    status = models.CharField(_("状态"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    valid_from = models.DateField(_("生效日期"), null=True, blank=True)
    valid_to = models.DateField(_("失效日期"), null=True, blank=True, help_text=_("自该日起不再适用"))
    planned_to = models.DateField(_("发布时的失效日期"), null=True, blank=True)
    closed_at = models.DateTimeField(_("提前终止的登记时间"), null=True, blank=True)
    recorded_from = models.DateTimeField(_("登记时间"), null=True, blank=True)
    recorded_to = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    source = models.TextField(_("来源"), blank=True, default="")
    # Plain numbers, as in the trail: officers live on the floor above.
    drafted_by_id = models.BigIntegerField(_("起草人"), null=True, blank=True)
    drafted_by_name = models.CharField(_("起草人姓名"), max_length=60, blank=True, default="")
    published_by_id = models.BigIntegerField(_("发布人"), null=True, blank=True)
    published_by_name = models.CharField(_("发布人姓名"), max_length=60, blank=True, default="")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_dated_when_published",
                condition=~Q(status=Status.PUBLISHED)
                | Q(valid_from__isnull=False, recorded_from__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_ends_after_start",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="%(class)s_second_person",
                condition=Q(published_by_id=None) | ~Q(published_by_id=F("drafted_by_id")),
            ),
        ]

    def in_force_on(self, on: date) -> bool:
        """Tell whether this row, as believed now, is in force on a day."""
        if self.status != Status.PUBLISHED or self.recorded_to or self.valid_from is None:
            return False
        return self.valid_from <= on and (self.valid_to is None or self.valid_to > on)


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class _InstantRange(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


def no_overlap(name: str, *keys: str) -> ExclusionConstraint:
    """Forbid two published rows of one key in force on one day as known at one instant."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *[(key, RangeOperators.EQUAL) for key in keys],
            (_DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
            (_InstantRange("recorded_from", "recorded_to"), RangeOperators.OVERLAPS),
        ],
        condition=Q(status=Status.PUBLISHED),
    )


def frozen_once_published(*free: str) -> pgtrigger.Trigger:
    """Refuse any change of a published row except ending it and the named columns without legal weight."""
    columns = ", ".join(f"'{name}'" for name in ("valid_to", "closed_at", "recorded_to", *free))
    return pgtrigger.Trigger(
        name="frozen_once_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__status=Status.PUBLISHED.value),
        func=f"""
            IF TG_OP = 'DELETE' THEN
                RAISE EXCEPTION 'a published version is never deleted' USING ERRCODE = 'check_violation';
            END IF;
            IF to_jsonb(NEW) - ARRAY[{columns}] <> to_jsonb(OLD) - ARRAY[{columns}] THEN
                RAISE EXCEPTION 'a published version is frozen' USING ERRCODE = 'check_violation';
            END IF;
            IF OLD.recorded_to IS NOT NULL AND NEW.recorded_to IS DISTINCT FROM OLD.recorded_to
               OR OLD.closed_at IS NOT NULL AND (NEW.closed_at, NEW.valid_to)
                  IS DISTINCT FROM (OLD.closed_at, OLD.valid_to)
               OR NEW.valid_to IS DISTINCT FROM OLD.valid_to
                  AND (NEW.closed_at IS NULL OR NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to)
            THEN
                RAISE EXCEPTION 'an end once recorded is not moved' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )
