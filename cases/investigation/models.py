"""Exhibit, Record (inspection, interview), Correction, Report: what the investigation brought together."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import frozen, kept, kept_as_written
from cases.dossier.models import Case
from cases.investigation.exoneration import BARRED, Ground


class Voidable(CountyScoped):
    """An entry that is never deleted: a mistaken one is voided with its reason and stays readable."""

    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    void_reason = models.CharField(_("作废理由"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def is_void(self) -> bool:
        """Tell whether the entry was voided."""
        return self.voided_at is not None


def void_with_reason(name: str) -> models.CheckConstraint:
    """Demand a reason of every voided entry."""
    return models.CheckConstraint(
        condition=Q(voided_at=None) | (~Q(void_reason="") & Q(voided_by__isnull=False)),
        name=f"{name}_void_with_reason",
    )


def only_voidable(*fields: str) -> list[pgtrigger.Trigger]:
    """Refuse DELETE, any change of what was recorded, and the undoing of a voiding."""
    return [
        kept(),
        frozen(*fields),
        pgtrigger.Protect(
            name="void_stays",
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__voided_at__isnull=False),
        ),
    ]


class Exhibit(Voidable):
    """One piece of evidence: kind by law, what it proves, who took it where and when, its file."""

    class Kind(models.TextChoices):
        """The eight kinds of 行政处罚法第四十六条."""

        DOCUMENTARY = "documentary", _("书证")
        PHYSICAL = "physical", _("物证")
        AUDIOVISUAL = "audiovisual", _("视听资料")
        ELECTRONIC = "electronic", _("电子数据")
        WITNESS = "witness", _("证人证言")
        STATEMENT = "statement", _("当事人的陈述")
        EXPERT = "expert", _("鉴定意见")
        SITE_RECORD = "site_record", _("勘验笔录、现场笔录")

    case = models.ForeignKey(Case, models.PROTECT, related_name="exhibits")
    number = models.PositiveSmallIntegerField(_("证据编号"))
    kind = models.CharField(_("证据种类"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("名称"), max_length=200)
    proves = models.CharField(_("证明事项"), max_length=300)
    source = models.CharField(_("来源"), max_length=200)
    collected_at = models.DateTimeField(_("取证时间"))
    place = models.CharField(_("取证地点"), max_length=200)
    file = models.ForeignKey("papers.StoredFile", models.PROTECT, related_name="+", verbose_name=_("文件"))
    collected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    collectors = models.JSONField(_("取证人"), default=list)
    by_device = models.BooleanField(_("电子技术监控设备记录"), default=False)
    unlawful = models.BooleanField(_("非法证据"), default=False)

    class Meta:
        verbose_name = _("证据")
        verbose_name_plural = _("证据")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="exhibit_number_once"),
            void_with_reason("exhibit"),
            models.CheckConstraint(
                condition=Q(unlawful=False) | Q(voided_at__isnull=False), name="exhibit_unlawful_is_void"
            ),
        ]
        triggers = only_voidable(
            "case",
            "number",
            "kind",
            "title",
            "proves",
            "source",
            "collected_at",
            "place",
            "file",
            "collectors",
            "by_device",
        )

    def __str__(self) -> str:
        return f"证{self.number:02d} {self.title}"


class Record(Voidable):
    """An inspection or interview record: from when to when, by which two officers, with rights told."""

    class Kind(models.TextChoices):
        """What was recorded."""

        INSPECTION = "inspection", _("现场检查笔录")
        INTERVIEW = "interview", _("询问笔录")

    case = models.ForeignKey(Case, models.PROTECT, related_name="records")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    started_at = models.DateTimeField(_("开始时间"))
    ended_at = models.DateTimeField(_("结束时间"))
    place = models.CharField(_("地点"), max_length=200)
    subject = models.CharField(_("被检查人或被询问人"), max_length=100)
    content = models.TextField(_("记录内容"))
    certificate_shown = models.BooleanField(_("已出示执法证件"))
    rights_told = models.BooleanField(_("已告知权利义务"))
    notice_reply = models.CharField(_("对告知的答复"), max_length=200, blank=True)
    recusal_reply = models.CharField(_("是否申请回避"), max_length=200, blank=True)
    signature = models.CharField(_("签名情况"), max_length=200)
    instrument = models.ForeignKey("cases.Instrument", models.PROTECT, null=True, related_name="+")
    officers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="records_made")

    class Meta:
        verbose_name = _("笔录")
        verbose_name_plural = _("笔录")
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gt=F("started_at")), name="record_ends_after_start"),
            models.CheckConstraint(condition=Q(certificate_shown=True), name="record_certificate_shown"),
            void_with_reason("record"),
        ]
        triggers = only_voidable(
            "case", "kind", "started_at", "ended_at", "place", "subject", "content", "signature", "instrument"
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {timezone.localtime(self.started_at):%Y-%m-%d %H:%M}"


class Correction(CountyScoped):
    """An order to correct, with its last day and what a second look found."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="corrections")
    instrument = models.ForeignKey("cases.Instrument", models.PROTECT, related_name="+")
    demand = models.TextField(_("改正要求"))
    due_on = models.DateField(_("改正期限"), null=True, blank=True)
    ordered_at = models.DateTimeField(_("责令时间"))

    class Meta:
        verbose_name = _("责令改正")
        verbose_name_plural = _("责令改正")
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_on or ''}"


class Scan(CountyScoped):
    """A signed paper photographed or scanned back into the file, bound behind the document it belongs to."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="scans")
    instrument = models.ForeignKey("cases.Instrument", models.PROTECT, related_name="scans")
    file = models.ForeignKey("papers.StoredFile", models.PROTECT, related_name="+")
    note = models.CharField(_("说明"), max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("签字件")
        verbose_name_plural = _("签字件")
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.instrument} · {self.file}"


class Report(CountyScoped):
    """The report that ends an investigation: facts, proof, provision, grade, penalty; one a round."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reports")
    round = models.PositiveSmallIntegerField(_("第几次"))
    facts = models.TextField(_("违法事实"))
    reasoning = models.TextField(_("定性与裁量理由"))
    band = models.ForeignKey(
        "catalog.DiscretionBand", models.PROTECT, null=True, related_name="+", verbose_name=_("裁量阶次")
    )
    kinds = models.JSONField(_("拟处罚种类"), default=list)
    fine = models.DecimalField(_("拟罚款（元）"), max_digits=14, decimal_places=2)
    quantity = models.DecimalField(_("计罚数量"), max_digits=14, decimal_places=2, default=1)
    confiscated_gains = models.DecimalField(
        _("没收违法所得（元）"), max_digits=14, decimal_places=2, default=0
    )
    confiscated_goods = models.DecimalField(
        _("没收财物价值（元）"), max_digits=14, decimal_places=2, default=0
    )
    deviation_reasons = models.TextField(_("偏离裁量基准的理由"), blank=True)
    mitigation_basis = models.CharField(_("减轻处罚依据"), max_length=200, blank=True)
    calculation = models.JSONField(_("裁量计算"), default=dict, blank=True)
    exemption_refusal = models.TextField(_("不采纳不予处罚建议的理由"), blank=True)
    guide = models.ForeignKey(
        "catalog.ItemGuide", models.PROTECT, null=True, related_name="+", verbose_name=_("办案指引")
    )
    ground = models.CharField(_("不予处罚情形"), max_length=20, choices=Ground.choices, blank=True)
    ground_reasons = models.TextField(_("认定的事实和理由"), blank=True)
    illegal_gains = models.DecimalField(_("违法所得（元）"), max_digits=14, decimal_places=2, default=0)
    gains_refunded = models.DecimalField(_("依法退赔（元）"), max_digits=14, decimal_places=2, default=0)
    gains_reasons = models.TextField(_("未予没收的理由"), blank=True)
    complex = models.BooleanField(_("情节复杂或者重大违法"), default=False)
    public_interest = models.BooleanField(_("涉及重大公共利益"), default=False)
    crime_suspected = models.BooleanField(_("涉嫌犯罪"), default=False)
    item_version = models.ForeignKey("catalog.ItemVersion", models.PROTECT, related_name="+")
    concluded_at = models.DateTimeField(_("终结时间"))
    concluded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("调查终结报告")
        verbose_name_plural = _("调查终结报告")
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="report_once_a_round"),
            models.CheckConstraint(
                condition=Q(fine__gte=0, confiscated_gains__gte=0, confiscated_goods__gte=0),
                name="report_fine_not_negative",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="report_quantity_positive"),
            models.CheckConstraint(
                condition=~Q(ground__in=list(BARRED)) | Q(kinds=[]), name="report_exonerated_unpunished"
            ),
            models.CheckConstraint(
                condition=Q(illegal_gains__lte=F("gains_refunded") + F("confiscated_gains"))
                | ~Q(gains_reasons=""),
                name="report_gains_confiscated",
            ),
        ]
        triggers = [
            kept_as_written(),
            pgtrigger.Trigger(
                name="devices_reviewed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM cases_exhibit e
                        LEFT JOIN cases_devicereview r ON r.exhibit_id = e.id
                        WHERE e.case_id = NEW.case_id AND e.by_device AND e.voided_at IS NULL AND r.id IS NULL
                    ) THEN
                        RAISE EXCEPTION 'the record of a device awaits its review'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} 第{self.round}次"
