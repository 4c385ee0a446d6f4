"""The rows of the case list as a person sees them: drawn in one pass, for a template is slow at deciding."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.clocks.remaining import name_of
from cases.dossier.models import Case
from cases.overview.badges import mode_badge, period_until, stage_mark
from cases.overview.rows import BODIES, OFFICERS, keys_of
from desk.formats import shortened
from townships.selectors import remembered

NOTHING = "—"
MOST_TITLE, MOST_CLOCK = 60, 14
COLUMNS = (
    "id",
    "lead_number",
    "number",
    "stage",
    "cause",
    "summary",
    "party_name",
    "address",
    "mode",
    "is_open",
    "next_due_on",
    "next_clock",
    "filed_on",
    *(f"{person}_id" for person in (*BODIES, *OFFICERS)),
)
ROW = """<tr data-row>
<td class="num nw">{name}</td>
<th scope="row" class="cause"><a href="{url}" data-row-link>{title}</a><span class="fine">{about}</span></th>
<td>{stage}</td>
<td class="nw">{body} {mode}<span class="fine">{people}</span></td>
<td class="nw">{period}<span class="fine">{clock}</span></td>
<td class="num nw">{filed}</td>
</tr>"""


def columns_of(cases: QuerySet[Case]) -> QuerySet[Case, Any]:
    """Read only what the list shows, as rows: objects would take twice as long."""
    return cases.values_list(*COLUMNS, named=True)


def drawn(found: Sequence[Any], *, on: date) -> SafeString:
    """Return the rows of a page's table; nothing when there is none."""
    told = Telling(found, on)
    return format_html_join("\n", ROW, (told.cells(row) for row in found))


class Telling:
    """The cells of one page's rows; names, words and marks that stand alike are made once."""

    def __init__(self, found: Sequence[Any], on: date) -> None:
        self.on = on
        self.bodies = remembered.bodies.get(keys_of(found, BODIES))
        self.officers = remembered.officers.get(keys_of(found, OFFICERS))
        self.stage, self.mode, self.next = cache(stage_mark), cache(mode_badge), cache(self._next)
        self.before, _zero, self.after = reverse("case", args=[0]).rpartition("0")

    def cells(self, row: Any) -> dict[str, Any]:
        """Return what stands in the row of a case."""
        period, clock = self.next(row.next_due_on, row.next_clock) if row.is_open else ("", NOTHING)
        return {
            "name": row.number or row.lead_number,
            "url": f"{self.before}{row.id}{self.after}",
            "title": shortened(Case.title_of(row.cause, row.summary), MOST_TITLE),
            "about": row.party_name or row.address,
            "stage": self.stage(row.stage),
            "body": self.bodies[row.handler_id or row.township_id].short_name,
            "mode": self.mode(row.mode) if row.mode else "",
            "people": self._people(row),
            "period": period,
            "clock": clock,
            "filed": row.filed_on or NOTHING,
        }

    def _people(self, row: Any) -> str:
        keys = (row.lead_officer_id, row.second_officer_id)
        if any(keys):
            return "、".join(self.officers[key].name for key in keys if key)
        return _("承办人未定") if row.handler_id else _("待分派")

    def _next(self, due_on: date | None, clock_id: str) -> tuple[SafeString, str]:
        clock = f"{shortened(name_of(clock_id), MOST_CLOCK)} {due_on:%m-%d}" if due_on else ""
        return period_until(due_on, clock_id, self.on), clock
