"""May the heads discuss the case, and was it a discussion of heads?"""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from cases.clocks.models import Clock
from cases.clocks.rules import WINDOWS, window_obstacles
from cases.decision.rules import missing_discussion, notice_objection
from cases.dossier.duties import investigators
from cases.dossier.models import Case
from cases.hearing.models import Statement
from cases.hearing.rules import current_notice, unreviewed_statements
from cases.review.rules import hearing_ended_at, missing_review, passed_review
from law import gates
from law.errors import RuleViolation, enforce
from townships.models import Officer
from townships.selectors import heads_of

QUORUM = 2


def discussion_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against discussing the case: it comes after the windows and after the review."""
    yield from notice_objection(case)
    yield from window_obstacles(case, on)
    yield from unreviewed_statements(case)
    yield from missing_review(case, on)


def is_due(case: Case, on: date) -> bool:
    """Tell whether the heads have to discuss the case, and may do so now, before it is decided."""
    return not any(discussion_obstacles(case, on)) and any(missing_discussion(case, on))


def require_ripe(case: Case, *, held_at: datetime, at: datetime) -> None:
    """Refuse a discussion that was held before all that it had to discuss was there.

    行政处罚法第四十五条、第五十七条第二款、第五十八条、第六十四条。
    """
    if held_at > at:
        raise RuleViolation(
            "discussed_in_future",
            "集体讨论的时间晚于现在。",
            "行政处罚法第五十七条第二款",
            "讨论之后再登记，填写实际讨论时间。",
            message_en="The discussion lies in the future.",
            unblock_en="Enter the discussion after it was held, with the time at which it was.",
            field="held_at",
        )
    enforce(discussion_obstacles(case, timezone.localdate(held_at)))
    for gate, done_at in _before_discussion(case, held_at):
        if done_at is not None and done_at > held_at:
            moment = f"{timezone.localtime(done_at):%Y-%m-%d %H:%M}"
            raise gates.violation(
                gate,
                detail=f"讨论早于该步骤完成的时间（{moment}）。",
                detail_en=f"the discussion lies before that step ({moment})",
                field="held_at",
            )


def _before_discussion(case: Case, held_at: datetime) -> Iterator[tuple[str, datetime | None]]:
    """Give each step the discussion has to follow, with the instant it was done."""
    notice, review = current_notice(case), passed_review(case)
    yield "prior_notice", notice.served_at if notice else None
    yield "hearing_held_if_requested", hearing_ended_at(case)
    yield "legal_review_required", review.concluded_at if review else None
    answers = Statement.objects.filter(notice__case=case, kind=Statement.Kind.STATEMENT)
    last = answers.order_by("-reviewed_at").exclude(reviewed_at=None).first()
    yield "defence_reviewed", last.reviewed_at if last else None
    clocks = Clock.objects.filter(case=case, kind__in=dict(WINDOWS)).order_by("id")
    newest = {clock.kind: clock for clock in clocks}
    for kind, gate in WINDOWS:
        clock = newest.get(kind)
        in_time = clock is not None and (clock.due_on is None or timezone.localdate(held_at) <= clock.due_on)
        yield gate, clock.stopped_at if clock is not None and in_time else None


def require_quorum(chair: Officer, attendees: list[Officer], case: Case, *, held_on: date) -> None:
    """Refuse a discussion that is not one of heads of the deciding body who did not investigate.

    行政处罚法第五十七条第二款。
    """
    heads = {officer.pk for officer in heads_of(case.named, held_on)} if case.named else set()
    present = {officer.pk for officer in attendees} & heads - investigators(case)
    strangers = [officer.name for officer in attendees if officer.pk not in heads]
    if len(present) < QUORUM or chair.pk not in present or strangers:
        raise gates.violation(
            "collective_discussion",
            detail=f"须由{case.named}的负责人集体讨论，出席的非承办负责人不少于{QUORUM}人并由其中一人主持。",
            detail_en=f"{QUORUM} heads of {case.named} at least who did not handle it, one in the chair",
            field="attendees",
        )


def require_recorded(attendees: list[Officer], *, opinions: str, conclusion: str) -> None:
    """Refuse an empty record: each head's opinion stands in it by name (行政处罚法第五十七条第二款)."""
    silent = "、".join(officer.name for officer in attendees if officer.name not in opinions)
    if silent or not conclusion.strip():
        raise gates.violation(
            "collective_discussion",
            detail=f"未记录{silent}的意见。" if silent else "未记录结论。",
            detail_en=f"the opinion of {silent} is not recorded" if silent else "no conclusion",
            field="opinions" if silent else "conclusion",
        )
