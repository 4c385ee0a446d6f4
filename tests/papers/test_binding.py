import io
import time
from datetime import date

import pikepdf
import pypdfium2
import pytest

from law.errors import RuleViolation
from papers import binding, files, rendering
from papers.binding import Part
from tests.papers.conftest import picture
from tests.papers.samples import SAMPLES

KINDS = ["filing_approval", "service_receipt", "penalty_decision"]
FRONT = binding.sheets(
    cover=SAMPLES["cover"], contents=SAMPLES["contents"], back_sheet={**SAMPLES["back_sheet"], "counted": ""}
)


@pytest.fixture(scope="module")
def pdfs() -> dict[str, bytes]:
    return {kind: rendering.render_pdf(rendering.render_html(kind, SAMPLES[kind])) for kind in KINDS}


@pytest.fixture
def parts(pdfs) -> list[Part]:
    return [
        Part(
            title=f"{kind}号文书",
            pdf=pdfs[kind],
            responsible="赵喆、李铉",
            number=f"青综执〔2026〕{index}号",
            dated=date(2026, 3, index),
        )
        for index, kind in enumerate(KINDS, start=1)
    ]


def bare_page(width: float, height: float, rotate: int = 0, origin: float = 0) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(width, height))
    page.mediabox = [origin, origin, origin + width, origin + height]
    page.obj.Rotate = rotate
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def folios(pdf: bytes) -> list[tuple[str, str]]:
    """Read what stands in the two upper corners of every page, as the reader sees it."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        text = page.get_textpage()
        band = {"bottom": height - 25 * 72 / 25.4, "top": height}
        left = text.get_text_bounded(left=0, right=width / 4, **band).strip()
        right = text.get_text_bounded(left=width * 3 / 4, right=width, **band).strip()
        found.append((left, right))
    return found


def test_folios_run_through_the_papers_and_skip_cover_contents_blanks_and_back_sheet(parts):
    volume = binding.assemble(parts, front=FRONT)
    pages = [len(pypdfium2.PdfDocument(part.pdf)) for part in parts]
    assert volume.folios == sum(pages)
    numbers = [int(left or right) for left, right in folios(volume.pdf) if left or right]
    assert numbers == list(range(1, volume.folios + 1))
    assert folios(volume.pdf)[:2] == [("", ""), ("", "")]
    assert folios(volume.pdf)[-1] == ("", "")


def test_folios_stand_right_on_fronts_and_left_on_backs_and_every_paper_starts_on_a_front(parts):
    volume = binding.assemble(parts, front=FRONT)
    for at, (left, right) in enumerate(folios(volume.pdf)):
        if left or right:
            assert bool(right) == (at % 2 == 0)
    marks = folios(volume.pdf)
    for entry in volume.entries:
        assert marks.index(("", str(entry.first))) % 2 == 0


def test_the_contents_print_the_counted_numbers(parts):
    volume = binding.assemble(parts, front=FRONT)
    page = pypdfium2.PdfDocument(volume.pdf)[2]
    text = page.get_textpage().get_text_range()
    for entry in volume.entries:
        span = str(entry.first) if entry.first == entry.last else f"{entry.first}—{entry.last}"
        assert span in text.split()[0] or span in text.replace("\r\n", " ").split()
    cover = pypdfium2.PdfDocument(volume.pdf)[0].get_textpage().get_text_range()
    assert f"本卷共 {len(parts)} 件 {volume.folios} 页" in cover


def test_each_line_of_the_contents_jumps_to_its_paper(parts):
    volume = binding.assemble(parts, front=FRONT)
    marks = folios(volume.pdf)
    with pikepdf.open(io.BytesIO(volume.pdf)) as pdf:
        jumps = {str(note.A.D[0].objgen) for note in pdf.pages[2].Annots}
        starts = {str(pdf.pages[marks.index(("", str(e.first)))].obj.objgen) for e in volume.entries}
        assert jumps == starts
        assert all(note.A.S == "/GoTo" for note in pdf.pages[2].Annots)


def test_the_outline_and_the_title_name_the_papers(parts):
    volume = binding.assemble(parts, front=FRONT, title="青综执案〔2026〕1号案卷").pdf
    with pikepdf.open(io.BytesIO(volume)) as pdf, pdf.open_outline() as outline:
        names = [item.title for item in outline.root]
        assert str(pdf.docinfo.Title) == "青综执案〔2026〕1号案卷"
    assert names[0] == "卷宗封面"
    assert names[2:-1] == [f"{n}　{part.title}" for n, part in zip((1, 3, 4), parts, strict=True)]
    assert names[-1] == "卷内备考表"


def test_the_same_parts_give_the_same_bytes(parts):
    assert binding.assemble(parts, front=FRONT) == binding.assemble(list(parts), front=FRONT)


@pytest.mark.parametrize(
    ("width", "height", "rotate", "origin"),
    [(595, 842, 0, 0), (842, 595, 90, 0), (595, 842, 180, 0), (842, 595, 270, 0), (595, 842, 0, -300)],
)
def test_a_folio_stands_upright_in_the_corner_whatever_way_the_scanner_turned_the_page(
    width, height, rotate, origin
):
    def corner(pdf: bytes) -> bytes:
        volume = pypdfium2.PdfDocument(binding.assemble([Part(title="扫描件", pdf=pdf)], front=FRONT).pdf)
        page = volume[4].render(scale=2, grayscale=True).to_pil()
        assert page.size == (1190, 1684)
        box = page.point(lambda shade: 255 if shade < 128 else 0).getbbox()
        assert box is not None
        assert box[0] > 1000
        assert box[3] < 140
        return page.crop((1000, 0, 1190, 140)).tobytes()

    assert corner(bare_page(width, height, rotate, origin)) == corner(bare_page(595, 842))


@pytest.mark.django_db
def test_a_stored_picture_is_bound_on_a_page_of_its_own(actor, at):
    stored = files.store(upload=io.BytesIO(picture((1200, 1700))), name="身份证.jpg", actor=actor, at=at)
    volume = binding.assemble([Part(title="身份证复印件", pdf=stored)], front=FRONT)
    assert volume.folios == 1
    with pikepdf.open(io.BytesIO(volume.pdf)) as pdf:
        assert len(pdf.pages[4].get_images()) == 1


@pytest.mark.django_db
def test_a_video_cannot_be_bound(actor, at):
    stored = files.store(upload=io.BytesIO(b"\0\0\0\x18ftypmp42"), name="录像.mp4", actor=actor, at=at)
    with pytest.raises(RuleViolation) as refused:
        binding.assemble([Part(title="录像", pdf=stored)], front=FRONT)
    assert refused.value.code == "bind_type"


@pytest.mark.django_db
def test_a_damaged_file_is_not_bound(actor, at, media):
    stored = files.keep(bare_page(595, 842), content_type="application/pdf", name="a.pdf", at=at)
    place = media / str(stored.file)
    place.chmod(0o640)
    place.write_bytes(bare_page(595, 841))
    with pytest.raises(RuleViolation) as refused:
        binding.assemble([Part(title="书证", pdf=stored)], front=FRONT)
    assert refused.value.code == "file_damaged"


def test_an_empty_volume_has_cover_contents_and_back_sheet_only():
    volume = binding.assemble([], front=FRONT)
    assert (volume.folios, volume.entries) == (0, ())
    assert len(pypdfium2.PdfDocument(volume.pdf)) == 5


def test_a_hundred_pages_are_bound_again_in_half_a_second_of_cpu(pdfs):
    many = [Part(title=f"文书{n}", pdf=pdfs[KINDS[n % 3]]) for n in range(39)]
    assert binding.assemble(many, front=FRONT).folios > 100
    before = time.process_time()
    binding.assemble(many, front=FRONT)
    assert time.process_time() - before < 0.5


def test_a_file_of_a_hundred_pages_is_bound_in_seconds_and_its_contents_name_the_right_pages(pdfs):
    """F143: fifteen seconds at the very most, laying out cover and contents included."""
    many = [Part(title=f"第{n}份文书", pdf=pdfs[KINDS[n % 3]]) for n in range(1, 40)]
    begun = time.monotonic()
    volume = binding.assemble(many, front=FRONT)
    assert time.monotonic() - begun < 15
    assert volume.folios > 100
    document = pypdfium2.PdfDocument(volume.pdf)
    sheets = [page.get_textpage().get_text_range() for page in document]
    first_paper = folios(volume.pdf).index(("", "1"))
    contents = "".join("".join(sheets[1:first_paper]).split())
    marks = folios(volume.pdf)
    for entry in volume.entries:
        assert f"{entry.part.title}{entry.first}" in contents
        told = pypdfium2.PdfDocument(entry.part.pdf)[0].get_textpage().get_text_range()
        assert "".join(told.split()) in "".join(sheets[marks.index(("", str(entry.first)))].split())


def test_scans_of_different_sizes_are_numbered_in_their_order_between_the_papers(pdfs):
    """F146: an upright A4, a broad A3 and an upright A3 among laid out pages keep their sizes and order."""
    scans = [(595, 842), (1191, 842), (842, 1191)]
    mixed = [
        Part(title="告知书", pdf=pdfs["filing_approval"]),
        *(Part(title=f"扫描件{n}", pdf=bare_page(*size)) for n, size in enumerate(scans, 1)),
        Part(title="送达回证", pdf=pdfs["service_receipt"]),
    ]
    volume = binding.assemble(mixed, front=FRONT)
    pages = [len(pypdfium2.PdfDocument(part.pdf)) for part in mixed]
    assert volume.folios == sum(pages)
    marks = folios(volume.pdf)
    assert [int(left or right) for left, right in marks if left or right] == [*range(1, volume.folios + 1)]
    document = pypdfium2.PdfDocument(volume.pdf)
    for entry, size in zip(volume.entries[1:4], scans, strict=True):
        page = document[marks.index(("", str(entry.first)))]
        assert tuple(round(side) for side in page.get_size()) == size
