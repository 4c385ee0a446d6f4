"""The acts of intake on a case that exists; registering a lead is in views and api."""

from cases.dossier.moves import Move
from cases.flow.acts import Act, registry
from cases.intake import forms, party_correction, rules, services
from cases.intake.panels import filing_panel

registry.add(
    Act(Move.VOID, forms.ReasonForm, services.void),
    Act(Move.VERIFY, forms.VerifyForm, services.verify, template="cases/intake/verify.html"),
    Act(
        Move.CORRECT_PARTY,
        forms.CorrectPartyForm,
        party_correction.correct_party,
        template="cases/intake/correct_party.html",
    ),
    Act(
        Move.PROPOSE_FILING,
        forms.ProposeFilingForm,
        services.propose_filing,
        obstacles=rules.filing_obstacles,
    ),
    Act(
        Move.APPROVE_FILING,
        forms.OpinionForm,
        services.approve_filing,
        obstacles=rules.filing_obstacles,
        panel=filing_panel,
    ),
    Act(Move.RETURN_FILING, forms.ReasonForm, services.return_filing, panel=filing_panel),
    Act(Move.REFUSE_FILING, forms.RefuseFilingForm, services.refuse_filing, panel=filing_panel),
)
