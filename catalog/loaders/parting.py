"""Tables that stand side by side in one sheet, parted so that each is read for itself."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from catalog.loaders.headers import Header, find_header
from catalog.loaders.headings import plain, standard
from catalog.loaders.lifting import lifted
from catalog.loaders.reading import Sheet, read_sheets

# A violation may stand beside the item of the same table; a second name may not.
BEGINNING = ("name", "violation")


def read_tables(data: bytes) -> list[Sheet]:
    """Read every sheet of a file; tables that stand side by side become a sheet each."""
    return [table for sheet in read_sheets(data) for table in parted(lifted(sheet))]


def parted(sheet: Sheet) -> list[Sheet]:
    """Part a sheet where its header begins again to the right; another sheet is left as it is."""
    # Not by the headings a county teaches: what is said of a sheet is kept by its place in the file.
    header = find_header(sheet, standard())
    starts = _starts(sheet, header) if header else []
    if len(starts) < 2:
        return [sheet]
    ends = [*starts[1:], max(len(cells) for cells in sheet.rows)]
    areas = [range(start, end) for start, end in zip([0, *starts[1:]], ends, strict=True)]
    return [_cut(sheet, area, number) for number, area in enumerate(areas, 1)]


def _starts(sheet: Sheet, header: Header) -> list[int]:
    """List the columns where a table begins: by its first heading again, or after an empty column."""
    shown = [column for column in sorted(header.headings) if column not in sheet.markings.hidden_columns]
    if not shown:
        return []
    first = plain(header.headings[shown[0]])
    starts = [shown[0]]
    for before, column in pairwise(shown):
        again = plain(header.headings[column]) == first
        if again or _empty(sheet, range(before + 1, column)):
            starts.append(column)
    ends = [*starts[1:], shown[-1] + 1]
    blocks = [[header.fields.get(c) for c in range(*area)] for area in zip(starts, ends, strict=True)]
    return starts if _are_tables(blocks) else []


def _are_tables(blocks: list[list[str | None]]) -> bool:
    """Tell tables from columns of one: each says more than one thing, and all name their items alike."""
    if not all(sum(field is not None for field in block) > 1 for block in blocks):
        return False
    return any(all(name in block for block in blocks) for name in BEGINNING)


def _empty(sheet: Sheet, columns: Iterable[int]) -> bool:
    """Tell columns between two headings in which nothing stands."""
    between = list(columns)
    return bool(between) and not any(
        sheet.own(row, column) for row in range(len(sheet.rows)) for column in between
    )


def _cut(sheet: Sheet, area: range, number: int) -> Sheet:
    """Return the sheet with nothing outside the columns of one table; cells keep their places."""
    marks = sheet.markings
    return replace(
        sheet,
        name=f"{sheet.name}（左起第{number}张表）",
        rows=[[text if c in area else "" for c, text in enumerate(cells)] for cells in sheet.rows],
        anchors={place: anchor for place, anchor in sheet.anchors.items() if anchor[1] in area},
        stale={place: text for place, text in sheet.stale.items() if place[1] in area},
        raw={place: text for place, text in sheet.raw.items() if place[1] in area},
        markings=replace(
            marks,
            valueless=frozenset(place for place in marks.valueless if place[1] in area),
            marked={place: text for place, text in marks.marked.items() if place[1] in area},
            comments={place: text for place, text in marks.comments.items() if place[1] in area},
        ),
    )
