"""Register a lead, verify it, file it, decline it, void it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit import verbs
from audit.services import record
from audit.statements import rows
from cases.clocks import services as clocks
from cases.dossier import authority
from cases.dossier.duties import (
    require_head,
    require_not_investigator,
    require_not_judge,
    require_registrar,
    require_two,
)
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.reading import one_reading
from cases.dossier.reasons import require_reason
from cases.flow.services import fire, locked, require_move
from cases.instruments.kinds import FORMS, Kind
from cases.instruments.services import Sheet, issue, issue_all
from cases.intake import rules
from cases.intake.content import cause_of, filing_content, refusal_content, verification_content
from cases.intake.models import FilingProposal, Verification
from cases.parties.services import register
from cases.routing.content import authority_content
from cases.routing.services import assign, settle_authority
from catalog.models import Item
from catalog.selectors import version_in_force
from desk.language import in_legal_language
from papers import numbering
from townships.models import Body, Officer, Place

# The series of the numbers of cases.
SERIES = "罚案"
LEAD_REGISTERED = verbs.declare("lead_registered", _("登记线索"), personal=frozenset({"party_name"}))


@in_legal_language()
@transaction.atomic
def register_lead(
    *,
    actor: Officer,
    at: datetime,
    source: str,
    summary: str,
    township: Body,
    place: Place | None = None,
    address: str = "",
    happened_at: datetime | None = None,
    party_name: str = "",
    item: Item | None = None,
    item_words: str = "",
    informant_named: bool = False,
) -> Case:
    """Register a lead and start the filing check (行政处罚法第五十四条; 核查期限为县设参数)."""
    on = timezone.localdate(at)
    require_registrar(actor, on=on)
    rules.require_own_township(actor, township)
    rules.require_place_in(township, place)
    rules.require_happened(happened_at, at=at)
    taken = numbering.take(series="线索", body_id=township.pk, year=on.year)
    case = Case(
        lead_number=numbering.printed(word=township.document_word, kind="线索", year=on.year, number=taken),
        source=source,
        summary=summary,
        township=township,
        place=place,
        address=address,
        happened_at=happened_at,
        party_name=party_name,
        item=item,
        item_words=item_words,
        informant_named=informant_named,
        found_on=on,
        registered_at=at,
        registered_by=actor,
    )
    started = clocks.foreseen(case, ["filing_check"], at=at)
    case.save()
    event = record(
        LEAD_REGISTERED,
        chain=case.chain,
        target=case,
        actor=actor,
        at=at,
        payload={"number": case.lead_number, "source": source, "party_name": party_name},
    )
    clocks.begin(started, event=event)
    return case


@transaction.atomic
def verify(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    findings: str,
    suggestion: str,
    item: Item,
    checked_at: datetime | None = None,
    ended_on: date | None = None,
    grave_harm: bool = False,
    party_kind: str,
    party_name: str,
    **party: Any,
) -> Verification:
    """Record the check by two certified officers: what was found, which item, which party."""
    day = timezone.localdate(at)
    require_move(case, Move.VERIFY, actor=actor, at=at)
    rules.require_past(checked_at, ended_on, at=at)
    require_two(case, [case.lead_officer, case.second_officer], on=timezone.localdate(checked_at or at))
    case.item = item
    case.ended_on = ended_on
    case.party = register(case=case, actor=actor, at=at, kind=party_kind, name=party_name, **party)
    case.party_name = party_name
    case.cause = cause_of(party_name, version_in_force(item, day))
    verdict = authority.taking_up(case, on=day)
    if verdict is not None:
        settle_authority(case, verdict)
    payload = {"suggestion": suggestion, "item": item.pk}
    fire(
        case,
        Move.VERIFY,
        actor=actor,
        at=at,
        payload=payload,
        adjust=lambda event: clocks.follow_item(case, "filing_check", event=event),
    )
    found = Verification.objects.create(
        case=case,
        checked_at=checked_at or at,
        findings=findings,
        suggestion=suggestion,
        grave_harm=grave_harm,
    )
    found.officers.set([officer for officer in (case.lead_officer, case.second_officer) if officer])
    issue(
        case=case,
        kind=Kind.VERIFICATION,
        actor=actor,
        at=at,
        content=verification_content(case, found),
    )
    return found


@transaction.atomic
def propose_filing(
    *, case: Case, actor: Officer, at: datetime, opinion: str, lead_officer: Officer, second_officer: Officer
) -> FilingProposal:
    """Ask the head to file, naming two certified officers (行政处罚法第四十二条、第五十四条)."""
    require_not_judge(case, [lead_officer, second_officer])
    case.lead_officer, case.second_officer = lead_officer, second_officer
    rules.require_fileable(case, on=timezone.localdate(at))
    fire(
        case,
        Move.PROPOSE_FILING,
        actor=actor,
        at=at,
        payload={"officers": [lead_officer.pk, second_officer.pk]},
    )
    assign(case, [lead_officer, second_officer], at=at)
    return FilingProposal.objects.create(case=case, opinion=opinion, proposed_at=at, proposed_by=actor)


@transaction.atomic
def approve_filing(*, case: Case, actor: Officer, at: datetime, opinion: str) -> None:
    """File the case: number it, pin the item's version, start the ninety days.

    行政处罚法第五十四条第二款、第六十条。
    """
    on = timezone.localdate(at)
    locked(case)
    with one_reading():
        require_head(case, actor, on=on, permission="case.approve_filing")
        require_not_investigator(case, actor, "separate_functions")
        rules.require_fileable(case, on=on)
        finding = authority.require(case, on=on)
        version = rules.applicable_version(case, on=on)
    assert case.named is not None
    case.item_version, case.filed_on = version, on
    word = FORMS[Kind.FILING_APPROVAL].word
    taken = numbering.take_each([SERIES, word], body_id=case.named.pk, year=on.year)
    case.number = numbering.printed(
        word=case.named.document_word, kind=SERIES, year=on.year, number=taken[SERIES]
    )
    fire(case, Move.APPROVE_FILING, actor=actor, at=at, payload={"number": case.number, "authority": finding})
    proposal, findings = _answer(case, actor, at, "approved", opinion)
    content = filing_content(case, proposal, findings=findings)
    sheets = [
        Sheet(Kind.AUTHORITY, authority_content(case, finding), authority=finding),
        Sheet(Kind.FILING_APPROVAL, content, authority=finding, taken=taken[word]),
    ]
    issue_all(case=case, sheets=sheets, actor=actor, at=at)


ANSWER = """
    UPDATE cases_filingproposal proposal
    SET answer = %s::text, answer_opinion = %s::text, answered_at = %s::timestamptz,
        answered_by_id = %s::bigint
    WHERE case_id = %s::bigint AND answered_at IS NULL
    RETURNING id, opinion, proposed_at, (SELECT findings FROM cases_verification checked
        WHERE checked.case_id = proposal.case_id ORDER BY id DESC LIMIT 1)
"""


def _answer(
    case: Case, actor: Officer, at: datetime, answer: str, opinion: str
) -> tuple[FilingProposal, str | None]:
    """Answer the open proposal of the locked case; return it with what the last check found."""
    told = [answer, opinion, at, actor.pk, case.pk]
    ((key, proposed, proposed_at, findings),) = rows(ANSWER, told)
    proposal = FilingProposal(
        pk=key,
        case=case,
        opinion=proposed,
        proposed_at=proposed_at,
        answer=answer,
        answer_opinion=opinion,
        answered_at=at,
        answered_by=actor,
    )
    return proposal, findings


@transaction.atomic
def return_filing(*, case: Case, actor: Officer, at: datetime, reason: str) -> None:
    """Send the proposal back to be completed."""
    require_reason(reason)
    require_head(case, actor, on=timezone.localdate(at), permission="case.approve_filing")
    require_not_investigator(case, actor, "separate_functions")
    fire(case, Move.RETURN_FILING, actor=actor, at=at, payload={"reason": reason})
    _answer(case, actor, at, "returned", reason)


@transaction.atomic
def refuse_filing(*, case: Case, actor: Officer, at: datetime, ground: str, reason: str) -> None:
    """Decide not to file, with ground and reason on file (行政处罚法第五十四条)."""
    on = timezone.localdate(at)
    require_reason(reason)
    require_head(case, actor, on=on, permission="case.approve_filing")
    require_not_investigator(case, actor, "separate_functions")
    fire(case, Move.REFUSE_FILING, actor=actor, at=at, payload={"ground": ground, "reason": reason})
    if FilingProposal.objects.filter(case=case, answered_at=None).exists():
        _answer(case, actor, at, "refused", reason)
    content = refusal_content(case, ground=ground, reason=reason, head=actor.name, on=on)
    issue(case=case, kind=Kind.NO_FILING, actor=actor, at=at, content=content)


@transaction.atomic
def void(*, case: Case, actor: Officer, at: datetime, reason: str) -> None:
    """Void a mistaken lead with its reason; nothing is ever deleted."""
    require_reason(reason)
    fire(case, Move.VOID, actor=actor, at=at, payload={"reason": reason})
