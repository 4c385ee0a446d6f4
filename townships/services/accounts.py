"""Accounts: create, reset, change, lock and unlock; a first password is shown once and changed at once."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from axes.utils import reset
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override
from rest_framework.authtoken.models import Token

from desk.rights import needs
from law.errors import Misfit, RuleViolation
from townships import verbs
from townships.models import Body, Officer, RoleGrant, Team
from townships.models.periods import in_force
from townships.roles import Role
from townships.services.telling import tell

# No letters or digits that are mistaken for one another when read from paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"


_marks = Misfit(
    code="marks_differ", article="", unblock="核对岗位标记", unblock_en="Check what is marked of the post"
)


@dataclass(frozen=True, slots=True)
class Person:
    """What is asked to open an account."""

    username: str
    name: str
    body: Body | None = None
    team: Team | None = None
    staff_number: str = ""
    phone: str = ""
    is_auxiliary: bool = False
    is_head: bool = False
    is_principal_head: bool = False


def first_password() -> str:
    """Make a password of three groups of four that can be read out."""
    groups = ("".join(secrets.choice(ALPHABET) for _position in range(4)) for _group in range(3))
    return "-".join(groups)


@needs("user.manage")
@transaction.atomic
def create_user(*, person: Person, actor: Officer | None, at: datetime) -> tuple[Officer, str]:
    """Open an account with a first password; returns both, and the password is kept nowhere."""
    if Officer.objects.filter(username=person.username).exists():
        raise RuleViolation(
            "username_taken",
            "该账号已被使用",
            unblock="换一个账号名",
            message_en="The account name is taken",
            unblock_en="Choose another account name",
            field="username",
        )
    if person.staff_number and Officer.objects.filter(staff_number=person.staff_number).exists():
        raise RuleViolation(
            "staff_number_taken",
            "该工号已登记",
            unblock="核对工号",
            message_en="The staff number is already registered",
            unblock_en="Check the staff number",
            field="staff_number",
        )
    _require_fitting_marks(person)
    _require_team_of_body(person.body, person.team)
    password = first_password()
    officer = Officer(
        username=person.username,
        name=person.name,
        body=person.body,
        team=person.team,
        staff_number=person.staff_number,
        phone=person.phone,
        is_auxiliary=person.is_auxiliary,
        is_head=person.is_head,
        is_principal_head=person.is_principal_head,
        must_change_password=True,
    )
    officer.set_password(password)
    officer.save()
    tell(officer, verbs.OFFICER_CREATED, actor=actor, at=at, username=officer.username, body=officer.body_id)
    return officer, password


@needs("user.manage")
@transaction.atomic
def move_officer(
    *, officer: Officer, body: Body | None, team: Team | None, actor: Officer | None, at: datetime
) -> None:
    """Move an officer to another body or team; roles without a body of their own move along."""
    _require_team_of_body(body, team)
    before = officer.body_id
    officer.body, officer.team = body, team
    officer.save(update_fields=["body", "team"])
    officer.forget_access()
    tell(officer, verbs.OFFICER_MOVED, actor=actor, at=at, before=before, after=officer.body_id)


@needs("user.manage")
@transaction.atomic
def reset_password(*, officer: Officer, actor: Officer, at: datetime) -> str:
    """Give a new first password, shown once; the officer changes it at the next login."""
    password = first_password()
    officer.set_password(password)
    officer.must_change_password = True
    officer.save(update_fields=["password", "must_change_password"])
    _end_tokens(officer)
    reset(username=officer.username)
    tell(officer, verbs.PASSWORD_RESET, actor=actor, at=at)
    return password


@transaction.atomic
def change_own_password(*, officer: Officer, password: str, at: datetime) -> None:
    """Set a password that the officer chose."""
    _require_strong(password, officer)
    officer.set_password(password)
    officer.must_change_password = False
    officer.save(update_fields=["password", "must_change_password"])
    _end_tokens(officer)
    tell(officer, verbs.PASSWORD_CHANGED, actor=officer, at=at)


@needs("user.manage")
@transaction.atomic
def deactivate(*, officer: Officer, actor: Officer, at: datetime) -> None:
    """Close an account from now on; nothing the officer did is lost."""
    if officer.pk == actor.pk:
        raise RuleViolation(
            "own_account",
            "不能停用自己的账号",
            unblock="请另一名系统管理员办理",
            message_en="You cannot disable your own account",
            unblock_en="Ask another system administrator",
        )
    _require_another_administrator(officer, at)
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    officer.forget_access()
    _end_tokens(officer)
    tell(officer, verbs.OFFICER_DEACTIVATED, actor=actor, at=at)


@needs("user.manage")
@transaction.atomic
def reactivate(*, officer: Officer, actor: Officer, at: datetime) -> None:
    """Open a closed account again."""
    officer.is_active = True
    officer.save(update_fields=["is_active"])
    officer.forget_access()
    tell(officer, verbs.OFFICER_REACTIVATED, actor=actor, at=at)


@needs("user.manage")
@transaction.atomic
def unlock(*, officer: Officer, actor: Officer, at: datetime) -> None:
    """Lift the lock after failed logins."""
    reset(username=officer.username)
    tell(officer, verbs.OFFICER_UNLOCKED, actor=actor, at=at)


def administrators_besides(officer: Officer, at: datetime) -> int:
    """Count the other active system administrators of the day, who stay so until the act is done."""
    held = RoleGrant.objects.filter(in_force(localdate(at)), role=Role.SYSTEM_ADMIN, officer__is_active=True)
    # Rows and officers are locked: of two administrators who dismiss each other, the later is refused.
    locked = held.select_for_update().order_by("pk").values_list("officer", flat=True)
    return len(set(locked) - {officer.pk})


def _require_another_administrator(officer: Officer, at: datetime) -> None:
    if "user.manage" in officer.permissions(localdate(at)) and not administrators_besides(officer, at):
        raise RuleViolation(
            "last_administrator",
            "这是最后一名系统管理员",
            unblock="先任命另一名系统管理员",
            message_en="This is the last system administrator",
            unblock_en="Appoint another system administrator first",
        )


def _require_fitting_marks(person: Person) -> None:
    if person.is_principal_head and not person.is_head:
        raise _marks("is_head", "正职负责人同时是机关负责人", "A principal head is a head of the body too")
    if person.is_head and person.is_auxiliary:
        raise _marks("is_auxiliary", "辅助人员不能是机关负责人", "Auxiliary staff cannot head a body")


def _require_team_of_body(body: Body | None, team: Team | None) -> None:
    if team is not None and (body is None or team.body_id != body.pk):
        raise RuleViolation(
            "team_of_other_body",
            "队伍不属于所选机关",
            unblock="选择该机关的队伍",
            message_en="The team does not belong to the chosen body",
            unblock_en="Choose a team of that body",
            field="team",
        )


def _require_strong(password: str, officer: Officer) -> None:
    """Refuse a weak password in both languages: a check speaks the one it runs in."""
    message, message_en = (_weakness(password, officer, language) for language in ("zh-hans", "en"))
    if message:
        raise RuleViolation("password_weak", message, message_en=message_en, field="new_password1")


def _weakness(password: str, officer: Officer, language: str) -> str:
    with override(language):
        try:
            validate_password(password, officer)
        except ValidationError as error:
            return " ".join(error.messages)
    return ""


def _end_tokens(officer: AbstractBaseUser) -> None:
    Token.objects.filter(user_id=officer.pk).delete()
