"""May this person, after what they did before? Two certified officers; three functions kept apart."""

from collections.abc import Iterable
from datetime import date

from cases.dossier.models import Assignment, Case
from cases.dossier.reading import read_once
from law import duties, gates
from law.errors import RuleViolation
from townships.models import Officer
from townships.selectors import officer_facts


def two_officers(case: Case, officers: Iterable[Officer | None], *, on: date) -> list[RuleViolation]:
    """Find what stands against these officers acting that day (行政处罚法第四十二条)."""
    present = tuple(officer for officer in officers if officer is not None)
    return _standing_against(case, present, on=on)


@read_once
def _standing_against(case: Case, present: tuple[Officer, ...], *, on: date) -> list[RuleViolation]:
    domain = case.item_version.domain if case.item_version else ""
    return list(duties.two_certified_officers(officer_facts(present), on=on, domain=domain))


def require_two(case: Case, officers: Iterable[Officer | None], *, on: date) -> None:
    """Refuse unless two certified officers act."""
    for refusal in two_officers(case, officers, on=on):
        raise refusal


@read_once
def investigators(case: Case) -> set[int]:
    """Return everybody who ever handled the case."""
    past = Assignment.objects.filter(case=case).values_list("officer_id", flat=True)
    return {*past, *(pk for pk in (case.lead_officer_id, case.second_officer_id) if pk)}


def require_not_investigator(case: Case, officer: Officer, gate: str) -> None:
    """Refuse a reviewer, chair or head who handled the case.

    行政处罚法第五十七条、第五十八条、第六十四条。
    """
    if officer.pk in investigators(case):
        raise gates.violation(gate, detail=f"{officer.name}是本案承办人员。")


def require_head(case: Case, officer: Officer, *, on: date, permission: str) -> None:
    """Refuse anybody but a head of the body in whose name the case runs (行政处罚法第五十七条第一款)."""
    body = case.named
    if body is None or not officer.is_head or not officer.scope(on, permission).covers(body.pk):
        raise gates.violation("head_decides", detail=f"本案以{body.name if body else '—'}名义办理。")
