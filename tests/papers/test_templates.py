import io
import re
from pathlib import Path

import pypdfium2
import pytest

import tests.papers.samples_last
import tests.papers.samples_more  # noqa: F401 - both fill in the samples
from papers import files, rendering
from papers.instruments import INSTRUMENTS
from papers.rendering import lay_out, render_html
from tests.papers.conftest import picture
from tests.papers.samples import CITIZEN, SAMPLES, TRADER

FOLDER = Path(rendering.settings.BASE_DIR) / "templates" / "instruments"
FRAMES = {"base", "letter", "form", "record", "report"}
KINDS = sorted(INSTRUMENTS)


def text_of(kind: str, **change: object) -> str:
    rendered = lay_out(render_html(kind, {**SAMPLES[kind], **change}))
    assert rendered.missing == frozenset()
    document = pypdfium2.PdfDocument(rendered.pdf)
    return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")


def pages_of_form(content):
    """Return the text of each page of an approval of a notice."""
    document = pypdfium2.PdfDocument(lay_out(render_html("notice_approval", content)).pdf)
    return [page.get_textpage().get_text_range() for page in document]


def said_in(content: object) -> set[str]:
    """Collect every text of the content that a reader must find on paper word for word."""
    if isinstance(content, dict):
        return set().union(*(said_in(value) for value in content.values()))
    if isinstance(content, list):
        return set().union(*(said_in(value) for value in content))
    if not isinstance(content, str) or not re.search("[一-鿿]", content):
        return set()
    return {line.strip().rstrip("。；") for line in content.split("\n")}


def test_every_instrument_has_its_template_and_every_template_its_instrument():
    assert {path.stem for path in FOLDER.glob("*.html")} == set(INSTRUMENTS) | FRAMES
    assert set(SAMPLES) == set(INSTRUMENTS)


def test_every_instrument_is_described_in_the_list_of_fields():
    described = set(re.findall(r"^### `(\w+)`", (FOLDER / "README.md").read_text(encoding="utf-8"), re.M))
    assert described == set(INSTRUMENTS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_a_template_prints_is_in_the_list_of_fields(kind):
    source = (FOLDER / f"{kind}.html").read_text(encoding="utf-8")
    tags = " ".join(re.findall(r"{[{%](.*?)[%}]}", source, re.DOTALL))
    bare = re.sub(r'"[^"]*"', "", tags)
    loops = set(re.findall(r"for (\w+) in", bare))
    fields = {
        name
        for name in re.findall(r"(?<![\w.|:])([a-z][a-z_0-9]+)(?=[\s.|%:]|$)", bare)
        if name not in loops | WORDS
    }
    known = set(re.findall(r"`(\w+)`", (FOLDER / "README.md").read_text(encoding="utf-8")))
    assert fields <= known


WORDS = {
    "after", "and", "approvals", "as", "block", "comment", "confirm", "dense", "elif", "else", "empty",
    "endblock", "endcomment", "endfor", "endif", "extends", "firstof", "foot", "for", "forloop",
    "heading", "if", "in", "include", "left_signature", "not", "number", "options", "or", "party_lines",
    "party_rows", "period_row", "prose", "remedy", "right_signature", "row", "rows", "seal", "sheet",
    "table", "tail", "text", "tick", "with",
}  # fmt: skip


def test_a_closing_approval_of_ordinary_length_stands_on_one_sheet():
    document = pypdfium2.PdfDocument(
        lay_out(render_html("closing_approval", SAMPLES["closing_approval"])).pdf
    )
    assert len(document) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_instrument_prints_all_that_its_content_says(kind):
    used = re.sub(r"alt=\"[^\"]*\"", "", render_html(kind, SAMPLES[kind]).split("<body>")[1])
    printed = re.sub(r"— \d+ —|\s|　", "", text_of(kind))
    for sentence in said_in(SAMPLES[kind]):
        if sentence in used:
            assert re.sub(r"\s|　", "", sentence) in printed


@pytest.mark.parametrize("kind", KINDS)
def test_an_instrument_without_content_prints_strokes_and_not_nothing(kind):
    rendered = lay_out(render_html(kind, {}))
    assert rendered.pages <= 3
    if kind not in {"scan_page", "contents"}:
        assert "/" in pypdfium2.PdfDocument(rendered.pdf)[0].get_textpage().get_text_range()


@pytest.mark.parametrize("kind", KINDS)
def test_no_instrument_uses_a_box_to_tick_that_the_faces_lack_or_an_automatic_table(kind):
    html = render_html(kind, SAMPLES[kind])
    assert not set("☐☑☒✓") & set(html)
    assert "style=" not in html
    assert "table-layout: fixed" in rendering.style()


def test_the_decision_carries_the_six_items_the_law_asks_for():
    printed = text_of("penalty_decision")
    for item in (
        "青岚县堃喆建材有限公司",
        "91331199MA2XXXXX0K",
        "约15.4立方米",
        "证据一：",
        "《城市建筑垃圾管理规定》第二十六条",
        "1.警告；",
        "2.罚款：人民币陆仟元整（￥6,000.00）。",
        "15日内",
        "青岚县农村商业银行城关支行",
        "六十日内向青岚县人民政府申请行政复议",
        "六个月内直接向青岚县人民法院提起行政诉讼",
        "每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额",
        "青综执罚决〔2026〕1号",
        "2026年4月2日",
    ):
        assert item in printed


def test_the_order_to_correct_is_no_item_of_the_penalty():
    printed = text_of("penalty_decision")
    assert "同时责令当事人今后不得随意倾倒" in printed
    assert not re.search(
        r"\d\.[^。]*责令", printed.split("六、处罚决定")[1].split("七、")[0].split("依照")[1]
    )


def test_the_decision_does_not_invent_what_the_party_did():
    printed = text_of("penalty_decision", statement={}, hearing={})
    assert "未提出陈述" not in printed
    assert "未要求" not in printed
    assert "放弃" not in printed
    assert "未提出陈述、申辩意见" in text_of("penalty_decision", statement={"made": False})
    assert "明确表示放弃" in text_of("penalty_decision", statement={"waived": True})


@pytest.mark.parametrize(
    ("accepted", "said"),
    [("all", "对其意见予以采纳"), ("none", "对其意见不予采纳"), ("part", "对其意见予以部分采纳")],
)
def test_the_decision_says_whether_the_defence_was_accepted(accepted, said):
    assert said in text_of(
        "penalty_decision", statement={**SAMPLES["penalty_decision"]["statement"], "accepted": accepted}
    )


@pytest.mark.parametrize(
    "kind",
    ["correction_order", "filing_approval", "no_penalty_decision", "summary_decision", "penalty_decision"],
)
def test_a_provision_that_is_not_known_leaves_no_half_sentence(kind):
    printed = render_html(kind, {**SAMPLES[kind], "obligation": {}})
    assert "违反了/" not in printed


def test_a_filing_on_an_item_without_basis_says_so():
    printed = render_html("filing_approval", {**SAMPLES["filing_approval"], "penalty_basis": {}})
    assert "处罚依据为" not in printed
    assert "应当在调查终结前补充" in printed


def test_a_decision_after_a_hearing_rests_on_its_record():
    printed = text_of("penalty_decision", hearing={"held": True, "held_on": "2026-04-08"})
    assert "2026年4月8日举行听证" in printed
    assert "根据听证笔录作出" in printed
    assert "要求听证的权利" in printed


def test_a_summary_decision_sends_the_party_to_reconsideration_first_whatever_the_content_says():
    printed = text_of("summary_decision", remedy={"mode": "ordinary"})
    assert "应当先申请行政复议" in printed
    assert "未经行政复议的，不得直接提起行政诉讼" in printed
    assert "六个月" not in printed


def test_an_ordinary_decision_can_need_reconsideration_first_as_well():
    assert "应当先申请行政复议" in text_of("penalty_decision", remedy={"mode": "reconsideration_first"})


def test_the_notice_speaks_of_a_hearing_only_where_there_is_a_right_to_one():
    assert "五、要求听证的权利" in text_of("prior_notice")
    assert "听证" not in text_of("prior_notice", hearing={"offered": False})


@pytest.mark.parametrize(
    ("party", "said", "address"),
    [
        (CITIZEN, ["王堃", "1985年6月1日", "33119919850601001X"], "你享有"),
        (TRADER, ["老赟饭店", "经营者：周赟", "个体工商户"], "你享有"),
        (SAMPLES["prior_notice"]["party"], ["法定代表人（负责人）：王赟"], "你单位享有"),
    ],
)
def test_each_kind_of_party_is_described_and_addressed_in_its_own_way(party, said, address):
    printed = text_of("penalty_decision", party=party)
    assert all(part in printed for part in said)
    assert address.removesuffix("享有") + "对上述拟作出的行政处罚享有" in text_of("prior_notice", party=party)


@pytest.mark.parametrize("length", range(0, 616, 56))
def test_the_seal_never_stands_alone_on_a_page(length):
    content = {**SAMPLES["correction_order"], "facts": "事" * length, "remedy": None}
    document = pypdfium2.PdfDocument(lay_out(render_html("correction_order", content)).pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    (sealed,) = [text for text in pages if "2026年3月3日" in text]
    assert "政通路" in sealed


def test_every_page_of_a_record_has_its_signature_line_and_its_count():
    dialogue = [{"q": "问" * 60, "a": "答" * 120}] * 20
    rendered = lay_out(render_html("interview_record", {**SAMPLES["interview_record"], "dialogue": dialogue}))
    assert rendered.pages > 3
    for number, page in enumerate(pypdfium2.PdfDocument(rendered.pdf), start=1):
        text = page.get_textpage().get_text_range()
        assert "被询问人签名并日期：" in text
        assert f"第{number}页 共{rendered.pages}页" in text


def test_an_opinion_that_is_not_given_leaves_room_to_write():
    printed = text_of("filing_approval", approvals=[])
    assert "机关负责人审批意见" in printed
    assert printed.count("签名： 年 月 日") == 3


@pytest.mark.django_db
def test_evidence_photos_are_printed_with_their_digest(actor, at):
    stored = files.store(upload=io.BytesIO(picture((1600, 1200))), name="甲.jpg", actor=actor, at=at)
    photo = {
        "sha256": stored.sha256,
        "caption": "倾倒现场",
        "taken_at": "2026-03-02T09:10",
        "taken_by": "李铉",
    }
    content = {**SAMPLES["evidence_list"], "photos": [photo] * 6}
    rendered = lay_out(render_html("evidence_list", content))
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(rendered.pdf))
    assert text.replace("\r\n", "").count(stored.sha256) == 6
    assert "图6　倾倒现场" in text.replace("\r\n", "")


def test_no_row_of_a_form_stands_alone_on_its_last_page():
    approvals = [SAMPLES["notice_approval"]["approvals"][0], SAMPLES["notice_approval"]["approvals"][-1]]
    told = (
        {
            **SAMPLES["notice_approval"],
            "approvals": approvals,
            "facts": "占道经营，经责令改正拒不改正。" * n,
            "remarks": "另附证据清单。",
        }
        for n in range(1, 40)
    )
    longer = next(page for page in map(pages_of_form, told) if len(page) > 1)
    assert "机关负责人" in longer[1]
    assert "备注" in longer[1]


def test_who_checked_a_sheet_never_stands_alone_on_its_last_page():
    sheet = SAMPLES["timeline_sheet"]
    for count in range(19, 24):
        html = render_html("timeline_sheet", {**sheet, "checks": [sheet["checks"][0]] * count})
        *_, last = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(lay_out(html).pdf))
        assert "核对人" in last
        assert sheet["checks"][0]["basis"] in last


def test_an_empowerment_taken_back_leaves_filed_cases_to_the_countys_rule():
    delegated, empowered = (text_of("delegation_agreement", mode=mode) for mode in ("delegated", "empowered"))
    assert "一并移交" in delegated
    assert "一并移交" not in empowered
    assert "已经立案的案件按本县关于赋权收回的规定" in empowered


def test_a_whole_volume_is_not_called_the_part_open_to_the_party():
    """The one volume of a case holds what is internal too, which no 正卷 does."""
    whole = {key: value for key, value in SAMPLES["cover"].items() if key != "part"}
    assert "正卷" not in render_html("cover", whole)
    assert "副卷" in render_html("cover", {**whole, "part": "副卷"})
