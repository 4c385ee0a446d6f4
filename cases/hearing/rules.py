"""Who must be told what, and how long they may answer."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cases.clocks.selectors import has_run_out, running
from cases.dossier import authority
from cases.dossier.duties import investigators, require_not_investigator
from cases.dossier.law_book import law_book
from cases.dossier.models import Case
from cases.dossier.reading import read_once
from cases.hearing.content import agents_of
from cases.hearing.models import Hearing, PriorNotice, Statement
from cases.instruments.models import Instrument, Service
from cases.instruments.serving import received_at
from cases.intake.rules import limitation_objection
from cases.investigation.findings import current_report, threshold_objection
from cases.investigation.proposals import minor_objection, proposed_in
from cases.investigation.reliance import unlawful_obstacles
from law import gates, time_limits
from law.errors import RuleViolation
from law.money import plain
from townships.models import Officer

MOST_AGENTS = 2
# What the paper of an end without a hearing must hold.
UNSIGNED = {
    "withdrawn": (
        "撤回听证须有当事人签名的书面意思表示。",
        "a withdrawal is in writing and signed by the party",
    ),
    "absent": ("须记录未到场情况并签名。", "the absence is recorded and signed"),
}


@read_once
def current_notice(case: Case) -> PriorNotice | None:
    """Return the notice of the latest report, and whether an answer of the party waits to be reviewed."""
    answers = Statement.objects.filter(notice__case=OuterRef("case"), kind=Statement.Kind.STATEMENT)
    notices = PriorNotice.objects.annotate(unreviewed=Exists(answers.filter(reviewed_at=None)))
    return notices.filter(case=case).select_related("instrument", "report").order_by("-id").first()


def notice_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against issuing the notice: authority, unknown hearing threshold, suspected crime."""
    refusal = authority.objection(case, on=on)
    if refusal:
        yield refusal
    report = current_report(case)
    if report is None:
        yield gates.violation("facts_proved", detail="尚无调查终结报告。", detail_en="no report yet")
        return
    if PriorNotice.objects.filter(report=report).exists():
        yield RuleViolation(
            "proposal_already_told",
            "当前的拟处罚意见已经告知过当事人；审核不通过或重新拟处后，须先提出新的处理意见。",
            "行政处罚法第四十四条、第五十八条",
            "承办人在“调查终结”中重新提出处理意见，再签发告知书。",
            link="case:conclude",
            message_en="This proposal was told to the party before; a new report comes first.",
            unblock_en="The officers propose anew by a further report; then the notice is issued.",
        )
    if report.crime_suspected:
        yield gates.violation("criminal_transfer_duty")
    if not report.kinds:
        yield RuleViolation(
            "no_penalty_proposed",
            "调查终结报告拟不予处罚，无须事先告知。",
            "行政处罚法第四十四条、第五十七条",
            "由机关负责人作出不予处罚决定，或退回补充调查。",
            link="case:decide-no-penalty",
            message_en="The report proposes no penalty; there is nothing to give notice of.",
            unblock_en="The head decides that no penalty is imposed, or returns the report.",
        )
    yield from unlawful_obstacles(case, report, link="case:return-report")
    yield from threshold_objection(case, report, on=on)
    yield from officers_objection(case)
    yield from limitation_objection(case)
    if case.item_version is not None:
        yield from minor_objection(case, case.item_version, proposed_in(report))


def officers_objection(case: Case) -> Iterator[RuleViolation]:
    """Find that a case handed over has no officers yet (行政处罚法第四十二条)."""
    if case.lead_officer_id is None or case.second_officer_id is None:
        yield gates.violation(
            "two_certified_officers",
            detail="本案尚未确定承办人员。",
            detail_en="no officers are assigned yet",
            link="case:reassign",
        )


def require_in_window(case: Case, made_at: datetime) -> None:
    """Refuse a hearing request after the five working days (行政处罚法第六十四条第（一）项)."""
    clock = running(case, "hearing_request")
    if clock is None:
        raise gates.violation(
            "hearing_right_told",
            detail="本案告知书未载明听证权，或听证申请期已结束。",
            detail_en="the notice offers no hearing, or the time to ask for one is over",
        )
    if has_run_out(clock, on=timezone.localdate(made_at)):
        raise RuleViolation(
            "hearing_request_late",
            f"听证申请期已于{clock.due_on:%Y年%-m月%-d日}届满。",
            "行政处罚法第六十四条第（一）项",
            "如有正当理由，可作为陈述申辩登记；核对送达日期是否正确。",
            message_en=f"The time to ask for a hearing ran out on {clock.due_on:%Y-%m-%d}.",
            unblock_en="For good cause enter it as a statement; check that the day of service is right.",
            field="made_at",
        )


def may_ask_for_hearing(case: Case) -> bool:
    """Tell whether the time to ask for a hearing was given and is not closed by a request or a waiver."""
    return running(case, "hearing_request") is not None


def awaits_its_day(case: Case, on: date) -> bool:
    """Tell whether a hearing was asked for and no day is set, or one went by of which nobody was told."""
    missed = Q(scheduled_at__date__lte=on, instrument__state=Instrument.State.ISSUED)
    waiting = Hearing.objects.filter(notice__case=case, concluded_at=None)
    return waiting.filter(Q(scheduled_at=None) | missed).exists()


def require_made_in_time(notice: PriorNotice, made_at: datetime, *, at: datetime) -> None:
    """Refuse an answer dated before the notice was served or still to come (行政处罚法第四十五条)."""
    if made_at > at or notice.served_at is None or made_at < notice.served_at:
        raise RuleViolation(
            "answer_out_of_time",
            "提出时间须在告知书送达之后、现在之前。",
            "行政处罚法第四十五条、第六十四条第（一）项",
            "核对当事人实际提出的时间。",
            message_en="An answer is made after the notice was served and not later than now.",
            unblock_en="Check when the party made it.",
            field="made_at",
        )


def require_free(fee: Decimal | None) -> None:
    """Refuse to charge anything for a hearing (行政处罚法第六十三条第二款)."""
    if fee:
        raise gates.violation(
            "hearing_free",
            detail=f"拟收{plain(fee)}元。",
            detail_en=f"{plain(fee)} yuan were to be charged",
            field="fee",
        )


def require_chair(case: Case, chair: Officer, *, on: date) -> None:
    """Refuse a chair who handled the case, or whom the body may not appoint (第六十四条第（四）项)."""
    require_not_investigator(case, chair, "hearing_chair_not_investigator")
    if not chair.is_active or not chair.scope(on, "case.chair_hearing").covers(case.named_id):
        raise gates.violation(
            "hearing_chair_not_investigator",
            detail=f"{chair.name}当日不能为{case.named}主持听证。",
            detail_en=f"{chair.name} may not chair hearings for {case.named} that day",
            field="chair",
        )


def require_recorder(case: Case, recorder: str) -> None:
    """Refuse as recorder who investigated: the notice tells the party that neither chair nor recorder did."""
    if Officer.objects.filter(pk__in=investigators(case), name=recorder.strip()).exists():
        raise RuleViolation(
            "hearing_recorder_investigates",
            f"{recorder.strip()}是本案调查人员，不能担任听证记录人。",
            "行政处罚法第六十四条第（四）项",
            "另行指定未参与本案调查的人员记录。",
            message_en="An officer who investigated the case does not keep the record of its hearing.",
            unblock_en="Appoint somebody who did not investigate the case.",
            field="recorder",
        )


def require_appointed(hearing: Hearing, actor: Officer) -> None:
    """Refuse an end of the hearing from anybody but its chair (第六十四条第（四）项)."""
    if hearing.chair is not None and hearing.chair_id != actor.pk:
        raise gates.violation(
            "hearing_chair_not_investigator",
            detail=f"本次听证由{hearing.chair.name}主持。",
            detail_en=f"{hearing.chair.name} chairs this hearing",
            link="case:hearing",
        )


def require_lawful_end(hearing: Hearing, outcome: str, *, record: str, signature: str, at: datetime) -> None:
    """Refuse to end a hearing without the paper that its end needs (第六十四条第（六）项、第（八）项)."""
    if not (record.strip() and signature.strip()):
        detail, detail_en = UNSIGNED.get(outcome, ("", ""))
        raise gates.violation("hearing_record_signed", detail=detail, detail_en=detail_en, field="record")
    if outcome == Hearing.Outcome.WITHDRAWN:
        return
    if hearing.scheduled_at is None:
        raise gates.violation(
            "hearing_notice_7wd",
            detail="尚未通知听证。",
            detail_en="no notice of the hearing was given",
            link="case:schedule-hearing",
        )
    if at < hearing.scheduled_at:
        raise gates.violation(
            "hearing_held_if_requested",
            detail="听证时间尚未到。",
            detail_en="the hearing lies ahead",
            field="outcome",
        )
    _require_served_in_time(hearing, hearing.scheduled_at)


def require_report(
    hearing: Hearing, outcome: str, *, ended_at: datetime | None, at: datetime, said: Mapping[str, str]
) -> None:
    """Refuse a hearing with three agents, one that ended before it began, or one held without a report.

    行政处罚法第六十四条第（五）项、第六十五条。
    """
    if len(agents_of(said.get("agents", ""))) > MOST_AGENTS:
        raise RuleViolation(
            "hearing_agents",
            "当事人最多委托二人代理参加听证。",
            "行政处罚法第六十四条第（五）项",
            "核对授权委托书，只登记一至二名代理人。",
            message_en="A party is represented at a hearing by two agents at the most.",
            unblock_en="Check the powers of attorney and enter one or two agents.",
            field="agents",
        )
    if outcome != Hearing.Outcome.HELD:
        return
    if ended_at is None or ended_at > at or (hearing.scheduled_at and ended_at < hearing.scheduled_at):
        raise RuleViolation(
            "hearing_ended_out_of_time",
            "听证结束时间须填写，在听证开始之后、现在之前。",
            "行政处罚法第六十四条第（八）项",
            "以听证笔录载明的时间为准。",
            message_en="A hearing that was held has an end, after it began and not later than now.",
            unblock_en="Go by the time that the record of the hearing states.",
            field="ended_at",
        )
    for name in ("advice", "report"):
        if not said.get(name, "").strip():
            raise RuleViolation(
                "hearing_report_missing",
                "听证举行后，须由主持人写明处理意见和理由。",
                "行政处罚法第六十五条",
                "主持人填写处理意见和理由，系统据此制作听证报告。",
                message_en="After a hearing was held, its chair states the proposal and the reasons.",
                unblock_en="The chair enters both; the report of the hearing is made of them.",
                field=name,
            )


def _require_served_in_time(hearing: Hearing, scheduled_at: datetime) -> None:
    """Refuse an end of a hearing of which no notice reached the party in time (第六十四条第（二）项)."""
    service = Service.objects.filter(instrument=hearing.instrument).first()
    if service is None:
        raise gates.violation(
            "hearing_notice_7wd",
            detail="听证通知书没有送达记录。",
            detail_en="no service of its notice is on record",
            field="outcome",
            link="case:serve-document",
        )
    require_timely_hearing(timezone.localdate(received_at(service)), scheduled_at)


def require_timely_hearing(notified_on: date, scheduled_at: datetime) -> None:
    """Refuse a hearing with less than seven clear working days of notice (行政处罚法第六十四条第（二）项)."""
    latest = time_limits.latest_notice_date(
        "hearing_notice_7wd_before", event=scheduled_at, book=law_book()
    ).due_on
    if latest is None or notified_on > latest:
        when = f"最迟应在{latest:%Y年%-m月%-d日}通知。" if latest else "该年放假安排尚未公布。"
        when_en = f"notice by {latest:%Y-%m-%d} at the latest" if latest else "that calendar is not published"
        raise gates.violation("hearing_notice_7wd", detail=when, detail_en=when_en, field="scheduled_at")


def unreviewed_statements(case: Case) -> Iterator[RuleViolation]:
    """Find an answer of the party that nobody has reviewed (行政处罚法第四十五条第一款)."""
    if has_unreviewed(case):
        yield gates.violation("defence_reviewed", link="case:review-statement")


def has_unreviewed(case: Case) -> bool:
    """Tell whether an answer of the party waits to be reviewed; there is none where nothing was told."""
    notice: Any = current_notice(case)
    return notice is not None and notice.unreviewed
