"""PriorNotice, Statement, Hearing: what the party was told and what it answered."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import frozen, kept
from cases.dossier.models import Case


class PriorNotice(CountyScoped):
    """The notice before a penalty: what is proposed, whether a hearing was offered."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    report = models.OneToOneField("cases.Report", models.PROTECT, related_name="notice")
    instrument = models.OneToOneField("cases.Instrument", models.PROTECT, related_name="+")
    fine = models.DecimalField(_("拟罚款（元）"), max_digits=14, decimal_places=2)
    kinds = models.JSONField(_("拟处罚种类"), default=list)
    hearing_offered = models.BooleanField(_("已告知听证权"))
    hearing_finding = models.JSONField(default=dict)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("签发时间"))
    served_at = models.DateTimeField(_("送达时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("事先告知")
        verbose_name_plural = _("事先告知")
        triggers = [
            kept(),
            frozen(
                "case",
                "report",
                "instrument",
                "fine",
                "kinds",
                "hearing_offered",
                "hearing_finding",
                "approved_by",
                "issued_at",
            ),
        ]

    def __str__(self) -> str:
        return str(self.instrument)


class Statement(CountyScoped):
    """What the party answered, or that it waived answering; and how it was reviewed."""

    class Kind(models.TextChoices):
        """An answer or a waiver."""

        STATEMENT = "statement", _("陈述申辩")
        WAIVER = "waiver", _("书面放弃")

    notice = models.ForeignKey(PriorNotice, models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    rights = ArrayField(models.CharField(max_length=20), default=list, verbose_name=_("放弃的权利"))
    made_at = models.DateTimeField(_("提出时间"))
    content = models.TextField(_("内容"))
    file = models.ForeignKey("papers.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    accepted = models.CharField(
        _("采纳情况"),
        max_length=12,
        blank=True,
        choices=[("all", _("采纳")), ("part", _("部分采纳")), ("none", _("不予采纳"))],
    )
    review_reasons = models.TextField(_("复核意见"), blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("陈述申辩")
        verbose_name_plural = _("陈述申辩")
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at=None) | (~Q(accepted="") & ~Q(review_reasons="")),
                name="statement_reviewed_with_reasons",
            )
        ]
        triggers = [
            kept(),
            frozen("notice", "kind", "rights", "made_at", "content", "file"),
            pgtrigger.Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__reviewed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.made_at:%Y-%m-%d}"


class Hearing(CountyScoped):
    """A hearing: requested, notified, held or ended, with its record and report."""

    class Outcome(models.TextChoices):
        """How it ended."""

        HELD = "held", _("已举行")
        WITHDRAWN = "withdrawn", _("当事人撤回")
        ABSENT = "absent", _("当事人无正当理由不到场")

    class Advice(models.TextChoices):
        """What the chair proposes in the report."""

        MAINTAIN = "maintain", _("维持拟处罚意见")
        CHANGE = "change", _("变更拟处罚意见")
        NO_PENALTY = "no_penalty", _("不予行政处罚")
        INVESTIGATE = "investigate", _("补充调查")
        WITHDRAW = "withdraw", _("撤销案件")

    notice = models.OneToOneField(PriorNotice, models.PROTECT, related_name="hearing")
    requested_at = models.DateTimeField(_("申请时间"))
    request = models.TextField(_("申请内容"))
    notified_at = models.DateTimeField(_("通知时间"), null=True, blank=True)
    instrument = models.ForeignKey("cases.Instrument", models.PROTECT, null=True, related_name="+")
    scheduled_at = models.DateTimeField(_("听证时间"), null=True, blank=True)
    place = models.CharField(_("听证地点"), max_length=200, blank=True)
    is_public = models.BooleanField(_("公开举行"), default=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("主持人")
    )
    recorder = models.CharField(_("记录人"), max_length=60, blank=True)
    outcome = models.CharField(_("结果"), max_length=12, choices=Outcome.choices, blank=True)
    ended_at = models.DateTimeField(_("听证结束时间"), null=True, blank=True)
    agents = models.CharField(_("代理人"), max_length=200, blank=True)
    record = models.TextField(_("听证笔录"), blank=True)
    defence = models.TextField(_("当事人的意见和证据"), blank=True)
    issues = models.TextField(_("争议焦点和证据采信"), blank=True)
    findings = models.TextField(_("听证认定的事实"), blank=True)
    advice = models.CharField(_("处理意见"), max_length=12, choices=Advice.choices, blank=True)
    report = models.TextField(_("听证意见"), blank=True)
    signature = models.CharField(_("签名情况"), max_length=200, blank=True)
    concluded_at = models.DateTimeField(_("登记时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("听证")
        verbose_name_plural = _("听证")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="held") | (~Q(record="") & ~Q(signature="")),
                name="hearing_held_has_signed_record",
            )
        ]
        triggers = [
            kept(),
            pgtrigger.Protect(
                name="concluded_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__concluded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} 听证"
