"""Keep, adjust or recall an item in a township on its sheet; a recall hands its open cases over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit import verbs
from audit.services import record
from cases.dossier.models import Case
from cases.routing.ending import settle
from cases.routing.evaluation import Sheet, evaluate, scores
from cases.routing.models import ItemEvaluation
from desk.notices import notify
from desk.rights import needs
from law.errors import RuleViolation
from townships.models import GrantItem, Officer
from townships.selectors import heads_of
from townships.services.lifecycle import withdraw_item

ITEM_EVALUATED = verbs.declare("item_evaluated", _("评估事项"))
Decision = ItemEvaluation.Decision


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An item in a township with its sheet, its scores among all sheets of the time, and its open cases."""

    row: GrantItem
    sheet: Sheet
    scores: dict[str, int | None]
    open_cases: Sequence[Case]


def open_under(row: GrantItem) -> QuerySet[Case]:
    """Return the open cases that rest on an item of a grant: what a recall hands back."""
    rows = Case.objects.filter(is_open=True, grant=row.grant_id, item=row.item_id)
    return rows.select_related("handler").order_by("id")


def look_at(row: GrantItem, *, since: date, until: date) -> Evaluated:
    """Return the sheet of an item in a township; refuse one that is not handed on at the end of the time."""
    sheets = evaluate(since=since, until=until)
    sheet = next((one for one in sheets if one.row.pk == row.pk), None)
    if since > until or sheet is None:
        raise RuleViolation(
            "nothing_to_evaluate",
            "评估期止日该事项未在该乡镇（街道）行使，或评估期起止颠倒。",
            "行政处罚法第二十四条第一款",
            "把评估期止日改为该事项有效的一天。",
            message_en="The item is not handed on in this township at the end of the time.",
            unblock_en="Let the time evaluated end on a day on which the item was in force there.",
            field="until",
        )
    return Evaluated(row, sheet, scores(sheet, sheets), list(open_under(row)))


@needs("authority.edit")
@transaction.atomic
def decide_item(
    *,
    row: GrantItem,
    since: date,
    until: date,
    decision: str,
    reason: str,
    actor: Officer,
    at: datetime,
    recalled_on: date | None = None,
) -> ItemEvaluation:
    """Decide on an item by its sheet; a recall takes it back from its day on (行政处罚法第二十四条第一款).

    Its open cases are handed over on that day, by the same rule as whenever authority ends.
    """
    _require_whole(decision, reason, recalled_on)
    found = look_at(row, since=since, until=until)
    recalled = decision == Decision.RECALL
    made = ItemEvaluation.objects.create(
        row=row,
        since=since,
        until=until,
        facts=found.sheet.facts,
        scores=found.scores,
        decision=decision,
        reason=reason,
        recalled_on=recalled_on if recalled else None,
        open_cases=[case.pk for case in found.open_cases] if recalled else [],
        decided_by=actor,
        decided_at=at,
    )
    payload = {"evaluation": made.pk, "item": row.item_id, "decision": decision, "reason": reason}
    record(ITEM_EVALUATED, chain=row.grant.chain, target=row.grant, actor=actor, at=at, payload=payload)
    if recalled and recalled_on is not None:
        withdraw_item(row=row, withdrawn_on=recalled_on, reason=reason, actor=actor, at=at)
        _tell_both_sides(found, made, at)
        if recalled_on <= timezone.localdate(at):
            for case in found.open_cases:
                settle(case_id=case.pk, at=at)
    return made


def _require_whole(decision: str, reason: str, recalled_on: date | None) -> None:
    missing = "" if reason.strip() else "reason"
    if decision == Decision.RECALL and recalled_on is None:
        missing = missing or "recalled_on"
    if missing:
        raise RuleViolation(
            "evaluation_incomplete",
            "评估须写明理由；收回的须写明从哪一天起收回。",
            "行政处罚法第二十四条第一款、第四十七条",
            "补充后再提交。",
            message_en="An evaluation states its reason, and a recall its day.",
            unblock_en="Complete it and submit again.",
            field=missing,
        )


def _tell_both_sides(found: Evaluated, made: ItemEvaluation, at: datetime) -> None:
    """Give notice of the recall to the heads of both sides, with the cases that go back."""
    on, grant = timezone.localdate(at), found.row.grant
    sides = [body for body in (grant.holder, grant.source_body) if body is not None]
    notify(
        recipients=dict.fromkeys(head for body in sides for head in heads_of(body, on)),
        kind="item_recalled",
        title=_("%(item)s自%(day)s起收回，移交在办案件%(n)s件"),
        body="、".join(str(case) for case in found.open_cases),
        link=reverse("evaluation_item", args=[found.row.pk]),
        key=f"recall:{made.pk}",
        at=at,
        params={"item": found.sheet.name, "day": str(made.recalled_on), "n": str(len(found.open_cases))},
    )
