"""How handed-on items are used: for each item and township what its cases say, and what that speaks for.

The five criteria (often, across departments, in demand, easily found, easily handled) are read
from the cases themselves; what weighs how much the county decides: there are no invented weights here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.county import in_county
from cases.dossier.models import Assignment, Case, Source
from townships.models import GrantItem
from townships.selectors import handed_on, named_items

KEEP, ADJUST, RECALL = "keep", "adjust", "recall"
ADVICE: Mapping[str, str | Promise] = {KEEP: _("保留"), ADJUST: _("调整"), RECALL: _("收回")}
WHY: Mapping[str, str | Promise] = {
    KEEP: _("有案件，审核未见退回，未见重报、更正和被撤销变更"),
    ADJUST: _("有审核退回、重报拟处、更正送达，或者复议诉讼未获维持，须指导或调整范围"),
    RECALL: _("期间内没有办过一件"),
}
# What reconsideration or suit makes of a decision that it does not uphold.
OVERTURNED = ("revoked", "changed", "unlawful", "ordered")
DEMAND = (Source.HOTLINE, Source.REPORT)
FOUND = (Source.PATROL, Source.CAMERA)

# The figures of a sheet; then the five criteria with the figure of each and whether less is better.
FIGURES = (
    "cases",
    "joint",
    "complaints",
    "found",
    "decided",
    "days",
    "returned",
    "reinvestigated",
    "service_corrected",
    "overturned",
)
CRITERIA: Mapping[str, tuple[str | Promise, str, bool]] = {
    "frequent": (_("高频率"), "cases", False),
    "joint": (_("高综合"), "joint", False),
    "demanded": (_("高需求"), "complaints", False),
    "visible": (_("易发现"), "found", False),
    "easy": (_("易处置"), "days", True),
}
# What an evaluation should weigh and this site does not hold.
NOT_HELD = _("案卷评查结果未在本系统登记，未计入；已掌握的写入评估理由。")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One item in one township over a time: its cases and what they say on the five criteria."""

    row: GrantItem
    name: str
    cases: int = 0
    joint: int = 0
    complaints: int = 0
    found: int = 0
    decided: int = 0
    days: float | None = None
    returned: int = 0
    reinvestigated: int = 0
    service_corrected: int = 0
    overturned: int = 0

    @property
    def advice(self) -> str:
        """What the facts speak for; a person decides."""
        if not self.cases:
            return RECALL
        return ADJUST if self.faults else KEEP

    @property
    def faults(self) -> int:
        """What speaks against the quality: each review, report, service or decision that did not hold up."""
        return self.returned + self.reinvestigated + self.service_corrected + self.overturned

    @property
    def facts(self) -> dict[str, Any]:
        """The figures, as they are frozen with what is decided on them."""
        return {name: getattr(self, name) for name in FIGURES}

    @property
    def advice_label(self) -> str:
        """The advice in words."""
        return str(ADVICE[self.advice])

    @property
    def why(self) -> str:
        """Why the facts speak for it."""
        return str(WHY[self.advice])


def scores(sheet: Sheet, among: Sequence[Sheet]) -> dict[str, int | None]:
    """Score a sheet on each criterion by how many of a hundred other sheets it goes before; no weights.

    None where there is no figure to compare, or nothing to compare it with.
    """
    found: dict[str, int | None] = {}
    for key, (_label, figure, less) in CRITERIA.items():
        own = _measured(sheet, figure)
        others = [_measured(other, figure) for other in among if other is not sheet]
        known = [value for value in others if value is not None]
        if own is None or not known:
            found[key] = None
            continue
        behind = sum(value > own if less else value < own for value in known)
        found[key] = round(100 * behind / len(known))
    return found


def _measured(sheet: Sheet, figure: str) -> Any:
    """Return what a sheet is compared by: what did not hold up was not easily handled, however quickly."""
    value = getattr(sheet, figure)
    return (sheet.overturned, value) if figure == "days" and value is not None else value


def evaluate(*, since: date, until: date, township_id: int | None = None) -> list[Sheet]:
    """Return the sheet of every item handed on at the end of the time, the least used first."""
    rows = handed_on(until).exclude(township=None).select_related("grant", "township")
    if township_id is not None:
        rows = rows.filter(township=township_id)
    held = list(rows.order_by("township_id", "item_id"))
    names = named_items([row.item_id for row in held], until)
    facts = _facts(since, until)
    sheets = [
        Sheet(row, names.get(row.item_id, ""), **facts.get((row.item_id, row.township_id), {}))
        for row in held
    ]
    return sorted(sheets, key=lambda sheet: (sheet.cases, sheet.row.township_id or 0, sheet.row.item_id))


def _facts(since: date, until: date) -> dict[tuple[int, int | None], dict[str, Any]]:
    """Count the cases of the time by item and township, in six statements."""
    cases = in_county(Case).filter(found_on__range=(since, until), item__isnull=False).order_by()
    spent = ExpressionWrapper(F("decided_on") - F("found_on"), output_field=DurationField())
    facts: dict[tuple[int, int | None], dict[str, Any]] = {}
    for row in cases.values("item_id", "township_id").annotate(
        cases=Count("pk"),
        complaints=Count("pk", filter=Q(source__in=DEMAND)),
        found=Count("pk", filter=Q(source__in=FOUND)),
        decided=Count("pk", filter=Q(decided_on__isnull=False)),
        spent=Avg(spent),
    ):
        facts[row["item_id"], row["township_id"]] = {
            **{name: row[name] for name in ("cases", "complaints", "found", "decided")},
            "days": round(row["spent"].total_seconds() / 86400, 1) if row["spent"] else None,
        }
    joint = cases.filter(assignments__duty=Assignment.Duty.JOINT)
    returned = cases.filter(reviews__conclusion__in=("return", "fail"))
    again = cases.filter(reports__round__gt=1)
    corrected = cases.filter(instruments__service__corrections__isnull=False)
    overturned = cases.filter(outcomes__voided_at=None, outcomes__result__in=OVERTURNED)
    for name, among, what in (
        ("joint", joint, "pk"),
        ("returned", returned, "reviews"),
        ("reinvestigated", again, "pk"),
        ("service_corrected", corrected, "instruments__service__corrections"),
        ("overturned", overturned, "pk"),
    ):
        counted = among.values_list("item_id", "township_id").annotate(n=Count(what, distinct=True))
        for item_id, township_id, number in counted:
            facts[item_id, township_id][name] = number
    return facts
