"""The documents of a case as its page shows them: what the papers say is long, and no tab reads it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.dossier.models import Case
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
COLUMNS = ("case", "kind", "number", "issuer", "responsible", "state", "issued_at")
SERVICE = tuple(f"service__{name}" for name in ("method", "served_at", "recipient"))
NOTHING = "—"


def contents_of(case: Case) -> list[Instrument]:
    """Return the documents in file order with the pages of each."""
    rows = Instrument.objects.filter(case=case).select_related("paper")
    return list(rows.only("kind", "number", "paper__page_count").order_by("file_order", "id"))


def rows_of(case: Case) -> list[dict[str, Any]]:
    """Return rows for the tab of documents, in file order: finished words and marks."""
    found = Instrument.objects.filter(case=case).select_related("service").only(*COLUMNS, *SERVICE)
    documents = list(found.order_by("file_order", "id"))
    bodies = remembered.bodies.get({document.issuer_id for document in documents})
    return [
        {
            "url": reverse("instrument", args=[case.pk, document.pk]),
            "label": document.kind_label,
            "number": document.number or NOTHING,
            "issuer": bodies[document.issuer_id].name,
            "responsible": document.responsible,
            "issued": cn_datetime(document.issued_at, "short"),
            "state": drawn("status", **look_of(document)),
            **_service(document),
        }
        for document in documents
    ]


def look_of(document: Instrument) -> dict[str, Any]:
    """Say how far a document has come, in word, tone and icon."""
    tone, icon = LOOKS[document.state]
    return {"label": State(document.state).label, "tone": tone, "icon": icon}


def _service(document: Instrument) -> dict[str, Any]:
    service = getattr(document, "service", None)
    if service is not None:
        served = f"{cn_datetime(service.served_at, 'short')} {service.recipient}"
        return {"service": Service.Method(service.method).label, "served": served}
    waiting = document.is_served_kind and document.state == State.ISSUED
    return {"waiting": _("待送达")} if waiting else {"served": NOTHING}
