"""Officers at work for another body than their own, from one day to another."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import frozen, kept
from townships.models.bodies import Body
from townships.models.guards import never_auxiliary
from townships.models.people import Officer
from townships.models.periods import Days, ordered_days


class Secondment(CountyScoped):
    """An officer of one body at work for another: what may be done there begins and ends with these days.

    stationed: county-owned and township-used; the officer works there instead of at home.
    aid: lent beside the own work, for a time, or for one case named by its number.
    """

    class Kind(models.TextChoices):
        """In which way the officer is lent."""

        STATIONED = "stationed", _("县属乡用（派驻）")
        AID = "aid", _("互助借用")

    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="secondments", verbose_name=_("人员")
    )
    kind = models.CharField(_("方式"), max_length=10, choices=Kind.choices)
    owner = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="lent_officers", verbose_name=_("编制单位")
    )
    using = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="borrowed_officers", verbose_name=_("使用单位")
    )
    agreement = models.CharField(_("协议或文件编号"), max_length=100)
    case_number = models.CharField(
        _("限于案件"), max_length=60, blank=True, help_text=_("只为一件案件借用的填写案号或线索编号")
    )
    appraisal_share = models.PositiveSmallIntegerField(
        _("使用单位考核权重（%）"), null=True, blank=True, help_text=_("按协议填写；协议没有约定的留空")
    )
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("至"))

    class Meta:
        verbose_name = _("借用派驻")
        verbose_name_plural = _("借用派驻")
        ordering = ["-valid_from", "id"]
        constraints = [
            models.CheckConstraint(condition=ordered_days(), name="secondment_in_order"),
            models.CheckConstraint(condition=~Q(owner=F("using")), name="secondment_to_another_body"),
            models.CheckConstraint(condition=~Q(agreement=""), name="secondment_by_agreement"),
            models.CheckConstraint(
                condition=Q(case_number="") | Q(kind="aid"), name="secondment_for_a_case_is_aid"
            ),
            models.CheckConstraint(
                condition=Q(appraisal_share=None) | Q(appraisal_share__lte=100),
                name="secondment_share_of_hundred",
            ),
            ExclusionConstraint(
                name="secondment_once_a_day",
                expressions=[
                    (F("officer"), RangeOperators.EQUAL),
                    (F("case_number"), RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            never_auxiliary(),
            kept(),
            frozen("officer", "kind", "owner", "using", "agreement", "case_number", "valid_from"),
            pgtrigger.Protect(
                name="never_longer",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__valid_to__gt=pgtrigger.F("old__valid_to")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} → {self.using} {self.valid_from}–{self.valid_to}"
