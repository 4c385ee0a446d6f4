"""Columns that place an item in further lists: one a township ticked √, 是否赋权, or the kind of list."""

import re

from catalog.loaders.headers import PLACE, Header
from catalog.loaders.reading import Sheet

YES = frozenset(["√", "✓", "✔", "☑", "●", "■", "▲", "★", "1", "是", "有", "Y", "y", "YES", "yes", "V", "v"])
YES |= {"赋权", "下放", "承接", "委托", "保留", "纳入", "列入"}
NO = frozenset(["", "否", "无", "×", "✗", "✘", "╳", "x", "X", "0", "N", "n", "NO", "no", "-", "—", "/", "○"])
NO |= {"□", "不赋权", "未赋权", "不下放", "暂不赋权", "不承接"}
ASKED = re.compile(r"赋权|下放|承接|乡镇|街道|基层")
QUESTION = re.compile(r"是否|赋权|下放|承接|委托|^(?:乡镇|街道|镇街)$")
PREFIX = "tick:"
KIND_WORDS = (
    ("township", "乡镇"),
    ("township", "街道"),
    ("comprehensive", "综合"),
    ("professional", "专业"),
    ("total", "总"),
)
SEEN = 400
REMARK = re.compile(r"\s*[（(].*[）)]$", re.S)


def tick_columns(sheet: Sheet, header: Header) -> dict[int, str]:
    """Find columns that hold ticks or yes and no under the name of a place or a question of handing on."""
    found = {}
    for column, heading in header.headings.items():
        text = heading.strip()
        taken = header.fields.get(column, "place") != "place"
        if taken or not (PLACE.search(text) or ASKED.search(text)):
            continue
        # A header repeated on every page stands among the values.
        values = {marked(text) for text in _values(sheet, column, header.first_data_row) - {heading}}
        if values and values <= YES | NO and values & YES:
            found[column] = tick(text)
    return found


def tick(heading: str) -> str:
    """Name the field of a tick column: the place it names, or the township list as a whole."""
    named = PLACE.search(heading) and not QUESTION.search(heading)
    return f"{PREFIX}township:{heading}" if named else f"{PREFIX}township:"


def _values(sheet: Sheet, column: int, first: int) -> frozenset[str]:
    rows = range(first, min(len(sheet.rows), first + SEEN))
    return frozenset(text for row in rows if (text := sheet.value(row, column)))


def listings(raw: dict[str, str], *, field: str, number: str) -> list[list[str]]:
    """Say in which further lists a row places its item: kind, name, field and number in each."""
    found = [
        [*name.removeprefix(PREFIX).split(":", 1), raw.get("township_field") or field, number]
        for name, text in raw.items()
        if name.startswith(PREFIX) and marked(text) in YES
    ]
    kind = kind_in(raw.get("list_kind", ""))
    if kind:
        found.append([kind, "", field, number])
    return found


def kind_in(text: str) -> str:
    """Read the kind of list a cell names."""
    return next((kind for kind, word in KIND_WORDS if word in text), "")


def marked(text: str) -> str:
    """Take a tick without the remark in brackets behind it: √（仅限建成区）."""
    return REMARK.sub("", text)


def remarks(raw: dict[str, str]) -> dict[str, str]:
    """List the ticks that stand with a remark, by their field."""
    return {name: text for name, text in raw.items() if name.startswith(PREFIX) and marked(text) != text}


def is_tick(name: str) -> bool:
    """Tell a field that stands for a place in a list."""
    return name.startswith(PREFIX)
