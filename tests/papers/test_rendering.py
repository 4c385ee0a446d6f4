import base64
import hashlib
import io
import os
import subprocess
import sys
from decimal import Decimal

import pypdfium2
import pytest

from law.errors import RuleViolation
from papers import fetcher, files, fonts, pictures, rendering
from papers.content import canonical, clean
from papers.wording import amount, minute, numeral
from tests.papers.conftest import picture
from tests.papers.samples import COMMON, SAMPLES

SECRET = "file:///etc/passwd"
PAGE = '<html lang="zh-CN"><head><title>t</title>{head}</head><body>{body}</body></html>'


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")


def drawn(text: str, role: str) -> bytes:
    html = PAGE.format(head="", body=f'<p class="{role}">{text}</p>')
    page = pypdfium2.PdfDocument(rendering.render_pdf(html))[0]
    return page.render(scale=2).to_pil().tobytes()


def test_every_face_draws_the_trial_characters():
    assert rendering.missing_glyphs() == {}


def test_a_character_that_no_face_has_is_reported():
    assert rendering.missing_glyphs("甲\U0001f600") == dict.fromkeys(fonts.ROLES, "\U0001f600")


@pytest.mark.parametrize("role", sorted(fonts.ROLES))
def test_the_yuan_sign_is_not_drawn_as_a_dollar(role):
    assert drawn("￥", role) != drawn("＄", role)


def test_a_borrowed_character_leaves_the_line_grid_alone():
    def pitch(text: str) -> float:
        body = '<section class="text">' + f"<p>{text}</p>" * 12 + "</section>"
        page = pypdfium2.PdfDocument(rendering.render_pdf(PAGE.format(head="", body=body)))[0]
        lines = page.get_textpage()
        tops = sorted({round(lines.get_charbox(i)[1]) for i in range(lines.count_chars())}, reverse=True)
        return round((tops[0] - tops[-1]) / 11, 1)

    assert pitch("国") == pytest.approx(29, abs=0.2)
    assert pitch("堃") == pytest.approx(29, abs=0.2)


def test_a_page_of_running_text_holds_22_lines_of_28_characters():
    body = (
        '<article class="letter"><section class="text"><p class="flush">'
        + "国" * 28 * 23
        + "</p></section></article>"
    )
    document = pypdfium2.PdfDocument(rendering.render_pdf(PAGE.format(head="", body=body)))
    counts = [page.get_textpage().get_text_range().count("国") for page in document]
    assert counts[0] in {28 * 22, 28 * 21}
    lines = [line for line in document[0].get_textpage().get_text_range().splitlines() if "国" in line]
    assert {len(line.strip()) for line in lines} == {28}


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f'<link rel="stylesheet" href="{SECRET}">', ""),
        (f'<style>@import url("{SECRET}");</style>', ""),
        (f'<style>body {{ background: url("{SECRET}") }}</style>', ""),
        (
            f'<style>@font-face {{ font-family: x; src: url("{SECRET}") }} body {{ font-family: x }}</style>',
            "a",
        ),
        (f'<link rel="attachment" href="{SECRET}">', ""),
        ("", f'<a rel="attachment" href="{SECRET}">a</a>'),
        ("", f'<img src="{SECRET}">'),
        ("", '<img src="http://127.0.0.1:1/x.png">'),
        ("", '<img src="data:text/html;base64,AAAA">'),
        ("", '<img src="photo:../../etc/passwd">'),
    ],
)
def test_a_paper_can_draw_in_nothing_from_outside(head, body):
    with pytest.raises(RuleViolation) as refused:
        rendering.render_pdf(PAGE.format(head=head, body=body))
    assert refused.value.code == "paper_picture"


@pytest.mark.parametrize(
    "url", [SECRET, "http://a/", "photo:" + "0" * 63, "photo:/etc/passwd", "data:,x", ""]
)
def test_the_fetcher_refuses_every_other_address(url):
    with pytest.raises(fetcher.Refused):
        fetcher.read(url, {})


def test_the_fetcher_reads_an_inline_picture():
    url = "data:image/png;base64," + base64.b64encode(b"abc").decode()
    assert fetcher.read(url, {}) == (b"abc", "image/png")


@pytest.mark.django_db
def test_a_stored_photo_is_drawn_from_its_print_copy(actor, at):
    stored = files.store(upload=io.BytesIO(picture((3000, 2000))), name="甲.jpg", actor=actor, at=at)
    copy = pictures.copy_of(stored.sha256, pictures.PRINT)
    data, media = fetcher.read(fetcher.address_of(stored.sha256), {stored.sha256: str(copy)})
    assert (data, media) == (copy.read_bytes(), "image/jpeg")


def test_a_missing_photo_stops_the_paper_instead_of_leaving_a_hole():
    with pytest.raises(RuleViolation) as refused:
        rendering.render_pdf(PAGE.format(head="", body=f'<img src="photo:{"0" * 64}">'))
    assert refused.value.code == "paper_picture"


def test_what_is_typed_is_printed_and_never_obeyed():
    evil = '<script>x</script><img src="http://a/"> {{ issuer }} & "引号"'
    html = rendering.render_html("penalty_decision", {**SAMPLES["penalty_decision"], "facts": evil})
    assert "<script>" not in html
    assert "http://a/&quot;" in html
    assert "<script>x</script>" in text_of(rendering.render_pdf(html))


def test_control_and_direction_characters_are_dropped():
    assert clean({"a": "甲\x00\x1b乙\u202e丙\r\n丁"}) == {"a": "甲乙丙\n丁"}


@pytest.mark.parametrize(
    "content",
    [{"a": "长" * 20_001}, {"a": ["长" * 19_000] * 9}, {"a": [1] * 3_001}, {"a": [[[[[[[[[[1]]]]]]]]]]}],
)
def test_content_that_no_paper_can_hold_is_refused(content):
    with pytest.raises(RuleViolation) as refused:
        clean(content)
    assert refused.value.code == "paper_too_long"


def test_a_binary_fraction_cannot_stand_in_a_paper():
    with pytest.raises(TypeError):
        clean({"amount": 0.1})


def test_the_canonical_form_does_not_depend_on_the_order_of_keys():
    assert canonical({"b": 1, "a": [2]}) == canonical({"a": [2], "b": 1})


def test_a_very_long_cell_is_laid_out_in_linear_time():
    content = {**SAMPLES["filing_approval"], "summary": "长" * 20_000}
    html = rendering.render_html("filing_approval", content)
    before = rendering.lay_out(PAGE.format(head="", body="a")).cpu
    assert rendering.lay_out(html).cpu - before < 6


DIGEST = """
import django; django.setup()
import hashlib
from papers import rendering
from tests.papers.samples import SAMPLES
html = rendering.render_html("penalty_decision", SAMPLES["penalty_decision"])
print(hashlib.sha256(rendering.render_pdf(html)).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_same_content_gives_the_same_bytes_in_every_process(seed):
    html = rendering.render_html("penalty_decision", SAMPLES["penalty_decision"])
    here = hashlib.sha256(rendering.render_pdf(html)).hexdigest()
    there = subprocess.run(
        [sys.executable, "-c", DIGEST],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip().splitlines()[-1] == here
    assert hashlib.sha256(rendering.render_pdf(html)).hexdigest() == here


def test_the_render_key_follows_the_text():
    one = rendering.render_html("penalty_decision", SAMPLES["penalty_decision"])
    other = rendering.render_html("penalty_decision", {**SAMPLES["penalty_decision"], "copies": 3})
    assert rendering.render_key(one) == rendering.render_key(one)
    assert rendering.render_key(one) != rendering.render_key(other)


@pytest.mark.parametrize(
    ("yuan", "written"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("15.30", "壹拾伍元叁角整"),
        ("100.05", "壹佰元零伍分"),
        ("1005", "壹仟零伍元整"),
        ("10000", "壹万元整"),
        ("200000", "贰拾万元整"),
        ("1010101", "壹佰零壹万零壹佰零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1234567.89", "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"),
    ],
)
def test_an_amount_is_written_in_capitals(yuan, written):
    """F116: words and figures are written from one sum."""
    assert amount(yuan) == f"人民币{written}（￥{Decimal(yuan):,.2f}）"


def test_dates_and_counts_are_written_without_leading_zeros():
    assert minute("2026-03-02T09:05") == "2026年3月2日9时05分"
    assert [numeral(n) for n in (1, 10, 12, 20, 35)] == ["一", "十", "十二", "二十", "三十五"]
    assert COMMON["dated"] not in text_of(
        rendering.render_pdf(rendering.render_html("penalty_decision", SAMPLES["penalty_decision"]))
    )
