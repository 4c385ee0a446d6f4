"""The acts on periods."""

from cases.dossier.moves import Move
from cases.flow.acts import Act, registry
from cases.periods import correction, rules, services
from cases.periods.forms import CorrectServiceForm, ExtendForm, ResumeForm, SuspendForm

registry.add(
    Act(Move.SUSPEND_CLOCK, SuspendForm, services.suspend_clock, obstacles=rules.suspension_obstacles),
    Act(
        Move.RESUME_CLOCK,
        ResumeForm,
        services.resume_clock,
        obstacles=rules.resumption_obstacles,
        applies=rules.is_paused,
    ),
    Act(Move.EXTEND_CLOCK, ExtendForm, services.extend_clock, obstacles=rules.extension_obstacles),
    Act(Move.CORRECT_SERVICE, CorrectServiceForm, correction.correct_service),
)
