"""The contents of a bound file beside its pages: each line with the sheet on which it begins."""

from collections.abc import Iterator
from typing import Any

from pypdfium2 import PdfDocument

from cases.archive.models import Volume


def lines_of(document: PdfDocument, volume: Volume) -> Iterator[dict[str, Any]]:
    """Follow the outline of the PDF; papers are known by their folio, the sheets around them have none."""
    parts = {f"{part['first']}　{part['title']}": part for part in volume.parts}
    for mark in document.get_toc():
        target = mark.get_dest()
        if target is None:
            continue
        part = parts.get(mark.get_title())
        yield {
            "title": part["title"] if part else mark.get_title(),
            "number": part["number"] if part else "",
            "folios": _folios(part["first"], part["last"]) if part else "",
            "sheet": target.get_index() + 1,
        }


def _folios(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
