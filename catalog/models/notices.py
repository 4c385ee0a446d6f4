"""Requirements and notices attached to items: they follow whoever holds the item, and who read them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import kept_as_written
from catalog.models.powers import Item


class NoticeKind(models.TextChoices):
    """What is attached."""

    REQUIREMENT = "requirement", _("工作要求")
    NOTICE = "notice", _("通知")
    LAW_AMENDED = "law_amended", _("法律修改")


class ItemNotice(CountyScoped):
    """A requirement or notice about items, from one day to another."""

    kind = models.CharField(_("类别"), max_length=12, choices=NoticeKind.choices)
    title = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("内容"))
    document = models.CharField(_("文号"), max_length=100, blank=True, default="")
    items = models.ManyToManyField(Item, related_name="notices", verbose_name=_("事项"))
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("至"), null=True, blank=True, help_text=_("留空为长期"))
    # Plain numbers, as in the trail: officers and bodies live on the floor above.
    issued_by_id = models.BigIntegerField(_("发出人"))
    issued_by_name = models.CharField(_("发出人姓名"), max_length=60)
    issued_at = models.DateTimeField(_("发出时间"))

    class Meta:
        verbose_name = _("事项通知")
        verbose_name_plural = _("事项通知")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="itemnotice_ends_after_start",
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
            )
        ]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return self.title


class NoticeReceipt(CountyScoped):
    """That a body has read a notice: who for it, and when."""

    notice = models.ForeignKey(
        ItemNotice, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("事项通知")
    )
    body_id = models.BigIntegerField(_("机关"))
    body_name = models.CharField(_("机关名称"), max_length=100)
    officer_id = models.BigIntegerField(_("签收人"))
    officer_name = models.CharField(_("签收人姓名"), max_length=60)
    read_at = models.DateTimeField(_("签收时间"))

    class Meta:
        verbose_name = _("签收记录")
        verbose_name_plural = _("签收记录")
        constraints = [models.UniqueConstraint(fields=["notice", "body_id"], name="noticereceipt_once")]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.body_name} {self.read_at:%Y-%m-%d}"
