"""The on-the-spot decision: one visit, one numbered document (行政处罚法第五十一条至第五十三条)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.decision.content import summary_content
from cases.decision.models import Decision
from cases.decision.same_act import fined_before, require_unlike_revoked
from cases.decision.services import settle_without_fine
from cases.decision.spot_weighing import SpotFacts, weigh_on_the_spot
from cases.dossier import authority
from cases.dossier.duties import require_two
from cases.dossier.law_book import law_book, sector_of
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.services import fire, require_move
from cases.instruments import serving
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from cases.instruments.serving import Proof
from cases.intake.rules import applicable_version, require_fileable
from cases.intake.services import register_lead
from cases.investigation.correcting import correction_obstacles
from cases.parties.services import register
from cases.routing.services import assign, settle_authority
from catalog.models import Item
from desk.language import in_legal_language
from law import gates, procedure
from law.errors import enforce
from papers import numbering
from townships.models import Body, Officer


@in_legal_language()
@transaction.atomic
def record_on_the_spot(
    *,
    actor: Officer,
    at: datetime,
    source: str,
    summary: str,
    township: Any,
    place: Any = None,
    address: str = "",
    happened_at: datetime | None = None,
    **facts: Any,
) -> Case:
    """Register what was found and decide it on the spot, in one act."""
    case = register_lead(
        actor=actor,
        at=at,
        source=source,
        summary=summary,
        township=township,
        place=place,
        address=address,
        happened_at=happened_at,
        party_name=facts["party_name"],
        item=facts["item"],
    )
    decide_on_the_spot(case=case, actor=actor, at=at, **facts)
    return case


@transaction.atomic
def decide_on_the_spot(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    item: Item,
    second_officer: Officer,
    party_kind: str,
    party_name: str,
    kinds: list[str],
    fine: Decimal,
    facts_clear: bool,
    certificate_shown: bool,
    rights_told: bool,
    statement: str,
    received_by: str,
    circumstances: Sequence[str] = (),
    quantity: Decimal | None = None,
    exemption_refusal: str = "",
    **party: Any,
) -> Decision:
    """Decide and hand over a warning or small fine at once (行政处罚法第五十一条、第五十二条).

    statement: what the party said, heard before the decision; received_by: who took the document, or that
    it was refused and by whom that was noted.
    """
    on = timezone.localdate(at)
    require_move(case, Move.DECIDE_ON_SPOT, actor=actor, at=at)
    _require_delivery(received_by)
    case.party = register(case=case, actor=actor, at=at, kind=party_kind, name=party_name, **party)
    _prepare(case, actor, second_officer, item, on)
    require_two(case, [actor, second_officer], on=on)
    require_fileable(case, on=on)
    enforce(fined_before(case))
    require_unlike_revoked(case, kinds=kinds, unlike_revoked="")
    _require_summary(case, kinds=kinds, fine=fine, facts_clear=facts_clear, on=on)
    found = SpotFacts(circumstances, quantity, exemption_refusal)
    weighing = weigh_on_the_spot(case, found, kinds=kinds, fine=fine, on=on)
    _require_told(certificate_shown=certificate_shown, rights_told=rights_told)
    finding = authority.require(case, on=on)
    case.number = _number(case, on)
    weighed = weighing.as_dict(refusal=exemption_refusal)
    payload = {"fine": str(fine), "kinds": kinds, "authority": finding, "weighing": weighed}
    fire(case, Move.DECIDE_ON_SPOT, actor=actor, at=at, payload=payload)
    assign(case, [actor, second_officer], at=at)
    content = summary_content(
        case, kinds=kinds, fine=fine, statement=statement, received_by=received_by, on=on
    )
    instrument = issue(
        case=case, kind=Kind.SUMMARY_DECISION, actor=actor, at=at, authority=finding, content=content
    )
    place = case.address or case.township.short_name
    proof = Proof(method="direct", served_at=at, place=place, recipient=received_by)
    serving.serve(case=case, instrument=instrument, proof=proof, actor=actor, at=at)
    decision = Decision.objects.create(
        case=case,
        report=None,
        instrument=instrument,
        kinds=kinds,
        fine=fine,
        reasons=statement,
        decided_at=at,
        decided_by=actor,
    )
    settle_without_fine(case, decision, at=at)
    return decision


def _prepare(case: Case, actor: Officer, second: Officer, item: Item, on: date) -> None:
    """Write onto the case what is decided on: item, officers, party, and the body whose power it is."""
    assert case.party is not None
    case.item = item
    case.ended_on = case.ended_on or (timezone.localdate(case.happened_at) if case.happened_at else on)
    case.item_version = applicable_version(case, on=on)
    case.lead_officer, case.second_officer = actor, second
    case.party_name = case.party.name
    case.cause = f"{case.party_name}{case.item_version.violation}案"[:400]
    case.filed_on = case.decided_on = case.served_on = on
    verdict = authority.verdict_of(case, on=on)
    if verdict is not None and verdict.handler_id is not None:
        settle_authority(case, verdict)


def _require_summary(case: Case, *, kinds: list[str], fine: Decimal, facts_clear: bool, on: date) -> None:
    """Refuse unclear facts, other kinds of penalty, or more than the cap (行政处罚法第五十一条)."""
    assert case.item_version is not None
    if not case.item_version.has_basis:
        raise gates.violation(
            "summary_eligibility",
            detail="该事项在目录中没有完整的处罚依据。",
            detail_en="the catalogue has no complete basis of the item",
            field="item",
            link="item",
        )
    refusals = procedure.summary_obstacles(
        fine=fine,
        penalty_kinds=kinds,
        party_type=case.party.kind if case.party else "citizen",
        facts_clear=facts_clear,
        on=on,
        book=law_book(),
        place=case.county.area_code,
        sector=sector_of(case.item_version.domain),
    )
    enforce(refusals)
    enforce(correction_obstacles(case, on))


def _require_told(*, certificate_shown: bool, rights_told: bool) -> None:
    """Refuse a decision on who saw no certificate or was told nothing (第四十四条、第五十二条第一款)."""
    if not certificate_shown:
        raise gates.violation("show_certificate_recorded", field="certificate_shown")
    if not rights_told:
        raise gates.violation(
            "prior_notice",
            detail="当场处罚也须先告知内容、事实、理由、依据并听取申辩。",
            detail_en="on the spot too the party is told of all this first and heard",
            field="rights_told",
        )


def _number(case: Case, on: date) -> str:
    """Take the number of a decision whose form is complete."""
    named = case.named
    assert named is not None
    _require_form(case, named)
    taken = numbering.take(series="简案", body_id=named.pk, year=on.year)
    return numbering.printed(word=named.document_word, kind="简案", year=on.year, number=taken)


def _require_delivery(received_by: str) -> None:
    """Refuse a decision that nobody took on the spot, or a refusal that no witness noted (第五十二条)."""
    gate, taken = "summary_numbered_form_and_delivery", received_by.strip()
    if not taken:
        raise gates.violation(
            gate,
            detail="须当场交付当事人签收。",
            detail_en="it is handed to the party at once, who signs for it",
            field="received_by",
        )
    if "拒" in taken and "见证" not in taken:
        raise gates.violation(
            gate,
            detail="当事人拒绝签收的，须写明见证人。",
            detail_en="name the witness where the party refuses to sign",
            field="received_by",
        )


def _require_form(case: Case, named: Body) -> None:
    """Refuse a decision without number or seal, or one that cannot name where to ask for reconsideration.

    行政处罚法第五十二条第二款、行政复议法第二十三条。
    """
    if not named.document_word:
        raise gates.violation(
            "summary_numbered_form_and_delivery",
            detail=f"{named}没有登记文书机关代字。",
            detail_en=f"no mark for documents is registered of {named}",
            link="authority",
        )
    if not case.county.government_name:
        raise gates.violation(
            "summary_review_first_notice",
            detail="未登记复议机关，无法告知复议前置。",
            detail_en="the authority for reconsideration is not registered",
        )


@transaction.atomic
def file_summary(*, case: Case, actor: Officer, at: datetime) -> None:
    """Take the on-the-spot decision on record with the body (行政处罚法第五十二条第三款)."""
    fire(case, Move.FILE_SUMMARY, actor=actor, at=at)
