"""Adjustments (清单调整): what was done to which items, by which document, when and why."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from catalog.effective import Status
from catalog.models.lists import PowerList
from catalog.models.powers import Item, ItemVersion


class Action(models.TextChoices):
    """Kinds of change of an item or of its place."""

    ADD = "add", _("新增")
    CANCEL = "cancel", _("取消")
    CHANGE = "change", _("变更")
    SPLIT = "split", _("拆分")
    MERGE = "merge", _("合并")
    TRANSFER = "transfer", _("划转")
    HAND_DOWN = "hand_down", _("下放")
    TAKE_BACK = "take_back", _("收回")
    SUSPEND = "suspend", _("暂停")
    RESUME = "resume", _("恢复")


class Reason(models.TextChoices):
    """Why a catalogue is adjusted."""

    LAW = "law", _("法律法规立改废")
    ASSESSMENT = "assessment", _("评估")
    CAPACITY = "capacity", _("承接能力")
    REFORM = "reform", _("机构改革或职责调整")
    OTHER = "other", _("其他")


class Side(models.TextChoices):
    """Whether an item stands before or after an adjustment."""

    BEFORE = "before", _("调整前")
    AFTER = "after", _("调整后")


class Adjustment(CountyScoped):
    """One change by one document; drafted by one person, published by another, frozen then."""

    action = models.CharField(_("调整方式"), max_length=12, choices=Action.choices)
    document = models.CharField(_("调整文号"), max_length=100)
    decided_on = models.DateField(_("文件日期"))
    effective_on = models.DateField(_("生效日期"))
    reason = models.CharField(_("调整原因"), max_length=12, choices=Reason.choices)
    explanation = models.TextField(_("原因说明"))
    power_list = models.ForeignKey(
        PowerList, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("清单")
    )
    department_name = models.CharField(_("划入部门"), max_length=200, blank=True, default="")
    content = models.JSONField(_("调整后的内容"), default=list, blank=True)
    status = models.CharField(_("状态"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    drafted_by_id = models.BigIntegerField(_("起草人"), null=True, blank=True)
    drafted_by_name = models.CharField(_("起草人姓名"), max_length=60, blank=True, default="")
    drafted_at = models.DateTimeField(_("起草时间"))
    published_by_id = models.BigIntegerField(_("发布人"), null=True, blank=True)
    published_by_name = models.CharField(_("发布人姓名"), max_length=60, blank=True, default="")
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("清单调整")
        verbose_name_plural = _("清单调整")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="adjustment_second_person",
                condition=Q(published_by_id=None) | ~Q(published_by_id=F("drafted_by_id")),
            ),
            models.CheckConstraint(
                name="adjustment_documented",
                condition=~Q(status=Status.PUBLISHED) | ~(Q(document="") | Q(explanation="")),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_once_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status=Status.PUBLISHED.value),
                func="RAISE EXCEPTION 'a published adjustment is frozen' USING ERRCODE = 'check_violation';",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.document}"


class AdjustmentItem(CountyScoped):
    """An item an adjustment began or ended with, and the version it had there."""

    adjustment = models.ForeignKey(
        Adjustment, on_delete=models.CASCADE, related_name="parts", verbose_name=_("清单调整")
    )
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="adjustments", verbose_name=_("事项")
    )
    side = models.CharField(_("前后"), max_length=6, choices=Side.choices)
    version = models.ForeignKey(
        ItemVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("版本")
    )

    class Meta:
        verbose_name = _("调整涉及事项")
        verbose_name_plural = _("调整涉及事项")
        ordering = ["adjustment_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["adjustment", "item", "side"], name="adjustmentitem_once")
        ]

    def __str__(self) -> str:
        return f"{self.side}:{self.item_id}"
