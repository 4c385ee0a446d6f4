"""What stands against a change of staff."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from law.errors import RuleViolation
from townships.models import Body, Officer, StaffChange


@dataclass(frozen=True, slots=True)
class Change:
    """What is proposed of a person."""

    kind: StaffChange.Kind
    officer: Officer
    effective_on: date
    reason: str
    document: str
    to_body: Body | None = None
    until: date | None = None
    appraisal_share: int | None = None


def require_proposable(change: Change, actor: Officer, on: date) -> None:
    """A change is proposed by a head concerned, whole, and never into the past."""
    for broken, message, field in (*_of_person(change, actor, on), *_of_terms(change, on)):
        if broken:
            raise RuleViolation("staff_change_incomplete", message, unblock=_("核对后再提交"), field=field)


def _of_person(change: Change, actor: Officer, on: date) -> Iterator[tuple[bool, str, str]]:
    at, scope = change.officer.body_on(on), actor.scope(on, "staff.propose")
    concerned = (at, change.to_body.pk if change.to_body else None)
    mine = any(scope.covers(body) for body in concerned)
    yield not mine, _("由该人员原单位或新单位的负责人提出"), "officer"
    yield change.officer.pk == actor.pk, _("本人的异动由他人提出"), "officer"
    yield (change.kind == "join") != (at is None), _("入列只适用于尚无所属机关的账号"), "kind"
    yield at is not None and at == concerned[1], _("新单位就是现单位"), "to_body"


def _of_terms(change: Change, on: date) -> Iterator[tuple[bool, str, str]]:
    leaves, stationed = change.kind == "leave", change.kind == "station"
    until = change.until
    yield change.effective_on < on, _("日期不能早于今日"), "effective_on"
    yield leaves != (change.to_body is None), _("离岗不填新单位，其他异动须填新单位"), "to_body"
    yield stationed != (until is not None), _("派驻须填截止日期，其他异动不填"), "until"
    backwards = until is not None and until < change.effective_on
    yield backwards, _("派驻截止日期早于开始日期"), "until"
    yield not (change.reason.strip() and change.document.strip()), _("须写明理由和文件编号"), "document"


def require_decidable(change: StaffChange, opinion: str, actor: Officer, on: date, *, agree: bool) -> None:
    """The establishment office decides once, as a second person, with its reasons, before the day."""
    if "staff.approve" not in actor.permissions(on):
        raise PermissionDenied(_("人员异动由编制机构审核。"))
    if actor.pk in {change.proposed_by_id, change.officer_id}:
        raise RuleViolation(
            "second_person_needed",
            _("申请人和本人不能审核这项异动"),
            unblock=_("请编制机构的另一位同事审核"),
        )
    if change.state != "open":
        raise RuleViolation("staff_change_decided", _("该异动已审核"), unblock=_("刷新页面查看"))
    if not opinion.strip():
        raise RuleViolation(
            "opinion_missing", _("须写明审核意见"), unblock=_("填写审核意见"), field="opinion"
        )
    if agree and change.effective_on < on:
        raise RuleViolation(
            "staff_change_in_past",
            _("异动日期已过，不能追溯"),
            unblock=_("不同意本次申请，由原单位以今日或以后的日期重新提出"),
        )
