"""People: the officer is the user; what they may do follows from roles held with dates."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit import statements
from audit.county import CountyScoped
from townships.models.bodies import Body, Team
from townships.models.guards import never_auxiliary, stays_officer
from townships.models.periods import Days, or_none, ordered_days
from townships.roles import COUNTY_WIDE, FOLLOWS_USE, Access, Role, Scope, access_from

# Asked by every request: composing it anew took several times what the database needs to answer.
ROLES_OF_A_DAY = """
    SELECT held.role, held.body_id, loan.using_id, loan.kind
    FROM townships_rolegrant held
    LEFT JOIN townships_secondment loan
        ON loan.officer_id = held.officer_id AND loan.case_number = ''
        AND %s::date BETWEEN loan.valid_from AND coalesce(loan.valid_to, 'infinity')
    WHERE held.officer_id = %s::bigint
        AND %s::date BETWEEN held.valid_from AND coalesce(held.valid_to, 'infinity')
    ORDER BY held.role, held.valid_from, held.id
"""


class Officer(AbstractUser, CountyScoped):
    """A person who works in the system; what they may do follows from roles held on the day."""

    first_name = None  # type: ignore[assignment]  # Chinese names are one field: name
    last_name = None  # type: ignore[assignment]  # as first_name
    name = models.CharField(_("姓名"), max_length=60)
    staff_number = models.CharField(_("工号"), max_length=30, blank=True)
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="officers",
        verbose_name=_("所属机关"),
    )
    team = models.ForeignKey(
        Team,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="officers",
        verbose_name=_("所属队伍"),
    )
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    is_auxiliary = models.BooleanField(
        _("执法辅助人员"), default=False, help_text=_("辅助人员只能协助，不计入执法人员人数")
    )
    is_head = models.BooleanField(_("机关负责人"), default=False)
    is_principal_head = models.BooleanField(_("正职负责人"), default=False)
    moves_on = models.DateField(_("调动日期"), null=True, blank=True)
    moves_to = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("调入机关")
    )
    serves_to = models.DateField(_("在岗的最后一日"), null=True, blank=True)
    must_change_password = models.BooleanField(_("须修改密码"), default=False)
    lang = models.CharField(
        _("界面语言"), max_length=10, default="zh-hans", choices=[("zh-hans", _("中文")), ("en", "English")]
    )

    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        ordering = ["body_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["county_id", "staff_number"],
                condition=~Q(staff_number=""),
                name="officer_staff_number_once",
            ),
            models.CheckConstraint(
                condition=Q(is_principal_head=False) | Q(is_head=True), name="officer_principal_head_is_head"
            ),
            models.CheckConstraint(
                condition=Q(is_auxiliary=False) | Q(is_head=False), name="officer_auxiliary_is_no_head"
            ),
            models.CheckConstraint(
                condition=Q(moves_on=None, moves_to=None) | Q(moves_on__isnull=False, moves_to__isnull=False),
                name="officer_moves_somewhere",
            ),
        ]
        triggers = [stays_officer()]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """Return the name."""
        return self.name

    def get_short_name(self) -> str:
        """Return the name."""
        return self.name

    @cached_property
    def _access(self) -> dict[date, Access]:
        return {}

    def access(self, on: date) -> Access:
        """Return what the officer may do on a day; read once per object and day."""
        if on not in self._access:
            held = self._roles_on(on) if self.pk and self.serves_on(on) else ()
            self._access[on] = access_from(held, self.body_on(on))
        return self._access[on]

    def _roles_on(self, on: date) -> Iterator[tuple[str, int | None]]:
        """Return the roles of a day with their bodies; the work of an officer goes where they are lent."""
        for role, body, using, kind in statements.rows(ROLES_OF_A_DAY, [on, self.pk, on]):
            follows = using is not None and body is None and role in FOLLOWS_USE
            if follows:
                yield role, using
            if not follows or kind == "aid":
                yield role, body

    def body_on(self, on: date) -> int | None:
        """Return the key of the officer's own body on a day, an approved move counted."""
        return self.moves_to_id if self.moves_on is not None and on >= self.moves_on else self.body_id

    def serves_on(self, on: date) -> bool:
        """Tell whether the account is open and the officer has not left by a day."""
        return self.is_active and (self.serves_to is None or on <= self.serves_to)

    def permissions(self, on: date) -> frozenset[str]:
        """Return the permission codes held on a day."""
        return self.access(on).permissions

    def scope(self, on: date, code: str = "") -> Scope:
        """Return where the officer may act on a day, for one permission or for any."""
        return self.access(on).scope(code)

    def may(self, code: str, on: date, body_id: int | None = None) -> bool:
        """Tell whether a permission is held on a day, for one body when given."""
        scope = self.scope(on, code)
        return bool(scope) if body_id is None else scope.covers(body_id)

    def forget_access(self) -> None:
        """Read the roles anew after they have changed."""
        self._access.clear()


class RoleGrant(CountyScoped):
    """A role held by an officer from one day to another, for a body or the whole county."""

    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="role_grants", verbose_name=_("人员")
    )
    role = models.CharField(_("角色"), max_length=30, choices=Role.choices)
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="role_grants",
        verbose_name=_("机关范围"),
        help_text=_("县级角色留空为全县；其他角色留空为本人所属机关"),
    )
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("角色任命")
        verbose_name_plural = _("角色任命")
        ordering = ["officer_id", "role", "valid_from"]
        constraints = [
            models.CheckConstraint(condition=ordered_days(), name="role_days_in_order"),
            ExclusionConstraint(
                name="role_held_once_a_day",
                expressions=[
                    (F("officer"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    (or_none("body"), RangeOperators.EQUAL),
                    (Days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["role", "body"], name="role_of_body")]
        triggers = [
            never_auxiliary("NEW.role IN ('township_officer', 'team_leader', 'head', 'legal_reviewer')")
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.role}"

    @property
    def reach(self) -> str:
        """Where the role holds, in words."""
        if self.body is not None:
            return self.body.name
        return gettext("全县") if self.role in COUNTY_WIDE else gettext("本人所属机关")
