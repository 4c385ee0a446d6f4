"""The documents of a case as its page shows them: what the papers say is long, and no tab reads it."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from audit import statements
from cases.dossier.models import Case
from cases.instruments.kinds import FORMS, Kind
from cases.instruments.models import Instrument, Service
from desk.formats import cn_datetime
from desk.icons import draw
from desk.parts import drawn
from townships.selectors import remembered

State = Instrument.State
LOOKS: dict[str, tuple[str, str]] = {
    State.ISSUED: ("blue", "file-check"),
    State.SERVED: ("green", "circle-check"),
    State.REPLACED: ("grey", "history"),
}
COLUMNS = (
    "pk",
    "kind",
    "number",
    "issuer_id",
    "responsible",
    "state",
    "issued_at",
    "method",
    "served_at",
    "recipient",
)
DOCUMENTS = """
    SELECT document.id, kind, number, issuer_id, responsible, state, issued_at, method, served_at, recipient
    FROM cases_instrument document LEFT JOIN cases_service service ON service.instrument_id = document.id
    WHERE document.case_id = %s::bigint ORDER BY document.file_order, document.id
"""
NOTHING = "—"
ROW = """<tr data-row>
<th scope="row"><a href="{url}" target="_blank" rel="noopener" data-row-link>{icon} {label}</a></th>
<td class="num nw">{number}</td>
<td>{issuer}</td>
<td>{responsible}</td>
<td class="num nw">{issued}</td>
<td>{state}</td>
<td class="nw">{service}</td>
</tr>"""
SERVED = '{}<span class="fine num">{}</span>'
WAITING = '<span class="t-amber">{}</span>'


def contents_of(case: Case) -> list[Instrument]:
    """Return the documents in file order with the pages of each."""
    rows = Instrument.objects.filter(case=case).select_related("paper")
    return list(rows.only("kind", "number", "paper__page_count").order_by("file_order", "id"))


def drawn_rows(case: Case) -> SafeString:
    """Return the rows of the tab of documents, in file order; nothing when there is none."""
    found = statements.rows(DOCUMENTS, [case.pk])
    documents = [dict(zip(COLUMNS, row, strict=True)) for row in found]
    told = Telling(case, documents)
    return format_html_join("\n", ROW, (told.cells(document) for document in documents))


class Telling:
    """The cells of one case's documents; words and marks that stand alike are made once."""

    def __init__(self, case: Case, documents: Sequence[Mapping[str, Any]]) -> None:
        self.bodies = remembered.bodies.get({document["issuer_id"] for document in documents})
        self.address = addresses_in(case)
        self.icon = draw("file-text", "i14")
        self.kind, self.state = cache(lambda kind: str(Kind(kind).label)), cache(_mark)

    def cells(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return what stands in the row of a document."""
        return {
            "url": self.address(document["pk"]),
            "icon": self.icon,
            "label": self.kind(document["kind"]),
            "number": document["number"] or NOTHING,
            "issuer": self.bodies[document["issuer_id"]].name,
            "responsible": document["responsible"],
            "issued": cn_datetime(document["issued_at"], "short"),
            "state": self.state(document["state"]),
            "service": _service(document),
        }


def _mark(state: str) -> SafeString:
    return drawn("status", **look_of(state))


def addresses_in(case: Case) -> Callable[[int], str]:
    """Return how a document of the case is addressed by its key: a case has many, and one pattern."""
    before, after = reverse("instrument", args=[case.pk, 0]).rsplit("0", 1)
    return lambda key: f"{before}{key}{after}"


def look_of(state: str) -> dict[str, Any]:
    """Say how far a document has come, in word, tone and icon."""
    tone, icon = LOOKS[state]
    return {"label": State(state).label, "tone": tone, "icon": icon}


def _service(document: Mapping[str, Any]) -> SafeString:
    if document["method"] is not None:
        method, day = Service.Method(document["method"]).label, cn_datetime(document["served_at"], "short")
        return format_html(SERVED, method, f"{day} {document['recipient']}")
    if FORMS[Kind(document["kind"])].served and document["state"] == State.ISSUED:
        return format_html(WAITING, _("待送达"))
    return format_html(SERVED, NOTHING, "")
