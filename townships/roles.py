"""What each role may do, and where: one table; a role is held with dates, so access ends on its day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    pass


class Role(models.TextChoices):
    """The work a person is appointed to."""

    COUNTY_CLERK = "county_clerk", _("县级登记员")
    TOWNSHIP_OFFICER = "township_officer", _("办案人员")
    TEAM_LEADER = "team_leader", _("办案机构负责人")
    HEAD = "head", _("机关负责人")
    LEGAL_REVIEWER = "legal_reviewer", _("法制审核人员")
    SUPERVISOR = "supervisor", _("监督人员")
    LEGAL_DEPARTMENT = "legal_department", _("法制机构")
    CATALOG_ADMIN = "catalog_admin", _("目录管理员")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    ESTABLISHMENT = "establishment", _("编制机构")


# Whole county unless the grant names a body; the other roles act for the body named, or the officer's own.
COUNTY_WIDE = frozenset(
    {
        Role.COUNTY_CLERK,
        Role.SUPERVISOR,
        Role.LEGAL_DEPARTMENT,
        Role.CATALOG_ADMIN,
        Role.SYSTEM_ADMIN,
        Role.ESTABLISHMENT,
    }
)
# The role whose work goes where its holder is lent; heads, leaders and reviewers stay with their own body.
FOLLOWS_USE = frozenset({Role.TOWNSHIP_OFFICER})

EVERYBODY = frozenset({"catalog.view", "authority.view"})
# Any of these opens how the items handed on are used.
EVALUATION_READERS = ("stats.view", "authority.edit")
CASE_READER = EVERYBODY | {"case.view", "case.print"}

PERMISSIONS: Mapping[Role, frozenset[str]] = {
    Role.COUNTY_CLERK: CASE_READER | {"lead.register", "lead.route", "lead.void", "case.hand_over"},
    Role.TOWNSHIP_OFFICER: CASE_READER
    | {
        "lead.register",
        "lead.accept",
        "lead.void",
        "case.verify",
        "case.propose_filing",
        "case.investigate",
        "case.conclude",
        "case.propose_notice",
        "case.serve",
        "case.hearing",
        "case.submit_review",
        "case.discuss",
        "case.collect",
        "case.close",
        "case.archive",
        "case.summary",
        "case.outcome",
        "case.view_personal",
    },
    Role.TEAM_LEADER: CASE_READER
    | {
        "lead.register",
        "lead.route",
        "lead.accept",
        "lead.void",
        "case.serve",
        "case.discuss",
        "case.reassign",
        "case.file_summary",
        "case.view_personal",
        "authority.order",
    },
    Role.HEAD: CASE_READER
    | {
        "case.approve_filing",
        "case.approve_notice",
        "case.decide",
        "case.approve_closing",
        "case.discuss",
        "case.hand_over",
        "case.reassign",
        "case.view_personal",
        "trail.view",
        "stats.view",
        "authority.order",
        "staff.propose",
    },
    Role.LEGAL_REVIEWER: CASE_READER
    | {"case.review", "case.chair_hearing", "case.view_personal", "trail.view"},
    Role.SUPERVISOR: CASE_READER | {"case.archive", "trail.view", "stats.view"},
    Role.LEGAL_DEPARTMENT: CASE_READER
    | {
        "case.hearing",
        "case.chair_hearing",
        "case.hand_over",
        "case.assign_review",
        "case.outcome",
        "trail.view",
        "authority.edit",
        "staff.propose",
        "stats.view",
    },
    Role.CATALOG_ADMIN: EVERYBODY | {"catalog.edit", "catalog.publish"},
    Role.SYSTEM_ADMIN: EVERYBODY | {"user.manage"},
    Role.ESTABLISHMENT: EVERYBODY | {"staff.approve"},
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Where someone may act or look: the whole county, or the bodies named."""

    all_county: bool = False
    body_ids: frozenset[int] = frozenset()

    def covers(self, body_id: int | None) -> bool:
        """Tell whether a body lies inside; a row of no body needs the whole county."""
        return self.all_county or (body_id is not None and body_id in self.body_ids)

    def __or__(self, other: Scope) -> Scope:
        return Scope(self.all_county or other.all_county, self.body_ids | other.body_ids)

    def __bool__(self) -> bool:
        return self.all_county or bool(self.body_ids)


@dataclass(frozen=True, slots=True)
class Access:
    """What an officer may do on one day: every permission code with the scope in which it holds.

    posts: the roles held, each with its body, or None for the whole county.
    """

    by_code: Mapping[str, Scope] = field(default_factory=dict)
    roles: frozenset[Role] = frozenset()
    posts: tuple[tuple[Role, int | None], ...] = ()

    @property
    def permissions(self) -> frozenset[str]:
        """All permission codes held somewhere."""
        return frozenset(self.by_code)

    def scope(self, code: str = "") -> Scope:
        """Where one permission holds; without a code, where any does."""
        if code:
            return self.by_code.get(code, Scope())
        total = Scope()
        for scope in self.by_code.values():
            total |= scope
        return total


def access_from(grants: Iterable[tuple[str, int | None]], own_body_id: int | None) -> Access:
    """Combine the roles in force on a day (role, body or None) into one access."""
    by_code: dict[str, Scope] = {}
    posts: list[tuple[Role, int | None]] = []
    for value, body_id in grants:
        role = Role(value)
        posts.append((role, None if body_id is None and role in COUNTY_WIDE else body_id or own_body_id))
        scope = _scope_of(role, body_id, own_body_id)
        for code in PERMISSIONS[role]:
            by_code[code] = by_code.get(code, Scope()) | scope
    return Access(by_code, frozenset(role for role, _body_id in posts), tuple(posts))


def _scope_of(role: Role, body_id: int | None, own_body_id: int | None) -> Scope:
    if body_id is not None:
        return Scope(body_ids=frozenset({body_id}))
    if role in COUNTY_WIDE:
        return Scope(all_county=True)
    return Scope(body_ids=frozenset() if own_body_id is None else frozenset({own_body_id}))


def roles_with(code: str) -> list[Role]:
    """Return the roles that hold a permission."""
    return [role for role in Role if code in PERMISSIONS[role]]


def holders_of(code: str) -> str:
    """Name the roles that hold a permission, for a sentence that says whose work it is."""
    return "、".join(str(role.label) for role in roles_with(code))
