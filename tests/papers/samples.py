"""Rich sample content for every instrument: one case told from its clue to its binding."""

COMMON = {
    "issuer": "青岚县综合行政执法局",
    "seal_name": "青岚县综合行政执法局",
    "dated": "2026-04-02",
    "case_number": "青综执案〔2026〕1号",
    "cause": "擅自倾倒建筑垃圾",
    "party": {
        "kind": "organisation",
        "name": "青岚县堃喆建材有限公司",
        "credit_code": "91331199MA2XXXXX0K",
        "legal_representative": "王赟（执行董事）",
        "address": "青岚县城关镇人民路18号芃芃大厦3层",
        "phone": "0578-0000018",
    },
    "officers": [
        {"name": "赵喆", "certificate": "33119900101"},
        {"name": "李铉", "certificate": "33119900102"},
    ],
    "county": {"government_name": "青岚县人民政府", "court_name": "青岚县人民法院"},
    "contact": {
        "office": "青岚县综合行政执法局法制科",
        "person": "周宁",
        "address": "青岚县城关镇政通路6号",
        "phone": "0578-0000006",
    },
}
CITIZEN = {
    "kind": "citizen",
    "name": "王堃",
    "sex": "男",
    "born_on": "1985-06-01",
    "id_kind": "居民身份证",
    "id_number": "33119919850601001X",
    "address": "青岚县云溪乡上坪村23号",
    "phone": "13800000000",
}
TRADER = {
    "kind": "sole_trader",
    "name": "青岚县城关镇老赟饭店",
    "credit_code": "92331199MA2XXXXX1Q",
    "operator": "周赟",
    "id_number": "33119919800101002X",
    "address": "青岚县城关镇解放街5号",
    "phone": "13900000000",
}
FACTS = (
    "2026年3月2日9时05分，本机关执法人员在青岚县城关镇环城东路南侧、加油站往东约120米处巡查时，发现当事人的自卸货车"
    "（号牌浙K·00000）正在路边空地倾倒建筑垃圾。经现场测量，已倾倒的建筑垃圾长6.2米、宽3.1米、平均高0.8米，"
    "约15.4立方米，主要为砖块、混凝土块和渣土。\n"
    "经查，上述建筑垃圾产生于当事人承揽的芃芃大厦三层装修拆除工程，当事人未办理建筑垃圾处置核准手续。"
    "2026年3月9日复查时，当事人已将倾倒的建筑垃圾全部清运至指定消纳场所，现场已恢复整洁。"
)
EVIDENCE = [
    {
        "no": 1,
        "name": "现场检查笔录1份2页",
        "kind": "现场笔录",
        "source": "执法人员制作",
        "proves": "倾倒的时间、地点、数量和现场状况",
        "folio": "8-9",
    },
    {
        "no": 2,
        "name": "对王赟的询问笔录1份3页",
        "kind": "当事人的陈述",
        "source": "执法人员制作",
        "proves": "建筑垃圾的来源、当事人的主观状态",
        "folio": "10-12",
    },
    {
        "no": 3,
        "name": "现场照片6张",
        "kind": "视听资料",
        "source": "执法记录仪",
        "proves": "车辆、倾倒行为和改正前后的状况",
        "folio": "13-15",
    },
    {
        "no": 4,
        "name": "营业执照复印件1页",
        "kind": "书证",
        "source": "当事人提供",
        "proves": "当事人的主体资格",
        "folio": "16",
    },
]
OBLIGATION = {
    "statute": "城市建筑垃圾管理规定",
    "article": "第十五条",
    "text": "任何单位和个人不得随意倾倒、抛撒或者堆放建筑垃圾",
}
BASIS = {
    "statute": "城市建筑垃圾管理规定",
    "article": "第二十六条",
    "text": "建设单位、施工单位随意倾倒、抛撒或者堆放建筑垃圾的，由主管部门责令限期改正，给予警告，并处罚款",
}
DISCRETION = {
    "table": "青岚县综合行政执法裁量基准（2026年版）",
    "grade": "较轻",
    "circumstances": "倾倒数量不足20立方米，首次被查处，且在限期内全部清运",
    "range": "警告，并处5000元以上1万元以下罚款",
    "reasons": "当事人主动消除危害后果，符合从轻情形，没有从重情形",
}
PENALTIES = [
    {"kind": "warning", "text": "警告"},
    {"kind": "fine", "text": "罚款", "amount": "6000.00"},
]
APPROVALS = [
    {
        "step": "handler",
        "opinion": "建议立案调查，由赵喆、李铉承办。",
        "signers": ["赵喆", "李铉"],
        "dated": "2026-03-02",
    },
    {"step": "team_leader", "opinion": "同意承办人意见。", "signers": ["孙芃"], "dated": "2026-03-03"},
    {"step": "head", "opinion": "同意立案。", "signers": ["郑旸"], "dated": "2026-03-03"},
]
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
STATEMENT = {
    "made": True,
    "made_on": "2026-03-24",
    "text": "已经主动清运完毕，企业经营困难，请求从轻处罚",
    "accepted": "part",
    "reasons": "主动清运的事实与复查记录一致，已在裁量时作为从轻情节；经营困难不是法定的从轻或者减轻情形",
}

SAMPLES: dict[str, dict] = {}


def sample(kind: str, **content: object) -> None:
    SAMPLES[kind] = {**COMMON, **content}


sample(
    "penalty_decision",
    number="青综执罚决〔2026〕1号",
    procedure=[
        "2026年3月2日，本机关在日常巡查中发现当事人涉嫌擅自倾倒建筑垃圾，于2026年3月3日立案（青综执立〔2026〕1号）。",
        "调查期间，本机关进行了现场检查，询问了当事人的法定代表人，提取了现场照片和营业执照等书证，"
        "并于2026年3月3日向当事人送达《责令改正通知书》（青综执责改〔2026〕1号）。2026年3月16日调查终结。",
    ],
    facts=FACTS,
    evidence=EVIDENCE,
    notice={"number": "青综执罚告〔2026〕1号", "served_on": "2026-03-20"},
    statement=STATEMENT,
    hearing={"offered": False},
    obligation=OBLIGATION,
    penalty_basis=BASIS,
    discretion=DISCRETION,
    penalties=PENALTIES,
    correction="今后不得随意倾倒、抛撒或者堆放建筑垃圾，处置建筑垃圾前依法办理核准手续",
    payment={
        "days": 15,
        "bank": "青岚县农村商业银行城关支行",
        "account": "2010 0000 0000 0001",
        "account_name": "青岚县财政局非税收入专户",
        "code": "331199260000000001",
    },
    remedy={"mode": "ordinary"},
    publicity="本决定将依法公开。",
    copies=2,
)
sample(
    "prior_notice",
    number="青综执罚告〔2026〕1号",
    dated="2026-03-19",
    facts=FACTS,
    evidence=EVIDENCE,
    obligation=OBLIGATION,
    penalty_basis=BASIS,
    discretion=DISCRETION,
    penalties=PENALTIES,
    correction="依法办理建筑垃圾处置核准手续",
    statement_days=5,
    statement_until="2026-03-27",
    hearing={"offered": True, "until": "2026-03-27"},
)
sample(
    "filing_approval",
    number="青综执立〔2026〕1号",
    source="日常巡查发现",
    found_on="2026-03-02",
    summary=FACTS,
    obligation=OBLIGATION,
    penalty_basis=BASIS,
    checks={"unlawful": True, "punishable": True, "competent": True, "in_time": True},
    approvals=APPROVALS,
)
sample(
    "service_receipt",
    number="青综执送〔2026〕3号",
    recipient={"name": "青岚县堃喆建材有限公司", "phone": "0578-0000018"},
    documents=[
        {"title": "行政处罚决定书", "number": "青综执罚决〔2026〕1号", "copies": 1},
        {"title": "罚款缴款通知", "copies": 1},
    ],
    service_place="青岚县城关镇人民路18号芃芃大厦3层",
    method="direct",
    served_at="2026-04-03T10:20",
    signed_by="",
    servers=["赵喆", "李铉"],
)
sample(
    "cover",
    title="行政处罚案卷",
    cause=CASE_NAME,
    decision_number="青综执罚决〔2026〕1号",
    team="青岚县综合行政执法局城关中队",
    filed_on="2026-03-03",
    closed_on="2026-04-20",
    archived_on="2026-05-08",
    result="警告，罚款6000元，已履行完毕",
    retention="30年",
    items=16,
    pages=38,
    archive_number="20260001",
    fonds_number="",
    catalogue_number="",
    volume_number="",
)
sample(
    "contents",
    entries=[
        {
            "number": "青综执立〔2026〕1号",
            "responsible": "青岚县综合行政执法局",
            "title": "立案审批表",
            "dated": "2026-03-03",
            "first": 1,
            "last": 2,
            "remark": "",
        },
        {
            "number": "",
            "responsible": "赵喆、李铉",
            "title": "现场检查（勘验）笔录",
            "dated": "2026-03-02",
            "first": 3,
            "last": 4,
            "remark": "",
        },
        {
            "number": "青综执罚决〔2026〕1号",
            "responsible": "青岚县综合行政执法局",
            "title": "关于青岚县堃喆建材有限公司擅自倾倒建筑垃圾的行政处罚决定书",
            "dated": "2026-04-02",
            "first": 5,
            "last": 9,
            "remark": "附件1",
        },
    ],
)
sample(
    "back_sheet",
    counted="本卷共16件38页",
    notes="本卷文件齐全，签名、盖章手续完备。第13—15页照片的电子原件存于执法记录仪采集站。",
    changes="",
    carriers="光盘1张（现场录像，编号20260302-01），装入卷末纸袋。",
    compiled_by="赵喆",
    checked_by="周宁",
    compiled_on="2026-05-08",
)
sample(
    "timeline_sheet",
    timeline=[
        {"on": "2026-03-02", "step": "发现线索", "detail": "日常巡查发现，现场检查"},
        {
            "on": "2026-03-03",
            "step": "立案",
            "detail": "青综执立〔2026〕1号",
            "due": "2026-03-16",
            "state": "按期",
        },
        {
            "on": "2026-03-03",
            "step": "责令改正",
            "detail": "青综执责改〔2026〕1号，当日直接送达",
        },
        {"on": "2026-03-16", "step": "调查终结", "detail": "案件调查终结报告"},
        {
            "on": "2026-03-18",
            "step": "法制审核",
            "detail": "青综执法审〔2026〕1号，同意",
            "due": "2026-03-27",
            "state": "按期",
        },
        {"on": "2026-03-20", "step": "事先告知", "detail": "青综执罚告〔2026〕1号送达"},
        {
            "on": "2026-03-24",
            "step": "陈述申辩",
            "detail": "当事人提出陈述、申辩，部分采纳",
            "due": "2026-03-27",
            "state": "按期",
        },
        {
            "on": "2026-04-02",
            "step": "作出决定",
            "detail": "青综执罚决〔2026〕1号",
            "due": "2026-06-01",
            "state": "按期",
        },
        {
            "on": "2026-04-03",
            "step": "送达决定",
            "detail": "直接送达，当场签收",
            "due": "2026-04-09",
            "state": "按期",
        },
        {
            "on": "2026-04-10",
            "step": "缴纳罚款",
            "detail": "6000元，票据号000001",
            "due": "2026-04-20",
            "state": "按期",
        },
    ],
    checks=[
        {"item": "执法人员不少于两人，具有执法资格", "basis": "行政处罚法第四十二条", "result": "ok"},
        {
            "item": "行政处罚决定法制审核",
            "basis": "行政处罚法第五十八条",
            "result": "ok",
            "note": "审核先于决定",
        },
        {"item": "听证", "basis": "行政处罚法第六十三条", "result": "none", "note": "不属于听证范围"},
        {"item": "决定书自宣告之日起七个工作日内送达", "basis": "行政处罚法第六十一条", "result": "ok"},
        {
            "item": "执法全过程音像记录索引",
            "basis": "行政处罚法第四十七条",
            "result": "defect",
            "note": "录像一段无声音",
        },
    ],
    checked_by="周宁",
    checked_on="2026-05-08",
)
