"""Legal bases as written in one cell: statute, article obliged to, article that punishes, text."""

import re
from dataclasses import dataclass
from itertools import pairwise

NUMERAL = r"[零〇一二三四五六七八九十百千\d]+"
MANY = rf"{NUMERAL}(?:[、，,和]{NUMERAL})*"
ARTICLE = rf"第{NUMERAL}条(?:之{NUMERAL})?(?:第{MANY}款)?(?:第?[（(]?{MANY}[）)]?项)?"
CITED = re.compile(rf"{ARTICLE}(?:[、，,和及]\s*(?:{ARTICLE}|第{MANY}款))*")
ONE = re.compile(ARTICLE)
STATUTE = re.compile(r"《[^《》]{2,60}(?:《[^《》]+》[^《》]*)?》")
PARAGRAPHS = re.compile(rf"^(第{NUMERAL}条)第({NUMERAL})(?:[、，,和]|款、第)({NUMERAL})款$")
BROKEN_HERE = re.compile(
    rf"(?:违反|不履行)(?:本(?:法|条例|办法|规定|细则|规则))?(?:《[^》]+》)?({ARTICLE}(?:[、，,和]{ARTICLE})*)"
)
OWN_PARAGRAPH = re.compile(rf"^(?P<article>第{NUMERAL}条(?:之{NUMERAL})?)(?:第(?P<number>{NUMERAL})款)?")
BROKEN_PARAGRAPH = re.compile(
    rf"违反(?:本条)?(?:前款|第(?P<number>{MANY}(?:款(?:或者|、|和)第{NUMERAL})*)款)(?:的)?规定"
)
ORDER = "一二三四五六七八九十"
BEFORE = dict(pairwise(reversed(ORDER)))
CORRECTION_FIRST = re.compile(
    r"逾期(?:仍)?(?:未|不|拒不)|拒不(?:改正|整改|清理|拆除|恢复|停止)|经责令.{0,8}(?:不|未)改正"
)
EDITION = re.compile(r"(?:\s*[（(][^（）()《》]{2,40}[）)]){1,2}")
# Spaces that a PDF leaves inside names and numbers: 《某某法 》第九十九条第 一项.
TORN = re.compile(r"(?<=[\u4e00-\u9fff《]) +(?=[\u4e00-\u9fff》])|(?<=》) +(?=第)")
# kind, a word without which it is not looked for, what names it
KINDS = (
    ("warning", "警告", re.compile(r"警告")),
    ("criticism", "通报", re.compile(r"通报批评")),
    ("fine", "罚款", re.compile(r"罚款")),
    ("confiscate_gains", "没收", re.compile(r"没收[^，。；]{0,12}违法所得")),
    ("confiscate_goods", "没收", re.compile(r"没收(?![^，。；]{0,6}违法所得)")),
    ("suspend_licence", "暂扣", re.compile(r"暂扣")),
    ("downgrade", "降低", re.compile(r"降低[^，。；]{0,6}等级")),
    ("revoke_licence", "吊销", re.compile(r"吊销")),
    ("restrict_business", "限制", re.compile(r"限制(?:开展)?生产经营")),
    ("suspend_business", "停", re.compile(r"停产停业|停业整顿|停产整顿")),
    ("order_closure", "关闭", re.compile(r"责令(?:其)?关闭|予以关闭")),
    ("restrict_practice", "从", re.compile(r"限制从业|终身禁止|禁止从业|不得从事")),
    ("detention", "拘留", re.compile(r"行政拘留|处[^，。；]{0,10}拘留")),
)
HEEDLESS = ("逾期", "拒不", "经责令")


@dataclass(frozen=True, slots=True)
class Basis:
    """What one cell of legal basis says; the whole text is kept word for word."""

    statute_name: str = ""
    obligation_article: str = ""
    penalty_article: str = ""
    text: str = ""
    several: bool = False


def read_basis(cell: str, statute: str = "") -> Basis:
    """Read a cell such as 第三十二条、第六十三条：违反本条例第三十二条规定…罚款。"""
    cell = cell.strip()
    if " " in cell and TORN.search(cell):
        cell = TORN.sub("", cell)
    if not cell:
        return Basis(statute)
    names = list(dict.fromkeys(STATUTE.findall(cell)))
    statute_name = statute or (names[0] if names else "")
    cited, text = _split(cell, statute_name)
    obligation, penalty = _roles(cited, text)
    return Basis(statute_name, obligation, penalty, text, several=not statute and len(names) > 1)


def _split(cell: str, statute_name: str) -> tuple[str, str]:
    start = cell.find(statute_name) + len(statute_name) if statute_name and statute_name in cell else 0
    edition = EDITION.match(cell, start)
    start = edition.end() if edition else start
    match = CITED.search(cell, start)
    if match is None:
        return "", cell
    rest = cell[match.end() :]
    # Words before the text proper: the colon or the space after the citation.
    if match.start() <= start + 12:
        rest = re.sub(r"^[\s规定]*[：:\s]\s*", "", rest) if re.match(r"[\s规定]*[：:\s]", rest) else rest
        return match[0], rest.strip() or ""
    return match[0], cell


def _roles(cited: str, text: str) -> tuple[str, str]:
    """Tell the article obliged to from the one that punishes, as far as the words show it."""
    if not cited:
        broken = BROKEN_HERE.search(text)
        return (broken[1] if broken else ""), ""
    pair = PARAGRAPHS.match(cited)
    if pair:
        return f"{pair[1]}第{pair[2]}款", f"{pair[1]}第{pair[3]}款"
    articles = ONE.findall(cited)
    if len(articles) > 1:
        last = cited.rfind(articles[-1])
        return cited[:last].strip("、，, 和及"), articles[-1]
    broken = BROKEN_HERE.search(text)
    return (broken[1] if broken else _in_the_same_article(cited, text)), cited


def _in_the_same_article(cited: str, text: str) -> str:
    """Name the paragraph that 违反前款规定 or 违反第一款规定 means; else the article itself."""
    own = OWN_PARAGRAPH.match(cited)
    broken = BROKEN_PARAGRAPH.search(text)
    if own is None or broken is None:
        return cited
    if broken["number"]:
        return f"{own['article']}第{broken['number']}款"
    before = BEFORE.get(own["number"] or "")
    return f"{own['article']}第{before}款" if before else cited


def correction_first(*texts: str) -> bool:
    """Tell whether the penalty presupposes an unheeded order to correct (逾期未改正, 拒不改正)."""
    return any(CORRECTION_FIRST.search(text) for text in texts if any(word in text for word in HEEDLESS))


def penalty_kinds(text: str) -> list[str]:
    """List the kinds of penalty a text names."""
    return [kind for kind, word, pattern in KINDS if word in text and pattern.search(text)]
