"""The acts of decision."""

from cases.decision import forms, rules, services
from cases.decision.panels import decision_panel
from cases.dossier.stages import Move
from cases.flow.acts import Act, registry

registry.add(
    Act(
        Move.RECORD_DISCUSSION,
        forms.DiscussionForm,
        services.record_discussion,
        obstacles=rules.discussion_obstacles,
    ),
    Act(Move.RENOTIFY, forms.RenotifyForm, services.renotify),
    Act(
        Move.DECIDE,
        forms.DecisionForm,
        services.decide,
        obstacles=rules.decision_obstacles,
        template="cases/decision/decide.html",
        panel=decision_panel,
    ),
    Act(Move.SERVE_DECISION, forms.ServeDecisionForm, services.serve_decision),
)
