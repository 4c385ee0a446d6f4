"""The documents of a case as its page shows them: what the papers say is long, and no tab reads it."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from audit import statements
from cases.dossier.models import Case
from cases.instruments.kinds import FORMS, Kind
from cases.instruments.models import Instrument, Service
from desk.formats import cn_datetime
from desk.parts import drawn
from townships.selectors import remembered

State = Instrument.State
LOOKS: dict[str, tuple[str, str]] = {
    State.ISSUED: ("blue", "file-check"),
    State.SERVED: ("green", "circle-check"),
    State.REPLACED: ("grey", "history"),
}
COLUMNS = ("pk", "kind", "number", "issuer_id", "responsible", "state", "issued_at")
SERVICE = ("method", "served_at", "recipient")
DOCUMENTS = """
    SELECT document.id, kind, number, issuer_id, responsible, state, issued_at, method, served_at, recipient
    FROM cases_instrument document LEFT JOIN cases_service service ON service.instrument_id = document.id
    WHERE document.case_id = %s::bigint ORDER BY document.file_order, document.id
"""
NOTHING = "—"


def contents_of(case: Case) -> list[Instrument]:
    """Return the documents in file order with the pages of each."""
    rows = Instrument.objects.filter(case=case).select_related("paper")
    return list(rows.only("kind", "number", "paper__page_count").order_by("file_order", "id"))


def rows_of(case: Case) -> list[dict[str, Any]]:
    """Return rows for the tab of documents, in file order: finished words and marks."""
    found = statements.rows(DOCUMENTS, [case.pk])
    documents = [dict(zip(COLUMNS + SERVICE, row, strict=True)) for row in found]
    bodies = remembered.bodies.get({document["issuer_id"] for document in documents})
    address = addresses_in(case)
    return [
        {
            "url": address(document["pk"]),
            "label": Kind(document["kind"]).label,
            "number": document["number"] or NOTHING,
            "issuer": bodies[document["issuer_id"]].name,
            "responsible": document["responsible"],
            "issued": cn_datetime(document["issued_at"], "short"),
            "state": drawn("status", **look_of(document["state"])),
            **_service(document),
        }
        for document in documents
    ]


def addresses_in(case: Case) -> Callable[[int], str]:
    """Return how a document of the case is addressed by its key: a case has many, and one pattern."""
    before, after = reverse("instrument", args=[case.pk, 0]).rsplit("0", 1)
    return lambda key: f"{before}{key}{after}"


def look_of(state: str) -> dict[str, Any]:
    """Say how far a document has come, in word, tone and icon."""
    tone, icon = LOOKS[state]
    return {"label": State(state).label, "tone": tone, "icon": icon}


def _service(document: dict[str, Any]) -> dict[str, Any]:
    method, at, recipient = (document[name] for name in SERVICE)
    if method is not None:
        return {
            "service": Service.Method(method).label,
            "served": f"{cn_datetime(at, 'short')} {recipient}",
        }
    waiting = FORMS[Kind(document["kind"])].served and document["state"] == State.ISSUED
    return {"waiting": _("待送达")} if waiting else {"service": NOTHING}
