"""Texts of cells as people read them: line ends and layout spaces folded, what is not seen taken out."""

import html
import re
import unicodedata
from datetime import date, datetime, time, timedelta

# What is not seen: soft hyphens, joiners, marks of direction, control characters.
UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
# Radicals and compatibility forms that a PDF leaves for the characters themselves: ⾏政 is 行政;
# brackets turned for lines from top to bottom.
FORMS = "\u2e80-\u2fdf\uf900-\ufaff\ufe30-\ufe44\ufe47\ufe48\U0002f800-\U0002fa1d"
# A text without any of these needs no cleaning.
DIRTY = re.compile(rf"[\r\n\t_&<*\[\u00a0\u2003\u3000{UNSEEN}{FORMS}]|^ | $|^=|  |:mag:")
ESCAPED = re.compile(r"_x00[01][0-9a-f]_", re.IGNORECASE)
CARRIAGE = re.compile(r"\r\n?")
WEB = re.compile(r"&(?:#?\w{2,8});|<br\s*/?>|\*\*|:mag:|\[[^\]]*\]\(\S+?\)", re.IGNORECASE)
LINK = re.compile(r"\[([^\]]*)\]\(\S+?\)")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# A code that its writer kept from becoming a number: ="0330".
LITERAL = re.compile(r'^="([^"]*)"$')
LONG_GAP = re.compile(r"[ \t\u00a0\u3000\u2003]{2,}")
NOT_SEEN = re.compile(f"[{UNSEEN}]")
OTHER_FORM = re.compile(f"[{FORMS}]")


def text_of(cell: object) -> str:
    """Write a cell as text: whole numbers without a point, dates in ISO form, layout spaces folded."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()[:10]
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return cleaned(str(cell))


def cleaned(text: str) -> str:
    """Fold line ends and layout spaces, and take off what web copies and PDFs leave in a text."""
    if not DIRTY.search(text):
        return text
    text = LITERAL.sub(r"\1", text)
    if WEB.search(text):
        text = LINK.sub(r"\1", BREAK.sub("\n", text)).replace("**", "").replace(":mag:", "")
        text = html.unescape(text)
    text = NOT_SEEN.sub("", CARRIAGE.sub("\n", ESCAPED.sub("", text)))
    text = OTHER_FORM.sub(lambda one: unicodedata.normalize("NFKC", one[0]), text)
    return LONG_GAP.sub(" ", text).strip(" \t\n\u3000\u00a0")
