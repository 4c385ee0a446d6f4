"""What every document has in common, read from the case once and frozen with the document."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cases.dossier.duties import certificates_held
from cases.dossier.models import Case, Source
from cases.parties.models import Party
from catalog.models import ItemVersion
from papers import wording
from townships.models import Body, Officer


def party_content(party: Party | None) -> dict[str, Any]:
    """Describe the party as documents print it."""
    if party is None:
        return {}
    return {
        "kind": party.kind,
        "name": party.name,
        "sex": party.sex,
        "born_on": party.born_on.isoformat() if party.born_on else "",
        "id_kind": "居民身份证" if party.id_number else "",
        "id_number": party.id_number,
        "credit_code": party.credit_code,
        "operator": party.operator,
        "legal_representative": party.legal_representative,
        "address": party.address,
        "phone": party.phone,
    }


def officer_content(officers: list[Officer], on: date) -> list[dict[str, str]]:
    """Name the officers with the certificate each holds that day."""
    held = certificates_held(officers, on=on)
    return [
        {"name": officer.name, "certificate": held[officer.pk].number if officer.pk in held else ""}
        for officer in officers
    ]


def officers_of(case: Case) -> list[Officer]:
    """Return the two officers of the case, the lead first."""
    return [officer for officer in (case.lead_officer, case.second_officer) if officer is not None]


def person_content(case: Case, name: str) -> dict[str, str]:
    """Describe somebody who spoke for the case's party, as far as the register of parties knows them."""
    party = case.party
    if party is None or name not in {party.name, party.operator, party.legal_representative}:
        return {"name": name}
    if party.kind == Party.Kind.ORGANISATION:
        return {
            "name": name,
            "phone": party.phone,
            "work": party.name,
            "post": "法定代表人（负责人）",
            "relation": "法定代表人（负责人）",
        }
    return {
        "name": name,
        "sex": party.sex,
        "born_on": party.born_on.isoformat() if party.born_on else "",
        "id_number": party.id_number,
        "phone": party.phone,
        "work": party.name if party.operator else "",
        "post": "经营者" if party.operator else "",
        "address": party.address,
        "relation": "经营者" if party.operator else "本人",
    }


def approval(step: str, opinion: str, signers: list[str], on: date) -> dict[str, Any]:
    """Describe one opinion in a chain of approvals."""
    return {"step": step, "opinion": opinion, "signers": signers, "dated": on.isoformat()}


def provision_content(version: ItemVersion) -> dict[str, Any]:
    """Describe the provision broken and the provision applied."""
    return {
        "obligation": {
            "statute": version.statute_name,
            "article": version.obligation_article,
            "text": version.obligation_text,
        },
        "penalty_basis": {
            "statute": version.statute_name,
            "article": version.penalty_article,
            "text": version.penalty_text,
        },
    }


def penalties_told(penalties: Sequence[Mapping[str, Any]], correction: str = "") -> str:
    """Tell the penalties in one sentence, numbered where there are several, and what is to be corrected."""
    items = [
        item["text"] + (f"：{wording.amount(item['amount'])}" if item["amount"] else "") for item in penalties
    ]
    if len(items) > 1:
        items = [f"{number}.{item}" for number, item in enumerate(items, start=1)]
    return wording.sentences(["；".join(items), f"同时责令{correction}" if correction else ""])


def provisions_told(basis: Mapping[str, Any]) -> str:
    """Cite the provision broken and the provision applied, once if they are the same."""
    cited = (wording.provision(basis["obligation"]), wording.provision(basis["penalty_basis"]))
    return "；".join(dict.fromkeys(part for part in cited if part))


def common(case: Case, issuer: Body, *, on: date) -> dict[str, Any]:
    """Collect what every document prints: body, party, officers, county, contact."""
    place = case.county
    return {
        "issuer": issuer.name,
        "seal_name": issuer.seal_name or issuer.name,
        "dated": on.isoformat(),
        "case_number": case.number or case.lead_number,
        "cause": case.cause or case.summary[:60],
        "source": str(Source(case.source).label),
        "summary": case.summary,
        "place": f"{case.township.short_name}{case.place.name if case.place else ''}{case.address}",
        "happened_at": case.happened_at.isoformat() if case.happened_at else "",
        "filed_on": case.filed_on.isoformat() if case.filed_on else "",
        "party": party_content(case.party) or {"name": case.party_name},
        "officers": officer_content(officers_of(case), on),
        "handler": case.handler.name if case.handler else issuer.name,
        "county": {"government_name": place.government_name, "court_name": place.court_name},
        "contact": {
            "office": issuer.name,
            "address": issuer.address,
            "phone": issuer.phone,
            "person": issuer.contact,
        },
        "bank": {"name": issuer.fine_bank, "account": issuer.fine_account},
    }
