"""What agreements are drafted from: tailored lists, their changes by township, batches, orders, meetings."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from townships.models.bodies import Body


class ItemSource(models.TextChoices):
    """Where a handed-on item comes from: the superior's guiding list, or beyond it."""

    GUIDED = "guided", _("指导目录内")
    EXTRA = "extra", _("指导目录外")


class Meeting(CountyScoped):
    """A meeting of the leading group whose decision is carried out by dated changes of authority."""

    title = models.CharField(_("会议名称"), max_length=120)
    held_on = models.DateField(_("会议日期"))
    document = models.CharField(_("纪要文号"), max_length=100)
    decision = models.TextField(_("议定事项"))

    class Meta:
        verbose_name = _("领导小组会议")
        verbose_name_plural = _("领导小组会议")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["county_id", "document"], name="meeting_document_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.document}）"


class GrantBatch(CountyScoped):
    """One step of handing powers down: its document, its first day, and how long the guiding list is."""

    name = models.CharField(_("批次"), max_length=60)
    document = models.CharField(_("文件"), max_length=200, blank=True)
    effective_on = models.DateField(_("生效日期"))
    guided_total = models.PositiveIntegerField(_("指导目录项数"), null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="batches", verbose_name=_("会议决定")
    )

    class Meta:
        verbose_name = _("赋权批次")
        verbose_name_plural = _("赋权批次")
        ordering = ["-effective_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["county_id", "name"], name="grant_batch_name_once")]

    def __str__(self) -> str:
        return self.name


class TailoredList(CountyScoped):
    """A named list of items made for several townships alike (特色清单)."""

    name = models.CharField(_("清单名称"), max_length=60)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("特色清单")
        verbose_name_plural = _("特色清单")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["county_id", "name"], name="tailored_list_name_once")]

    def __str__(self) -> str:
        return self.name


class TailoredItem(CountyScoped):
    """One item of a tailored list, with the department whose power it is."""

    tailored_list = models.ForeignKey(TailoredList, models.CASCADE, related_name="entries")
    item = models.ForeignKey("catalog.Item", models.PROTECT, related_name="+", verbose_name=_("事项"))
    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("部门"))
    source = models.CharField(_("来源"), max_length=10, choices=ItemSource.choices, default=ItemSource.GUIDED)

    class Meta:
        verbose_name = _("清单事项")
        verbose_name_plural = _("清单事项")
        constraints = [
            models.UniqueConstraint(fields=["tailored_list", "item"], name="tailored_item_once_a_list")
        ]

    def __str__(self) -> str:
        return f"{self.tailored_list_id} · {self.item_id}"


class TailoredChoice(CountyScoped):
    """The tailored list a township follows."""

    township = models.OneToOneField(Body, models.PROTECT, related_name="tailored_choice")
    tailored_list = models.ForeignKey(TailoredList, models.PROTECT, related_name="choices")

    class Meta:
        verbose_name = _("适用清单")
        verbose_name_plural = _("适用清单")

    def __str__(self) -> str:
        return f"{self.township_id} · {self.tailored_list_id}"


class TailoredChange(CountyScoped):
    """One item by which a township differs from its list, with the reason."""

    class Kind(models.TextChoices):
        """Added to the list or left out of it."""

        ADD = "add", _("增加")
        REMOVE = "remove", _("减少")

    township = models.ForeignKey(Body, models.PROTECT, related_name="tailored_changes")
    item = models.ForeignKey("catalog.Item", models.PROTECT, related_name="+", verbose_name=_("事项"))
    kind = models.CharField(_("增减"), max_length=10, choices=Kind.choices)
    department = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("部门")
    )
    source = models.CharField(_("来源"), max_length=10, choices=ItemSource.choices, default=ItemSource.GUIDED)
    reason = models.CharField(_("理由"), max_length=300)

    class Meta:
        verbose_name = _("清单增减")
        verbose_name_plural = _("清单增减")
        constraints = [
            models.UniqueConstraint(fields=["township", "item"], name="tailored_change_once"),
            models.CheckConstraint(
                condition=~Q(kind="add") | Q(department__isnull=False),
                name="tailored_addition_has_department",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="tailored_change_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.township_id} {self.kind} {self.item_id}"


class ItemOrder(CountyScoped):
    """An item a township asks for, and the county's answer with its reason (点单式赋权)."""

    class State(models.TextChoices):
        """How far the order is."""

        OPEN = "open", _("待答复")
        GRANTED = "granted", _("同意")
        DECLINED = "declined", _("不同意")

    township = models.ForeignKey(Body, models.PROTECT, related_name="orders", verbose_name=_("乡镇（街道）"))
    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("部门"))
    item = models.ForeignKey("catalog.Item", models.PROTECT, related_name="+", verbose_name=_("事项"))
    reason = models.TextField(_("申请理由"))
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(_("申请时间"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    grant = models.ForeignKey(
        "townships.AuthorityGrant", models.SET_NULL, null=True, blank=True, related_name="orders"
    )

    class Meta:
        verbose_name = _("点单")
        verbose_name_plural = _("点单")
        ordering = ["-ordered_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["township", "item"], condition=Q(state="open"), name="order_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(answer="") & Q(answered_at__isnull=False),
                name="order_answered_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.township_id} · {self.item_id}"
