"""Which column feeds what: proposed from the headings, corrected by a person, kept with the batch."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.county import in_county
from audit.services import Actor
from catalog.access import EDIT
from catalog.loaders.defaults import Defaults
from catalog.loaders.degrees import DEGREE, WHEN
from catalog.loaders.entries import cell_name
from catalog.loaders.headers import header_at
from catalog.loaders.headings import (
    AXIS,
    LEVEL_TICK,
    POWER_TICK,
    Headings,
    names_items,
    plain,
    shown,
    standard,
)
from catalog.loaders.parting import read_tables
from catalog.loaders.reading import Sheet
from catalog.loaders.rows import SheetResult, Told, read_rows
from catalog.loaders.ticks import PREFIX, is_tick, tick
from catalog.models import HeadingAlias, ImportBatch
from desk.rights import needs
from law.errors import RuleViolation

SAMPLES = 3
FIELDS: tuple[tuple[str, Any], ...] = (
    ("", _("不采用")),
    ("number", _("序号")),
    ("name", _("事项名称")),
    ("sub_item", _("子项名称")),
    ("violation", _("违法行为")),
    ("code", _("编码")),
    ("power_type", _("权力类型")),
    ("domain", _("执法领域")),
    ("department", _("主管部门")),
    ("body", _("行使主体")),
    ("handler", _("承办机构")),
    ("level", _("行使层级")),
    ("basis", _("实施依据（全部）")),
    ("penalty", _("处罚依据")),
    ("obligation", _("违反条款")),
    ("coercion", _("强制依据")),
    ("inspection", _("检查依据")),
    ("discretion", _("裁量依据")),
    ("statute", _("法规规章名称")),
    ("article", _("条款号")),
    ("article_text", _("条文内容")),
    ("range", _("处罚种类及幅度")),
    ("grade", _("裁量阶次")),
    ("circumstances", _("适用条件")),
    ("band", _("处罚标准")),
    (DEGREE, _("处罚标准（一列一个阶次）")),
    (WHEN, _("适用条件（一列一个阶次）")),
    ("row_label", _("本行内容（适用情形或者处罚标准）")),
    ("factor", _("裁量要素")),
    ("option", _("要素情形")),
    ("weight", _("裁量权重")),
    (AXIS, _("裁量维度（多维组合表）")),
    ("low", _("罚款下限")),
    ("high", _("罚款上限")),
    ("default", _("罚款默认值")),
    ("unit", _("罚款单位")),
    ("start", _("起算数量")),
    ("step", _("每满数量")),
    ("per_step", _("每满加罚")),
    ("cap", _("封顶")),
    ("target", _("处罚对象")),
    ("band_person", _("对责任人员的罚款")),
    ("table", _("裁量表名称")),
    ("formula", _("计算公式")),
    ("exempt", _("不予处罚的情节")),
    ("place", _("实施范围")),
    ("note", _("备注（范围限定）")),
    ("state", _("事项状态")),
    ("list_kind", _("清单类别")),
    ("township_field", _("赋权领域")),
    ("tree", _("父子层级")),
    (LEVEL_TICK, _("打勾：行使层级（一列一个层级）")),
    (POWER_TICK, _("打勾：权力类型（一列一种）")),
    (f"{PREFIX}township:", _("打勾：列入乡镇清单")),
    (f"{PREFIX}comprehensive:", _("打勾：列入综合执法清单")),
    (f"{PREFIX}professional:", _("打勾：列入专业执法清单")),
)
LABELS = dict(FIELDS)
KNOWN = LABELS.keys()


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is shown: its letter, heading, first values and the field it is proposed for."""

    index: int
    letter: str
    heading: str
    samples: list[str]
    field: str

    @property
    def is_place(self) -> bool:
        """Tell a column of ticks under the name of a place, which no list of fields can hold beforehand."""
        return is_tick(self.field) and self.field not in KNOWN


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet as it is shown to the person who checks its columns."""

    index: int
    name: str
    used: bool
    hidden: bool
    header_row: int | None
    columns: list[Column]
    rows: int


def known_headings() -> Headings:
    """Return the headings of the product with those the county has taught."""
    return standard().taught(dict(in_county(HeadingAlias).values_list("heading", "field")))


def told_of(mapping: dict[str, Any]) -> list[Told]:
    """Turn what is kept with a batch into what the reader is told."""
    return [
        Told(
            used=sheet["used"],
            header_row=sheet["header_row"],
            columns={int(column): name for column, name in sheet["columns"].items()}
            if sheet["used"]
            else None,
        )
        for sheet in mapping.get("sheets", [])
    ]


def label_of(field: str) -> Any:
    """Name a field for people; a tick under the name of a place is one of its kind of list."""
    choice = shown(field)
    return LABELS.get(choice) or LABELS.get(choice[: choice.rfind(":") + 1], field)


def mapping_of(results: list[SheetResult]) -> dict[str, Any]:
    """Write down how sheets were read, as the batch keeps it."""
    return {"sheets": [_kept(result) for result in results]}


def _kept(result: SheetResult) -> dict[str, Any]:
    header = result.header
    return {
        "name": result.sheet.name,
        "used": header is not None,
        "header_row": header.row if header else None,
        "columns": {str(column): name for column, name in header.fields.items()} if header else {},
    }


def views_of(batch: ImportBatch) -> list[SheetView]:
    """Show the sheets of a batch with the columns as they are mapped now."""
    headings = known_headings()
    kept = batch.mapping.get("sheets", [])
    sheets = read_tables(bytes(batch.file or b""))
    return [
        _view(index, sheet, said, headings)
        for index, (sheet, said) in enumerate(zip(sheets, kept, strict=False))
    ]


def _view(index: int, sheet: Sheet, said: dict[str, Any], headings: Headings) -> SheetView:
    row = said["header_row"]
    header = header_at(sheet, row, headings) if row is not None and row < len(sheet.rows) else None
    width = max((len(cells) for cells in sheet.rows), default=0)
    columns = [
        Column(
            index=column,
            letter=cell_name(0, column).rstrip("1"),
            heading=header.headings.get(column, "") if header else "",
            samples=_samples(sheet, column, header.first_data_row) if header else [],
            field=shown(said["columns"].get(str(column), "")),
        )
        for column in range(width)
        if header
        if column in header.headings or any(sheet.value(line, column) for line in range(len(sheet.rows)))
    ]
    filled = sum(bool(sheet.filled(number)) for number in range(len(sheet.rows)))
    return SheetView(index, sheet.name, said["used"], sheet.hidden, row, columns, filled)


def _samples(sheet: Sheet, column: int, first: int) -> list[str]:
    found: list[str] = []
    for row in range(first, len(sheet.rows)):
        text = sheet.value(row, column)
        if text and text not in found:
            found.append(text)
        if len(found) == SAMPLES:
            break
    return found


def proposed(batch: ImportBatch, header_rows: dict[int, int]) -> dict[str, Any]:
    """Propose the columns anew with headers in the rows a person has named."""
    headings, sheets = known_headings(), []
    for index, sheet in enumerate(read_tables(bytes(batch.file or b""))):
        row = header_rows.get(index)
        if row is None or row >= len(sheet.rows):
            sheets.append(_kept(read_rows(sheet, Defaults(), headings)))
            continue
        header = header_at(sheet, row, headings)
        columns = {str(column): name for column, name in header.fields.items()}
        sheets.append({"name": sheet.name, "used": True, "header_row": row, "columns": columns})
    return {"sheets": sheets}


def require_mapping(mapping: dict[str, Any]) -> None:
    """Refuse a mapping in which no sheet is read, or one is read without a name of its items."""
    used = [sheet for sheet in mapping.get("sheets", []) if sheet["used"]]
    bare = [sheet["name"] for sheet in used if not names_items(sheet["columns"].values())]
    if used and not bare:
        return
    where = f"工作表“{bare[0]}”" if bare else "文件"
    raise RuleViolation(
        "mapping_without_name",
        f"{where}没有一列对应“事项名称”或“违法行为”",
        unblock="为该工作表指定事项名称或违法行为所在的列，或者不采用该工作表；列名竖排在第一列的，先在表格软件中转置",
        message_en="No column is mapped to the name of the item",
        unblock_en="Map a column to the item's name or violation, or leave the sheet out",
        field="mapping",
    )


@needs(EDIT)
@transaction.atomic
def teach(*, pairs: dict[str, str], actor: Actor | None, at: datetime) -> int:
    """Remember headings a person has mapped, so that the next list is read so; returns how many were new."""
    taught = 0
    for heading, name in pairs.items():
        kept = tick(heading) if is_tick(name) else name
        if not heading or kept not in KNOWN | {"ignored"} or standard().table.get(plain(heading)) == kept:
            continue
        _row, fresh = HeadingAlias.objects.update_or_create(
            heading=plain(heading)[:60],
            defaults={"field": kept, "taught_by_id": actor.pk if actor else None, "taught_at": at},
        )
        taught += fresh
    return taught
