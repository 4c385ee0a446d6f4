"""Rows of a list that are no items: titles, repeated headers, section heads, totals, notes, hidden rows."""

import re

from django.utils.translation import gettext_noop

from catalog.loaders.headers import Header
from catalog.loaders.headings import LONGEST_HEADING, plain
from catalog.loaders.reading import Sheet

PARTING = tuple(".．-—－（(")
BASES = ("basis", "penalty", "obligation", "statute", "range", "coercion", "inspection", "article_text")
GOES_ON = {*BASES, "note", "grade", "circumstances", "band"}
TOTAL = re.compile(r"^(?:合计|总计|小计|共计|总数|(?:以上)?共(?:有)?\s*\d+\s*项|以上(?:合计|总计|共计))")
TOTAL_COUNT = re.compile(r"(\d{1,6})\s*项")
FOOTNOTE = re.compile(
    r"^(?:注|备注|说明|附注|填表说明|填报说明)\s*[:：0-9一]|^[*※]"
    r"|^(?:填表人|填报人|制表人|审核人|联系人|联系电话|填报单位|填报日期)\s*[:：（(]"
)
# A note whose word stands in the column of numbers, its text beside it.
NOTE_WORD = re.compile(r"^(?:注|备注|说明|附注|填表说明|填报说明)\s*[:：]?$")
LONGEST_SECTION, LONGEST_HEAD = 12, 30
SENTENCE = ("。", "；", ";")
PAGE = re.compile(
    r"^[-—–\s]*第?\s*\d+\s*页?[-—–\s]*$(?<!\d)|^第\s*\d+\s*页|^[（(]?(?:续表|续上表|接上页|上接|下转|转下页)"
)
RULE = re.compile(r":?-{2,}:?")
CHINESE_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?$")
COUNTED = re.compile(r"[（(]\s*(?:共|计)?\s*\d+\s*[项条个件]\s*[）)]$")
OF_AN_ITEM = re.compile(r"^在?对|(?:处罚|强制|检查|处理)(?:[（(][^）)]*[）)])?$|的$|行为$")
SECTION = re.compile(
    r"^[（(]?(?:[一二三四五六七八九十]+|\d+)(?:[）)]|[、.．])[、.．]?\s*(?P<field>[^，。；]{2,30}?)(?:[（(][^）)]*[）)])?$"
)
# A head without a number, also in the column of names.
UNNUMBERED = re.compile(
    r"^(?P<field>(?!在?对)[\u4e00-\u9fff、（）]{2,15}领域|行政(?:处罚|强制|检查|许可|征收|确认)(?:类|事项)?)"
    r"(?:[（(][^）)]*[）)])?$"
)

TITLE = gettext_noop("表头以上的标题行")
HEADER = gettext_noop("表头行")
REPEATED = gettext_noop("重复的表头")
HIDDEN = gettext_noop("隐藏行")
TOTALS = gettext_noop("合计行")
NOTE = gettext_noop("注释行")
SECTION_HEAD = gettext_noop("分节标题")
NO_HEADER = gettext_noop("工作表中没有可识别的表头")
HIDDEN_SHEET = gettext_noop("隐藏的工作表")
NO_NAME = gettext_noop("没有事项名称")
NO_VALUE = gettext_noop("事项名称是公式，文件没有保存其结果")
PAGE_LINE = gettext_noop("页码或者续表行")
RULED = gettext_noop("分隔线")
LYING = gettext_noop("列名竖着写在第一列（横排的表），没有读取；请在表格软件中转置后重新上传")
COLUMN_NUMBERS = gettext_noop("列号行")
PARENT = gettext_noop("上级标题行，下面的子项才是事项")
NOT_CHOSEN = gettext_noop("核对列时未选用这张工作表")
DUPLICATE = gettext_noop("与前面的行重复")
DOUBLE_CODE = gettext_noop("编码与前面的另一事项重复")


def skip_reason(sheet: Sheet, header: Header, row: int, filled: list[int]) -> str:
    """Say why a row is no data, or return nothing when it may be."""
    if row < header.row:
        return TITLE
    if row < header.first_data_row:
        return HEADER
    if row in sheet.hidden_rows:
        return HIDDEN
    return _no_data(sheet, header, row, filled)


def _no_data(sheet: Sheet, header: Header, row: int, filled: list[int]) -> str:
    first = sheet.own(row, filled[0])
    if first.isdecimal() and len(filled) > 1:
        return COLUMN_NUMBERS if _numbers_columns(sheet, row, filled) else ""
    if _repeats_header(sheet, header, row, filled):
        return REPEATED
    if TOTAL.match(first):
        return TOTALS
    if header.fields.get(filled[0]) == "number" and (NOTE_WORD.match(first) or FOOTNOTE.match(first)):
        return NOTE
    if _numbered_section(sheet, header, row, filled):
        return SECTION_HEAD
    if all(RULE.fullmatch(sheet.own(row, column)) for column in filled):
        return RULED
    return _no_item(sheet, header, row, filled[0], first) if len(filled) == 1 else ""


def _no_item(sheet: Sheet, header: Header, row: int, column: int, text: str) -> str:
    """Say what a text is that stands in its row alone, where it is no item."""
    if PAGE.match(text):
        return PAGE_LINE
    if FOOTNOTE.match(text):
        return NOTE
    if UNNUMBERED.match(text):
        return SECTION_HEAD
    if _stands_alone(sheet, header, row, column):
        heads = SECTION.match(text) or (len(text) <= LONGEST_HEAD and not text.endswith(SENTENCE))
        return SECTION_HEAD if heads else NOTE
    return ""


def _numbered_section(sheet: Sheet, header: Header, row: int, filled: list[int]) -> bool:
    """Tell a section head whose number 一、 stands in the column of numbers and its words beside it."""
    if len(filled) != 2 or header.fields.get(filled[0]) != "number" or len(header.fields) < 3:
        return False
    number, words = (sheet.own(row, column) for column in filled)
    short = bool(COUNTED.search(words)) or len(words) <= LONGEST_SECTION
    return short and bool(CHINESE_NUMBER.match(number)) and not OF_AN_ITEM.search(words)


def _numbers_columns(sheet: Sheet, row: int, filled: list[int]) -> bool:
    """Tell the line under a header that counts its columns: 1, 2, 3, 4."""
    texts = [sheet.own(row, column) for column in filled]
    return len(texts) >= 3 and texts == [str(number) for number in range(1, len(texts) + 1)]


def heads_those_below(sheet: Sheet, header: Header, row: int, raw: dict[str, str], *, has_basis: bool) -> str:
    """Tell a heading of a tree of items: marked as parent, or numbered 1 above 1.1 and without a basis."""
    if raw.get("tree", "").startswith(("父", "主", "一级", "1")) and raw["tree"] not in {"10", "11", "12"}:
        below = _text_of(sheet, header, row + 1, "tree")
        return PARENT if below.startswith(("子", "二级", "2")) else ""
    number = raw.get("number", "")
    if not number or not has_basis or any(raw.get(name) for name in BASES):
        return ""
    below = _text_of(sheet, header, row + 1, "number")
    further = below.removeprefix(number)
    is_part = further != below and further[:1] in PARTING and further[1:2].isdigit()
    return PARENT if is_part else ""


def _text_of(sheet: Sheet, header: Header, row: int, name: str) -> str:
    columns = header.columns(name)
    return sheet.value(row, columns[0]) if columns and row < len(sheet.rows) else ""


def _repeats_header(sheet: Sheet, header: Header, row: int, filled: list[int]) -> bool:
    if len(sheet.own(row, filled[0])) > LONGEST_HEADING:
        return False
    for above in range(header.row, header.first_data_row - 1):
        # The upper row of a header of several, repeated on a page.
        if all(sheet.own(row, column) == sheet.own(above, column) for column in filled):
            return len(filled) > 1
    same = sum(
        len(text := sheet.own(row, column)) <= LONGEST_HEADING
        and plain(text) == plain(header.headings.get(column, ""))
        for column in filled
    )
    return same >= 2 and same >= len(filled) * 0.6


def _stands_alone(sheet: Sheet, header: Header, row: int, column: int) -> bool:
    """Tell a line across the table, or in its first column only, from an item or the rest of a text."""
    across = sheet.anchors.get((row, column + 1)) == (row, column)
    field = header.fields.get(column)
    naming = field in {"name", "violation", "sub_item"} or (field in GOES_ON and column > 0)
    under_a_merge = any(
        sheet.anchors.get((row, other), (row, other))[0] < row for other in header.fields if other != column
    )
    return across or not (naming or under_a_merge)


def section_field(text: str) -> str:
    """Read the field of enforcement out of a section head such as 一、市容环卫（32项）."""
    plain_text = text.replace(" ", "")
    match = SECTION.match(plain_text) or UNNUMBERED.match(plain_text)
    return match["field"] if match else ""


def declared_total(text: str) -> int | None:
    """Read the number of items a totals row declares."""
    match = TOTAL_COUNT.search(text)
    return int(match[1]) if match else None
