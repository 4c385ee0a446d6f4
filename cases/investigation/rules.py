"""Two officers, lawful records, facts proved, the proposal inside the law."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from audit import statements
from cases.dossier import authority
from cases.dossier.duties import two_officers
from cases.dossier.models import Case, Source
from cases.dossier.stages import Stage
from cases.holding.rules import overdue_obstacles, unapproved_obstacles
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.instruments.selectors import last_of
from cases.investigation.correcting import correction_obstacles
from cases.investigation.models import Exhibit, Record, Report
from cases.investigation.proposals import Proposal, confiscated_in
from cases.investigation.reliance import reliance_obstacles
from law import gates
from law.errors import RuleViolation, enforce
from law.money import plain


def field_work_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against any act of investigation that day (行政处罚法第四十二条)."""
    yield from two_officers(case, [case.lead_officer, case.second_officer], on=on)


def require_field_work(case: Case, *, on: date) -> None:
    """Refuse an act of investigation without two certified officers, or without authority once filed."""
    enforce(field_work_obstacles(case, on))
    if case.number:
        authority.require(case, on=on)


def require_lawful_record(
    case: Case, *, started_at: datetime, ended_at: datetime, certificate_shown: bool, at: datetime
) -> None:
    """Refuse a record without shown certificates, with impossible times, or overlapping another."""
    if not certificate_shown:
        raise gates.violation("show_certificate_recorded", field="certificate_shown")
    if ended_at <= started_at:
        raise RuleViolation(
            "record_ends_before_start",
            "结束时间须晚于开始时间。",
            "行政处罚法第五十五条",
            "核对笔录上的起止时间后再保存。",
            message_en="The record must end after it begins.",
            unblock_en="Check the times on the record, then save again.",
            field="ended_at",
        )
    if ended_at > at:
        raise RuleViolation(
            "record_in_future",
            "笔录的结束时间晚于现在。",
            "行政处罚法第四十七条",
            "笔录应在检查或询问结束后登记。",
            message_en="The record ends later than now.",
            unblock_en="Enter the record after the inspection or interview has ended.",
            field="ended_at",
        )
    officers = [pk for pk in (case.lead_officer_id, case.second_officer_id) if pk]
    other = (
        Record.objects.filter(officers__in=officers, voided_at=None)
        .filter(Q(started_at__lt=ended_at) & Q(ended_at__gt=started_at))
        .select_related("case")
        .first()
    )
    if other is not None:
        raise RuleViolation(
            "officer_in_two_places",
            f"同一执法人员在此时段另有笔录（{other.case}，{other}），时间重叠。",
            "行政处罚法第四十二条、第四十六条",
            "核对两份笔录的起止时间，或由实际到场的人员记录。",
            message_en=f"An officer of this record stands in another of the same time ({other.case}).",
            unblock_en="Check the times of both records, or have it made by those who were there.",
            field="started_at",
        )


def require_own_exhibit(case: Case, exhibit: Exhibit) -> None:
    """Refuse evidence of another case, or one that counts no more."""
    if exhibit.case_id != case.pk or exhibit.is_void:
        raise RuleViolation(
            "exhibit_not_here",
            "该证据不属于本案或已经作废。",
            "行政处罚法第四十六条",
            "刷新页面后重新选择。",
            link="case:evidence",
            message_en="This exhibit is not of this case or counts no more.",
            unblock_en="Reload the page and choose again.",
            field="exhibit",
        )


RECORDINGS = frozenset({Exhibit.Kind.AUDIOVISUAL, Exhibit.Kind.ELECTRONIC})


def taken_by_device(case: Case, kind: str, *, by_device: bool) -> bool:
    """Tell whether a piece of evidence is a surveillance device's record (行政处罚法第四十一条)."""
    return by_device or (case.source == Source.CAMERA and kind in RECORDINGS)


# Signed evidence: once it was decided, none may be gathered to bear the decision out.
EVIDENCE = frozenset({Kind.INSPECTION, Kind.INTERVIEW, Kind.EVIDENCE_LIST, Kind.REPORT, Kind.STATEMENT})


def require_scannable(case: Case, instrument: Instrument) -> None:
    """Refuse a scan behind a document of another case, or evidence brought after the decision.

    行政处罚法第四十七条、行政复议法第四十六条。
    """
    if instrument.case_id != case.pk:
        raise RuleViolation(
            "instrument_of_other_case",
            "该文书不属于本案。",
            "行政处罚法第四十七条",
            "在本案的文书中选择。",
            message_en="This document is not of this case.",
            unblock_en="Choose among the documents of the case.",
            field="instrument",
        )
    if case.decided_on is not None and instrument.kind in EVIDENCE:
        raise gates.violation(
            "no_evidence_after_decision",
            detail=f"{instrument}属于证据材料。",
            detail_en=f"{instrument} is evidence",
            field="instrument",
        )


def report_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against ending the investigation: basis, evidence, authority, officers.

    行政处罚法第四十条。
    """
    yield from _report_waiting(case)
    yield from field_work_obstacles(case, on)
    yield from overdue_obstacles(case, on)
    yield from unapproved_obstacles(case, on)
    refusal = authority.objection(case, on=on)
    if refusal:
        yield refusal
    version = case.item_version
    if version is not None and not version.has_basis:
        yield RuleViolation(
            "basis_missing",
            "本案事项在目录中没有完整的处罚依据。",
            "行政处罚法第四条、第三十八条",
            "请目录管理员在事项页“补充依据”，由第二人发布后再终结。",
            message_en="The catalogue holds no complete basis of penalty for the item of this case.",
            unblock_en="Have the basis added on the item's page and published by a second person.",
            link="item",
        )
    exhibits, examined, first_record = _gathered(case)
    if not exhibits:
        yield gates.violation(
            "facts_proved", detail="尚无证据。", detail_en="no evidence yet", link="case:add-exhibit"
        )
    if first_record is None:
        yield gates.violation(
            "full_process_record",
            detail="尚无现场检查或询问笔录。",
            detail_en="no record of an inspection or an interview yet",
            link="case:record-interview",
        ).weighed("block")
    elif timezone.localdate(first_record) < case.found_on:
        yield _recorded_before_found(timezone.localdate(first_record), case.found_on)
    if examined:
        yield from reliance_obstacles(case)
    yield from correction_obstacles(case, on)


# What is to be examined is said as `TO_BE_EXAMINED` says it.
GATHERED = """
    WITH counted AS MATERIALIZED (
        SELECT by_device OR kind = %s::text AS examined FROM cases_exhibit
        WHERE case_id = %s::bigint AND voided_at IS NULL
    )
    SELECT EXISTS (SELECT FROM counted), EXISTS (SELECT FROM counted WHERE examined),
           (SELECT min(started_at) FROM cases_record WHERE case_id = %s::bigint AND voided_at IS NULL)
"""


def _gathered(case: Case) -> tuple[bool, bool, datetime | None]:
    """Tell whether the case has exhibits and evidence to be examined, and when its first record began."""
    return statements.rows(GATHERED, [Exhibit.Kind.EXPERT, case.pk, case.pk])[0]


def _recorded_before_found(day: date, found_on: date) -> RuleViolation:
    """Warn of a record that is older than the lead: the decision would tell it before the discovery."""
    return RuleViolation(
        "record_before_lead",
        f"最早的笔录（{day:%Y年%-m月%-d日}）早于发现线索之日（{found_on:%Y年%-m月%-d日}）。",
        "行政处罚法第五十四条",
        "日期有误的，作废该笔录后重新登记；确在登记线索以前制作的，在违法事实中写明经过。",
        severity="warn",
        message_en=f"The first record ({day}) is older than the lead ({found_on}).",
        unblock_en="Void a record of a wrong day and enter it again; if it is right, tell how it came about.",
        link="case:void-entry",
    )


def heavier_obstacles(case: Case, proposal: Proposal) -> Iterator[RuleViolation]:
    """Find a proposal heavier than any told before the party answered, without anything found since.

    行政处罚法第四十五条第二款。
    """
    if last_of(case, Kind.STATEMENT) is None and last_of(case, Kind.HEARING_REQUEST) is None:
        return
    told = Report.objects.filter(case=case).exclude(notice=None).select_related("notice")
    for former in told.order_by("fine", "round"):
        if _as_light(proposal, former) or _found_since(case, former.notice.issued_at):
            continue
        yield gates.violation(
            "no_heavier_after_defence",
            detail=f"告知过的拟罚款{plain(former.fine)}元，其后没有新的证据。",
            detail_en=f"a fine of {former.fine} yuan was told before; no new evidence since",
            field="fine",
            link="case:return-report",
        )
        return


def _as_light(proposal: Proposal, former: Report) -> bool:
    before = confiscated_in(former, former.kinds)
    taken = ((kind, value) for kind, value in proposal.confiscated.items() if kind in proposal.kinds)
    return (
        proposal.fine <= former.fine
        and all(value <= before.get(kind, 0) for kind, value in taken)
        and set(proposal.kinds) <= set(former.kinds)
    )


def _found_since(case: Case, told: datetime) -> bool:
    exhibits = Exhibit.objects.filter(case=case, voided_at=None, collected_at__gt=told)
    return exhibits.exists() or Record.objects.filter(case=case, voided_at=None, started_at__gt=told).exists()


def _report_waiting(case: Case) -> Iterator[RuleViolation]:
    """Find a report that the head has not answered: only a proposal told to the party is made anew."""
    if case.stage != Stage.INVESTIGATED:
        return
    report = Report.objects.filter(case=case).order_by("-round").first()
    if report is None:
        return
    told = Instrument.objects.filter(case=case, kind=Kind.PRIOR_NOTICE, issued_at__gte=report.concluded_at)
    if not told.exists():
        yield RuleViolation(
            "report_awaits_answer",
            f"第{report.round}次调查终结报告尚待机关负责人审批。",
            "行政处罚法第四十条、第五十七条",
            "需要修改的，请机关负责人先“退回补充调查”。",
            link="case:return-report",
            message_en="The report still awaits the head's answer.",
            unblock_en="To change it, have the head return the report first.",
        )
