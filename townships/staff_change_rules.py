"""What stands against a change of staff."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

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
    for broken, (message, message_en), field in (*_of_person(change, actor, on), *_of_terms(change, on)):
        if broken:
            raise RuleViolation(
                "staff_change_incomplete",
                message,
                unblock="核对后再提交",
                message_en=message_en,
                unblock_en="Check it and submit again",
                field=field,
            )


def _of_person(change: Change, actor: Officer, on: date) -> Iterator[tuple[bool, tuple[str, str], str]]:
    at, scope = change.officer.body_on(on), actor.scope(on, "staff.propose")
    concerned = (at, change.to_body.pk if change.to_body else None)
    mine = any(scope.covers(body) for body in concerned)
    yield (
        not mine,
        ("由该人员原单位或新单位的负责人提出", "The head of the person's former or new body proposes it"),
        "officer",
    )
    yield (
        change.officer.pk == actor.pk,
        ("本人的异动由他人提出", "Somebody else proposes a change of one's own"),
        "officer",
    )
    yield (
        (change.kind == "join") != (at is None),
        ("入列只适用于尚无所属机关的账号", "Joining is for accounts without a body only"),
        "kind",
    )
    yield (
        at is not None and at == concerned[1],
        ("新单位就是现单位", "The new body is the present one"),
        "to_body",
    )


def _of_terms(change: Change, on: date) -> Iterator[tuple[bool, tuple[str, str], str]]:
    leaves, stationed = change.kind == "leave", change.kind == "station"
    until = change.until
    yield change.effective_on < on, ("日期不能早于今日", "The day may not lie before today"), "effective_on"
    yield (
        leaves != (change.to_body is None),
        ("离岗不填新单位，其他异动须填新单位", "Name a new body, except for a departure"),
        "to_body",
    )
    yield (
        stationed != (until is not None),
        ("派驻须填截止日期，其他异动不填", "A secondment needs its last day; other changes have none"),
        "until",
    )
    backwards = until is not None and until < change.effective_on
    yield (
        backwards,
        ("派驻截止日期早于开始日期", "The last day of the secondment lies before its first"),
        "until",
    )
    yield (
        not (change.reason.strip() and change.document.strip()),
        ("须写明理由和文件编号", "State the reason and the number of the document"),
        "document",
    )


def require_decidable(change: StaffChange, opinion: str, actor: Officer, on: date, *, agree: bool) -> None:
    """The establishment office decides once, as a second person, with its reasons, before the day."""
    if actor.pk in {change.proposed_by_id, change.officer_id}:
        raise RuleViolation(
            "second_person_required",
            "申请人和本人不能审核这项异动",
            unblock="请编制机构的另一位同事审核",
            message_en="The applicant and the person concerned cannot answer this change",
            unblock_en="Ask a colleague of the establishment office to answer it",
        )
    if change.state != "open":
        raise RuleViolation(
            "staff_change_decided",
            "该异动已审核",
            unblock="刷新页面查看",
            message_en="This change has been answered",
            unblock_en="Reload the page",
        )
    if not opinion.strip():
        raise RuleViolation(
            "opinion_missing",
            "须写明审核意见",
            unblock="填写审核意见",
            message_en="The opinion of the review is needed",
            unblock_en="Give your opinion",
            field="opinion",
        )
    if agree and change.effective_on < on:
        raise RuleViolation(
            "staff_change_in_past",
            "异动日期已过，不能追溯",
            unblock="不同意本次申请，由原单位以今日或以后的日期重新提出",
            message_en="The day of the change has passed; it cannot be made to take effect in the past",
            unblock_en="Refuse this application; the former body applies again for today or later",
        )
