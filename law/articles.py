"""Citations of statutes, printed in the standard Chinese form and in English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from law.errors import LawError
from law.reading import Table, tables

DIGITS = "零一二三四五六七八九"
_PATTERN = re.compile(
    r"^(?P<statute>\w+)(?::(?P<article>\d+)(?:\((?P<para>\d+)\))?"
    r"(?:\((?P<item>[一二三四五六七八九十]+)\))?)?$"
)

_PLACE_ZH = re.compile(
    r"^(?:《?(?P<title>[^《》第]+)》?)?第(?P<article>[零一二三四五六七八九十百]+)条"
    r"(?:第(?P<para>[一二三四五六七八九十]+)款)?(?:第（(?P<item>[一二三四五六七八九十]+)）项)?$"
)
_REPUBLIC = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Statute:
    """A law, regulation or rule with its full title and the day its text is in force."""

    id: str
    title_zh: str
    title_en: str
    in_force_from: date
    in_force_until: date | None
    source: str
    checked_on: date
    confidence: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One article of a statute, down to paragraph and item."""

    statute: str
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Read the compact form of the data files, such as ``apl:64(1)(二)``."""
        found = _PATTERN.match(text)
        if found is None or found["statute"] not in statutes():
            raise LawError(
                f"无法识别的条文引用：{text}",
                field="cite",
                code="citation_unknown",
                message_en=f"Unknown citation: {text}",
            )
        item = found["item"]
        return cls(
            statute=found["statute"],
            article=int(found["article"]) if found["article"] else None,
            paragraph=int(found["para"]) if found["para"] else None,
            item=from_numeral(item) if item else None,
        )

    @property
    def place_zh(self) -> str:
        """Print article, paragraph and item without the statute's title."""
        if self.article is None:
            return ""
        text = f"第{numeral(self.article)}条"
        if self.paragraph is not None:
            text += f"第{numeral(self.paragraph)}款"
        if self.item is not None:
            text += f"第（{numeral(self.item)}）项"
        return text

    @property
    def zh(self) -> str:
        """Print the standard Chinese form, 《…》第六十四条第（一）项."""
        return f"《{statutes()[self.statute].title_zh}》{self.place_zh}"

    @property
    def en(self) -> str:
        """Print the English form, article 64 item (1) of the law."""
        title = statutes()[self.statute].title_en
        return f"{title}, {self.place_en}" if self.article is not None else title

    @property
    def place_en(self) -> str:
        """Print article, paragraph and item in English without the statute's title."""
        if self.article is None:
            return ""
        text = f"art. {self.article}"
        if self.paragraph is not None:
            text += f" para. {self.paragraph}"
        if self.item is not None:
            text += f" item ({self.item})"
        return text

    def __str__(self) -> str:
        """Print the Chinese form."""
        return self.zh


def cite_zh(citations: tuple[Citation, ...]) -> str:
    """Join citations in Chinese, naming each statute once."""
    parts: list[str] = []
    last = ""
    for citation in citations:
        parts.append(citation.place_zh if citation.statute == last else citation.zh)
        last = citation.statute
    return "、".join(parts)


def cite_en(citations: tuple[Citation, ...]) -> str:
    """Join citations in English, naming each statute once."""
    parts: list[str] = []
    last = ""
    for citation in citations:
        parts.append(citation.place_en if citation.statute == last else citation.en)
        last = citation.statute
    return "; ".join(parts)


def read_zh(text: str) -> tuple[Citation, ...]:
    """Read citations as they are printed, 行政处罚法第四十条、第五十七条; none where one is not known."""
    titles = {row.title_zh.removeprefix(_REPUBLIC): name for name, row in statutes().items()}
    found: list[Citation] = []
    statute: str | None = None
    for part in text.split("、"):
        place = _PLACE_ZH.match(part)
        if place is None:
            return ()
        statute = titles.get(place["title"].removeprefix(_REPUBLIC)) if place["title"] else statute
        if statute is None:
            return ()
        numbers = (from_numeral(word) if word else None for word in place.group("article", "para", "item"))
        found.append(Citation(statute, *numbers))
    return tuple(found)


def parse_all(texts: list[str]) -> tuple[Citation, ...]:
    """Read a list of compact citations."""
    return tuple(Citation.parse(text) for text in texts)


def numeral(number: int) -> str:
    """Write a whole number from 0 to 9999 in Chinese numerals, 101 as 一百零一."""
    if not 0 <= number <= 9999:
        raise LawError(f"数字超出范围：{number}", field="number", message_en=f"Number out of range: {number}")
    if number < 10:
        return DIGITS[number]
    text = _grouped(number)
    return text.removeprefix("一") if 10 <= number < 20 else text


def _grouped(number: int) -> str:
    """Write thousands, hundreds, tens and ones, with 零 for an inner gap."""
    text = ""
    gap = False
    for unit, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + DIGITS[digit] + mark
        gap = False
    return text


def from_numeral(text: str) -> int:
    """Read a Chinese numeral up to 999, 二百零三 as 203."""
    hundreds, _, rest = text.rpartition("百")
    if "十" not in rest:
        return _digit(hundreds) * 100 + _digit(rest.removeprefix("零") if hundreds else rest)
    tens, ones = rest.split("十", 1)
    return _digit(hundreds) * 100 + (_digit(tens) or 1) * 10 + _digit(ones)


def _digit(text: str) -> int:
    """Read one digit; nothing is zero."""
    return DIGITS.index(text) if text else 0


@cache
def statutes() -> dict[str, Statute]:
    """Give every statute the data may cite, by its short name."""
    found: dict[str, Statute] = {}
    for _, content in tables("statutes"):
        found.update(
            {name: _statute(name, row, content) for name, row in content.items() if isinstance(row, dict)}
        )
    return found


def _statute(name: str, row: Table, shared: Table) -> Statute:
    """Make a statute from its row and what its file says for all."""
    return Statute(
        id=name,
        title_zh=row["title_zh"],
        title_en=row["title_en"],
        in_force_from=row["in_force_from"],
        in_force_until=row.get("in_force_until"),
        source=row.get("source") or shared["source"],
        checked_on=row.get("checked_on") or shared["checked_on"],
        confidence=row.get("confidence", "high"),
    )
