"""The acts of legal review."""

from cases.dossier.moves import Move
from cases.flow.acts import Act, registry
from cases.review import forms, rules, services
from cases.review.panels import recall_panel, review_panel, submission_panel

registry.add(
    Act(
        Move.SUBMIT_REVIEW,
        forms.SubmitForm,
        services.submit_review,
        obstacles=rules.submission_obstacles,
        template="cases/review/submit.html",
        panel=submission_panel,
    ),
    Act(
        Move.REASSIGN_REVIEW,
        forms.ReassignReviewForm,
        services.reassign_review,
        template="cases/review/submit.html",
        panel=submission_panel,
    ),
    Act(
        Move.RECALL_REVIEW,
        forms.RecallReviewForm,
        services.recall_review,
        template="cases/review/recall.html",
        panel=recall_panel,
    ),
    Act(
        Move.PASS_REVIEW,
        forms.ReviewForm,
        services.conclude_review,
        also=(Move.RETURN_FOR_EVIDENCE, Move.FAIL_REVIEW),
        template="cases/review/review.html",
        panel=review_panel,
    ),
)
