"""The acts of closing and archiving."""

from cases.archive import forms, rules, services
from cases.archive.panels import closing_panel
from cases.dossier.moves import Move
from cases.flow.acts import Act, registry

registry.add(
    Act(
        Move.PROPOSE_CLOSING,
        forms.ClosingForm,
        services.propose_closing,
        obstacles=rules.closing_obstacles,
        panel=closing_panel,
    ),
    Act(
        Move.APPROVE_CLOSING,
        forms.OpinionForm,
        services.approve_closing,
        obstacles=rules.approval_obstacles,
        panel=closing_panel,
    ),
    Act(Move.RETURN_CLOSING, forms.ReasonForm, services.return_closing, panel=closing_panel),
    Act(Move.ARCHIVE, forms.ArchiveForm, services.archive, obstacles=rules.binding_obstacles),
)
