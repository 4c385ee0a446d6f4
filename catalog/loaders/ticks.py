"""Columns that place an item in further lists: one a township ticked √, 是否赋权, or the kind of list."""

import re

from catalog.loaders.headers import Header
from catalog.loaders.headings import ONE_OF, PLACE, TICKED
from catalog.loaders.reading import Sheet

SIGNS = frozenset(["√", "✓", "✔", "☑", "●", "■", "▲", "★"])
YES = SIGNS | frozenset(["1", "是", "有", "Y", "y", "YES", "yes", "V", "v"])
# Ticks of a font of signs, as their letters.
YES |= {"ü", "þ", "P", "R"}
YES |= {"赋权", "下放", "承接", "委托", "保留", "纳入", "列入"}
NO = frozenset(["", "否", "无", "×", "✗", "✘", "╳", "x", "X", "0", "N", "n", "NO", "no", "-", "—", "/", "○"])
NO |= {"û", "ý", "□", "不赋权", "未赋权", "不下放", "暂不赋权", "不承接"}
ASKED = re.compile(r"赋权|下放|承接|乡镇|街道|基层")
NO_QUESTION = re.compile(r"方式|形式|模式|批次|时间|日期|主体|部门|单位|类型|意见|依据|领域")
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
# How many of the cells under a place may say something else than yes or no.
FEW = 0.5
REMARK = re.compile(r"\s*[（(].*[）)]$", re.S)


def tick_columns(sheet: Sheet, header: Header) -> dict[int, str]:
    """Find columns that hold ticks or yes and no under the name of a place or a question of handing on."""
    found = {}
    for column, heading in header.headings.items():
        text = heading.strip()
        taken = header.fields.get(column, "place") != "place"
        named = bool(PLACE.search(text))
        if taken or not (named or (ASKED.search(text) and not NO_QUESTION.search(text))):
            continue
        # A header repeated on every page stands among the values.
        values = [marked(one) for one in header.values(sheet, column, SEEN) if one != heading]
        odd = sum(value not in YES | NO for value in values)
        if not YES.isdisjoint(values) and odd <= (len(values) * FEW if named else 0):
            found[column] = tick(text)
    return found


def tick(heading: str) -> str:
    """Name the field of a tick column: the place it names, or the township list as a whole."""
    named = PLACE.search(heading) and not QUESTION.search(heading)
    return f"{PREFIX}township:{heading}" if named else f"{PREFIX}township:"


def ticked_fields(sheet: Sheet, header: Header) -> dict[int, str]:
    """Find columns of ticks each of which stands for a level, or for a kind of power."""
    found = {}
    for column, heading in header.headings.items():
        last = heading.split()[-1] if heading else ""
        prefix = next((kind for kind, pattern in ONE_OF.items() if pattern.match(last)), "")
        values = {marked(text) for text in header.values(sheet, column, SEEN)} if prefix else set()
        if values and values <= YES | NO:
            found[column] = f"{prefix}{last}"
    return found


def ticked(name: str, text: str) -> tuple[str, str]:
    """Say which field a tick feeds with what its column is called; other cells stay as they are."""
    for prefix, field in TICKED.items():
        if name.startswith(prefix):
            return field, name.removeprefix(prefix) if marked(text) in YES else ""
    return name, text


def listings(raw: dict[str, str], *, field: str, number: str) -> list[list[str]]:
    """Say in which further lists a row places its item: kind, name, field and number in each."""
    found = [
        [*name.removeprefix(PREFIX).split(":", 1), raw.get("township_field") or field, number]
        for name, text in raw.items()
        if name.startswith(PREFIX) and YES & answers(text)
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


def answers(text: str) -> frozenset[str]:
    """Read what a cell ticks; several columns of one question have a line each."""
    whole = marked(text)
    return frozenset([whole] if whole in YES | NO else map(marked, text.split("\n")))


def remarks(raw: dict[str, str]) -> dict[str, str]:
    """List the ticks that stand with a remark, by their field."""
    return {name: text for name, text in raw.items() if name.startswith(PREFIX) and marked(text) != text}


def unread(raw: dict[str, str]) -> dict[str, str]:
    """List what stands in a column of ticks and is neither yes nor no, by field."""
    return {
        name: text for name, text in raw.items() if name.startswith(PREFIX) and not answers(text) <= YES | NO
    }


def is_tick(name: str) -> bool:
    """Tell a field that stands for a place in a list."""
    return name.startswith(PREFIX)
