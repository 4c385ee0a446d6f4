"""Degrees told elsewhere than in a column of their own: as headings of columns, or several in one cell."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from catalog.loaders.amounts import fines_in
from catalog.loaders.entries import Band

# A column that holds the penalty of one degree, and one that says when that degree applies.
DEGREE, WHEN = "degree:", "when:"
WORDS = (
    r"不予|免予|免于|减轻|从轻|从重|加重|情节轻微|情节较轻|情节一般|情节较重|情节严重|情节特别严重|轻微|较轻|轻度|一般|中等|中度"
    r"|较重|较为严重|较严重|严重|重度|特别严重|特别重大|[A-EＡ-Ｅ]|第?[一二三四五六][档级类]|[ⅠⅡⅢⅣⅤ]|IV|V|I{1,3}"
)
OF_WHAT = r"(?:(?:行政)?处罚|违法行为|违法|情节|程度|档次?|级)*"
NAMED = re.compile(rf"(?P<name>(?:违法)?(?:{WORDS}){OF_WHAT})(?P<rest>.*)")
# The label of a row that says when each degree applies; any other row says what it imposes.
OF_WHEN = re.compile(r"情形|情节|条件|后果|表现")
SPARED = re.compile(r"^(?:不予|免[予于])")
# 1.轻微：…; （一）初次违法的，…; 一般的，…
BEGINS = r"(?:^|(?<=[\s；;。]))"
MARKED = re.compile(
    rf"{BEGINS}(?:[（(](?:[一二三四五六七八九十]|\d)[）)]|[①-⑩]|\d[.．、](?!\d)|[一二三四五六][、.．])\s*"
)
HEAD = re.compile(rf"(?P<name>(?:违法)?(?:{WORDS}){OF_WHAT})(?:的)?\s*[：:，,]\s*")
# 【轻微】未造成损失: written as 轻微：未造成损失.
BOXED = re.compile(rf"【((?:违法)?(?:{WORDS}){OF_WHAT})】\s*[：:]?\s*")
LABELLED = re.compile(rf"{BEGINS}(?={HEAD.pattern.replace('?P<name>', '?:')})")
IMPOSES = r"(?:可以?|并|应当)?(?:处|罚款|给予|警告|责令|不予|免[予于])"
# What is imposed before the fine: 没收违法所得，并处….
PENAL = re.compile(r"责令|没收|给予|警告|吊销|暂扣|并?处|罚款|可以?[处并]")
IMPOSED = re.compile(rf"(?P<when>.{{2,}}?)[，,：:\n](?={IMPOSES})", re.S)


def degree_in(heading: str) -> tuple[str, str]:
    """Part the name of a degree from what else its heading says: 从轻处罚 and 适用情形."""
    found = NAMED.fullmatch(heading)
    return (found["name"], found["rest"]) if found else ("", "")


def is_spared(name: str) -> bool:
    """Tell a degree that imposes nothing."""
    return bool(SPARED.match(name))


def several_in(text: str) -> list[str]:
    """Part a cell that holds a penalty for each of several degrees; any other text is no degrees."""
    text = BOXED.sub(r"\1：", text) if "【" in text else text
    for mark in (MARKED, LABELLED):
        parts = [part.strip() for part in mark.split(text) if part.strip()]
        if len(parts) > 1 and (all(map(HEAD.match, parts)) or _is_ladder(parts)):
            return parts
    return []


def _is_ladder(parts: list[str]) -> bool:
    """Tell degrees without names by their sums: each begins where the one before it ends."""
    fines = [next(iter(fines_in(part)), None) for part in parts]
    return all(
        one is not None and other is not None and one.high == other.low and one.unit == other.unit
        for one, other in pairwise(fines)
    )


def spread(raw: Mapping[str, str]) -> list[dict[str, str]]:
    """Give a row that holds several degrees as one row for each of them."""
    wide = [name.removeprefix(DEGREE) for name in raw if name.startswith(DEGREE)]
    if wide:
        return [_of_column(raw, name) for name in wide]
    if rows := _aligned(raw):
        return rows
    parts = several_in(raw.get("band", "")) if not raw.get("grade") else []
    return [_of_part(raw, part, number) for number, part in enumerate(parts, 1)] or [_told(raw)]


def _told(raw: Mapping[str, str]) -> dict[str, str]:
    """Give a row of one degree, whose circumstances may stand before its penalty in one cell: …的，处…"""
    when = _when(raw.get("band", "")) if raw.get("grade") and not raw.get("circumstances") else ""
    return {**raw, "circumstances": when} if when.endswith("的") else dict(raw)


def _aligned(raw: Mapping[str, str]) -> list[dict[str, str]]:
    """Part a row whose degrees stand in one cell a line each, with a line for each in the cells beside it."""
    grades, fines = (raw.get(name, "").split("\n") for name in ("grade", "band"))
    if len(grades) < 2 or len(fines) != len(grades) or any(degree_in(one) != (one, "") for one in grades):
        return []
    whens = raw.get("circumstances", "").split("\n")
    whens = whens if len(whens) == len(grades) else [raw.get("circumstances", "")] * len(grades)
    return [
        {**raw, "grade": grade, "circumstances": when, "band": fine}
        for grade, when, fine in zip(grades, whens, fines, strict=True)
    ]


def joined(raw: Mapping[str, str], whens: dict[str, str], bands: Sequence[Band]) -> dict[str, str]:
    """Join the two rows of an item whose degrees are columns: when each applies, and what it imposes.

    whens: what the row of circumstances said, kept from row to row of the item.
    """
    told = {name: text for name, text in raw.items() if name.startswith(DEGREE)}
    if not OF_WHEN.search(raw["row_label"]):
        return {**whens, **raw}
    whens |= {f"{WHEN}{name.removeprefix(DEGREE)}": text for name, text in told.items()}
    for band in bands:
        band.circumstances = band.circumstances or whens.get(f"{WHEN}{band.grade}", "")
    return {name: text for name, text in raw.items() if name not in told}


def _of_column(raw: Mapping[str, str], name: str) -> dict[str, str]:
    text = raw[DEGREE + name]
    whens = (raw.get("circumstances"), raw.get(WHEN + name) or _when(text))
    return {**raw, "grade": name, "circumstances": "；".join(filter(None, whens)), "band": text}


def _of_part(raw: Mapping[str, str], part: str, number: int) -> dict[str, str]:
    head = HEAD.match(part)
    text = part[head.end() :] if head else part
    return {**raw, "grade": head["name"] if head else str(number), "circumstances": _when(text), "band": part}


def _when(text: str) -> str:
    """Read when a degree applies out of the words before its penalty."""
    found = IMPOSED.match(text)
    return found["when"].strip() if found and not PENAL.match(found["when"]) else ""
