"""Sample content of the remaining instruments of the same case."""

from tests.papers.samples import (
    APPROVALS,
    BASIS,
    CITIZEN,
    DISCRETION,
    EVIDENCE,
    FACTS,
    OBLIGATION,
    PENALTIES,
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
    "lead_register",
    number="青综执案源〔2026〕1号",
    source_kind="hotline",
    source_name="青岚县12345政务服务热线",
    source_contact="0578-12345",
    source_number="QL20260302001",
    confidential=True,
    received_at="2026-03-02T08:40",
    check_due="2026-03-11",
    place=PLACE,
    summary="群众反映有车辆在环城东路南侧空地倾倒建筑垃圾，扬尘严重。",
    attachments=["热线工单1页", "照片2张"],
    approvals=[
        {"step": "registrar", "opinion": "建议交城关中队核查。", "signers": ["吴芃"], "dated": "2026-03-02"},
        {
            "step": "team_leader",
            "opinion": "同意，请于3月11日前核查完毕。",
            "signers": ["孙芃"],
            "dated": "2026-03-02",
        },
    ],
)
sample(
    "routing_sheet",
    number="青综执交办〔2026〕1号",
    lead_number="青综执案源〔2026〕1号",
    source="12345热线",
    from_body="青岚县综合行政执法指导办公室",
    to_body="青岚县综合行政执法局城关中队",
    place=PLACE,
    summary="群众反映有车辆在环城东路南侧空地倾倒建筑垃圾，扬尘严重。",
    authority={
        "mode": "相对集中行政处罚权",
        "number": "青政发〔2025〕3号",
        "basis": "《中华人民共和国行政处罚法》第十八条；省人民政府关于青岚县开展相对集中行政处罚权工作的批复",
    },
    requirements="请核实倾倒时间、数量和责任人，依法处理，并在期限内反馈。",
    check_due="2026-03-11",
    report_due="2026-03-13",
    attachments=["热线工单1页", "照片2张"],
    approvals=[
        {"step": "registrar", "opinion": "拟交城关中队办理。", "signers": ["吴芃"], "dated": "2026-03-02"}
    ],
    receipt={"name": "孙芃", "at": "2026-03-02T08:55"},
)
sample(
    "verification_record",
    lead_number="青综执案源〔2026〕1号",
    **TIMES,
    place=PLACE,
    process="执法人员到达反映地点，查看现场，询问在场驾驶员，拍摄照片6张。",
    findings=FACTS.split("\n")[0],
    materials=["现场照片6张", "驾驶员身份证照片1张", "车辆行驶证照片1张"],
    conclusion="file",
    opinion="初步证据表明当事人存在擅自倾倒建筑垃圾的行为，建议立案调查。",
)
sample(
    "no_filing_approval",
    number="青综执不立〔2026〕1号",
    lead_number="青综执案源〔2026〕2号",
    source="投诉举报",
    verified_on="2026-03-05",
    party=CITIZEN,
    summary="经现场核查，举报所称占道经营者已在指定的临时摊位内经营，持有有效的临时摊位证。",
    reason_kind="no_fact",
    reasons="举报反映的违法事实不存在。",
    follow_up="加强该路段日常巡查。",
    reply="2026年3月6日电话答复举报人",
    approvals=APPROVALS,
)
sample(
    "inspection_record",
    **TIMES,
    record_place=PLACE,
    present={"name": "钱旸", "relation": "货车驾驶员，当事人员工"},
    recorder="李铉",
    notice_reply="听清了，证件看清了",
    recusal_reply="不申请回避",
    witness={"name": "冯芃", "contact": "13700000000"},
    findings=[
        "现场位于环城东路南侧一处空地，空地东西长约40米、南北宽约25米。空地北侧停放自卸货车一辆，车厢处于举升状态，号牌为浙K·00000。",
        "货车后方有一堆建筑垃圾，经卷尺测量长6.2米、宽3.1米、平均高0.8米，主要为砖块、混凝土块和渣土。",
        "驾驶员钱旸在场，未出示建筑垃圾处置核准文件。",
    ],
    measures=["拍摄现场照片6张", "执法记录仪录像1段，编号20260302-01", "复印行驶证1页"],
    index="附现场平面示意图1张；照片见证据清单图1至图6。",
)
sample(
    "interview_record",
    started_at="2026-03-04T14:30",
    ended_at="2026-03-04T15:42",
    round=1,
    notice_reply="听清楚了，证件看清楚了",
    recusal_reply="不申请回避",
    ability_reply="能自行阅读和书写，不需要协助",
    record_place="青岚县综合行政执法局询问室",
    recorder="李铉",
    person={
        "name": "王赟",
        "sex": "男",
        "born_on": "1985-06-01",
        "id_number": "33119919850601001X",
        "phone": "13800000000",
        "work": "青岚县堃喆建材有限公司",
        "post": "执行董事",
        "address": "青岚县云溪乡上坪村23号",
        "relation": "当事人的法定代表人",
    },
    dialogue=[
        {
            "q": "请介绍你和你公司的基本情况。",
            "a": "我是青岚县堃喆建材有限公司的执行董事，公司从事建材销售和装修拆除。",
        },
        {
            "q": "2026年3月2日上午，号牌浙K·00000的货车在环城东路南侧倾倒的是什么？",
            "a": "是我们拆除芃芃大厦三层装修产生的砖块和渣土。",
        },
        {"q": "为什么倒在那里？", "a": "消纳场比较远，驾驶员图省事就倒在路边空地了，一共倒了一车。"},
        {"q": "是否办理了建筑垃圾处置核准手续？", "a": "没有办理，不太清楚要办。"},
        {"q": "你公司以前是否因同类行为受过处罚？", "a": "没有。"},
        {"q": "目前如何处理的？", "a": "我们已经联系车辆，准备在责令改正的期限内全部清运到消纳场。"},
        {"q": "你还有什么要补充的吗？", "a": "没有了，我们愿意改正。"},
    ],
)
sample(
    "evidence_list",
    evidence=[
        {**item, "collected_at": "2026-03-02T09:20", "sha256": f"{index}" * 64}
        for index, item in enumerate(EVIDENCE, start=1)
    ],
    photos=[],
)
sample(
    "correction_order",
    number="青综执责改〔2026〕1号",
    dated="2026-03-03",
    facts="2026年3月2日9时05分，" + FACTS.split("，", 1)[1].split("\n")[0],
    obligation=OBLIGATION,
    penalty_basis=BASIS,
    due_on="2026-03-09",
    requirements=["将已倾倒的建筑垃圾全部清运至指定的消纳场所", "今后处置建筑垃圾前依法办理核准手续"],
    consequence="本机关将依法给予行政处罚",
    remedy={"mode": "ordinary"},
)
sample(
    "investigation_report",
    origin="本案来源于12345热线转办，本机关于2026年3月2日现场核查，2026年3月3日立案，由赵喆、李铉承办。",
    steps=[
        {"on": "2026-03-02", "text": "进行现场检查，制作现场检查笔录"},
        {"on": "2026-03-03", "text": "送达《责令改正通知书》（青综执责改〔2026〕1号）"},
        {"on": "2026-03-04", "text": "询问当事人的法定代表人王赟"},
        {"on": "2026-03-09", "text": "复查改正情况"},
    ],
    facts=FACTS,
    calculation="6.2米×3.1米×0.8米＝15.376立方米，取15.4立方米",
    evidence=EVIDENCE,
    characterisation="当事人的行为属于随意倾倒建筑垃圾",
    obligation=OBLIGATION,
    penalty_basis=BASIS,
    discretion=DISCRETION,
    circumstances="当事人系首次违法，主动清运，具有从轻情节；没有从重情节，也不符合不予处罚的条件。",
    crime="经审查，本案事实未达到刑事立案追诉标准，不涉嫌犯罪",
    correction_state="当事人已于2026年3月9日前全部清运完毕",
    penalties=PENALTIES,
    proposal="同时责令当事人今后依法办理建筑垃圾处置核准手续",
    approvals=APPROVALS[:2],
)
sample(
    "legal_review_opinion",
    number="青综执法审〔2026〕1号",
    case_name=CASE_NAME,
    submitted_by="城关中队",
    submitted_on="2026-03-17",
    reviewing_body="青岚县综合行政执法局法制科",
    received_on="2026-03-17",
    review_due="2026-03-26",
    materials=["立案审批表", "现场检查笔录", "询问笔录", "证据清单", "案件调查终结报告"],
    proposed=PROPOSED,
    heads=[
        {"label": "主体与权限", "result": "ok", "note": "属于相对集中行政处罚权范围"},
        {"label": "人员资格", "result": "ok"},
        {"label": "程序", "result": "ok"},
        {"label": "事实证据", "result": "problem", "note": "照片应补充拍摄人和拍摄时间"},
        {"label": "法律依据", "result": "ok"},
        {"label": "裁量", "result": "ok"},
        {"label": "文书", "result": "ok"},
        {"label": "是否应当移送", "result": "none"},
    ],
    conclusion="agree",
    opinion="照片说明补充完整后，同意拟作出的处罚决定。",
    reviewer={"name": "周宁", "qualification": "A20203311990001", "dated": "2026-03-18"},
    response="已补充照片的拍摄人和拍摄时间。",
)
sample(
    "discussion_record",
    case_name=CASE_NAME,
    started_at="2026-03-31T09:00",
    ended_at="2026-03-31T10:10",
    discussion_place="局三楼会议室",
    chair="郑旸（局长）",
    recorder="吴芃",
    attendance="应到3人，实到3人",
    members=[
        {"name": "郑旸", "post": "局长"},
        {"name": "何喆", "post": "副局长"},
        {"name": "韩堃", "post": "副局长"},
    ],
    observers=[{"name": "周宁", "post": "法制科科长"}],
    reporters=["赵喆"],
    recusal="无人需要回避",
    report=FACTS,
    notice_state="2026年3月20日送达事先告知书，当事人于3月24日提出陈述申辩，经复核部分采纳；不属于听证范围。",
    review_state="法制科于2026年3月18日出具审核意见：同意。",
    opinions=[
        {"name": "何喆", "post": "副局长", "text": "事实清楚，证据充分，当事人主动清运，同意从轻处罚"},
        {"name": "韩堃", "post": "副局长", "text": "同意承办机构意见"},
        {"name": "郑旸", "post": "局长", "text": "同意，并请跟进核准手续的办理"},
    ],
    conclusion="一致同意给予警告、罚款6000元的行政处罚。",
)
sample(
    "notice_approval",
    number="青综执罚告审〔2026〕1号",
    facts=FACTS,
    proposed=PROPOSED,
    basis="《城市建筑垃圾管理规定》第十五条、第二十六条；《中华人民共和国行政处罚法》第四十四条、第四十五条。",
    hearing={"offered": False},
    attachments=["行政处罚事先告知书（稿）", "案件调查终结报告", "法制审核意见书"],
    approvals=ALL_STEPS,
)
