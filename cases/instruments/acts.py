"""The act of serving what has no service of its own in the table."""

from cases.dossier.moves import Move
from cases.flow.acts import Act, registry
from cases.instruments.forms import ServeDocumentForm
from cases.instruments.selectors import has_served_apart, hearing_unannounced
from cases.instruments.serving import serve_document

registry.add(
    Act(
        Move.SERVE_DOCUMENT,
        ServeDocumentForm,
        serve_document,
        applies=has_served_apart,
        first=hearing_unannounced,
    )
)
