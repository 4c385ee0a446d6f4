"""What the values of a column say about its meaning."""

import itertools
import re
from dataclasses import replace

from catalog.loaders.benchmarks import SPARING, axes_of, shape_of
from catalog.loaders.defaults import POWER
from catalog.loaders.degrees import DEGREE, OF_WHEN, WHEN, is_spared, several_in
from catalog.loaders.headers import Header
from catalog.loaders.headings import KEYS, NAMING
from catalog.loaders.reading import Sheet
from catalog.loaders.ticks import tick_columns, ticked_fields

SEEN = 60
OF_DEGREES = {"grade", "band", "factor", "weight", "low"}
OF_SUMS = {"band", "range", "low", "weight", "band_person"}
FINED = re.compile(r"罚款|警告|不予(?:行政)?处罚")
OF_AN_ITEM = re.compile(r"^在?对|(?:行政处罚|行政强制|行政检查)$")
OF_A_ROW = re.compile(r"[\u4e00-\u9fff]{0,6}(?:情形|情节|条件|后果|表现|标准|幅度|罚款|处罚|基准)")


def refined(sheet: Sheet, header: Header) -> Header:
    """Correct the meaning of columns by what stands in them, leave out hidden ones, add those of ticks."""
    hidden = sheet.markings.hidden_columns
    fields = {column: name for column, name in header.fields.items() if column not in hidden}
    for column, name in list(fields.items()):
        if name == "grade" and _mostly(sheet, header, column, POWER):
            fields[column] = "power_type"
    _tell_names_apart(sheet, header, fields)
    _tell_repeated(fields)
    _tell_grades_apart(header, fields)
    _tell_degrees(header, fields)
    _tell_rows(sheet, header, fields)
    _tell_kinds_of_rows(sheet, header, fields)
    _tell_options(fields)
    _tell_circumstances(sheet, header, fields)
    _tell_bounds(fields)
    _tell_sums(sheet, header, fields)
    if "power_type" not in fields.values():
        fields.update(_column_of_powers(sheet, header, fields))
    fields |= ticked_fields(sheet, header) | tick_columns(sheet, header)
    fields.update(axes_of(sheet, replace(header, fields=fields)))
    if not shape_of(replace(header, fields=fields)) and not {"grade", "circumstances"} & set(fields.values()):
        # Without degrees a column of sums tells what the law allows.
        whole = [c for c, name in fields.items() if name == "band" and not _several(sheet, header, c)]
        fields |= dict.fromkeys(whole, "range")
    if "department" not in fields.values():
        bodies = [column for column, name in fields.items() if name == "body"]
        if bodies:
            fields[bodies[0]] = "department"
    return replace(header, fields=dict(sorted(fields.items())))


def _tell_names_apart(sheet: Sheet, header: Header, fields: dict[int, str]) -> None:
    """Of several columns of names the last holds the items; one before it their main item, or their field."""
    for column in [column for column, name in fields.items() if name in NAMING]:
        fields |= dict.fromkeys(_columns_under(sheet, header, column), fields[column])
    names = sorted(column for column, name in fields.items() if name == "name")
    if len(names) > 1 and "sub_item" not in fields.values():
        before, last = names[-2:]
        if _mostly(sheet, header, before, OF_AN_ITEM):
            fields[last] = "sub_item"
        elif not (_mostly(sheet, header, last, OF_AN_ITEM) or _repeats(sheet, header, before)):
            return
        elif "domain" in fields.values():
            del fields[before]
        else:
            fields[before] = "domain"


def _repeats(sheet: Sheet, header: Header, column: int) -> bool:
    """Tell a column whose texts stand for several rows each."""
    values = header.values(sheet, column, SEEN)
    return len(set(values)) < len(values)


def _columns_under(sheet: Sheet, header: Header, column: int) -> list[int]:
    """List the columns to the right under the same merged heading that hold texts of their own."""
    lowest = header.first_data_row - 1
    anchor = sheet.anchors.get((lowest, column))
    further = itertools.takewhile(
        lambda one: anchor and sheet.anchors.get((lowest, one)) == anchor, itertools.count(column + 1)
    )
    return [one for one in further if header.values(sheet, one, SEEN)]


def _tell_repeated(fields: dict[int, str]) -> None:
    """Of several columns of one department or one field, the first tells it."""
    for name in ("department", "domain"):
        for column in [column for column, told in fields.items() if told == name][1:]:
            del fields[column]


def _tell_grades_apart(header: Header, fields: dict[int, str]) -> None:
    """Of several columns of degrees one before the items is their field, one of 情节 the circumstances."""
    grades = [column for column, name in fields.items() if name == "grade"]
    if len(grades) > 1 and "circumstances" not in fields.values() and "情节" in header.headings[grades[-1]]:
        fields[grades.pop()] = "circumstances"
    naming = min(column for column, name in fields.items() if name in KEYS)
    fields |= dict.fromkeys((column for column in grades[:-1] if column < naming), "domain")


def _tell_degrees(header: Header, fields: dict[int, str]) -> None:
    """Leave the headings of degrees that stand alone: one column is none of several."""
    wide = [column for column, name in fields.items() if name.startswith(DEGREE)]
    graded = OF_DEGREES.intersection(fields.values())
    for column, name in list(fields.items()):
        if name.startswith((DEGREE, WHEN)) and len(wide) < 2:
            del fields[column]
            if is_spared(name.removeprefix(WHEN)) and not graded:
                fields[column] = "exempt"


def _tell_rows(sheet: Sheet, header: Header, fields: dict[int, str]) -> None:
    """Find the column that says of each row whether it tells circumstances or penalties of the degrees."""
    if not any(name.startswith(DEGREE) for name in fields.values()):
        return
    for column in header.headings.keys() - fields.keys():
        values = header.values(sheet, column, SEEN)
        if len({bool(OF_WHEN.search(one)) for one in values}) > 1 and all(map(OF_A_ROW.fullmatch, values)):
            fields[column] = "row_label"


def _tell_kinds_of_rows(sheet: Sheet, header: Header, fields: dict[int, str]) -> None:
    """Find the column by which the rows of one item differ, each with its degrees in columns: 场所类别."""
    if not any(name.startswith(DEGREE) for name in fields.values()) or "row_label" in fields.values():
        return
    naming = min(column for column, name in fields.items() if name in KEYS)
    rows = [row for row in header.first_rows(sheet, SEEN) if sheet.value(row, naming)]
    items = {sheet.value(row, naming) for row in rows}
    for column in header.headings.keys() - fields.keys() - sheet.markings.hidden_columns:
        told = [(sheet.value(row, naming), sheet.value(row, column)) for row in rows]
        if len(set(told)) > len(items) and all(text for _item, text in told):
            fields[column] = "circumstances"


def _tell_options(fields: dict[int, str]) -> None:
    """Of two columns of weighed factors the second holds what is chosen: 裁量因素 and 裁量因子."""
    factors = sorted(column for column, name in fields.items() if name == "factor")
    if len(factors) > 1 and "weight" in fields.values() and "option" not in fields.values():
        fields[factors[-1]] = "option"


def _tell_circumstances(sheet: Sheet, header: Header, fields: dict[int, str]) -> None:
    """Tell the situations of degrees from the violation beside them and from conditions of no penalty."""
    found = set(fields.values())
    violations = [column for column, name in fields.items() if name == "violation"]
    situations = [column for column in violations if "情" in header.headings[column]]
    situations = situations if len(situations) < len(violations) else situations[1:]
    if "grade" in found and "circumstances" not in found:
        fields |= dict.fromkeys(situations, "circumstances")
    elif situations and "name" not in found:
        fields[next(column for column in violations if column not in situations)] = "name"
    if "grade" in found and "weight" not in found:
        fields |= {c: "circumstances" for c, name in fields.items() if name in {"factor", "option"}}
        free = [c for c, heading in header.headings.items() if c not in fields and OF_WHEN.search(heading)]
        if "circumstances" not in fields.values():
            fields |= dict.fromkeys(free, "circumstances")
    if found & OF_DEGREES or any(name.startswith(DEGREE) for name in found):
        return
    above = [
        sheet.name,
        *header.headings.values(),
        *(sheet.own(row, c) for row in range(header.row) for c in sheet.filled(row)),
    ]
    spared = any(SPARING.search(text) for text in above)
    for column in [column for column, name in fields.items() if name == "circumstances"]:
        if spared or SPARING.search(header.headings[column]):
            fields[column] = "exempt"


def _tell_bounds(fields: dict[int, str]) -> None:
    """Join the two bounds of each degree to its penalty: 下限, 上限 beside 违法程度."""
    found = set(fields.values())
    if {"grade", "low", "high"} <= found and not found & {"default", "step"}:
        fields |= {column: "band" for column, name in fields.items() if name in {"low", "high"}}


def _tell_sums(sheet: Sheet, header: Header, fields: dict[int, str]) -> None:
    """Beside degrees without a column of penalties, that of circumstances holds both: 情形及处罚标准."""
    if "grade" not in fields.values() or OF_SUMS.intersection(fields.values()):
        return
    for column in [column for column, name in fields.items() if name == "circumstances"]:
        if _mostly(sheet, header, column, FINED):
            fields[column] = "band"


def _several(sheet: Sheet, header: Header, column: int) -> bool:
    """Tell a column whose cells hold the penalties of several degrees."""
    return any(map(several_in, header.values(sheet, column, SEEN)))


def _column_of_powers(sheet: Sheet, header: Header, fields: dict[int, str]) -> dict[int, str]:
    """Find the column that names kinds of powers under a heading of its own."""
    free = header.headings.keys() - fields.keys() - sheet.markings.hidden_columns
    found = [column for column in sorted(free) if _mostly(sheet, header, column, POWER)]
    return dict.fromkeys(found[:1], "power_type")


def _mostly(sheet: Sheet, header: Header, column: int, pattern: re.Pattern[str]) -> bool:
    values = header.values(sheet, column, SEEN)
    return bool(values) and sum(bool(pattern.search(text)) for text in values) > len(values) * 0.6
