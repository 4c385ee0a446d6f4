"""Sample content from the defence to the closing of the same case."""

from tests.papers.samples import (
    APPROVALS,
    CITIZEN,
    EVIDENCE,
    FACTS,
    STATEMENT,
    TRADER,
    sample,
)

TIMES = {"started_at": "2026-03-02T09:05", "ended_at": "2026-03-02T10:20"}
NOTICE = {"number": "青综执罚告〔2026〕1号", "served_on": "2026-03-20"}
PLACE = "青岚县城关镇环城东路南侧、加油站往东约120米处"
PROPOSED = "1.警告；2.罚款人民币陆仟元整（￥6,000.00）。同时责令今后依法办理建筑垃圾处置核准手续。"
ALL_STEPS = [
    *APPROVALS[:2],
    {"step": "legal", "opinion": "经审核，同意拟作出的决定。", "signers": ["周宁"], "dated": "2026-03-18"},
    {"step": "head", "opinion": "同意。", "signers": ["郑旸"], "dated": "2026-03-19"},
]
CASE_NAME = "青岚县堃喆建材有限公司擅自倾倒建筑垃圾案"

sample(
    "statement_record",
    notice=NOTICE,
    started_at="2026-03-24T09:30",
    ended_at="2026-03-24T10:05",
    record_place="青岚县综合行政执法局法制科",
    way="口头",
    recorder="李铉",
    person={
        "name": "王赟",
        "relation": "法定代表人",
        "id_number": "33119919850601001X",
        "phone": "13800000000",
    },
    statement_text=STATEMENT["text"],
    materials=["清运记录单2页", "消纳场收款收据1页"],
)
sample(
    "statement_review",
    number="青综执复核〔2026〕1号",
    notice=NOTICE,
    statement=STATEMENT,
    way="口头",
    materials=["清运记录单2页"],
    review="承办人核对了清运记录单和消纳场的收款收据，并与2026年3月9日的复查记录对照，主动清运属实。",
    accepted="partly",
    reasons=STATEMENT["reasons"],
    effect="拟处罚的种类和数额不变。",
    approvals=APPROVALS[:2],
)
sample(
    "hearing_request",
    agent={"name": "秦律师", "powers": "特别代理"},
    notice=NOTICE,
    requested_on="2026-03-25",
    request_until="2026-03-27",
    way="书面",
    request_text="请求就拟处罚决定举行听证。",
    reasons="认为倾倒数量的测量方法不准确。",
    materials=["听证申请书1页", "授权委托书1页"],
    in_time="yes",
    registrar="吴芃",
    registered_at="2026-03-25T15:10",
    approvals=[
        {
            "step": "team_leader",
            "opinion": "在期限内提出，建议受理。",
            "signers": ["孙芃"],
            "dated": "2026-03-25",
        }
    ],
)
sample(
    "hearing_notice",
    number="青综执听通〔2026〕1号",
    notice=NOTICE,
    requested_on="2026-03-25",
    scheduled_at="2026-04-08T09:00",
    hearing_place="青岚县综合行政执法局三楼会议室",
    is_public=True,
    chair="何喆",
    assessors=["周宁", "沈旸"],
    recorder="吴芃",
    reply_until="2026-04-03",
)
sample(
    "hearing_record",
    started_at="2026-04-08T09:00",
    ended_at="2026-04-08T11:20",
    hearing_place="局三楼会议室",
    is_public=True,
    chair="何喆",
    recorder="吴芃",
    assessors=["周宁", "沈旸"],
    agents=[{"name": "秦律师", "post": "特别代理"}],
    third_parties=[],
    witnesses=[],
    opening="当事人表示不申请回避。",
    investigators=FACTS,
    defence="当事人认为测量没有扣除空隙，实际数量不足15立方米。",
    examination=[
        {
            "evidence": "现场检查笔录",
            "party": "对测量方法有异议",
            "officers": "采用最大外形乘以平均高度，已按实际平均高度计算",
        },
        {"evidence": "现场照片", "party": "无异议", "officers": ""},
    ],
    debate="双方围绕倾倒数量进行了辩论。",
    last_words={"party": "请求从轻处罚", "officers": "坚持处罚建议"},
)
sample(
    "hearing_report",
    number="青综执听报〔2026〕1号",
    dated="2026-04-10",
    held_on="2026-04-08",
    hearing_place="局三楼会议室",
    is_public=True,
    chair="何喆",
    assessors=["周宁", "沈旸"],
    recorder="吴芃",
    participants=["当事人的代理人：秦律师", "调查人员：赵喆、李铉"],
    investigators="主张倾倒建筑垃圾约15.4立方米，出示现场检查笔录、照片等证据。",
    defence="认为数量不足15立方米。",
    issues=[{"question": "倾倒数量如何认定", "finding": "现场测量方法合理，采信现场检查笔录"}],
    facts=FACTS,
    conclusion="maintain",
    proposal="建议维持拟作出的处罚意见。",
)
sample(
    "decision_approval",
    number="青综执决审〔2026〕1号",
    filed_on="2026-03-03",
    decide_due="2026-06-01",
    facts=FACTS,
    evidence_summary="；".join(f"{item['no']}.{item['name']}" for item in EVIDENCE) + "。",
    notice_state="已告知，当事人提出陈述申辩，部分采纳；不属于听证范围。",
    review_state="同意（青综执法审〔2026〕1号）",
    discussion_state="一致同意",
    basis="《城市建筑垃圾管理规定》第十五条、第二十六条",
    circumstances="从轻",
    proposed=PROPOSED,
    attachments=["行政处罚决定书（稿）"],
    approvals=ALL_STEPS,
)
sample(
    "no_penalty_decision",
    number="青综执不罚〔2026〕1号",
    party=TRADER,
    procedure="2026年3月6日，本机关在检查中发现当事人涉嫌未保持责任区整洁，于2026年3月9日立案。",
    facts="当事人门前堆放纸箱约1平方米，经当场指出后立即清理。",
    evidence=EVIDENCE[:2],
    ground="first_minor",
    obligation={"statute": "青岚市容管理办法", "article": "第十二条"},
    reasons="当事人系初次违法，危害后果轻微并及时改正",
    education="讲解了门前责任区的要求",
    remedy={"mode": "ordinary"},
)
sample(
    "summary_decision",
    number="青综执当罚〔2026〕1号",
    party=CITIZEN,
    happened_at="2026-03-05T08:30",
    place="青岚县城关镇解放街5号门前",
    facts="当事人在人行道上摆摊经营早点，占用人行道约2平方米。执法人员拍摄照片2张，当事人对事实没有异议。",
    obligation={"statute": "城市市容和环境卫生管理条例", "article": "第十四条"},
    penalty_basis={"statute": "城市市容和环境卫生管理条例", "article": "第三十六条"},
    penalties=[{"kind": "fine", "text": "罚款", "amount": "50"}],
    correction="立即清理摊位",
    told={"identity": True, "grounds": True, "rights": True},
    payment={
        "way": "bank",
        "bank": "青岚县农村商业银行",
        "account_name": "青岚县财政局非税收入专户",
        "account": "2010 0000 0000 0001",
        "code": "331199260000000002",
    },
)
sample(
    "payment_void",
    dated="2026-04-20",
    decision_number="青综执罚决〔2026〕1号",
    receipt_number="浙财0012345678",
    paid_on="2026-04-15",
    amount="6000.00",
    payer="赵喆",
    channel="代收银行",
    recorded_by="吴芃",
    recorded_on="2026-04-16",
    reason="票据属于另一案件，误登记于本案。",
    state="尚欠6000.00元",
    voided_by="吴芃",
)
sample(
    "payment_voucher",
    decision_number="青综执罚决〔2026〕1号",
    fine="6000",
    surcharge="",
    confiscation="",
    payments=[{"receipt": "浙财000001", "paid_on": "2026-04-10", "amount": "6000"}],
    bank="青岚县农村商业银行城关支行",
    state="已缴清",
    handled_by="赵喆",
)
sample(
    "closing_approval",
    number="青综执结〔2026〕1号",
    filed_on="2026-03-03",
    decision_number="青综执罚决〔2026〕1号",
    decided_on="2026-04-02",
    served_on="2026-04-03",
    served_how="直接送达",
    result=PROPOSED,
    execution="2026年4月10日缴纳罚款6000.00元，票据号浙财000001，无加处罚款。",
    correction_state="2026年3月9日复查，已清运完毕。",
    dispute="期限内未申请行政复议，未提起行政诉讼",
    enforcement="无",
    reason="performed",
    publicity="2026年4月9日在县政府网站公开",
    approvals=APPROVALS,
)
sample(
    "hand_over_list",
    number="青综执移〔2026〕1号",
    from_body="青岚县综合行政执法局城关中队",
    to_body="青岚县综合行政执法局法制科",
    basis="执法案卷移交规定",
    reasons="案件调查终结，移送法制审核。",
    materials=[
        {"name": "现场检查笔录", "quantity": "1份", "pages": 2, "condition": "完好"},
        {"name": "现场录像", "quantity": "1段", "condition": "完好", "sha256": "a" * 64, "remark": "光盘"},
    ],
    handed_by="赵喆",
    received_by="周宁",
)
sample(
    "authority_proof",
    place="青岚县城关镇",
    item={"name": "对随意倾倒建筑垃圾行为的处罚", "code": "330217012000", "version": "2026年1月版"},
    asked_on="2026-03-03",
    grant={
        "mode": "concentrated",
        "number": "青政发〔2025〕3号",
        "signed_on": "2025-06-01",
        "principal": "青岚县住房和城乡建设局",
        "holder": "青岚县综合行政执法局",
        "area": "青岚县全县",
        "period": "2025年7月1日起",
        "published_on": "2025-06-10",
        "channel": "青岚县人民政府网站",
        "basis": "《中华人民共和国行政处罚法》第十八条第一款、第二款",
        "note": "行政处罚权，不含行政强制执行权",
    },
    decided_in_name_of="青岚县综合行政执法局",
    certificates="赵喆、李铉的行政执法证在立案日均有效，执法领域包含城市管理。",
    attachments=["青政发〔2025〕3号文件复印件4页"],
    made_at="2026-03-03T10:02",
    fingerprint="b" * 64,
)
sample("scan_page", title="营业执照复印件", sha256="")
sample(
    "matter_approval",
    party=TRADER,
    matter="延长办案期限",
    basis="《中华人民共和国行政处罚法》第六十条",
    particulars=[{"label": "原到期日", "text": "2026年6月3日"}],
    matter_reasons="需要等待检测结论。",
    attachments=["检测委托书1份"],
    outcome="同意",
    approvals=ALL_STEPS[:1],
)
sample(
    "party_letter",
    title="先行登记保存证据通知书",
    number="青综执保存〔2026〕1号",
    party=TRADER,
    paragraphs=["因证据可能灭失，本机关对下列物品先行登记保存。"],
    goods=[{"name": "电子秤", "features": "30千克", "quantity": "1台", "note": "封条编号0001"}],
    remedy={"mode": "ordinary"},
)
sample(
    "clock_sheet",
    party=TRADER,
    clocks=[
        {
            "name": "办案期限",
            "event": "批准立案",
            "began_on": "2026-03-09",
            "proof": "立案审批表青综执立〔2026〕1号",
            "due": "2026年6月7日",
            "state": "进行中",
            "article": "《中华人民共和国行政处罚法》第六十条",
            "quote": "自行政处罚案件立案之日起九十日内作出行政处罚决定",
            "derivation": [{"label": "顺延", "text": "最后一日不顺延。"}],
            "granted": [{"label": "延长审批", "text": "机关负责人批准。"}],
        }
    ],
    calendar_note="按2026年放假安排推算。",
)
sample(
    "delegation_agreement",
    number="青农委〔2026〕1号",
    mode="delegated",
    giver={"name": "青岚县农业农村局", "credit_code": "", "address": "青岚县城关镇人民路8号", "phone": ""},
    receiver={"name": "青岚县云溪镇人民政府", "credit_code": "", "address": "云溪镇政府路1号", "phone": ""},
    legal_basis="《中华人民共和国农业法》第八十七条",
    powers="立案、调查取证、告知、送达",
    area="青岚县云溪镇人民政府",
    places=["东山村"],
    valid_from="2026-03-01",
    valid_to="2029-02-28",
    items=[{"code": "330220001000", "name": "对生产经营假农药的处罚", "limit": ""}],
)
sample(
    "power_list",
    township="青岚县云溪镇人民政府",
    rows=[
        {
            "name": "对生产经营假农药的处罚",
            "limit": "",
            "giver": "农业农村局",
            "mode": "委托",
            "named": "青岚县农业农村局",
            "number": "青农委〔2026〕1号",
            "until": "2029-02-28",
        }
    ],
)
