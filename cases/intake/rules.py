"""Is it enough to file, and in time?"""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from cases.dossier import authority
from cases.dossier.duties import two_officers
from cases.dossier.law_book import law_book
from cases.dossier.models import Case
from cases.dossier.versions import version_on
from cases.intake.models import Verification
from catalog.models import ItemVersion
from catalog.selectors import ItemNotInForce, versions_in_force
from catalog.sources import source_of
from law import gates, limitation
from law.errors import RuleViolation, enforce
from townships.models import Body, Officer, Place

USUAL_YEARS, LONG_YEARS = 2, 5


def require_own_township(officer: Officer, township: Body) -> None:
    """Refuse a lead registered for another township: its numbers are not one's own (第二十二条)."""
    own = officer.body
    if own is not None and own.is_grassroots and own.pk != township.pk:
        raise RuleViolation(
            "lead_of_other_township",
            f"{officer.name}属于{own.short_name}，不能为{township.short_name}登记线索。",
            "行政处罚法第二十二条",
            "发生在其他乡镇的线索，请交县级登记员登记并分派。",
            message_en="An officer of a township registers leads of that township only.",
            unblock_en="Leave it to the county's clerk, who registers and assigns leads of other townships.",
            field="township",
        )


def require_place_in(township: Body, place: Place | None) -> None:
    """Refuse a village of another township: the place decides who has jurisdiction (第二十二条)."""
    if place is not None and place.township_id != township.pk:
        raise RuleViolation(
            "place_outside_township",
            f"{place}不在{township.short_name}辖区内。",
            "行政处罚法第二十二条",
            "选择该乡镇（街道）的村社网格，或者更正所在乡镇。",
            message_en="The village or grid does not belong to the township.",
            unblock_en="Choose one of the township's own, or correct the township.",
            field="place",
        )


def require_happened(happened_at: datetime | None, *, at: datetime) -> None:
    """Refuse an act that lies ahead: its day begins the limitation (第三十六条)."""
    if happened_at is not None and happened_at > at:
        raise RuleViolation(
            "happened_in_future",
            "发生时间不能晚于现在。",
            "行政处罚法第三十六条",
            "填写行为发生或者被发现的时间；不清楚可以不填。",
            message_en="What happened cannot lie in the future.",
            unblock_en="Enter when it happened or was noticed; leave it empty where it is not known.",
            field="happened_at",
        )


def require_past(checked_at: datetime | None, ended_on: date | None, *, at: datetime) -> None:
    """Refuse a check or an end of the act that lies ahead: it would stretch the limitation (第三十六条)."""
    late = checked_at is not None and checked_at > at
    if late or (ended_on is not None and ended_on > timezone.localdate(at)):
        raise RuleViolation(
            "found_in_future",
            "核查时间和违法行为终了之日都不能晚于现在。",
            "行政处罚法第三十六条",
            "持续中的行为填最近一次发现之日。",
            message_en="Neither the check nor the end of the act can lie in the future.",
            unblock_en="For an act that goes on, enter the day on which it was last found.",
            field="checked_at" if late else "ended_on",
        )


def filing_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against filing that day, and what the head should know of before."""
    yield from filing_bars(case, on)
    yield from duplicate_warning(case, on)


def filing_bars(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what bars filing that day: item, authority, two officers, limitation, party."""
    refusal = authority.objection(case, on=on)
    if refusal:
        yield refusal
    yield from two_officers(case, [case.lead_officer, case.second_officer], on=on)
    if case.party is None:
        yield RuleViolation(
            "party_unknown",
            "尚未确定当事人。",
            "行政处罚法第四十条",
            "在“登记核查”中补充当事人的姓名或名称。",
            link="case:verify",
            message_en="The party is not known yet.",
            unblock_en="Enter the name of the party under ‘record the verification’.",
        )
    yield from limitation_objection(case)
    yield from basis_objection(case, on)
    yield from source_objection(case, on)


def acted_on(case: Case) -> date | None:
    """Return the last day of the act, or the day it happened; None while neither is known."""
    if case.ended_on is not None:
        return case.ended_on
    return timezone.localdate(case.happened_at) if case.happened_at else None


def limitation_objection(case: Case) -> Iterator[RuleViolation]:
    """Find whether the act was discovered too late to be punished (行政处罚法第三十六条)."""
    if case.item is None:
        return
    ended = acted_on(case)
    if ended is None:
        yield gates.violation(
            "limitation_check",
            detail="尚未查明违法行为的发生或终了之日。",
            detail_en="the day on which the act happened or ended is not known",
            field="ended_on",
            link="case:verify",
        )
        return
    usual = limitation.limitation_check(
        act_ended=ended, discovered_on=case.found_on, years=USUAL_YEARS, book=law_book()
    )
    if usual:
        yield from _beyond_two_years(case, ended, usual)


def _beyond_two_years(case: Case, ended: date, usual: RuleViolation) -> Iterator[RuleViolation]:
    """Find whether the five years of grave matters hold, where the item knows them (第三十六条第一款)."""
    version = case.item_version or versions_in_force(case.found_on).filter(item=case.item).first()
    if version is None or version.limitation_years != LONG_YEARS:
        yield usual
        return
    late = limitation.limitation_check(
        act_ended=ended, discovered_on=case.found_on, years=LONG_YEARS, book=law_book()
    )
    grave = Verification.objects.filter(case=case, grave_harm=True).exists()
    if late:
        yield late
    elif not grave:
        yield from limitation.five_year_obstacles(protected_field=True, harm=False)


def applicable_version(case: Case, *, on: date) -> ItemVersion:
    """Return the version a case must cite: that of the day of the act, a lighter later one in its place.

    行政处罚法第三十七条。
    """
    now = version_on(case, on)
    then = _replaced(case, now)
    return now if then is None or _lighter(now, then) else then


def _replaced(case: Case, now: ItemVersion) -> ItemVersion | None:
    """Return the version in force at the act, where the present one came later."""
    day = acted_on(case)
    if day is None or now.valid_from is None or now.valid_from <= day:
        return None
    return versions_in_force(day).filter(item=case.item).first()


def _lighter(now: ItemVersion, then: ItemVersion) -> bool:
    """Tell whether the later version is milder in one bound of the fine and heavier in none."""
    if now.fine_unit != then.fine_unit or now.fine_max is None or then.fine_max is None:
        return False
    low, former_low = now.fine_min or 0, then.fine_min or 0
    bounds = (now.fine_max, low), (then.fine_max, former_low)
    return now.fine_max <= then.fine_max and low <= former_low and bounds[0] != bounds[1]


def basis_objection(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find that no basis applies that day, or that another version than today's governs the act.

    行政处罚法第三十七条。
    """
    if case.item is None:
        return
    try:
        now = version_on(case, on)
    except ItemNotInForce as refusal:
        if case.item_version is None:
            yield refusal
        return
    cited = case.item_version or applicable_version(case, on=on)
    day = acted_on(case)
    warned = gates.violation("law_in_force_at_act", link="item").weighed("warn")
    if cited.pk != now.pk:
        milder = _lighter(now, cited)
        told = "其后的新版本处罚较轻，应核对是否从新" if milder else "其后的新版本不较轻，仍适用行为时的版本"
        yield _told(warned, f"本案引用{cited.valid_from}起的版本；{told}。")
    elif day and now.valid_from and day < now.valid_from and _replaced(case, now) is None:
        yield _told(warned, f"目录中没有行为时（{day}）的版本，请核对行为时的规定。")


def source_objection(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find that a penalty would rest on a paper that is no law, or on one that was not published.

    行政处罚法第四条、第五条第三款、第十六条。
    """
    if case.item is None:
        return
    try:
        version = case.item_version or applicable_version(case, on=on)
    except ItemNotInForce:
        return
    source = source_of(version, acted_on(case) or on)
    if not source.is_law:
        yield gates.violation(
            "basis_not_normative_document",
            detail=f"“{version.statute_name}”。",
            detail_en=f"'{version.statute_name}'",
            field="item",
            link="item",
        )
    if not source.published:
        yield gates.violation(
            "basis_published",
            detail=f"“{version.statute_name}”{on}尚未公布。",
            detail_en=f"'{version.statute_name}' was not published by {on}",
            field="item",
            link="item",
        )


def _told(refusal: RuleViolation, detail: str) -> RuleViolation:
    return RuleViolation(**{**refusal.as_dict(), "message": f"{refusal.message}：{detail}"})


def require_fileable(case: Case, *, on: date) -> None:
    """Refuse a filing that the law would not carry.

    行政处罚法第三十六条、第三十八条、第四十二条、第五十四条。
    """
    enforce(filing_bars(case, on))


def duplicate_warning(case: Case, on: date) -> Iterator[RuleViolation]:
    """Warn when another open case runs against the same party for the same item.

    行政处罚法第二十五条第一款。
    """
    if case.party is None or case.item is None:
        return
    others = Case.objects.filter(party=case.party, item=case.item, is_open=True).exclude(pk=case.pk)
    number = others.exclude(number=None).order_by("id").values_list("number", flat=True).first()
    if number is not None:
        yield gates.violation(
            "jurisdiction_duplicate_case", detail=f"在办案件：{number}。", detail_en=f"open case: {number}"
        )
