"""What a heading says of its column: a table of known headings, with those a county has taught."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from catalog.loaders.degrees import DEGREE, WHEN, degree_in, is_spared

TABLE = Path(__file__).parents[1] / "data" / "headings.toml"
LONGEST_HEADING = 24
# How long a known heading is at least that may stand within another.
CONTAINED = 3
PLACE = re.compile(
    r"(?:乡|镇|苏木|街道|街道办|街道办事处|办事处|开发区|经开区|高新区|度假区|管理区|新区|园区|管委会|片区|中心城区)$"
)
# A heading for places without the name of one: 认领镇街.
PLACES = re.compile(r"^.{2,6}(?:乡镇|镇街|镇办|镇乡)$")
REMARK = re.compile(r"[(\[【].*[)\]】]$")
WITHIN = re.compile(r"[(\[【][^)\]】]*[)\]】]")
# Degrees are counted in these: Ⅰ档.
ROMAN = re.compile("([ⅠⅡⅢⅣⅤ])")
STARS = "*※★☆"
# Below a heading of sums: which of two bounds a column holds.
BOUND = re.compile(r"(?:最(?P<most>低|小|高|大)|(?P<edge>[上下])限)(?:数?额|值)?")
MONEY_TOLD = r"(?:万元|元)(?:/[\u4e00-\u9fff㎡]{1,3})?"
UNIT_TOLD = re.compile(rf"[（(](?:单位[:：]?)?\s*(?P<unit>{MONEY_TOLD}|倍|%|％)\s*[）)]")
# A column that is one axis of a table of several, named by its heading.
AXIS = "axis:"
SAID_AXIS = "裁量维度："
# Ticks that say something of the item itself: its level, its kind of power.
LEVEL_TICK, POWER_TICK = "level tick:", "power tick:"
TICKED = {LEVEL_TICK: "level", POWER_TICK: "power_type"}
# The headings of such columns, each one of several.
ONE_OF = {
    LEVEL_TICK: re.compile(r"^(?:国家|省|设区的市|市|区|县|区县|乡|镇|乡镇|乡镇街道|村)级$"),
    POWER_TICK: re.compile(r"^行政(?:处罚|强制(?:措施|执行)?|检查|许可|征收|确认|给付|奖励|裁决)$"),
}
# Fields that are named by the heading of their column.
BY_HEADING = (AXIS, DEGREE, WHEN, LEVEL_TICK, POWER_TICK)
NAMING = ("name", "violation", "sub_item")
# By what an item is known; its code alone will do for its benchmark.
KEYS = (*NAMING, "code")
# The parts of a citation, and what they may be cited for.
CITED = frozenset(["statute", "article", "article_text"])
GROUNDS = frozenset(["obligation", "penalty", "basis", "coercion", "inspection"])
WHEN_APPLIED = frozenset(["circumstances", "exempt", "option"])


@lru_cache(maxsize=8192)
def plain(heading: str) -> str:
    """Strip a heading of spaces, line breaks, full-width forms and a bracketed remark."""
    parts = (
        part if ROMAN.fullmatch(part) else unicodedata.normalize("NFKC", part)
        for part in ROMAN.split(heading)
    )
    text = re.sub(r"\s+", "", "".join(parts))
    text = text.strip(STARS) or text
    return REMARK.sub("", text) or text


@dataclass(frozen=True)
class Headings:
    """The headings known: those that come with the product and those a county has taught."""

    table: Mapping[str, str]
    _met: dict[str, str] = field(default_factory=dict, compare=False)

    def field_of(self, heading: str) -> str:
        """Name the field a heading feeds: exactly, or by the longest known heading it contains."""
        if heading not in self._met:
            axis = heading.startswith(SAID_AXIS)
            said = AXIS + heading.removeprefix(SAID_AXIS) if axis else self._cited_for(heading)
            self._met[heading] = said or self._looked_up(plain(heading))
        return self._met[heading]

    def knows(self, heading: str) -> bool:
        """Tell whether a heading stands in the table just so."""
        return plain(heading) in self.table or heading.startswith(SAID_AXIS)

    def _cited_for(self, heading: str) -> str:
        """Name the ground above a part of its citation: 违则 over 法律法规."""
        above, _space, own = heading.partition(" ")
        ground = self.table.get(plain(above), "") if own else ""
        return ground if ground in GROUNDS and self.table.get(plain(own)) in CITED else ""

    def _looked_up(self, text: str) -> str:
        if not text or len(text) > LONGEST_HEADING:
            return ""
        text = text if text in self.table else WITHIN.sub("", text)
        if text in self.table:
            return self.table[text]
        degree, rest = degree_in(text)
        if (degree and (of_degree := self._of_degree(degree, rest))) or is_spared(degree):
            return of_degree
        known = [alias for alias in self.table if len(alias) >= CONTAINED and alias in text]
        # 事项名称对应的规章依据 is about what stands at its end.
        last = "的" in text or "对应" in text
        told = max(known, key=lambda alias: (last and text.endswith(alias), len(alias)), default="")
        return self.table.get(told, "place" if PLACES.search(text) else "")

    def _of_degree(self, degree: str, rest: str) -> str:
        """Name the field of a column that stands for one degree: its penalty, or when it applies."""
        about = self._looked_up(rest) if rest else "band"
        kind = DEGREE if about in {"band", "range"} else WHEN if about in WHEN_APPLIED else ""
        return f"{kind}{degree}" if kind else ""

    def taught(self, more: Mapping[str, str]) -> "Headings":
        """Add the headings of a county; its word goes before ours."""
        return Headings({**self.table, **{plain(heading): name for heading, name in more.items()}})


@cache
def standard() -> Headings:
    """Return the headings that come with the product."""
    with TABLE.open("rb") as file:
        table: dict[str, list[str]] = tomllib.load(file)
    return Headings({plain(heading): name for name, headings in table.items() for heading in headings})


def names_items(fields: Iterable[str]) -> bool:
    """Tell whether columns say of which item a row is: by its name or, beside grades, by its code."""
    found = set(fields)
    graded = "band" in found or any(name.startswith(DEGREE) for name in found)
    return not found.isdisjoint(NAMING) or ("code" in found and graded)


def named(name: str, heading: str) -> str:
    """Complete a field that is named by the heading of its column."""
    if name not in BY_HEADING:
        return name
    if name in TICKED:
        return f"{name}{heading.split()[-1] if heading else ''}"
    degree = degree_in(plain(heading))[0] if name != AXIS else ""
    return f"{name}{degree or heading}"


def shown(name: str) -> str:
    """Name the choice that stands for a field: all that are named by their headings are chosen alike."""
    return next((prefix for prefix in BY_HEADING if name.startswith(prefix)), name)
