"""The acts of holding evidence."""

from cases.dossier.moves import Move
from cases.flow.acts import Act, AnswerForm, registry
from cases.holding import rules, services
from cases.holding.forms import DisposeHoldForm, ProposeHoldForm
from cases.holding.panels import hold_panel

registry.add(
    Act(Move.PROPOSE_HOLD, ProposeHoldForm, services.propose_hold, obstacles=rules.proposal_obstacles),
    Act(
        Move.ANSWER_HOLD,
        AnswerForm,
        services.answer_hold,
        panel=hold_panel,
        applies=rules.is_proposed,
    ),
    Act(
        Move.DISPOSE_HOLD,
        DisposeHoldForm,
        services.dispose_hold,
        panel=hold_panel,
        applies=rules.is_held,
    ),
)
