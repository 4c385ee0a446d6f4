"""Bind the papers of a case into one volume: cached PDFs merged, folios stamped, contents with real numbers.

Papers are laid out once and never again; only cover, contents and back sheet are made for the volume. Each
paper starts on the front of a leaf, so blank backs are put in, and these carry no folio.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from law.errors import RuleViolation
from papers import files, folio, rendering
from papers.models import StoredFile

A4 = (210 * folio.MM, 297 * folio.MM)
LINK = "folio:"


@dataclass(frozen=True, slots=True)
class Part:
    """One paper of a volume: what the contents say of it, and its PDF or scanned picture."""

    title: str
    pdf: bytes | StoredFile
    responsible: str = ""
    number: str = ""
    dated: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A part with its first and last folio."""

    part: Part
    first: int
    last: int

    def row(self) -> dict[str, object]:
        """Give the line of the contents."""
        return {
            "title": self.part.title,
            "number": self.part.number,
            "responsible": self.part.responsible,
            "dated": self.part.dated.isoformat() if self.part.dated else "",
            "first": self.first,
            "last": self.last,
            "remark": self.part.remark,
        }


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets without folio: those before the papers and those after, as title and PDF."""

    before: Sequence[tuple[str, bytes]]
    after: Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Volume:
    """A bound volume: its PDF, its contents and the number of its folios."""

    pdf: bytes
    entries: tuple[Entry, ...]
    folios: int


Front = Callable[[Sequence[Entry]], Sheets]


def sheets(
    *,
    cover: Mapping[str, object],
    contents: Mapping[str, object],
    back_sheet: Mapping[str, object],
    timeline: Mapping[str, object] | None = None,
) -> Front:
    """Return a maker of cover, contents, time line and back sheet that fills in the counted numbers."""

    def make(entries: Sequence[Entry]) -> Sheets:
        counted = {"items": len(entries), "pages": entries[-1].last if entries else 0}
        said = f"本卷共{counted['items']}件{counted['pages']}页"
        before = [
            ("卷宗封面", sheet("cover", {**cover, **counted})),
            ("卷内目录", sheet("contents", {**contents, "entries": [entry.row() for entry in entries]})),
        ]
        if timeline is not None:
            before.append(("办案时间轴与核对表", sheet("timeline_sheet", timeline)))
        return Sheets(before, [("卷内备考表", sheet("back_sheet", {"counted": said, **back_sheet}))])

    return make


def contents_only(contents: Mapping[str, object]) -> Front:
    """Return a maker of nothing but contents, for papers that belong together without being a case file."""

    def make(entries: Sequence[Entry]) -> Sheets:
        counted = {"items": len(entries), "pages": entries[-1].last if entries else 0}
        rows = [entry.row() for entry in entries]
        return Sheets(
            [
                (
                    str(contents.get("title", "目录")),
                    sheet("contents", {**contents, **counted, "entries": rows}),
                )
            ],
            [],
        )

    return make


def assemble(parts: Sequence[Part], *, front: Front, title: str = "案卷") -> Volume:
    """Bind parts into one volume, and tell its contents and folios."""
    sources = [_open(_pdf_of(part)) for part in parts]
    entries = _count(parts, [len(source.pages) for source in sources])
    around = front(entries)
    volume = Pdf.new()
    outline: list[tuple[str, int]] = []
    for name, pdf in around.before:
        _append(volume, _open(pdf), name, outline)
    contents_pages = len(volume.pages)
    starts = _append_papers(volume, entries, sources, outline)
    for name, pdf in around.after:
        _append(volume, _open(pdf), name, outline)
    _link(volume, range(contents_pages), starts)
    _finish(volume, title, outline)
    target = io.BytesIO()
    volume.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Volume(pdf=target.getvalue(), entries=entries, folios=entries[-1].last if entries else 0)


def sheet(template: str, content: Mapping[str, object]) -> bytes:
    """Lay out a sheet that belongs to the volume and to no document."""
    return _laid_out(rendering.render_html(template, content))


@lru_cache(maxsize=32)
def _laid_out(html: str) -> bytes:
    """Lay a sheet out once for as long as it stays the same: binding twice is common before archiving."""
    return rendering.render_pdf(html)


def _open(pdf: bytes) -> Pdf:
    return Pdf.open(io.BytesIO(pdf))


def _pdf_of(part: Part) -> bytes:
    """Return a part as PDF: as it is, or a scanned picture set on a page of its own."""
    if isinstance(part.pdf, bytes):
        return part.pdf
    data = files.open_checked(part.pdf)
    if part.pdf.content_type == "application/pdf":
        return data
    if part.pdf.is_image:
        return sheet("scan_page", {"title": part.title, "sha256": part.pdf.sha256})
    raise RuleViolation(
        code="bind_type",
        message=f"“{part.title}”不是可以装订的文件",
        unblock="请转为 PDF 或图片后再装订；视频等载体在备考表中注明",
        message_en=f"'{part.title}' is no file that can be bound",
        unblock_en="Turn it into PDF or a picture; tell of videos and the like on the back sheet",
        field="file",
    )


def _count(parts: Sequence[Part], pages: Sequence[int]) -> tuple[Entry, ...]:
    entries, last = [], 0
    for part, count in zip(parts, pages, strict=True):
        entries.append(Entry(part=part, first=last + 1, last=last + count))
        last += count
    return tuple(entries)


def _append(volume: Pdf, source: Pdf, name: str, outline: list[tuple[str, int]]) -> None:
    """Put a document on the front of the next leaf."""
    if len(volume.pages) % 2:
        volume.add_blank_page(page_size=A4)
    outline.append((name, len(volume.pages)))
    volume.pages.extend(source.pages)


def _append_papers(
    volume: Pdf, entries: Sequence[Entry], sources: Sequence[Pdf], outline: list[tuple[str, int]]
) -> dict[int, int]:
    """Put the papers in with their folios; returns where in the volume each paper's first folio lies."""
    font, starts = folio.font_of(volume), {}
    for entry, source in zip(entries, sources, strict=True):
        _append(volume, source, f"{entry.first}　{entry.part.title}", outline)
        start = outline[-1][1]
        starts[entry.first] = start
        for offset in range(len(source.pages)):
            page, at = volume.pages[start + offset], start + offset
            folio.stamp(volume, page, font, entry.first + offset, on_right=at % 2 == 0)
    return starts


def _link(volume: Pdf, pages: range, starts: Mapping[int, int]) -> None:
    """Turn the folio links of the contents into jumps to their pages."""
    for index in pages:
        for note in volume.pages[index].obj.get("/Annots", Array()):
            address = str(note.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(LINK):
                target = volume.pages[starts[int(address.removeprefix(LINK))]].obj
                note.A = Dictionary(S=Name.GoTo, D=Array([target, Name.Fit]))


def _finish(volume: Pdf, title: str, outline: Sequence[tuple[str, int]]) -> None:
    with volume.open_outline() as root:
        root.root.extend(OutlineItem(name, at) for name, at in outline)
    volume.docinfo[Name.Title] = String(title)
    volume.Root.Lang = String("zh-CN")
    volume.Root.PageMode = Name.UseOutlines
    volume.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
