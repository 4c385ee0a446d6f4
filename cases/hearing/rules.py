"""Who must be told what, and how long they may answer."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from cases.clocks.selectors import has_run_out, running
from cases.dossier import authority
from cases.dossier.law_book import law_book
from cases.dossier.models import Case
from cases.dossier.reading import read_once
from cases.hearing.models import PriorNotice, Statement
from cases.investigation.findings import current_report, hearing_finding
from law import gates, time_limits
from law.errors import LawError, RuleViolation


@read_once
def current_notice(case: Case) -> PriorNotice | None:
    """Return the notice of the latest report."""
    return (
        PriorNotice.objects.filter(case=case).select_related("instrument", "report").order_by("-id").first()
    )


def notice_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against issuing the notice: authority, unknown hearing threshold, suspected crime."""
    refusal = authority.objection(case, on=on)
    if refusal:
        yield refusal
    report = current_report(case)
    if report is None:
        yield gates.violation("facts_proved", detail="尚无调查终结报告。")
        return
    if PriorNotice.objects.filter(report=report).exists():
        yield RuleViolation(
            "proposal_already_told",
            "当前的拟处罚意见已经告知过当事人；审核不通过或重新拟处后，须先提出新的处理意见。",
            "行政处罚法第四十四条、第五十八条",
            "承办人在“调查终结”中重新提出处理意见，再签发告知书。",
            message_en="This proposal was told to the party before; a new report comes first.",
            link="case:conclude",
        )
    if report.crime_suspected:
        yield gates.violation("criminal_transfer_duty")
    try:
        hearing_finding(case, report, on=on)
    except LawError as error:
        yield RuleViolation(
            error.code,
            str(error),
            "行政处罚法第六十三条",
            "请法制机构在“本地参数”中录入本地听证数额标准，由第二人核准。",
            link="law-settings",
        )


def require_in_window(case: Case, made_at: datetime) -> None:
    """Refuse a hearing request after the five working days (行政处罚法第六十四条第（一）项)."""
    clock = running(case, "hearing_request")
    if clock is None:
        raise gates.violation("hearing_right_told", detail="本案告知书未载明听证权，或听证申请期已结束。")
    if has_run_out(clock, on=timezone.localdate(made_at)):
        raise RuleViolation(
            "hearing_request_late",
            f"听证申请期已于{clock.due_on:%Y年%-m月%-d日}届满。",
            "行政处罚法第六十四条第（一）项",
            "如有正当理由，可作为陈述申辩登记；核对送达日期是否正确。",
            field="made_at",
        )


def require_timely_hearing(notified_on: date, scheduled_at: datetime) -> None:
    """Refuse a hearing with less than seven clear working days of notice (行政处罚法第六十四条第（二）项)."""
    latest = time_limits.latest_notice_date(
        "hearing_notice_7wd_before", event=scheduled_at, book=law_book()
    ).due_on
    if latest is None or notified_on > latest:
        when = f"最迟应在{latest:%Y年%-m月%-d日}通知" if latest else "该年放假安排尚未公布"
        raise gates.violation("hearing_notice_7wd", detail=f"{when}。", field="scheduled_at")


def unreviewed_statements(case: Case) -> Iterator[RuleViolation]:
    """Find an answer of the party that nobody has reviewed (行政处罚法第四十五条第一款)."""
    if has_unreviewed(case):
        yield gates.violation("defence_reviewed", link="case:review-statement")


@read_once
def has_unreviewed(case: Case) -> bool:
    """Tell whether an answer of the party waits to be reviewed."""
    answers = Statement.objects.filter(notice__case=case, kind=Statement.Kind.STATEMENT)
    return answers.filter(reviewed_at=None).exists()
