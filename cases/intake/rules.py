"""Is it enough to file, and in time?"""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from cases.dossier import authority
from cases.dossier.duties import two_officers
from cases.dossier.models import Case
from catalog.selectors import version_in_force
from law import gates, limitation
from law.errors import RuleViolation
from townships.models import Officer


def require_registrar(officer: Officer, *, on: date) -> None:
    """Refuse whoever may not register leads."""
    if not officer.may("lead.register", on):
        raise PermissionDenied(_("你的岗位不登记线索；请交县级登记员或乡镇执法队登记。"))


def filing_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find what stands against filing that day: item, authority, two officers, limitation, party."""
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
        )
    yield from limitation_objection(case)


def limitation_objection(case: Case) -> Iterator[RuleViolation]:
    """Find whether the act was discovered too late to be punished (行政处罚法第三十六条)."""
    ended = case.ended_on
    if ended is None or case.item is None:
        return
    years = version_in_force(case.item, case.found_on).limitation_years
    refusal = limitation.limitation_check(act_ended=ended, discovered_on=case.found_on, years=years)
    if refusal:
        yield refusal


def require_fileable(case: Case, *, on: date) -> None:
    """Refuse a filing that the law would not carry.

    行政处罚法第三十六条、第三十八条、第四十二条、第五十四条。
    """
    for refusal in filing_obstacles(case, on):
        raise refusal


def duplicate_warning(case: Case, on: date) -> Iterator[RuleViolation]:
    """Warn when another open case runs against the same party for the same item.

    行政处罚法第二十五条第一款。
    """
    if case.party is None or case.item is None:
        return
    others = Case.objects.filter(party=case.party, item=case.item, is_open=True).exclude(pk=case.pk)
    other = others.exclude(number=None).first()
    if other is not None:
        yield gates.violation("jurisdiction_duplicate_case", detail=f"在办案件：{other.number}。")
