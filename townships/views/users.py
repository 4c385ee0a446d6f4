"""System administration: accounts and roles."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.selectors import trail_of
from desk import clock
from desk.lists import ListView
from townships.filters import OfficerFilter, OfficerFilterForm
from townships.forms.people import DatedForm, EmptyForm, LastDayForm, RoleForm, UserForm, WorkplaceForm
from townships.models import Officer, RoleGrant
from townships.roles import Role
from townships.selectors import get_officer, is_locked, officers_listed
from townships.services import accounts, appointments
from townships.views.acts import ActPage, signed_in
from townships.views.trail import timeline


def require_manager(officer: Officer, on: date) -> Officer:
    """Let system administrators pass."""
    if not officer.may("user.manage", on):
        raise PermissionDenied(_("只有系统管理员可以管理账号和角色。"))
    return officer


CRUMBS = [(gettext_lazy("系统管理"), reverse_lazy("users"))]


class UserList(ListView[Officer]):
    """All accounts with today's roles."""

    template_name = "townships/users.html"
    list_key = "users"
    orderings = {"body": ["body__sort_order", "id"], "name": ["name", "id"], "username": ["username"]}
    default_sort = "body"
    filter_class = OfficerFilter
    narrowed_by = tuple(OfficerFilterForm.base_fields)
    crumbs = CRUMBS

    def rows(self) -> QuerySet[Officer]:
        """Everybody, also those whose account is closed."""
        require_manager(signed_in(self.request), clock.today())
        return officers_listed(clock.today())


@login_required
def user_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: roles past, present and to come, and what was done to it."""
    today = clock.today()
    officer = get_officer(signed_in(request), pk, on=today, code="user.manage")
    context = {
        "officer": officer,
        "held": officer.role_grants.select_related("body").order_by("valid_to", "valid_from"),
        "locked": is_locked(officer, clock.now()),
        "events": timeline(trail_of(f"officer:{officer.pk}")[:50]),
        "today": today,
        "crumbs": [*CRUMBS, (officer.name, "")],
    }
    return render(request, "townships/user.html", context)


class CreateUser(ActPage):
    """Open an account; the first password is shown once."""

    crumbs = CRUMBS
    form_class = UserForm
    title = gettext_lazy("新建账号")

    def door(self, officer: Officer, on: date) -> None:
        """System administrators only."""
        require_manager(officer, on)

    def service(self, target: None, values: dict[str, Any], officer: Officer) -> tuple[Officer, str]:
        """Open it."""
        return accounts.create_user(person=accounts.Person(**values), actor=officer, at=clock.now())

    def finish(self, request: HttpRequest, target: None, result: tuple[Officer, str]) -> HttpResponse:
        """Show the password; it stands nowhere else."""
        return first_password(request, *result, is_new=True)

    def back(self, target: None) -> str:
        """Go to the list."""
        return reverse("users")


class UserAct(ActPage):
    """An act on one account."""

    crumbs = CRUMBS
    form_class: type[DatedForm] = EmptyForm

    def door(self, officer: Officer, on: date) -> Officer:
        """System administrators only."""
        return get_officer(officer, self.kwargs["pk"], on=on, code="user.manage")

    def back(self, target: Officer) -> str:
        """Go to the account."""
        return reverse("user", args=[target.pk])


class ResetPassword(UserAct):
    """Give a new first password."""

    title = gettext_lazy("重置密码")
    warning = gettext_lazy("原密码立即失效，新密码只显示一次；本人下次登录时须修改。")

    def service(self, target: Officer, values: dict[str, Any], officer: Officer) -> tuple[Officer, str]:
        """Reset it."""
        return target, accounts.reset_password(officer=target, actor=officer, at=clock.now())

    def finish(self, request: HttpRequest, target: Officer, result: tuple[Officer, str]) -> HttpResponse:
        """Show the password; it stands nowhere else."""
        return first_password(request, *result, is_new=False)


class Unlock(UserAct):
    """Lift the lock after failed logins."""

    title = gettext_lazy("解除登录锁定")
    done = gettext_lazy("已解除登录锁定。")

    def service(self, target: Officer, values: dict[str, Any], officer: Officer) -> None:
        """Lift it."""
        accounts.unlock(officer=target, actor=officer, at=clock.now())


class Deactivate(UserAct):
    """Close an account."""

    title = gettext_lazy("停用账号")
    done = gettext_lazy("账号已停用。")
    warning = gettext_lazy("停用后立即不能登录；已办理的事项和记录不变。")

    def service(self, target: Officer, values: dict[str, Any], officer: Officer) -> None:
        """Close it."""
        accounts.deactivate(officer=target, actor=officer, at=clock.now())


class Reactivate(UserAct):
    """Open a closed account again."""

    title = gettext_lazy("恢复账号")
    done = gettext_lazy("账号已恢复。")

    def service(self, target: Officer, values: dict[str, Any], officer: Officer) -> None:
        """Open it."""
        accounts.reactivate(officer=target, actor=officer, at=clock.now())


class MoveOfficer(UserAct):
    """Move an officer to another body or team."""

    form_class = WorkplaceForm
    title = gettext_lazy("调整所属机关")
    done = gettext_lazy("所属机关已调整。")

    def service(self, target: Officer, values: dict[str, Any], officer: Officer) -> None:
        """Move them."""
        accounts.move_officer(officer=target, actor=officer, at=clock.now(), **values)


class GiveRole(UserAct):
    """Give a role with dates."""

    form_class = RoleForm
    title = gettext_lazy("任命角色")
    done = gettext_lazy("角色已任命。")

    def service(self, target: Officer, values: dict[str, Any], officer: Officer) -> None:
        """Give it."""
        role = Role(values.pop("role"))
        appointments.set_role(officer=target, role=role, actor=officer, at=clock.now(), **values)


class EndRole(UserAct):
    """End a role."""

    form_class = LastDayForm
    title = gettext_lazy("结束角色")
    done = gettext_lazy("角色的最后一日已登记。")

    def service(self, target: Officer, values: dict[str, Any], officer: Officer) -> None:
        """End it."""
        held = get_object_or_404(RoleGrant, pk=self.kwargs["held"], officer=target)
        appointments.end_role(held=held, last_day=values["last_day"], actor=officer, at=clock.now())


def first_password(request: HttpRequest, officer: Officer, password: str, *, is_new: bool) -> HttpResponse:
    """Show once the password of a new account or of a reset one; no cache keeps the page."""
    context = {"officer": officer, "password": password, "is_new": is_new}
    response = render(request, "townships/first_password.html", context)
    response["Cache-Control"] = "no-store"
    return response
