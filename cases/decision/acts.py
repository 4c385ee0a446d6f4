"""The acts of decision."""

from cases.clocks.rules import premature_warning
from cases.decision import discussing, forms, no_penalty, rules, services, spot_forms, summary
from cases.decision.panels import decision_panel, discussion_panel, no_penalty_panel, spot_panel
from cases.dossier.moves import Move
from cases.flow.acts import Act, registry

registry.add(
    Act(
        Move.RECORD_DISCUSSION,
        forms.DiscussionForm,
        services.record_discussion,
        obstacles=discussing.discussion_obstacles,
        first=discussing.is_due,
        panel=discussion_panel,
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
    Act(
        Move.DECIDE_NO_PENALTY,
        forms.NoPenaltyForm,
        no_penalty.decide_no_penalty,
        panel=no_penalty_panel,
        applies=no_penalty.proposes_none,
    ),
    Act(
        Move.SERVE_DECISION,
        forms.ServeDecisionForm,
        services.serve_decision,
        obstacles=premature_warning,
        also=(Move.SETTLE_BY_SERVICE,),
    ),
    Act(
        Move.DECIDE_ON_SPOT,
        spot_forms.OnSpotForm,
        summary.decide_on_the_spot,
        template="cases/decision/on_spot.html",
    ),
    Act(
        Move.FILE_SUMMARY,
        spot_forms.FileSummaryForm,
        summary.file_summary,
        applies=rules.was_decided_on_spot,
        panel=spot_panel,
    ),
)
