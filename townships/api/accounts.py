"""REST of one account: the pages' own forms, the same services, system administrators only."""

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404

from desk import clock
from townships.api.posting import Posting
from townships.forms.people import DatedForm, EmptyForm, LastDayForm, WorkplaceForm
from townships.models import Officer, RoleGrant
from townships.selectors import get_officer
from townships.services import accounts, appointments

Keys = dict[str, int]


def _account(actor: Officer, keys: Keys) -> Officer:
    return get_officer(actor, keys["pk"], on=clock.today(), code="user.manage")


def _role(actor: Officer, keys: Keys) -> RoleGrant:
    return get_object_or_404(RoleGrant, pk=keys["held"], officer=_account(actor, keys))


def _end_role(held: RoleGrant, values: dict[str, Any], actor: Officer) -> None:
    appointments.end_role(held=held, actor=actor, at=clock.now(), **values)


def _posting(name: str, form: type[DatedForm], service: Callable[..., None], about: str) -> Posting:
    def do(target: Officer, values: dict[str, Any], actor: Officer) -> None:
        service(officer=target, actor=actor, at=clock.now(), **values)

    return Posting(name, form, do, _account, "user.manage", about, "users")


ACCOUNT_POSTINGS: dict[str, Posting] = {
    "users/<int:pk>/deactivate/": _posting(
        "user-deactivate", EmptyForm, accounts.deactivate, "Close an account; nothing done with it is lost"
    ),
    "users/<int:pk>/reactivate/": _posting(
        "user-reactivate", EmptyForm, accounts.reactivate, "Open a closed account again"
    ),
    "users/<int:pk>/unlock/": _posting(
        "user-unlock", EmptyForm, accounts.unlock, "Lift the lock after failed logins"
    ),
    "users/<int:pk>/move/": _posting(
        "user-move", WorkplaceForm, accounts.move_officer, "Move an officer to another body or team"
    ),
    "users/<int:pk>/roles/<int:held>/end/": Posting(
        "user-role-end",
        LastDayForm,
        _end_role,
        _role,
        "user.manage",
        "End a role: the day named is its last",
        "users",
    ),
}
