"""The texts of one row by field: columns of one field joined, 同上 resolved, damaged cells told."""

import re
from collections.abc import Iterator

from catalog.loaders.codes import codes_in, is_damaged
from catalog.loaders.degrees import DEGREE
from catalog.loaders.entries import Notice, RowResult, cell_name
from catalog.loaders.headers import Header
from catalog.loaders.headings import TICKED
from catalog.loaders.labelled import parted
from catalog.loaders.markings import MARKS
from catalog.loaders.reading import Sheet
from catalog.loaders.scope import body_and_level
from catalog.loaders.ticks import SIGNS, ticked
from catalog.loaders.units import YUAN, counted_in, in_yuan, suffix_of, unit_above, unit_in

REFERRING = frozenset(
    ["basis", "penalty", "obligation", "coercion", "inspection", "statute", "violation", "range", "note"]
)
REFERRING |= {"department", "body", "article", "article_text", "sub_item"}
SAME = re.compile(r"^[（(]?(?:同上|同前|[^，。]{0,8}同上|〃|″|＂|\"|''|do\.?)[款条项]?[。.]?[)）]?$")
SAME_AS = re.compile(r"^[（(]?同(?:序号|编号|第|上述第)?\s*(\d+(?:-\d+)?)\s*(?:项|条|号|行)?[。.]?[)）]?$")
CUT_SHORT = re.compile(r"(?:……|\.{3,}|…)\s*$")
LONGEST_REFERENCE = 24
SUMS = frozenset(["range", "band", "band_person"])
NO_RESULT = "单元格是公式，文件没有保存其结果或者结果是错误值，未能读取，请在表格软件中更正另存后重新上传"


class CellReader:
    """Reads rows of one sheet under one header."""

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self.sheet, self.columns = sheet, list(header.fields.items())
        self.number_columns = header.columns("number")
        self.code_columns = header.columns("code")
        self.rows_with_marks = {row for row, _column in sheet.stale}
        self.rows_with_marks |= {row for row, _column in sheet.markings.marked}
        self.rows_with_marks |= {row for row, _column in sheet.markings.comments}
        self.rows_with_marks |= {row for row, _column in sheet.markings.valueless}
        self.lowest = {c: header.lowest[c] for c in header.columns("circumstances") if c in header.lowest}
        self._tell_units(header)
        ticks = [column for column, name in self.columns if name.startswith(tuple(TICKED))]
        self.told_otherwise = frozenset([*self.suffixes, *self.units, *self.lowest, *ticks])
        self.longest_code = max(map(len, self._all_codes(header.first_data_row)), default=0)

    def _tell_units(self, header: Header) -> None:
        """Find out what numbers that stand alone are counted in, column by column."""
        above = unit_above(self.sheet, header.row)
        headings = {column: header.headings.get(column, "") for column, _name in self.columns}
        self.suffixes = {
            column: suffix_of(headings[column], above)
            for column, name in self.columns
            if name in SUMS or name.startswith(DEGREE)
        }
        # A tick under 警告 or 吊销 says what its heading says.
        self.signed = {
            c: header.lowest.get(c) or headings[c].split()[-1] for c in self.suffixes if headings[c]
        }
        self.units = {c: unit_in(headings[c]) or above for c, name in self.columns if name in YUAN}
        counted = (unit.removeprefix("万") for unit in self.units.values())
        self.unit = next((unit for unit in counted if unit not in {"", "元"}), "")

    def _all_codes(self, first: int) -> list[str]:
        if not self.code_columns:
            return []
        rows = range(first, len(self.sheet.rows))
        return [code for row in rows for column in self.code_columns for code in self._codes(row, column)]

    def _codes(self, row: int, column: int) -> list[str]:
        text = self.sheet.value(row, column)
        return codes_in(text) if text else []

    def code_is_merged(self, row: int) -> bool:
        """Tell whether the code of a row is written once for several."""
        return any((row, column) in self.sheet.anchors for column in self.code_columns)

    def tell_marks(self, row: int, result: RowResult) -> None:
        """Tell of stale values, struck-out or red cells, formulas without a value and comments in a row."""
        if row in self.rows_with_marks:
            told = sorted((key, code, words) for key, code, words in self._marks() if key[0] == row)
            result.notices += [Notice(row + 1, cell_name(*key), code, words) for key, code, words in told]

    def _marks(self) -> Iterator[tuple[tuple[int, int], str, str]]:
        marks = self.sheet.markings
        for key, text in self.sheet.stale.items():
            yield key, "stale_value", f"合并单元格下残留的旧值，未采用：{text[:80]}"
        for key, mark in marks.marked.items():
            if self.sheet.own(*key):
                words = f"单元格带有{MARKS[mark]}，可能表示取消或待核实，按原文读取，请核对"
                yield key, f"marked_{mark}", words
        for key in marks.valueless:
            yield key, "formula_without_value", NO_RESULT
        for key, text in marks.comments.items():
            yield key, "comment", f"单元格有批注：{text[:120]}"

    def texts(
        self,
        row: int,
        result: RowResult,
        above: dict[str, str],
        by_number: dict[str, dict[str, str]],
    ) -> dict[str, str]:
        """Collect a row's texts by field."""
        raw: dict[str, str] = {}
        value = self.sheet.value
        for column, name in self.columns:
            text = value(row, column)
            if not text:
                continue
            if column in self.told_otherwise:
                name, text = self._told(column, name, text)
            if len(text) <= LONGEST_REFERENCE and name in REFERRING:
                text = self._resolved(row, column, name, text, result, above, by_number)
            if text:
                raw[name] = f"{raw[name]}\n{text}" if name in raw else text
        raw = parted(raw)
        if self.unit:
            raw.setdefault("unit", self.unit)
        self._numbers(row, raw, result)
        self._code(row, raw, result)
        self._body(raw)
        self._cut_short(row, raw, result)
        return raw

    def _told(self, column: int, name: str, text: str) -> tuple[str, str]:
        """Say what a cell tells by its heading: a tick for what is ticked, a number in its unit."""
        if column in self.lowest:
            return name, f"{self.lowest[column]}：{text}"
        if column in self.suffixes:
            return name, self.signed.get(column, text) if text in SIGNS else counted_in(
                text, self.suffixes[column]
            )
        return (name, in_yuan(text, self.units[column])) if column in self.units else ticked(name, text)

    def _resolved(
        self,
        row: int,
        column: int,
        name: str,
        text: str,
        result: RowResult,
        above: dict[str, str],
        by_number: dict[str, dict[str, str]],
    ) -> str:
        """Put the words meant in the place of 同上 and 同第三项, and say so."""
        other = SAME_AS.match(text)
        if not other and not SAME.match(text):
            return text
        found = by_number.get(other[1], {}).get(name, "") if other else above.get(name, "")
        whence = f"“{text}”已取第 {other[1]} 项的内容" if other else "“同上”已取上一行的内容"
        message = whence if found else f"“{text}”所指的内容没有找到"
        result.notices.append(Notice(row + 1, cell_name(row, column), "same_as_above", message))
        return found

    def _numbers(self, row: int, raw: dict[str, str], result: RowResult) -> None:
        for column in self.number_columns:
            if (row, column) in self.sheet.was_date:
                _year, month, day = raw["number"].split("-")
                raw["number"] = f"{int(month)}-{int(day)}"
                message = f"序号被表格软件当作日期，按 {raw['number']} 读取"
                result.notices.append(Notice(row + 1, cell_name(row, column), "number_was_date", message))

    def _code(self, row: int, raw: dict[str, str], result: RowResult) -> None:
        good = []
        for column in self.code_columns:
            number = (row, column) in self.sheet.was_number
            for code in self._codes(row, column):
                if not is_damaged(code, was_number=number, longest=self.longest_code):
                    good.append(code)
                    continue
                message = f"编码 {code} 疑似被当作数字而丢失前导零或者末位，未作为编码采用"
                result.notices.append(Notice(row + 1, cell_name(row, column), "code_damaged", message))
                raw["damaged_code"] = code
        raw["code"] = "\n".join(dict.fromkeys(good))

    def _body(self, raw: dict[str, str]) -> None:
        """Part a body from the levels that stand behind it in one cell."""
        for name in ("department", "body"):
            if "级" in raw.get(name, ""):
                raw[name], levels = body_and_level(raw[name])
                if levels:
                    raw["level"] = raw.get("level") or levels

    def _cut_short(self, row: int, raw: dict[str, str], result: RowResult) -> None:
        for name in ("basis", "penalty", "obligation", "range"):
            if CUT_SHORT.search(raw.get(name, "")):
                message = "原文以省略号结尾，条文可能不完整，请补全"
                column = next((column for column, field in self.columns if field == name), 0)
                result.notices.append(Notice(row + 1, cell_name(row, column), "cut_short", message))
