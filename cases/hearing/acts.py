"""The acts of notice and hearing."""

from cases.dossier.moves import Move
from cases.flow.acts import Act, registry
from cases.hearing import answers, forms, notices, rules, services
from cases.hearing.panels import hearing_panel, notice_panel, statement_panel

registry.add(
    Act(Move.RETURN_REPORT, forms.ReasonForm, notices.return_report),
    Act(
        Move.ISSUE_NOTICE,
        forms.OpinionForm,
        notices.issue_notice,
        obstacles=rules.notice_obstacles,
        template="cases/hearing/issue_notice.html",
        panel=notice_panel,
    ),
    Act(Move.SERVE_NOTICE, forms.ServeNoticeForm, notices.serve_notice),
    Act(Move.RECORD_STATEMENT, forms.StatementForm, answers.record_statement),
    Act(Move.RECORD_WAIVER, forms.WaiverForm, answers.record_waiver),
    Act(
        Move.REVIEW_STATEMENT,
        forms.StatementReviewForm,
        answers.review_statement,
        applies=rules.has_unreviewed,
        panel=statement_panel,
    ),
    Act(
        Move.REQUEST_HEARING,
        forms.HearingRequestForm,
        services.request_hearing,
        applies=rules.may_ask_for_hearing,
    ),
    Act(
        Move.SCHEDULE_HEARING,
        forms.ScheduleForm,
        services.schedule_hearing,
        panel=hearing_panel,
        first=rules.awaits_its_day,
    ),
    Act(
        Move.CONCLUDE_HEARING,
        forms.HearingResultForm,
        services.conclude_hearing,
        template="cases/hearing/conclude_hearing.html",
        panel=hearing_panel,
    ),
)
