"""Register a party, once for one identity; keep who looked at its numbers."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit import verbs
from audit.services import record
from cases.dossier.models import Case
from cases.parties.models import CREDIT_CODE, Party
from law.errors import RuleViolation
from townships.models import Officer

PERSONAL_DATA_VIEWED = verbs.declare("personal_data_viewed", _("查看当事人证件号码和电话"))
PARTY_UPDATED = verbs.declare("party_updated", _("更新当事人登记"))


@transaction.atomic
def view_personal(*, case: Case, actor: Officer, at: datetime) -> Party:
    """Put on the case's trail that someone looked at the party's numbers, and hand them out."""
    if case.party is None:
        raise RuleViolation(
            "party_unknown",
            "本案尚未登记当事人。",
            "行政处罚法第四十条",
            "核查时登记当事人。",
            message_en="The case has no party yet.",
            unblock_en="Enter the party when the lead is verified.",
        )
    record(
        PERSONAL_DATA_VIEWED,
        chain=case.chain,
        target=case,
        actor=actor,
        at=at,
        payload={"party": case.party.pk},
    )
    return case.party


def require_credit_code(code: str) -> None:
    """Refuse a 统一社会信用代码 that no licence shows: documents name the party by it (第五十九条)."""
    if code and not CREDIT_CODE.fullmatch(code):
        raise RuleViolation(
            "credit_code_unfit",
            "统一社会信用代码为18位数字和大写字母。",
            "行政处罚法第五十九条第一款第（一）项",
            "照营业执照填写；没有的留空。",
            message_en="A social credit code is eighteen digits and capital letters.",
            unblock_en="Enter it as the licence shows it, or leave it empty.",
            field="credit_code",
        )


@transaction.atomic
def register(*, case: Case, actor: Officer, at: datetime, kind: str, name: str, **details: Any) -> Party:
    """Return the party with this identity, brought up to date, or a new one.

    A party is shared by its cases: while another open case runs against it, what that case says is not
    overwritten from here.
    """
    require_credit_code(details.get("credit_code", ""))
    details = {**details, "born_on": born_of(details.get("id_number", "")) or details.get("born_on")}
    known = _known(kind, details)
    if known is None:
        try:
            with transaction.atomic():
                return Party.objects.create(kind=kind, name=name, **details)
        except IntegrityError:
            # Registered by somebody else at this very moment.
            known = _known(kind, details)
            if known is None:
                raise
    shared = Case.objects.filter(party=known, is_open=True).exclude(pk=case.pk).exists()
    if shared and (known.kind, known.name) != (kind, name):
        raise RuleViolation(
            "party_known_differently",
            f"该证件号码或统一社会信用代码已登记为“{known.name}”（{known.get_kind_display()}），且另有在办案件。",
            "行政处罚法第四十条",
            "核对证照上的名称、类型和号码；确已更名的，待另案办结或由其承办人核对后再改。",
            message_en="This identity is registered under another name or kind, and another case is open.",
            unblock_en="Check the licence; a change of name waits for the other case or for its officers.",
            field="party_name",
        )
    _update(known, {"kind": kind, "name": name, **details}, only_blanks=shared, case=case, actor=actor, at=at)
    return known


def _update(
    known: Party, values: dict[str, Any], *, only_blanks: bool, case: Case, actor: Officer, at: datetime
) -> None:
    changed = [
        field
        for field, value in values.items()
        if value and value != getattr(known, field) and not (only_blanks and getattr(known, field))
    ]
    if not changed:
        return
    for field in changed:
        setattr(known, field, values[field])
    known.save(update_fields=changed)
    payload = {"party": known.pk, "fields": changed}
    record(PARTY_UPDATED, chain=case.chain, target=case, actor=actor, at=at, payload=payload)


def born_of(id_number: str) -> date | None:
    """Read the day of birth from an identity number of eighteen places."""
    digits = id_number[6:14]
    if len(id_number) != 18 or not digits.isdecimal():
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _known(kind: str, details: dict[str, Any]) -> Party | None:
    if details.get("credit_code"):
        return Party.objects.select_for_update().filter(credit_code=details["credit_code"]).first()
    if kind == Party.Kind.CITIZEN and details.get("id_number"):
        return Party.objects.select_for_update().filter(kind=kind, id_number=details["id_number"]).first()
    return None
