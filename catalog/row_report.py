"""The report on a file's rows as people read it: one remark once, with all the places it stands for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from catalog.models import ImportBatch, ImportRow
from desk.exports import Column

# Places written out before the rest is folded away, and lines shown before the workbook has to tell the rest.
SHOWN = 12
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Remark:
    """What to look at, in how many places, and where: runs of rows, or cells."""

    message: str
    count: int
    places: list[str]

    @property
    def first(self) -> list[str]:
        """The places written out."""
        return self.places[:SHOWN]

    @property
    def further(self) -> list[str]:
        """The places folded away."""
        return self.places[SHOWN:]


def remarks_of(batch: ImportBatch) -> list[Remark]:
    """Gather the warnings of a batch by their words, the rare ones first; doubled rows are told as unused."""
    found: dict[str, list[tuple[str, int, str]]] = {}
    sheets = batch.report["sheets"]
    for sheet in sheets:
        for one in sheet["warnings"]:
            if one["code"] != "duplicate":
                place = (sheet["sheet"] if len(sheets) > 1 else "", one["row"], one["cell"])
                found.setdefault(one["message"], []).append(place)
    remarks = [Remark(message, len(places), list(_written(places))) for message, places in found.items()]
    return sorted(remarks, key=lambda remark: remark.count)


def _written(places: Iterable[tuple[str, int, str]]) -> Iterator[str]:
    """Write cells by their address, and rows that follow one another as first–last."""
    for sheet, inside in groupby(dict.fromkeys(places), key=lambda place: place[0]):
        prefix = f"{sheet} " if sheet else ""
        found = list(inside)
        yield from (prefix + cell for _sheet, _row, cell in found if cell)
        rows = enumerate(row for _sheet, row, cell in found if not cell)
        for _start, run in groupby(rows, key=lambda numbered: numbered[1] - numbered[0]):
            first, *rest = (row for _number, row in run)
            yield f"{prefix}{first}–{rest[-1]}" if rest else f"{prefix}{first}"


def _told(row: ImportRow) -> str:
    return "；".join(warning["message"] for warning in row.warnings)


def _cells(row: ImportRow) -> str:
    return " | ".join(str(cell) for cell in row.cells if cell not in {None, ""})


COLUMNS = (
    Column(_("工作表"), lambda row: row.sheet),
    Column(_("行"), lambda row: row.row, 8),
    Column(_("结果"), lambda row: row.get_outcome_display(), 12),
    Column(_("未采用的原因"), lambda row: _(row.reason) if row.reason else "", 30),
    Column(_("请核对"), _told, 60),
    Column(_("内容"), _cells, 80),
)
