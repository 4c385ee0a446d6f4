"""Grants: one source of power over a list of items, from when to when, and in whose name."""

from datetime import date, timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from townships.models.bodies import Body
from townships.models.modes import HANDED_ON, GrantStatus, Mode
from townships.models.numbers import NUMBER_ORDER
from townships.models.periods import ordered_days
from townships.models.tailoring import GrantBatch, Meeting

FROZEN_TERMS = (
    "mode",
    "principal_id",
    "origin_id",
    "holder_id",
    "township_id",
    "number",
    "legal_basis",
    "decision_document",
    "powers",
    "coercive_basis",
    "scope_note",
    "signed_on",
    "valid_from",
    "valid_to",
    "full_procedure",
    "reviewed_on",
    "review_opinion",
    "batch_id",
    "meeting_id",
)


def _row(alias: str) -> str:
    return "(" + ", ".join(f"{alias}.{name}" for name in FROZEN_TERMS) + ")"


class AuthorityGrant(CountyScoped):
    """One source of power: an own or concentrated power, a delegation agreement, an empowerment decision."""

    mode = models.CharField(_("授权方式"), max_length=20, choices=Mode.choices)
    principal = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grants_given",
        verbose_name=_("委托机关"),
    )
    origin = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grants_ceded",
        verbose_name=_("原行使部门"),
        help_text=_("赋权事项原由哪个县级部门行使；不出现在文书上"),
    )
    holder = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="grants_held", verbose_name=_("行使主体")
    )
    township = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grants_over",
        verbose_name=_("适用区域"),
        help_text=_("留空为全县"),
    )
    number = models.CharField(_("文号"), max_length=60, blank=True)
    number_order = models.GeneratedField(
        expression=NUMBER_ORDER, output_field=models.TextField(db_collation="C"), db_persist=True
    )
    legal_basis = models.CharField(_("法律依据"), max_length=500, blank=True)
    decision_document = models.CharField(_("决定文件"), max_length=300, blank=True)
    powers = models.TextField(_("权限"), blank=True)
    scope_note = models.TextField(_("范围说明"), blank=True)
    qualification_note = models.TextField(
        _("受委托组织条件核实"), blank=True, help_text=_("依行政处罚法第二十一条核实的情况")
    )
    coercive_basis = models.CharField(
        _("行政强制措施依据"),
        max_length=300,
        blank=True,
        help_text=_("赋权后可实施查封扣押的明确依据；委托不得填写"),
    )
    signed_on = models.DateField(_("签署日期"), null=True, blank=True)
    published_by_principal_on = models.DateField(_("委托方（县级）公布日期"), null=True, blank=True)
    published_by_holder_on = models.DateField(_("受托方（乡镇）公布日期"), null=True, blank=True)
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("截止日期"), null=True, blank=True)
    revoked_on = models.DateField(_("撤销日期"), null=True, blank=True, help_text=_("自该日起不再有效"))
    status = models.CharField(
        _("状态"), max_length=20, choices=GrantStatus.choices, default=GrantStatus.DRAFT
    )
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("上一版本"),
    )
    full_procedure = models.BooleanField(
        _("须经法制审核并备案"), default=False, help_text=_("未审核不得签署，未备案不生效")
    )
    capacity_note = models.TextField(
        _("承接能力不足仍予办理的理由"), blank=True, help_text=_("持证人员或法制审核人员不足时填写")
    )
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_on = models.DateField(_("法制审核日期"), null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    review_opinion = models.TextField(_("法制审核意见"), blank=True)
    filed_on = models.DateField(_("备案日期"), null=True, blank=True)
    filing_number = models.CharField(_("备案号"), max_length=60, blank=True)
    batch = models.ForeignKey(
        GrantBatch, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("批次")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("会议决定")
    )
    paper = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("协议文本")
    )

    class Meta:
        verbose_name = _("授权")
        verbose_name_plural = _("委托与赋权")
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(condition=ordered_days(), name="grant_days_in_order"),
            models.CheckConstraint(
                condition=Q(mode=Mode.DELEGATED, principal__isnull=False) & ~Q(principal=F("holder"))
                | ~Q(mode=Mode.DELEGATED) & Q(principal=None),
                name="grant_only_delegation_has_another_principal",
            ),
            models.CheckConstraint(
                condition=~Q(mode=Mode.DELEGATED) | Q(valid_to__isnull=False),
                name="grant_delegation_has_a_term",
            ),
            models.CheckConstraint(
                condition=~Q(mode=Mode.DELEGATED) | Q(coercive_basis=""),
                name="grant_delegation_never_coerces",
            ),
            models.CheckConstraint(
                condition=~Q(mode=Mode.EMPOWERED) | Q(township=F("holder")),
                name="grant_empowered_township_acts_at_home",
            ),
            models.CheckConstraint(
                condition=Q(origin=None) | Q(mode=Mode.EMPOWERED), name="grant_origin_only_of_empowerment"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[GrantStatus.SIGNED, GrantStatus.PUBLISHED, GrantStatus.IN_FORCE])
                | ~Q(mode=Mode.DELEGATED)
                | Q(signed_on__isnull=False),
                name="grant_delegation_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(status=GrantStatus.REVOKED, revoked_on__isnull=False)
                | ~Q(status=GrantStatus.REVOKED) & Q(revoked_on=None),
                name="grant_revoked_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(full_procedure=False)
                | Q(status=GrantStatus.DRAFT)
                | Q(reviewed_on__isnull=False),
                name="grant_reviewed_before_signing",
            ),
            models.CheckConstraint(
                condition=Q(full_procedure=False)
                | ~Q(status__in=[GrantStatus.IN_FORCE, GrantStatus.SUSPENDED])
                | Q(filed_on__isnull=False),
                name="grant_filed_before_effect",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | Q(drafted_by=None) | ~Q(reviewed_by=F("drafted_by")),
                name="grant_reviewed_by_a_second_person",
            ),
            models.UniqueConstraint(
                fields=["batch", "mode", "holder", "principal", "origin"],
                condition=Q(batch__isnull=False),
                nulls_distinct=False,
                name="grant_once_a_batch",
            ),
            models.UniqueConstraint(
                fields=["county_id", "number"],
                condition=Q(mode__in=HANDED_ON) & ~Q(number=""),
                name="grant_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "valid_to"], name="grant_ending"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_terms_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.status <> 'draft' AND {_row('OLD')} IS DISTINCT FROM {_row('NEW')}"
                ),
            ),
            pgtrigger.Protect(
                name="signed_grant_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__status__in=[s for s in GrantStatus.values if s != "draft"]),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.get_mode_display()} #{self.pk}"

    @property
    def source_body(self) -> Body | None:
        """The department a handed-on power comes from."""
        return self.principal or self.origin

    @property
    def chain(self) -> str:
        """The chain of the trail on which the grant's events stand."""
        return f"grant:{self.pk}"

    @property
    def last_day(self) -> date | None:
        """The last day on which the grant could hold, revocation counted; None when open."""
        if self.revoked_on is None:
            return self.valid_to
        eve = self.revoked_on - timedelta(days=1)
        return eve if self.valid_to is None else min(eve, self.valid_to)


class Suspension(CountyScoped):
    """A time during which a grant does not hold."""

    grant = models.ForeignKey(AuthorityGrant, on_delete=models.PROTECT, related_name="suspensions")
    suspended_from = models.DateField(_("中止自"))
    suspended_to = models.DateField(_("中止至"), null=True, blank=True)
    reason = models.TextField(_("原因"))

    class Meta:
        verbose_name = _("授权中止")
        verbose_name_plural = _("授权中止")
        constraints = [
            models.CheckConstraint(
                condition=ordered_days("suspended_from", "suspended_to"), name="suspension_days_in_order"
            ),
            models.UniqueConstraint(
                fields=["grant"], condition=Q(suspended_to=None), name="suspension_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.suspended_from}"
