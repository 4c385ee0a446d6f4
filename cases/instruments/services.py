"""Issue a document: frozen, numbered without gaps, in the right body's name; its PDF follows by outbox."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit import verbs
from audit.services import record
from cases.dossier.models import Case
from cases.instruments.content import common, officers_of
from cases.instruments.kinds import FORMS, Form, Kind
from cases.instruments.models import Instrument
from law import gates
from law.errors import RuleViolation
from papers import numbering
from papers.services import freeze
from townships.models import Body, Officer

INSTRUMENT_ISSUED = verbs.declare("instrument_issued", _("制作文书"))
# More than the half place by which a receipt follows its document.
SERVED_APART = Decimal("0.75")
INTERNAL = frozenset({Kind.LEAD_REGISTER, Kind.VERIFICATION, Kind.HAND_OVER})


@transaction.atomic
def issue(
    *,
    case: Case,
    kind: Kind,
    actor: Officer | None,
    at: datetime,
    content: dict[str, Any] | None = None,
    responsible: str = "",
    authority: dict[str, Any] | None = None,
    order: Decimal | None = None,
) -> Instrument:
    """Freeze, number and record one document of the case.

    content: what this kind prints beyond the common part.
    responsible: who answers for it in the contents list.
    authority: the finding under which an external document was issued.
    actor None: the system, when a case goes to another body because authority ended.
    """
    _require_official(case)
    on = timezone.localdate(at)
    form = FORMS[kind]
    issuer = _issuer(case, kind)
    number = _number(issuer, form.word, on.year) if form.word else ""
    body = {**common(case, issuer, on=on), "number": number, **(content or {})}
    paper = freeze(
        template=form.template or kind.value,
        title=str(kind.label),
        content=body,
        number=number,
        issuer=issuer.name,
        dated=on,
        at=at,
    )
    event = record(
        INSTRUMENT_ISSUED,
        chain=case.chain,
        target=paper,
        actor=actor,
        at=at,
        payload={"kind": kind.value, "number": number, "digest": paper.digest},
    )
    return Instrument.objects.create(
        case=case,
        kind=kind,
        paper=paper,
        number=number,
        issuer=issuer,
        responsible=responsible or _responsible(case, form, issuer, actor),
        file_order=order if order is not None else _place(case, kind, form),
        issued_at=at,
        issued_by=actor,
        authority=authority or {},
        event=event,
    )


def _place(case: Case, kind: Kind, form: Form) -> Decimal:
    """Return the place in the file; a second notice stands behind the first one and its receipt."""
    earlier = Instrument.objects.filter(case=case, kind=kind).count() if form.served else 0
    return form.order + SERVED_APART * earlier


def _require_official(case: Case) -> None:
    """Refuse a document on an item that stands in no official list (drafts, benchmark data)."""
    if case.item is not None and not case.item.may_carry_documents:
        raise RuleViolation(
            "item_not_official",
            "本案事项不在正式公布的清单中，不能制作执法文书。",
            "行政处罚法第五条第三款",
            "请目录管理员导入并发布正式清单，再为本案选定清单中的事项。",
            message_en="The item stands in no officially published list; no document may be issued on it.",
            link="item",
        )


def _issuer(case: Case, kind: Kind) -> Body:
    """Under delegation the principal, under empowerment the township; never the squad.

    行政处罚法第二十条、第二十四条。
    """
    if case.mode == "delegated" and case.named_id == case.handler_id:
        raise gates.violation("delegated_decision_in_principal_name", detail=f"{case.handler}是受委托机关。")
    if case.named is not None:
        return case.named
    if kind in INTERNAL:
        return case.handler or case.township
    raise gates.violation("authority_subject", detail="本案尚未分派办理机关。", link="case:route")


def _number(issuer: Body, word: str, year: int) -> str:
    taken = numbering.take(series=word, body_id=issuer.pk, year=year)
    return numbering.printed(word=issuer.document_word, kind=word, year=year, number=taken)


def _responsible(case: Case, form: Form, issuer: Body, actor: Officer | None) -> str:
    if form.sealed:
        return issuer.name
    return "、".join(officer.name for officer in officers_of(case)) or (actor.name if actor else issuer.name)


def replace(instrument: Instrument) -> None:
    """Mark a document as replaced by a later one; it stays in the file."""
    Instrument.objects.filter(pk=instrument.pk).update(state=Instrument.State.REPLACED)
