"""Closure: why and when a case was closed. Shelf: its archive number. Volume: the bound case file."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import kept, kept_as_written
from cases.dossier.models import Case


class Closure(CountyScoped):
    """The proposal to close and the head's answer."""

    class Ground(models.TextChoices):
        """Why a case may be closed."""

        PERFORMED = "performed", _("处罚决定履行完毕")
        NO_PENALTY = "no_penalty", _("不予行政处罚")
        REVOKED = "revoked", _("处罚决定被依法撤销，终结执行")

    case = models.ForeignKey(Case, models.PROTECT, related_name="closures")
    ground = models.CharField(_("结案理由"), max_length=20, choices=Ground.choices)
    summary = models.TextField(_("执行情况"))
    uncorrected = models.TextField(_("责令改正未复查的说明"), blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answer = models.CharField(max_length=12, blank=True)
    answer_opinion = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("结案")
        verbose_name_plural = _("结案")
        constraints = [
            models.UniqueConstraint(fields=["case"], name="closure_one_open", condition=Q(answered_at=None)),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=models.F("proposed_by")),
                name="closure_second_person",
            ),
        ]
        triggers = [
            kept(),
            pgtrigger.Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_ground_display()}"


class Shelf(CountyScoped):
    """Under which number the archive of a body keeps a case, and whether its archive office gave it."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="shelf")
    body = models.ForeignKey("townships.Body", models.PROTECT, related_name="+", verbose_name=_("立档机关"))
    number = models.CharField(_("归档号"), max_length=60)
    by_hand = models.BooleanField(_("由档案室编号"), default=False)

    class Meta:
        verbose_name = _("归档号")
        verbose_name_plural = _("归档号")
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="shelf_number_once_in_an_archive"),
            models.CheckConstraint(condition=~Q(number=""), name="shelf_has_a_number"),
        ]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return self.number


class Volume(CountyScoped):
    """One binding of the case file: its PDF and pages; digest tells what it was bound from."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="volumes")
    digest = models.CharField(max_length=64)
    file = models.ForeignKey("papers.StoredFile", models.PROTECT, related_name="+")
    page_count = models.PositiveIntegerField()
    parts = models.JSONField(default=list)
    bound_at = models.DateTimeField()
    bound_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("卷宗")
        verbose_name_plural = _("卷宗")
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="volume_once_per_content")]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.case} {self.page_count}页"
