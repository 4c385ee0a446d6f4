"""Stage and THE TABLE: from, to, permission, article, clocks to stop and to start.

Whoever may go where stands here and nowhere else; `flow.services.fire` enforces it, the procedure rail
and the next-action panel are drawn from it.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import verbs
from cases.dossier.moves import Move


class Stage(TextChoices):
    """Where a case stands."""

    LEAD = "lead", _("线索")
    ROUTED = "routed", _("待接收")
    VERIFYING = "verifying", _("核查")
    VERIFIED = "verified", _("待报立案")
    FILING = "filing", _("立案审批")
    INVESTIGATING = "investigating", _("调查取证")
    INVESTIGATED = "investigated", _("调查终结")
    NOTICE_ISSUED = "notice_issued", _("告知书待送达")
    NOTIFIED = "notified", _("告知 · 申辩期")
    HEARING = "hearing", _("听证")
    REVIEW = "review", _("法制审核")
    REVIEWED = "reviewed", _("审核通过")
    DISCUSSED = "discussed", _("已集体讨论")
    DECIDED = "decided", _("决定书待送达")
    SERVED = "served", _("执行")
    EXECUTED = "executed", _("执行完毕")
    CLOSING = "closing", _("结案审批")
    CLOSED = "closed", _("已结案")
    ARCHIVED = "archived", _("已归档")
    NOT_FILED = "not_filed", _("不予立案")
    VOID = "void", _("已作废")


FINISHED = frozenset({Stage.CLOSED, Stage.ARCHIVED, Stage.NOT_FILED, Stage.VOID})
OPEN = frozenset(Stage) - FINISHED


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table.

    target None: the case stays where it is. stops/starts: kinds of clock (law.time_limits.kind_to_clock).
    article: what the law says about the act, printed beside it.
    """

    move: Move
    sources: frozenset[Stage]
    target: Stage | None
    permission: str
    verb: verbs.Verb
    article: str
    stops: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()


def _row(
    move: Move,
    sources: Stage | frozenset[Stage],
    target: Stage | None,
    permission: str,
    past: tuple[str, str | Promise],
    article: str,
    *,
    stops: tuple[str, ...] = (),
    starts: tuple[str, ...] = (),
) -> Row:
    verb = verbs.declare(past[0], past[1])
    origin = sources if isinstance(sources, frozenset) else frozenset({sources})
    return Row(move, origin, target, permission, verb, article, stops, starts)


S, M = Stage, Move
BEFORE_FILING = frozenset({S.LEAD, S.ROUTED, S.VERIFYING, S.VERIFIED})
FIELD_WORK = frozenset({S.VERIFYING, S.VERIFIED, S.INVESTIGATING})
AFTER_NOTICE = frozenset({S.NOTIFIED, S.REVIEWED, S.DISCUSSED})
UNDECIDED = OPEN - {S.LEAD, S.ROUTED, S.DECIDED, S.SERVED, S.EXECUTED, S.CLOSING}
# What the party says is heard until it is decided, however late.
HEARD = AFTER_NOTICE | {S.HEARING, S.REVIEW}
HANDED_ON = OPEN - {S.LEAD}
# A decision may be looked into long after the case was closed.
REVIEWABLE = frozenset({S.SERVED, S.EXECUTED, S.CLOSING, S.CLOSED, S.ARCHIVED})
AFTER_SERVICE = AFTER_NOTICE | {S.HEARING, S.REVIEW, S.DECIDED, S.SERVED, S.EXECUTED, S.CLOSING}

# A row in two lines reads as a table.
# fmt: off
TABLE: dict[Move, Row] = {
    row.move: row
    for row in (
        _row(M.ROUTE, S.LEAD, S.ROUTED, "lead.route", ("lead_routed", _("线索已分派")),
             "行政处罚法第二十二条、第二十三条、第二十四条、第二十五条", starts=("transfer_accept",)),
        _row(M.ACCEPT, S.ROUTED, S.VERIFYING, "lead.accept", ("lead_accepted", _("已接收")),
             "行政处罚法第二十五条", stops=("transfer_accept",)),
        _row(M.REFUSE, S.ROUTED, S.LEAD, "lead.accept", ("lead_refused", _("退回分派")),
             "行政处罚法第二十五条", stops=("transfer_accept",)),
        _row(M.VOID, BEFORE_FILING, S.VOID, "lead.void", ("lead_voided", _("线索作废")),
             "行政处罚法第四十七条", stops=("transfer_accept", "filing_check")),
        _row(M.VERIFY, S.VERIFYING, S.VERIFIED, "case.verify", ("lead_verified", _("核查完毕")),
             "行政处罚法第五十四条"),
        _row(M.CORRECT_PARTY, frozenset({S.VERIFIED, S.FILING, S.INVESTIGATING}), None, "case.investigate",
             ("party_corrected", _("更正当事人")), "行政处罚法第四十条、第五十九条第一款第（一）项"),
        _row(M.PROPOSE_FILING, S.VERIFIED, S.FILING, "case.propose_filing", ("filing_proposed", _("呈报立案")),
             "行政处罚法第五十四条第二款"),
        _row(M.APPROVE_FILING, S.FILING, S.INVESTIGATING, "case.approve_filing", ("case_filed", _("立案")),
             "行政处罚法第五十四条第二款、第六十条", stops=("filing_check",), starts=("case_decision",)),
        _row(M.RETURN_FILING, S.FILING, S.VERIFIED, "case.approve_filing", ("filing_returned", _("立案退回补充")),
             "行政处罚法第五十四条"),
        _row(M.REFUSE_FILING, frozenset({S.VERIFIED, S.FILING}), S.NOT_FILED, "case.approve_filing",
             ("filing_refused", _("不予立案")), "行政处罚法第五十四条", stops=("filing_check",)),
        _row(M.ADD_EXHIBIT, FIELD_WORK, None, "case.investigate", ("exhibit_added", _("添加证据")),
             "行政处罚法第四十六条"),
        _row(M.RECORD_INSPECTION, FIELD_WORK, None, "case.investigate", ("inspection_recorded", _("现场检查")),
             "行政处罚法第四十二条、第五十五条"),
        _row(M.RECORD_INTERVIEW, S.INVESTIGATING, None, "case.investigate", ("interview_recorded", _("询问")),
             "行政处罚法第四十二条、第五十五条"),
        _row(M.ORDER_CORRECTION, FIELD_WORK, None, "case.investigate", ("correction_ordered", _("责令改正")),
             "行政处罚法第二十八条第一款"),
        _row(M.VOID_ENTRY, FIELD_WORK, None, "case.investigate", ("entry_voided", _("错误登记作废")),
             "行政处罚法第四十六条、第四十七条"),
        _row(M.ADD_SCAN, OPEN - {S.LEAD, S.ROUTED}, None, "case.investigate", ("scan_added", _("上传签字件")),
             "行政处罚法第四十七条"),
        _row(M.CONCLUDE, frozenset({S.INVESTIGATING, S.INVESTIGATED}), S.INVESTIGATED, "case.conclude",
             ("investigation_concluded", _("调查终结")),
             "行政处罚法第四十条、第五十七条"),
        _row(M.RETURN_REPORT, S.INVESTIGATED, S.INVESTIGATING, "case.approve_notice",
             ("report_returned", _("退回补充调查")), "行政处罚法第四十条"),
        _row(M.ISSUE_NOTICE, S.INVESTIGATED, S.NOTICE_ISSUED, "case.approve_notice", ("notice_issued", _("签发告知书")),
             "行政处罚法第四十四条、第六十三条"),
        _row(M.SERVE_NOTICE, S.NOTICE_ISSUED, S.NOTIFIED, "case.serve", ("notice_served", _("告知书送达")),
             "行政处罚法第四十四条、第六十四条第（一）项", starts=("defence",)),
        _row(M.SERVE_DOCUMENT, OPEN - {S.LEAD, S.ROUTED}, None, "case.serve", ("document_served", _("文书送达")),
             "行政处罚法第六十一条"),
        _row(M.RECORD_STATEMENT, HEARD, None, "case.investigate", ("statement_made", _("当事人陈述申辩")),
             "行政处罚法第四十五条"),
        _row(M.RECORD_WAIVER, S.NOTIFIED, None, "case.investigate", ("rights_waived", _("当事人书面放弃")),
             "行政处罚法第六十二条"),
        _row(M.REVIEW_STATEMENT, HEARD, None, "case.investigate", ("statement_reviewed", _("申辩意见复核")),
             "行政处罚法第四十五条第一款"),
        _row(M.REQUEST_HEARING, AFTER_NOTICE, S.HEARING, "case.hearing", ("hearing_requested", _("申请听证")),
             "行政处罚法第六十三条、第六十四条第（一）项"),
        _row(M.SCHEDULE_HEARING, S.HEARING, None, "case.hearing", ("hearing_scheduled", _("通知听证")),
             "行政处罚法第六十四条第（二）项"),
        _row(M.CONCLUDE_HEARING, S.HEARING, S.NOTIFIED, "case.chair_hearing", ("hearing_concluded", _("听证结束")),
             "行政处罚法第六十四条、第六十五条"),
        _row(M.SUBMIT_REVIEW, S.NOTIFIED, S.REVIEW, "case.submit_review", ("review_submitted", _("送法制审核")),
             "行政处罚法第五十八条", starts=("legal_review",)),
        _row(M.REASSIGN_REVIEW, S.REVIEW, None, "case.assign_review", ("review_reassigned", _("改派审核人员")),
             "行政处罚法第五十八条"),
        _row(M.RECALL_REVIEW, S.REVIEW, S.NOTIFIED, "case.submit_review", ("review_recalled", _("撤回送审")),
             "行政处罚法第五十八条、第六十三条", stops=("legal_review",)),
        _row(M.PASS_REVIEW, S.REVIEW, S.REVIEWED, "case.review", ("review_passed", _("法制审核通过")),
             "行政处罚法第五十八条", stops=("legal_review",)),
        _row(M.RETURN_FOR_EVIDENCE, S.REVIEW, S.INVESTIGATING, "case.review",
             ("review_returned", _("法制审核退回补充")), "行政处罚法第五十八条", stops=("legal_review",)),
        _row(M.FAIL_REVIEW, S.REVIEW, S.INVESTIGATED, "case.review", ("review_failed", _("法制审核不通过")),
             "行政处罚法第五十八条", stops=("legal_review",)),
        _row(M.RECORD_DISCUSSION, frozenset({S.NOTIFIED, S.REVIEWED}), S.DISCUSSED, "case.discuss",
             ("discussion_recorded", _("集体讨论")), "行政处罚法第五十七条第二款"),
        _row(M.RENOTIFY, AFTER_NOTICE, S.INVESTIGATED, "case.conclude", ("notice_withdrawn", _("重新拟处")),
             "行政处罚法第四十四条", stops=("defence", "hearing_request")),
        _row(M.DECIDE, AFTER_NOTICE, S.DECIDED, "case.decide", ("decision_made", _("作出处罚决定")),
             "行政处罚法第五十七条、第五十九条",
             stops=("case_decision", "defence", "hearing_request"), starts=("decision_service",)),
        _row(M.DECIDE_NO_PENALTY, S.INVESTIGATED, S.DECIDED, "case.decide",
             ("penalty_waived", _("不予处罚决定")), "行政处罚法第三十三条、第五十七条",
             stops=("case_decision",), starts=("decision_service",)),
        _row(M.SERVE_DECISION, S.DECIDED, S.SERVED, "case.serve", ("decision_served", _("决定书送达")),
             "行政处罚法第六十一条", stops=("decision_service",), starts=("fine_payment", "review_apply", "sue")),
        _row(M.DECIDE_ON_SPOT, S.LEAD, S.SERVED, "case.summary", ("decided_on_spot", _("当场作出处罚决定")),
             "行政处罚法第五十一条、第五十二条",
             stops=("filing_check",), starts=("fine_payment", "summary_record", "review_apply")),
        _row(M.FILE_SUMMARY, frozenset({S.SERVED, S.EXECUTED}), None, "case.file_summary",
             ("summary_filed", _("当场处罚备案")), "行政处罚法第五十二条第三款", stops=("summary_record",)),
        _row(M.RECORD_PAYMENT, S.SERVED, None, "case.collect", ("payment_recorded", _("缴纳罚款")),
             "行政处罚法第六十七条"),
        _row(M.COLLECT_ON_SPOT, S.SERVED, None, "case.collect", ("collected_on_spot", _("当场收缴罚款")),
             "行政处罚法第六十八条、第六十九条、第七十条", starts=("onsite_fine_to_agency",)),
        _row(M.HAND_IN_FINE, frozenset({S.SERVED, S.EXECUTED}), None, "case.collect",
             ("fine_handed_in", _("当场收缴的罚款交至机关")), "行政处罚法第七十一条",
             stops=("onsite_fine_to_agency",), starts=("fine_to_bank",)),
        _row(M.BANK_FINE, frozenset({S.SERVED, S.EXECUTED}), None, "case.collect",
             ("fine_banked", _("当场收缴的罚款缴付银行")), "行政处罚法第七十一条", stops=("fine_to_bank",)),
        _row(M.VOID_PAYMENT, frozenset({S.SERVED, S.EXECUTED}), None, "case.collect",
             ("payment_voided", _("缴款登记作废")), "行政处罚法第四十七条、第六十七条"),
        _row(M.VOID_PERFORMANCE, frozenset({S.SERVED, S.EXECUTED}), None, "case.collect",
             ("performance_voided", _("执行登记作废")), "行政处罚法第四十七条、第六十六条第一款"),
        _row(M.EXECUTE_AGAIN, S.EXECUTED, S.SERVED, "case.collect", ("execution_resumed", _("恢复执行")),
             "行政处罚法第六十六条、第六十七条", stops=("close_case",)),
        _row(M.IMPOSE_SURCHARGE, S.SERVED, None, "case.decide", ("surcharge_imposed", _("加处罚款决定")),
             "行政处罚法第七十二条第一款第（一）项"),
        _row(M.DISPOSE_GOODS, frozenset({S.SERVED, S.EXECUTED}), None, "case.collect",
             ("goods_disposed", _("罚没物品处置")), "行政处罚法第七十四条"),
        _row(M.REQUEST_TERMS, S.SERVED, None, "case.collect", ("terms_requested", _("申请延期分期缴纳")),
             "行政处罚法第六十六条第二款"),
        _row(M.ANSWER_TERMS, S.SERVED, None, "case.decide", ("terms_answered", _("延期分期缴纳审批")),
             "行政处罚法第六十六条第二款"),
        _row(M.VOID_TERMS, S.SERVED, None, "case.decide", ("terms_voided", _("延期分期缴纳审批作废")),
             "行政处罚法第四十七条、第六十六条第二款"),
        _row(M.RECORD_PERFORMANCE, frozenset({S.SERVED, S.EXECUTED}), None, "case.collect",
             ("performance_recorded", _("执行情况登记")), "行政处罚法第六十六条第一款"),
        _row(M.SETTLE, S.SERVED, S.EXECUTED, "case.collect", ("penalty_settled", _("履行完毕")),
             "行政处罚法第六十六条第一款、第六十七条",
             stops=("fine_payment", "fine_instalment"), starts=("close_case",)),
        _row(M.SETTLE_BY_SERVICE, S.SERVED, S.EXECUTED, "case.serve", ("settled_by_service", _("送达即履行")),
             "行政处罚法第九条第（一）项", stops=("fine_payment",), starts=("close_case",)),
        _row(M.RECORD_OUTCOME, REVIEWABLE, None, "case.outcome", ("outcome_recorded", _("复议诉讼结果登记")),
             "行政处罚法第四十七条、行政复议法第六十四条、行政诉讼法第七十一条", stops=("review_apply", "sue")),
        _row(M.VOID_OUTCOME, REVIEWABLE, None, "case.outcome", ("outcome_voided", _("复议诉讼结果登记作废")),
             "行政处罚法第四十七条"),
        _row(M.END_EXECUTION, S.SERVED, S.EXECUTED, "case.outcome", ("execution_ended", _("终结执行")),
             "行政处罚法第六十六条第一款、行政强制法第四十条",
             stops=("fine_payment", "fine_instalment"), starts=("close_case",)),
        _row(M.PROPOSE_CLOSING, S.EXECUTED, S.CLOSING, "case.close", ("closing_proposed", _("呈报结案")),
             "行政处罚法第四十七条"),
        _row(M.APPROVE_CLOSING, S.CLOSING, S.CLOSED, "case.approve_closing", ("case_closed", _("结案")),
             "行政处罚法第四十七条", stops=("close_case",)),
        _row(M.RETURN_CLOSING, S.CLOSING, S.EXECUTED, "case.approve_closing", ("closing_returned", _("结案退回")),
             "行政处罚法第四十七条"),
        _row(M.ARCHIVE, S.CLOSED, S.ARCHIVED, "case.archive", ("case_archived", _("归档")),
             "行政处罚法第四十七条"),
        _row(M.HAND_OVER, HANDED_ON, None, "case.hand_over", ("case_handed_over", _("移交办理")),
             "行政处罚法第二十条、第二十四条、第二十五条"),
        _row(M.RECEIVE, HANDED_ON - {S.ROUTED}, None, "lead.accept", ("hand_over_received", _("接收移交")),
             "行政处罚法第二十条、第二十四条、第二十五条", stops=("transfer_accept",)),
        _row(M.REFUSE_HAND_OVER, HANDED_ON - {S.ROUTED}, None, "lead.accept",
             ("hand_over_refused", _("对移交提出异议")), "行政处罚法第二十五条第二款",
             stops=("transfer_accept",)),
        _row(M.DESIGNATE, HANDED_ON - {S.ROUTED}, None, "case.hand_over", ("handler_designated", _("指定办理")),
             "行政处罚法第二十五条第二款", starts=("transfer_accept",)),
        _row(M.REASSIGN, OPEN - {S.LEAD, S.ROUTED}, None, "case.reassign", ("officers_changed", _("更换承办人")),
             "行政处罚法第四十二条"),
        _row(M.JOIN, OPEN - {S.LEAD, S.ROUTED}, None, "case.reassign", ("officer_joined", _("邀请共同办理")),
             "行政处罚法第二十六条"),
        _row(M.REQUEST_RECUSAL, UNDECIDED, None, "case.investigate", ("recusal_requested", _("申请回避")),
             "行政处罚法第四十三条"),
        _row(M.RESOLVE_RECUSAL, UNDECIDED, None, "case.approve_filing", ("recusal_resolved", _("回避决定")),
             "行政处罚法第四十三条第三款"),
        _row(M.REVIEW_RECORDING, FIELD_WORK, None, "case.investigate", ("recording_reviewed", _("监控记录审核")),
             "行政处罚法第四十一条"),
        _row(M.TELL_RESULT, FIELD_WORK, None, "case.investigate", ("result_told", _("检测鉴定结果告知")),
             "行政处罚法第四十四条、第四十六条"),
        _row(M.EXCLUDE_EXHIBIT, UNDECIDED, None, "case.investigate", ("exhibit_excluded", _("非法证据排除")),
             "行政处罚法第四十六条第三款"),
        _row(M.PROPOSE_HOLD, FIELD_WORK, None, "case.investigate", ("hold_proposed", _("呈报先行登记保存")),
             "行政处罚法第五十六条"),
        _row(M.ANSWER_HOLD, UNDECIDED, None, "case.approve_filing", ("hold_answered", _("先行登记保存审批")),
             "行政处罚法第五十六条"),
        _row(M.DISPOSE_HOLD, OPEN - {S.LEAD, S.ROUTED}, None, "case.investigate",
             ("hold_disposed", _("登记保存物品处理")), "行政处罚法第五十六条", stops=("evidence_hold",)),
        _row(M.SUSPEND_CLOCK, HANDED_ON, None, "case.approve_filing", ("clock_suspended", _("中止期限")),
             "行政处罚法第六十条"),
        _row(M.RESUME_CLOCK, HANDED_ON, None, "case.investigate", ("clock_resumed", _("恢复期限")),
             "行政处罚法第六十条"),
        _row(M.EXTEND_CLOCK, HANDED_ON, None, "case.approve_filing", ("clock_extended", _("延长期限")),
             "行政处罚法第六十条"),
        _row(M.CORRECT_SERVICE, AFTER_SERVICE, None, "case.serve", ("service_corrected", _("更正送达时间")),
             "行政处罚法第六十一条"),
    )
}

# fmt: on

# The procedure rail, in the order of the law; a stage belongs to exactly one step.
STEPS: tuple[tuple[str | Promise, frozenset[Stage]], ...] = (
    (_("线索"), frozenset({S.LEAD, S.ROUTED})),
    (_("核查"), frozenset({S.VERIFYING, S.VERIFIED})),
    (_("立案"), frozenset({S.FILING})),
    (_("调查取证"), frozenset({S.INVESTIGATING})),
    (_("调查终结"), frozenset({S.INVESTIGATED})),
    (_("告知"), frozenset({S.NOTICE_ISSUED, S.NOTIFIED})),
    (_("听证"), frozenset({S.HEARING})),
    (_("法制审核"), frozenset({S.REVIEW, S.REVIEWED})),
    (_("集体讨论"), frozenset({S.DISCUSSED})),
    (_("决定"), frozenset({S.DECIDED})),
    (_("送达执行"), frozenset({S.SERVED, S.EXECUTED})),
    (_("结案"), frozenset({S.CLOSING, S.CLOSED})),
    (_("归档"), frozenset({S.ARCHIVED})),
)
