"""The register of instruments: kind, printed title, code in the county's document list, and template version.

The kind is the name of the template; templates/instruments/README.md lists the content each one takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Instrument:
    """One kind of paper."""

    kind: str
    title: str
    code: str = ""
    version: str = "1"


_ALL = (
    Instrument("lead_register", "案件来源登记表", "A01"),
    Instrument("routing_sheet", "案件交办（分派）单", "A03"),
    Instrument("verification_record", "案件线索核查记录"),
    Instrument("filing_approval", "立案审批表", "A04"),
    Instrument("no_filing_approval", "不予立案审批表", "A05"),
    Instrument("inspection_record", "现场检查（勘验）笔录", "B01"),
    Instrument("interview_record", "询问（调查）笔录", "B02"),
    Instrument("evidence_list", "证据清单", "B06"),
    Instrument("correction_order", "责令改正通知书", "B15"),
    Instrument("investigation_report", "案件调查终结报告", "D01"),
    Instrument("legal_review_opinion", "法制审核意见书", "D02"),
    Instrument("discussion_record", "案件集体讨论记录", "D03"),
    Instrument("notice_approval", "行政处罚告知审批表", "D04"),
    Instrument("decision_approval", "行政处罚决定审批表", "D05"),
    Instrument("prior_notice", "行政处罚事先告知书", "E01"),
    Instrument("statement_record", "陈述申辩笔录", "E03"),
    Instrument("statement_review", "陈述申辩复核意见书", "E04"),
    Instrument("hearing_request", "听证申请登记表", "E05"),
    Instrument("hearing_notice", "听证通知书", "E06"),
    Instrument("hearing_record", "听证笔录", "E08"),
    Instrument("hearing_report", "听证报告", "E09"),
    Instrument("penalty_decision", "行政处罚决定书", "F01"),
    Instrument("summary_decision", "当场行政处罚决定书", "F02"),
    Instrument("no_penalty_decision", "不予行政处罚决定书", "F03"),
    Instrument("service_receipt", "送达回证", "H01"),
    Instrument("payment_voucher", "罚没款票据粘贴页", "H04"),
    Instrument("payment_void", "缴款登记作废说明"),
    Instrument("closing_approval", "结案审批表", "I01"),
    Instrument("matter_approval", "行政处罚案件有关事项审批表"),
    Instrument("party_letter", "通知书"),
    Instrument("hand_over_list", "案件材料移送清单"),
    Instrument("authority_proof", "执法权限依据证明"),
    Instrument("cover", "卷宗封面", "V01"),
    Instrument("timeline_sheet", "办案时间轴与核对表"),
    Instrument("clock_sheet", "期限计算说明"),
    Instrument("contents", "卷内目录", "V02"),
    Instrument("back_sheet", "卷内备考表", "V03"),
    Instrument("scan_page", "扫描件"),
    Instrument("delegation_agreement", "行政处罚委托书"),
    Instrument("power_list", "行政执法事项和责任清单"),
)
INSTRUMENTS: Mapping[str, Instrument] = {instrument.kind: instrument for instrument in _ALL}
