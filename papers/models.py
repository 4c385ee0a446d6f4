"""What is kept for good: files as they came, papers as issued, and the counters of their numbers."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import frozen, kept


class StoredFile(CountyScoped):
    """One file, found by the SHA-256 of its bytes; neither it nor its digest can be changed or deleted."""

    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("字节数"))
    content_type = models.CharField(_("类型"), max_length=100)
    name = models.CharField(_("文件名"), max_length=200)
    file = models.FileField(_("文件"), max_length=100)
    # No foreign key: the officers live on a floor above this one.
    created_by_id = models.BigIntegerField(_("上传人"), null=True)
    created_by_name = models.CharField(_("上传人姓名"), max_length=60, default="")
    created_at = models.DateTimeField(_("存入时间"))

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        constraints = [
            models.UniqueConstraint(fields=["county_id", "sha256"], name="storedfile_once"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="storedfile_sha256"
            ),
        ]
        triggers = [
            kept(),
            pgtrigger.Protect(
                name="unchanged",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "county_id", "sha256", "size", "content_type", "file", "created_by_id", "created_at"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Tell whether the file is a picture that has a print copy and a thumbnail."""
        return self.content_type in {"image/jpeg", "image/png"}


class Paper(CountyScoped):
    """One instrument as it was issued: frozen content, its digest, its number and, once rendered, its PDF."""

    template = models.CharField(_("文书种类"), max_length=60)
    template_version = models.CharField(_("模板版本"), max_length=20)
    title = models.CharField(_("题名"), max_length=200)
    content = models.JSONField(_("内容"))
    digest = models.CharField(_("内容摘要"), max_length=64)
    number = models.CharField(_("文号"), max_length=100, default="", blank=True)
    issuer_name = models.CharField(_("制作机关"), max_length=200, default="", blank=True)
    dated = models.DateField(_("日期"), null=True)
    created_at = models.DateTimeField(_("制作时间"))
    render_key = models.CharField(_("排版摘要"), max_length=64, default="", db_index=True, editable=False)
    pdf = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("PDF")
    )
    page_count = models.PositiveSmallIntegerField(_("页数"), null=True)

    class Meta:
        verbose_name = _("文书")
        verbose_name_plural = _("文书")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pdf=None, page_count=None) | models.Q(pdf__isnull=False, page_count__gt=0),
                name="paper_pdf_has_pages",
            ),
        ]
        indexes = [models.Index(fields=["county_id", "number"], name="paper_number")]
        triggers = [
            kept(),
            frozen(
                "county_id",
                "template",
                "template_version",
                "title",
                "content",
                "digest",
                "number",
                "issuer_name",
                "dated",
                "created_at",
            ),
            # What was printed and served stays byte for byte what it was.
            pgtrigger.Protect(
                name="printed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.pdf_id IS NOT NULL AND (NEW.pdf_id IS DISTINCT FROM OLD.pdf_id"
                    " OR NEW.page_count IS DISTINCT FROM OLD.page_count)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()


class Counter(CountyScoped):
    """The last number taken in one series of one body in one year; it moves by one and never back."""

    body_id = models.BigIntegerField(_("机关"))
    year = models.PositiveSmallIntegerField(_("年度"))
    series = models.CharField(_("文种"), max_length=40)
    last = models.PositiveIntegerField(_("最后号"))

    class Meta:
        verbose_name = _("编号")
        verbose_name_plural = _("编号")
        constraints = [
            models.UniqueConstraint(fields=["county_id", "body_id", "year", "series"], name="counter_once"),
            models.CheckConstraint(condition=models.Q(last__gt=0), name="counter_from_one"),
        ]
        triggers = [
            kept(),
            pgtrigger.Protect(
                name="by_one",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NEW.last <> OLD.last + 1 OR (NEW.county_id, NEW.body_id, NEW.year, NEW.series)"
                    " IS DISTINCT FROM (OLD.county_id, OLD.body_id, OLD.year, OLD.series)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.last}"
