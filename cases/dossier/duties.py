"""May this person, after what they did before? Two certified officers; three functions kept apart."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from audit import statements
from audit.selectors import trail_of
from cases.dossier.models import Assignment, Case
from cases.dossier.moves import Move
from cases.dossier.reading import read_once
from cases.dossier.stages import TABLE
from cases.dossier.versions import domain_of
from law import duties, gates
from law.errors import RuleViolation, enforce
from townships.models import Officer
from townships.selectors import lent_to, officer_facts

# Whoever did an act of these permissions handled the case, named or not; or judged it.
HANDLING = frozenset({"case.verify", "case.propose_filing", "case.investigate", "case.conclude"})
# What a head of the body in whose name the case runs does, and no head of the township it handed the work to.
HEADS_ONLY = frozenset({"case.approve_filing", "case.approve_notice", "case.decide", "case.approve_closing"})
JUDGING = frozenset({"case.review", "case.chair_hearing", "case.decide"})

HANDLERS = """
    SELECT actor_id FROM audit_event WHERE chain = %s::text AND verb = ANY(%s::text[])
    UNION SELECT officer_id FROM cases_assignment WHERE case_id = %s::bigint
"""


def two_officers(case: Case, officers: Iterable[Officer | None], *, on: date) -> list[RuleViolation]:
    """Find what stands against these officers acting that day (行政处罚法第四十二条)."""
    present = tuple(officer for officer in officers if officer is not None)
    return _standing_against(case, present, on=on)


@read_once
def _standing_against(case: Case, present: tuple[Officer, ...], *, on: date) -> list[RuleViolation]:
    facts = officer_facts(present)
    found = duties.two_certified_officers(
        facts, on=on, domain=domain_of(case, on), township_id=case.township_id
    )
    return [*found, *_strangers(case, present, on)]


def known_as(case: Case) -> tuple[str, ...]:
    """Return the numbers by which an agreement may name the case."""
    return tuple(number for number in (case.lead_number, case.number) if number)


def _strangers(case: Case, present: tuple[Officer, ...], on: date) -> Iterator[RuleViolation]:
    """Find officers of another body who are neither lent to this one nor invited (第二十六条、第四十二条)."""
    if case.handler_id is None:
        return
    others = [officer for officer in present if officer.body_on(on) != case.handler_id]
    if not others:
        return
    joint = Assignment.objects.filter(case=case, duty=Assignment.Duty.JOINT, ended_on=None)
    lent = lent_to(case.handler_id, on, known_as(case))
    invited = lent | set(joint.values_list("officer_id", flat=True))
    for officer in others:
        if officer.pk not in invited:
            yield gates.violation(
                "two_certified_officers",
                detail=f"{officer.name}当日不是{case.handler}的执法人员，也未借用给它或受邀共同办理",
                detail_en=f"{officer.name} is neither of {case.handler} nor lent to it nor invited",
                field="officers",
                link="case:reassign",
            )


def certificates_held(officers: Iterable[Officer], *, on: date) -> dict[int, duties.CertificateFact]:
    """Return the certificate that each officer holds that day, the newest of several."""
    cards = (
        (fact.id, card)
        for fact in officer_facts(officers)
        for card in sorted(fact.certificates, key=lambda card: card.valid_from)
    )
    return {pk: card for pk, card in cards if card.holds(on)}


def require_two(case: Case, officers: Iterable[Officer | None], *, on: date) -> None:
    """Refuse unless two certified officers of the handling body act."""
    for refusal in two_officers(case, officers, on=on):
        raise refusal


@read_once
def investigators(case: Case) -> set[int]:
    """Return everybody who ever handled the case: by assignment, or by what they did as the trail has it."""
    named = {pk for pk in (case.lead_officer_id, case.second_officer_id) if pk}
    found = statements.rows(HANDLERS, [case.chain, list(_verbs(HANDLING)), case.pk])
    return named | {pk for (pk,) in found if pk is not None}


def acted(case: Case, permissions: frozenset[str]) -> set[int]:
    """Return who did any act of these permissions, as the trail of the case tells."""
    verbs = _verbs(permissions)
    return {actor_id for verb, actor_id in deeds(case) if verb in verbs and actor_id is not None}


def _verbs(permissions: frozenset[str]) -> set[str]:
    return {row.verb.code for row in TABLE.values() if row.permission in permissions}


def happened(case: Case, move: Move) -> bool:
    """Tell whether anybody did this act in the case, as its trail tells."""
    return any(verb == TABLE[move].verb.code and actor_id for verb, actor_id in deeds(case))


@read_once
def deeds(case: Case) -> set[tuple[str, int | None]]:
    """Return who did what in the case, as its trail tells."""
    return set(trail_of(case.chain).order_by().values_list("verb", "actor_id").distinct())


def require_not_judge(case: Case, officers: Iterable[Officer]) -> None:
    """Refuse to make an investigator of whoever reviewed, chaired or decided (第五十七条、第五十八条)."""
    judges = acted(case, JUDGING)
    for officer in officers:
        if officer.pk in judges:
            raise gates.violation(
                "separate_functions",
                detail=f"{officer.name}已参与本案审核、听证或决定。",
                detail_en=f"{officer.name} reviewed, heard or decided this case",
                field="lead_officer",
            )


def require_not_investigator(case: Case, officer: Officer, gate: str) -> None:
    """Refuse a reviewer, chair or head who handled the case.

    行政处罚法第五十七条、第五十八条、第六十四条。
    """
    if officer.pk in investigators(case):
        raise gates.violation(
            gate, detail=f"{officer.name}是本案承办人员。", detail_en=f"{officer.name} handles this case"
        )


def head_obstacles(case: Case, officer: Officer, *, on: date, permission: str) -> Iterator[RuleViolation]:
    """Say where only a head of the body in whose name the case runs may act (行政处罚法第五十七条第一款)."""
    body = case.named
    if body is None or not officer.is_head or not officer.scope(on, permission).covers(body.pk):
        yield gates.violation(
            "head_decides",
            detail=f"本案以{body.name if body else '—'}名义办理。",
            detail_en=f"the case runs in the name of {body.name if body else '—'}",
        )


def require_head(case: Case, officer: Officer, *, on: date, permission: str) -> None:
    """Refuse anybody but a head of the body in whose name the case runs (行政处罚法第五十七条第一款)."""
    enforce(head_obstacles(case, officer, on=on, permission=permission))


def require_registrar(officer: Officer, *, on: date) -> None:
    """Refuse whoever may not register leads."""
    if not officer.may("lead.register", on):
        raise PermissionDenied(_("你的岗位不登记线索；请交县级登记员或乡镇执法队登记。"))
