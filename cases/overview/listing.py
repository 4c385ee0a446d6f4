"""The rows of the case list as a person sees them: drawn in one pass, for a template is slow at deciding."""

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from html import escape
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.clocks.remaining import name_of
from cases.dossier.access import of_county, ways_of
from cases.dossier.models import Case
from cases.overview.badges import mode_badge, period_until, stage_mark
from cases.overview.rows import BODIES, OFFICERS, keys_of
from desk.formats import cn_date, shortened
from desk.kept import KeptQuestion
from desk.keyset import KeysetPage
from townships.models import Officer
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


def columns_of(cases: QuerySet[Case]) -> QuerySet[Case, Any]:
    """Read only what the list shows, as rows: objects would take twice as long."""
    return cases.values_list(*COLUMNS, named=True)


def whole(
    officer: Officer, *, on: date, ordering: Sequence[str], cursor: str | None
) -> KeysetPage[Any] | None:
    """Return a page of all cases the officer may see that day; None where there can be none."""
    ways = ways_of(officer, on)
    return None if ways is None else KeysetPage.of(_asked(officer.county_id, ways, tuple(ordering), cursor))


@lru_cache(maxsize=512)
def _asked(
    county_id: int, ways: tuple[Q, ...], ordering: tuple[str, ...], cursor: str | None
) -> KeptQuestion:
    """Put the question into words once for all who may see the same cases."""
    return KeptQuestion(columns_of(of_county(county_id)), ordering=ordering, cursor=cursor, ways=ways)


def drawn(found: Sequence[Any], *, on: date) -> SafeString:
    """Return the rows of a page's table; nothing when there is none."""
    told = Telling(found, on)
    return SafeString("\n".join([told.row(row) for row in found]))


class Telling:
    """One page's rows; what stands alike is made once, and every text that is not a mark is escaped here."""

    def __init__(self, found: Sequence[Any], on: date) -> None:
        self.on = on
        self.bodies = remembered.bodies.get(keys_of(found, BODIES))
        self.officers = remembered.officers.get(keys_of(found, OFFICERS))
        self.stage, self.mode, self.next = cache(stage_mark), cache(mode_badge), cache(self._next)
        self.body, self.people = cache(self._body), cache(self._people)
        self.before, _zero, self.after = reverse("case", args=[0]).rpartition("0")

    def row(self, row: Any) -> str:
        """Return the row of a case."""
        period, clock = self.next(row.next_due_on, row.next_clock) if row.is_open else ("", NOTHING)
        title = shortened(Case.title_of(row.cause, row.summary), MOST_TITLE)
        return f"""<tr data-row>
<td class="num nw">{escape(row.number or row.lead_number)}</td>
<th scope="row" class="cause"><a href="{self.before}{row.id}{self.after}" data-row-link>{escape(title)}</a>\
<span class="fine">{escape(row.party_name or row.address)}</span></th>
<td>{self.stage(row.stage)}</td>
<td class="nw">{self.body(row.handler_id or row.township_id)} {self.mode(row.mode) if row.mode else ""}\
<span class="fine">{self.people(row.lead_officer_id, row.second_officer_id, row.handler_id)}</span></td>
<td class="nw">{period}<span class="fine">{clock}</span></td>
<td class="num nw">{row.filed_on or NOTHING}</td>
</tr>"""

    def _body(self, key: int) -> str:
        return escape(self.bodies[key].short_name)

    def _people(self, lead: int | None, second: int | None, handler: int | None) -> str:
        if lead or second:
            return escape("、".join(self.officers[key].name for key in (lead, second) if key))
        return escape(_("承办人未定") if handler else _("待分派"))

    def _next(self, due_on: date | None, clock_id: str) -> tuple[SafeString, str]:
        clock = f"{shortened(name_of(clock_id), MOST_CLOCK)} {cn_date(due_on, 'brief')}" if due_on else ""
        return period_until(due_on, clock_id, self.on), escape(clock)
