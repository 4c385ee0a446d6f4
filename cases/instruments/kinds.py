"""Every case document: template, series word, title, place in the file, whether served and sealed."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """The documents of the ordinary procedure; named after their template unless their form names another."""

    LEAD_REGISTER = "lead_register", _("案件来源登记表")
    VERIFICATION = "verification_record", _("案件线索核查记录")
    INSPECTION = "inspection_record", _("现场检查（勘验）笔录")
    CORRECTION = "correction_order", _("责令改正通知书")
    FILING_APPROVAL = "filing_approval", _("立案审批表")
    NO_FILING = "no_filing_approval", _("不予立案审批表")
    INTERVIEW = "interview_record", _("询问（调查）笔录")
    EVIDENCE_LIST = "evidence_list", _("证据清单")
    REPORT = "investigation_report", _("案件调查终结报告")
    NOTICE_APPROVAL = "notice_approval", _("行政处罚告知审批表")
    PRIOR_NOTICE = "prior_notice", _("行政处罚事先告知书")
    STATEMENT = "statement_record", _("陈述申辩笔录")
    STATEMENT_REVIEW = "statement_review", _("陈述申辩复核意见书")
    HEARING_REQUEST = "hearing_request", _("听证申请登记表")
    HEARING_NOTICE = "hearing_notice", _("听证通知书")
    HEARING_RECORD = "hearing_record", _("听证笔录")
    HEARING_REPORT = "hearing_report", _("听证报告")
    REVIEW_OPINION = "legal_review_opinion", _("法制审核意见书")
    DISCUSSION = "discussion_record", _("案件集体讨论记录")
    DECISION_APPROVAL = "decision_approval", _("行政处罚决定审批表")
    DECISION = "penalty_decision", _("行政处罚决定书")
    RECEIPT = "service_receipt", _("送达回证")
    VOUCHER = "payment_voucher", _("罚没款票据粘贴页")
    PAYMENT_VOID = "payment_void", _("缴款登记作废说明")
    CLOSING = "closing_approval", _("结案审批表")
    HAND_OVER = "hand_over_list", _("案件材料移送清单")
    AUTHORITY = "authority_proof", _("执法权限依据证明")
    SCAN = "scan_page", _("签字件")
    SUMMARY_DECISION = "summary_decision", _("当场行政处罚决定书")
    NO_PENALTY = "no_penalty_decision", _("不予行政处罚决定书")
    MATTER = "matter_approval", _("行政处罚案件有关事项审批表")
    HOLD_NOTICE = "hold_notice", _("先行登记保存证据通知书")
    HOLD_DISPOSAL = "hold_disposal", _("先行登记保存证据处理通知书")
    RESULT_NOTICE = "result_notice", _("检测（鉴定）结果告知书")
    PAYMENT_TERMS = "payment_terms", _("延期（分期）缴纳罚款通知书")
    SURCHARGE = "surcharge_notice", _("加处罚款决定书")


@dataclass(frozen=True, slots=True)
class Form:
    """What is fixed for a kind: series word (or none), order in the file, whether served, whether sealed.

    template: the sheet it is printed on, where several kinds share one.
    """

    word: str
    order: int
    served: bool = False
    sealed: bool = False
    template: str = ""


LETTER = "party_letter"


FORMS: dict[Kind, Form] = {
    Kind.LEAD_REGISTER: Form("案源", 10),
    Kind.VERIFICATION: Form("", 12),
    Kind.AUTHORITY: Form("", 14),
    Kind.CORRECTION: Form("责改", 16, served=True, sealed=True),
    Kind.FILING_APPROVAL: Form("立", 20),
    Kind.NO_FILING: Form("不立", 20),
    Kind.INSPECTION: Form("", 30),
    Kind.INTERVIEW: Form("", 32),
    Kind.EVIDENCE_LIST: Form("", 36),
    Kind.HOLD_NOTICE: Form("存", 34, served=True, sealed=True, template=LETTER),
    Kind.HOLD_DISPOSAL: Form("存处", 35, served=True, sealed=True, template=LETTER),
    Kind.RESULT_NOTICE: Form("检告", 37, served=True, sealed=True, template=LETTER),
    Kind.HAND_OVER: Form("交", 38),
    Kind.MATTER: Form("", 39),
    Kind.REPORT: Form("", 40),
    Kind.NOTICE_APPROVAL: Form("", 42),
    Kind.PRIOR_NOTICE: Form("罚告", 44, served=True, sealed=True),
    Kind.STATEMENT: Form("", 48),
    Kind.STATEMENT_REVIEW: Form("", 50),
    Kind.HEARING_REQUEST: Form("", 52),
    Kind.HEARING_NOTICE: Form("听通", 54, served=True, sealed=True),
    Kind.HEARING_RECORD: Form("", 56),
    Kind.HEARING_REPORT: Form("听报", 58),
    Kind.REVIEW_OPINION: Form("法审", 60),
    Kind.DISCUSSION: Form("", 62),
    Kind.DECISION_APPROVAL: Form("", 64),
    Kind.DECISION: Form("罚决", 66, served=True, sealed=True),
    Kind.SUMMARY_DECISION: Form("当罚", 66, served=True, sealed=True),
    Kind.NO_PENALTY: Form("不罚", 66, served=True, sealed=True),
    Kind.PAYMENT_TERMS: Form("缓缴", 70, served=True, sealed=True, template=LETTER),
    Kind.SURCHARGE: Form("加处", 72, served=True, sealed=True, template=LETTER),
    Kind.VOUCHER: Form("", 74),
    Kind.PAYMENT_VOID: Form("", 75),
    Kind.CLOSING: Form("", 80),
    Kind.SCAN: Form("", 90),
    # A receipt stands behind what it proves: its place is its document's place and a half.
    Kind.RECEIPT: Form("", 0),
}
