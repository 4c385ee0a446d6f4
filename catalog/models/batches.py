"""What was brought in: a batch per uploaded list, a row per row of the file, raw cells kept."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from catalog.models.lists import PowerList


class BatchState(models.TextChoices):
    """Life of a batch."""

    MAPPING = "mapping", _("待核对列")
    STAGED = "staged", _("待发布")
    PUBLISHED = "published", _("已发布")
    DISCARDED = "discarded", _("已放弃")


class RowOutcome(models.TextChoices):
    """What became of a row: every row of a file is one of these."""

    ITEM = "item", _("事项")
    BAND = "band", _("裁量阶次")
    CONTINUED = "continued", _("续行")
    SKIPPED = "skipped", _("未采用")


class ImportBatch(CountyScoped):
    """One staged file: its digest, its report and the two people who answer for it."""

    power_list = models.ForeignKey(
        PowerList, on_delete=models.PROTECT, related_name="batches", verbose_name=_("清单")
    )
    file_name = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField(_("文件校验值"), max_length=64)
    file = models.BinaryField(_("原文件"), null=True, editable=False)
    mapping = models.JSONField(_("列的对应"), default=dict, blank=True, db_default={})
    job_id = models.BigIntegerField(_("后台任务"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=BatchState.choices, default=BatchState.STAGED)
    complete = models.BooleanField(
        _("完整清单"), default=False, help_text=_("文件中没有的事项自生效日起移出清单")
    )
    effective_on = models.DateField(_("生效日期"), null=True, blank=True)
    source = models.TextField(
        _("出处"), blank=True, default="", db_default="", help_text=_("本次公布的文件；空的按清单的来源")
    )
    expected_count = models.PositiveIntegerField(_("公布的项数"), null=True, blank=True)
    rows_read = models.PositiveIntegerField(_("读取行数"), default=0)
    rows_used = models.PositiveIntegerField(_("采用行数"), default=0)
    rows_skipped = models.PositiveIntegerField(_("未采用行数"), default=0)
    item_count = models.PositiveIntegerField(_("事项数"), default=0)
    band_count = models.PositiveIntegerField(_("裁量阶次数"), default=0)
    report = models.JSONField(_("导入报告"), default=dict)
    diff = models.JSONField(_("变更"), default=dict)
    uploaded_by_id = models.BigIntegerField(_("上传人"), null=True, blank=True)
    uploaded_by_name = models.CharField(_("上传人姓名"), max_length=60, blank=True, default="")
    uploaded_at = models.DateTimeField(_("上传时间"))
    published_by_id = models.BigIntegerField(_("发布人"), null=True, blank=True)
    published_by_name = models.CharField(_("发布人姓名"), max_length=60, blank=True, default="")
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("导入批次")
        verbose_name_plural = _("导入批次")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="batch_no_row_lost", condition=Q(rows_read=F("rows_used") + F("rows_skipped"))
            ),
            models.CheckConstraint(
                name="batch_second_person",
                condition=Q(published_by_id=None) | ~Q(published_by_id=F("uploaded_by_id")),
            ),
            models.UniqueConstraint(
                fields=["power_list", "sha256"], name="batch_staged_once", condition=Q(state="staged")
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class HeadingAlias(CountyScoped):
    """A column heading that a county taught the import, and the field it feeds."""

    heading = models.CharField(_("列标题"), max_length=60)
    field = models.CharField(_("对应"), max_length=30)
    taught_by_id = models.BigIntegerField(_("登记人"), null=True, blank=True)
    taught_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("列标题别名")
        verbose_name_plural = _("列标题别名")
        ordering = ["heading"]
        constraints = [models.UniqueConstraint(fields=["county_id", "heading"], name="headingalias_once")]

    def __str__(self) -> str:
        return f"{self.heading} → {self.field}"


class ImportRow(CountyScoped):
    """One row of a staged file: raw cells, what became of it and what was read from it."""

    # Without an index of its own: importrow_batch begins with it.
    batch = models.ForeignKey(
        ImportBatch,
        on_delete=models.CASCADE,
        related_name="rows",
        verbose_name=_("批次"),
        db_index=False,
    )
    sheet = models.CharField(_("工作表"), max_length=120, blank=True, default="")
    row = models.PositiveIntegerField(_("行号"))
    outcome = models.CharField(_("结果"), max_length=10, choices=RowOutcome.choices)
    reason = models.CharField(_("原因"), max_length=200, blank=True, default="")
    cells = models.JSONField(_("原始单元格"), default=list)
    content = models.JSONField(_("读出内容"), default=dict)
    warnings = models.JSONField(_("提示"), default=list)

    class Meta:
        verbose_name = _("导入行")
        verbose_name_plural = _("导入行")
        ordering = ["id"]
        indexes = [models.Index(fields=["batch", "outcome", "id"], name="importrow_batch")]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.row}"
