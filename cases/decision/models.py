"""CollectiveDiscussion and Decision."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import kept_as_written
from cases.dossier.models import Case
from cases.investigation.exoneration import Ground


class CollectiveDiscussion(CountyScoped):
    """The heads' discussion: who was present, what each said, what was concluded."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="discussions")
    report = models.ForeignKey("cases.Report", models.PROTECT, related_name="+")
    held_at = models.DateTimeField(_("讨论时间"))
    place = models.CharField(_("地点"), max_length=200)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("主持人")
    )
    recorder = models.CharField(_("记录人"), max_length=60)
    attendees = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("出席负责人")
    )
    opinions = models.TextField(_("每人意见"))
    conclusion = models.TextField(_("结论"))
    dissent = models.TextField(_("不同意见"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("集体讨论")
        verbose_name_plural = _("集体讨论")
        constraints = [
            models.CheckConstraint(
                condition=~Q(opinions="") & ~Q(conclusion=""), name="discussion_is_no_empty_record"
            )
        ]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.case} {self.held_at:%Y-%m-%d}"


class Decision(CountyScoped):
    """The penalty decision: what was decided, by which head, under which version of the item and grade."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="decision")
    report = models.ForeignKey("cases.Report", models.PROTECT, null=True, related_name="+")
    instrument = models.OneToOneField("cases.Instrument", models.PROTECT, related_name="+")
    kinds = models.JSONField(_("处罚种类"), default=list)
    fine = models.DecimalField(_("罚款（元）"), max_digits=14, decimal_places=2)
    reasons = models.TextField(_("决定理由"))
    decided_at = models.DateTimeField(_("决定时间"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions")
    late_reasons = models.TextField(_("超期说明"), blank=True)
    ground = models.CharField(_("不予处罚情形"), max_length=20, choices=Ground.choices, blank=True)
    education = models.TextField(_("对当事人的教育"), blank=True)
    on_hearing = models.TextField(_("依据听证笔录的说明"), blank=True)

    class Meta:
        verbose_name = _("处罚决定")
        verbose_name_plural = _("处罚决定")
        constraints = [
            models.CheckConstraint(condition=Q(fine__gte=0), name="decision_fine_not_negative"),
            models.CheckConstraint(
                condition=~Q(kinds=[])
                | Q(ground=Ground.NOT_ESTABLISHED)
                | (~Q(ground="") & ~Q(education="")),
                name="decision_unpunished_is_educated",
            ),
        ]
        triggers = [
            kept_as_written(),
            pgtrigger.Trigger(
                name="after_recusals",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM cases_recusal WHERE case_id = NEW.case_id AND resolved_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'a challenge of an officer awaits its answer'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.instrument)
