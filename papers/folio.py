"""Folios: page numbers stamped on a bound volume in a small embedded face of ten digits.

The digits are a Type 3 font made of the outlines of the site's own Song face: embedded, searchable, the same
bytes each time, and a few kilobytes for a whole volume.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import pikepdf
from fontTools.pens.basePen import BasePen  # type: ignore[import-untyped]  # the library ships no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # the library ships no types
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from papers import fonts

MM = 72 / 25.4
SIZE = 12
EDGE, HEAD = 20 * MM, 18 * MM
RESOURCE = "/Folio"
TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Folio def /CMapType 2 def\n"
    b"1 begincodespacerange <00> <FF> endcodespacerange\n"
    b"1 beginbfrange <30> <39> <0030> endbfrange\nendcmap end end"
)


@dataclass(frozen=True, slots=True)
class Digit:
    """One digit: its advance width and its outline as PDF path operators, on a 1000 unit em."""

    width: int
    outline: bytes


class _Path(BasePen):  # type: ignore[misc]  # the library is untyped
    """Collect an outline as PDF path operators."""

    def __init__(self, glyphs: Any, scale: float) -> None:
        super().__init__(glyphs)
        self.scale = scale
        self.operators: list[str] = []

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        numbers = " ".join(f"{round(value * self.scale)}" for point in points for value in point)
        self.operators.append(f"{numbers} {operator}".strip())

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self._add("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self._add("l", pt)

    def _curveToOne(
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self._add("c", pt1, pt2, pt3)

    def _closePath(self) -> None:
        self._add("h")


@cache
def digits() -> tuple[Digit, ...]:
    """Read the ten digits from the first face of the Song chain."""
    face = TTFont(fonts.chains()["song"][0], lazy=True, fontNumber=0)
    names, glyphs = face.getBestCmap(), face.getGlyphSet()
    scale = 1000 / face["head"].unitsPerEm
    made = []
    for sign in "0123456789":
        pen, glyph = _Path(glyphs, scale), glyphs[names[ord(sign)]]
        glyph.draw(pen)
        made.append(Digit(round(glyph.width * scale), "\n".join([*pen.operators, "f"]).encode()))
    face.close()
    return tuple(made)


def font_of(pdf: Pdf) -> pikepdf.Object:
    """Embed the digits in a volume."""
    shapes = [
        (Name(f"/d{index}"), Stream(pdf, f"{digit.width} 0 0 -200 1000 1000 d1\n".encode() + digit.outline))
        for index, digit in enumerate(digits())
    ]
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=[0, -200, 1000, 1000],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=Dictionary({str(name): pdf.make_indirect(shape) for name, shape in shapes}),
            Encoding=Dictionary(Type=Name.Encoding, Differences=[48, *(name for name, _shape in shapes)]),
            FirstChar=48,
            LastChar=57,
            Widths=[digit.width for digit in digits()],
            Resources=Dictionary(),
            ToUnicode=pdf.make_indirect(Stream(pdf, TO_UNICODE)),
        )
    )


def stamp(pdf: Pdf, page: pikepdf.Page, font: pikepdf.Object, number: int, *, on_right: bool) -> None:
    """Print a folio at the top outer corner of a page: right on a front, left on a back."""
    width = sum(digits()[int(sign)].width for sign in str(number)) * SIZE / 1000
    across, up = _size(page)
    x = across - EDGE - width if on_right else EDGE
    text = f"{_turn(page)} BT /Folio {SIZE} Tf {x:.2f} {up - HEAD:.2f} Td ({number}) Tj ET"
    page.add_resource(font, Name.Font, name=Name(RESOURCE), replace_existing=True)
    before, after = Stream(pdf, b"q\n"), Stream(pdf, f"\nQ\nq {text} Q".encode())
    contents = page.obj.get("/Contents", Array())
    inner = list(contents) if isinstance(contents, Array) else [contents]
    page.obj.Contents = Array([pdf.make_indirect(before), *inner, pdf.make_indirect(after)])


def _box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(value) for value in page.cropbox)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _angle(page: pikepdf.Page) -> int:
    return int(page.obj.get("/Rotate", 0)) % 360


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """Return width and height of a page as the reader sees it."""
    left, bottom, right, top = _box(page)
    size = (right - left, top - bottom)
    return (size[1], size[0]) if _angle(page) in {90, 270} else size


def _turn(page: pikepdf.Page) -> str:
    """Return the operator that puts the origin at the lower left of the page as the reader sees it."""
    left, bottom, right, top = _box(page)
    matrix = {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, right, bottom),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, left, top),
    }[_angle(page)]
    return " ".join(f"{value:g}" for value in matrix) + " cm"
