"""Two officers, lawful records, facts proved, the proposal inside the law."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

from cases.dossier import authority
from cases.dossier.duties import two_officers
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.investigation.models import Exhibit, Record, Report
from catalog.models import DiscretionBand, ItemVersion
from law import discretion, gates
from law.errors import RuleViolation


def field_work_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against any act of investigation that day (行政处罚法第四十二条)."""
    yield from two_officers(case, [case.lead_officer, case.second_officer], on=on)


def require_field_work(case: Case, *, on: date) -> None:
    """Refuse an act of investigation without two certified officers, or without authority once filed."""
    for refusal in field_work_obstacles(case, on):
        raise refusal
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
            field="ended_at",
        )
    if ended_at > at:
        raise RuleViolation(
            "record_in_future",
            "笔录的结束时间晚于现在。",
            "行政处罚法第四十七条",
            "笔录应在检查或询问结束后登记。",
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
            field="started_at",
        )


def report_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against ending the investigation: basis, evidence, authority, officers.

    行政处罚法第四十条。
    """
    yield from _report_waiting(case)
    yield from field_work_obstacles(case, on)
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
            link="item",
        )
    if not Exhibit.objects.filter(case=case, voided_at=None).exists():
        yield gates.violation("facts_proved", detail="尚无证据。", link="case:add-exhibit")
    if not Record.objects.filter(case=case, voided_at=None).exists():
        yield gates.violation(
            "full_process_record", detail="尚无现场检查或询问笔录。", link="case:record-interview"
        )
    if version is not None and version.needs_correction_first and not case.corrections.exists():
        yield gates.violation(
            "order_correction", detail="该事项以责令改正而未改正为前提。", link="case:order-correction"
        )


def _report_waiting(case: Case) -> Iterator[RuleViolation]:
    """Find a report that the head has not answered: only a proposal told to the party is made anew."""
    report = Report.objects.filter(case=case).order_by("-round").first()
    if case.stage != Stage.INVESTIGATED or report is None:
        return
    told = Instrument.objects.filter(case=case, kind=Kind.PRIOR_NOTICE, issued_at__gte=report.concluded_at)
    if not told.exists():
        yield RuleViolation(
            "report_awaits_answer",
            f"第{report.round}次调查终结报告尚待机关负责人审批。",
            "行政处罚法第四十条、第五十七条",
            "需要修改的，请机关负责人先“退回补充调查”。",
            message_en="The report still awaits the head's answer.",
            link="case:return-report",
        )


def range_of(version: ItemVersion, quantity: Decimal) -> discretion.Range:
    """Return the statute's range for this quantity (yuan)."""
    return _scaled(version.fine_min, version.fine_max, version.fine_unit, quantity)


def band_range(band: DiscretionBand | None, quantity: Decimal) -> discretion.Range | None:
    """Return the grade's range for this quantity (yuan)."""
    if band is None or band.no_penalty:
        return None
    return _scaled(band.fine_min, band.fine_max, band.unit, quantity)


def _scaled(low: Decimal | None, high: Decimal | None, unit: str, quantity: Decimal) -> discretion.Range:
    factor = quantity if "/" in unit or "每" in unit else Decimal(1)
    return discretion.Range(
        low * factor if low is not None else None, high * factor if high is not None else None
    )


def require_lawful_proposal(
    version: ItemVersion,
    *,
    fine: Decimal,
    band: DiscretionBand | None,
    quantity: Decimal,
    mitigation_basis: str,
    deviation_reasons: str,
) -> None:
    """Refuse a fine outside the statute, or outside the grade without reasons.

    行政处罚法第四条、第三十二条、第三十四条。
    """
    for refusal in discretion.check_sanction(
        fine=fine,
        statutory=range_of(version, quantity),
        band=band_range(band, quantity),
        mitigation_basis=mitigation_basis,
        deviation_reasons=deviation_reasons,
    ):
        raise refusal
