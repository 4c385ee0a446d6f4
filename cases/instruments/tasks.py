"""What follows from an issued document: its PDF."""

from audit.models import Event
from audit.subscribers import on
from cases.instruments.services import INSTRUMENT_ISSUED
from papers.models import Paper
from papers.services import render


@on(INSTRUMENT_ISSUED)
def render_pdf(event: Event) -> None:
    """Render the paper; rendering twice gives the same file."""
    render(Paper.objects.get(pk=event.target_id))
