"""Issue a document: frozen, numbered without gaps, in the right body's name; its PDF follows by outbox."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit import statements, verbs
from audit.services import record_many
from cases.dossier.models import Case
from cases.instruments.content import common, officers_of
from cases.instruments.kinds import FORMS, Form, Kind
from cases.instruments.models import Instrument
from law import gates
from law.errors import RuleViolation
from papers import numbering
from papers.models import Paper
from papers.services import draw_up
from townships.models import Body, Officer

INSTRUMENT_ISSUED = verbs.declare("instrument_issued", _("制作文书"))
# More than the half place by which a receipt follows its document.
SERVED_APART = Decimal("0.75")
INTERNAL = frozenset({Kind.LEAD_REGISTER, Kind.VERIFICATION, Kind.HAND_OVER})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document to issue.

    content: what this kind prints beyond the common part.
    responsible: who answers for it in the contents list.
    authority: the finding under which an external document was issued.
    order: its place in the file, where it is not that of its kind.
    taken: its number in its series, where the act took it together with another.
    """

    kind: Kind
    content: dict[str, Any] = field(default_factory=dict)
    responsible: str = ""
    authority: dict[str, Any] = field(default_factory=dict)
    order: Decimal | None = None
    taken: int | None = None


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
    """Freeze, number and record one document of the case; see `Sheet` and `issue_all`."""
    sheet = Sheet(kind, content or {}, responsible, authority or {}, order)
    return issue_all(case=case, sheets=[sheet], actor=actor, at=at)[0]


@transaction.atomic(savepoint=False)
def issue_all(
    *, case: Case, sheets: Sequence[Sheet], actor: Officer | None, at: datetime
) -> list[Instrument]:
    """Freeze, number and record documents of the case in their order; each kind of row in one statement.

    actor None: the system, when a case goes to another body because authority ended.
    """
    _require_official(case)
    issuers = [_issuer(case, sheet.kind) for sheet in sheets]
    shared = {issuer: common(case, issuer, on=timezone.localdate(at)) for issuer in set(issuers)}
    papers = statements.insert(
        _drawn_up(sheet, issuer, shared[issuer], at) for sheet, issuer in zip(sheets, issuers, strict=True)
    )
    told = [
        (case.chain, paper, {"kind": sheet.kind.value, "number": paper.number, "digest": paper.digest})
        for sheet, paper in zip(sheets, papers, strict=True)
    ]
    events = record_many(INSTRUMENT_ISSUED, told, actor=actor, at=at)
    return statements.insert(
        Instrument(
            case=case,
            kind=sheet.kind,
            paper=paper,
            number=paper.number,
            issuer=issuer,
            responsible=sheet.responsible or _responsible(case, FORMS[sheet.kind], issuer, actor),
            file_order=_place(case, sheet) if sheet.order is None else sheet.order,
            issued_at=at,
            issued_by=actor,
            authority=sheet.authority,
            event=event,
        )
        for sheet, issuer, paper, event in zip(sheets, issuers, papers, events, strict=True)
    )


def _drawn_up(sheet: Sheet, issuer: Body, shared: dict[str, Any], at: datetime) -> Paper:
    form, on = FORMS[sheet.kind], timezone.localdate(at)
    number = _number(issuer, form.word, on.year, sheet.taken) if form.word else ""
    # A template of one kind carries its own title.
    headed = {"title": str(sheet.kind.label)} if form.template else {}
    return draw_up(
        template=form.template or sheet.kind.value,
        title=str(sheet.kind.label),
        content={**shared, **headed, "number": number, **sheet.content},
        number=number,
        issuer=issuer.name,
        dated=on,
        at=at,
    )


def _place(case: Case, sheet: Sheet) -> Decimal:
    """Return the place in the file; a second notice stands behind the first one and its receipt."""
    form = FORMS[sheet.kind]
    earlier = Instrument.objects.filter(case=case, kind=sheet.kind).count() if form.served else 0
    return form.order + SERVED_APART * earlier


def _require_official(case: Case) -> None:
    """Refuse a document on an item that stands in no official list (drafts, benchmark data)."""
    if case.item is not None and not case.item.may_carry_documents:
        raise RuleViolation(
            "item_not_official",
            "本案事项不在正式公布的清单中，不能制作执法文书。",
            "行政处罚法第五条第三款",
            "请目录管理员导入并发布正式清单，再为本案选定清单中的事项。",
            link="item",
            message_en="The item stands in no officially published list; no document may be issued on it.",
            unblock_en="Have the official list imported and published, then choose the item from it.",
        )


def _issuer(case: Case, kind: Kind) -> Body:
    """Under delegation the principal, under empowerment the township; never the squad.

    行政处罚法第二十条、第二十四条。
    """
    if case.mode == "delegated" and case.named_id == case.handler_id:
        raise gates.violation(
            "delegated_decision_in_principal_name",
            detail=f"{case.handler}是受委托机关。",
            detail_en=f"{case.handler} is the delegatee",
        )
    if case.named is not None:
        return case.named
    if kind in INTERNAL:
        return case.handler or case.township
    raise gates.violation(
        "authority_subject",
        detail="本案尚未分派办理机关。",
        detail_en="no body is assigned yet",
        link="case:route",
    )


def _number(issuer: Body, word: str, year: int, taken: int | None) -> str:
    number = taken or numbering.take(series=word, body_id=issuer.pk, year=year)
    return numbering.printed(word=issuer.document_word, kind=word, year=year, number=number)


def _responsible(case: Case, form: Form, issuer: Body, actor: Officer | None) -> str:
    if form.sealed:
        return issuer.name
    return "、".join(officer.name for officer in officers_of(case)) or (actor.name if actor else issuer.name)


def replace(instrument: Instrument) -> None:
    """Mark a document as replaced by a later one; it stays in the file."""
    Instrument.objects.filter(pk=instrument.pk).update(state=Instrument.State.REPLACED)
