"""The acts of closing and archiving."""

from cases.archive import forms, rules, services
from cases.dossier.stages import Move
from cases.flow.acts import Act, registry

registry.add(
    Act(Move.PROPOSE_CLOSING, forms.ClosingForm, services.propose_closing, obstacles=rules.closing_obstacles),
    Act(Move.APPROVE_CLOSING, forms.OpinionForm, services.approve_closing),
    Act(Move.RETURN_CLOSING, forms.ReasonForm, services.return_closing),
    Act(Move.ARCHIVE, forms.ArchiveForm, services.archive, obstacles=rules.binding_obstacles),
)
