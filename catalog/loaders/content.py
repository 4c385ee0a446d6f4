"""Texts of one row to the fields of an item version or of a discretion band; the source's words are kept."""

import re
from decimal import Decimal
from typing import Any

from catalog.loaders.amounts import Fine, cap_in, fines_in, no_penalty_in
from catalog.loaders.basis import Basis, correction_first, penalty_kinds, read_basis
from catalog.loaders.defaults import Defaults
from catalog.loaders.degrees import DEGREE, is_spared
from catalog.loaders.entries import Band, Entry, Notice, canonical, money
from catalog.loaders.provisions import is_duty, main_of
from catalog.loaders.scope import scope_of, standing_of

NAMED = re.compile(
    r"^在?对(?P<what>.+?)(?:的)?(?:进行|给予)?(?:行政)?(?:处罚|处理)(?P<remark>[（(].*[）)])?$", re.S
)
# The number of an item before its name: 12.对…, 3、对…, 1.2对…, （1）对…
ORDINAL = re.compile(
    r"^\d{1,4}\s*[.．、]\s*(?=\D)|^\d{1,4}(?:[.．]\d{1,3})+[.．、]?\s*(?=在?对)"
    r"|^[（(](?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]\s*(?=在?对)"
)
SITUATION = re.compile(r"(?:^|(?<=[\s：:；;。，,]))[（(][一二三四五六七八九十]{1,3}[)）]")
SPACE = re.compile(r"\s+")
BETWEEN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
# The number of its items behind a field: 城市管理（共2项）.
COUNTED = re.compile(r"[（(]\s*(?:共|计)?\s*\d+\s*[项条个件]\s*[）)]$")
WITHDRAWN = re.compile(
    r"^(?:已|拟|现已|予以|暂)?(?:取消|废止|失效|收回|暂停|停用|不实施|不再实施|不行使)[。；]?$"
)
TYPE_DIGITS = {
    "01": "licence",
    "02": "penalty",
    "03": "coercion",
    "04": "levy",
    "05": "payment",
    "06": "inspection",
    "07": "confirmation",
    "08": "reward",
    "09": "adjudication",
    "20": "service",
}
TYPE_WORDS = (
    ("许可", "licence"),
    ("处罚", "penalty"),
    ("强制", "coercion"),
    ("征收", "levy"),
    ("给付", "payment"),
    ("检查", "inspection"),
    ("确认", "confirmation"),
    ("奖励", "reward"),
    ("裁决", "adjudication"),
    ("服务", "service"),
)


def one_line(text: str) -> str:
    """Join a text broken over lines: nothing between Chinese characters, one space elsewhere."""
    if not SPACE.search(text):
        return text
    return SPACE.sub(" ", BETWEEN_CHINESE.sub("", text)).strip()


def plain_name(name: str) -> str:
    """Write a name without what lists add to it at will: 对…行为的行政处罚."""
    name = canonical(name)
    found = NAMED.match(name)
    return (found["what"] if found else name).removesuffix("行为").removesuffix("的")


def fields_of(
    raw: dict[str, str], *, row: int, domain: str, defaults: Defaults
) -> tuple[dict[str, Any], list[Notice]]:
    """Turn the texts of a row into the fields of an item version, and tell what should be looked at."""
    notices: list[Notice] = []
    name = _name(raw)
    text, others = main_of(_basis_text(raw))
    basis = read_basis(text, one_line(raw.get("statute", "")))
    if others:
        ground = f"{basis.statute_name}{basis.penalty_article}"
        words = f"一个单元格内有 {len(others) + 1} 条依据，处罚依据取{ground}，其余逐条保留"
        notices.append(Notice(row, "", "several_bases", words, "basis"))
    if WITHDRAWN.match(raw.get("note", "")):
        words = f"备注写明“{raw['note']}”，没有“状态”一列，仍按在用读取，请核对"
        notices.append(Notice(row, "", "note_withdraws", words, "note"))
    penal = _penal(raw.get("range", ""), basis.text)
    about = "range" if penal == raw.get("range") else "basis"
    fine = _fine(_with_sum(penal, others, row, notices), row, notices, about)
    kinds = penalty_kinds(f"{penal}{basis.text}")
    department = one_line(raw.get("department") or raw.get("section_department") or "")
    department = COUNTED.sub("", department).strip() or defaults.department_name
    return {
        "number": one_line(raw.get("number", "")).rstrip("、.．"),
        "name": name,
        "violation": one_line(raw.get("violation", "")) or _violation(name),
        "power_type": _power_type(raw.get("power_type", ""), name),
        "domain": COUNTED.sub("", one_line(raw.get("domain", "")))
        or domain
        or defaults.domains.get(department, defaults.domain),
        "department_name": department,
        "scope_note": raw.get("note", ""),
        "scope": _scope(name, raw),
        "standing": standing_of(raw.get("state", "")),
        **_basis_fields(basis, raw, others),
        "penalty_range_text": raw.get("range", ""),
        "penalty_kinds": kinds,
        "fine_min": money(fine.low) if fine else None,
        "fine_max": money(fine.high) if fine else None,
        "fine_unit": fine.unit if fine else "",
        "needs_correction_first": correction_first(name, raw.get("violation", ""), penal, basis.text),
        "limitation_years": 2,
    }, notices


def situations_of(violation: str) -> list[str]:
    """Part a text into the situations it lists: （一）…（二）…, one a line, or joined by semicolons."""
    marked = SITUATION.split(violation)
    if len(marked) > 2:
        head = marked[0].strip().rstrip("：:")
        found = [part.strip(" \n；;") for part in marked[1:] if part.strip(" \n；;")]
        return [f"{head}：{part}" if head else part for part in found]
    parts = re.split(r"[；;\n]+", violation)
    return [part.strip() for part in parts if part.strip(" 。，")]


def _penal(told: str, text: str) -> str:
    """Take the words that say how much; a column that names no sum may leave that to the law."""
    silent = "罚款" in told or not penalty_kinds(told)
    return text if not told or (silent and not fines_in(told) and fines_in(text)) else told


def _with_sum(penal: str, others: list[str], row: int, notices: list[Notice]) -> str:
    """Take the sum from a further basis where the first imposes a fine and leaves its sum to that one."""
    further = "" if fines_in(penal) or "罚款" not in penal else next(filter(fines_in, others), "")
    if further:
        words = f"处罚依据没有写明罚款数额，数额取自同一单元格的另一条依据，请核对：{further[:60]}"
        notices.append(Notice(row, "", "amount_of_another_basis", words, "basis"))
    return further or penal


def _name(raw: dict[str, str]) -> str:
    name = one_line(raw.get("name") or raw.get("violation") or raw.get("sub_item", ""))
    name = ORDINAL.sub("", name)
    part = ORDINAL.sub("", one_line(raw.get("sub_item", "")))
    if not part or part == name or part in {"无", "/", "-", "—"}:
        return name
    return part if part.startswith(("对", "在对")) else f"{name}（{part}）"


def _scope(name: str, raw: dict[str, str]) -> dict[str, Any]:
    scope = scope_of(name, raw.get("note", ""), raw.get("place", ""), raw.get("level", ""))
    return {**scope, "body": one_line(raw["body"])} if raw.get("body") else scope


def _basis_text(raw: dict[str, str]) -> str:
    """Take the main basis: its own column first; article and words in columns of their own are joined."""
    text = next((raw[name] for name in ("penalty", "coercion", "inspection", "basis") if raw.get(name)), "")
    if text or not (raw.get("article") or raw.get("article_text")):
        return text
    return "：".join(part for part in (raw.get("article", ""), raw.get("article_text", "")) if part)


def add_article(whole: dict[str, str], raw: dict[str, str]) -> None:
    """Add the article of a lower row, in columns of its own, to what an item rests on."""
    before, further = whole.get("basis") or _cited(whole), _cited(raw)
    if further and further not in before:
        whole["basis"] = f"{before}\n{further}"
        for name in ("statute", "article", "article_text"):
            whole.pop(name, None)


def _cited(raw: dict[str, str]) -> str:
    statute, article, text = (one_line(raw.get(name, "")) for name in ("statute", "article", "article_text"))
    return f"{statute}{article}：{text}" if article and text else ""


def _violation(name: str) -> str:
    match = NAMED.match(name)
    return match["what"] if match else ""


def _power_type(text: str, name: str) -> str:
    text = one_line(text)
    if text in TYPE_DIGITS:
        return TYPE_DIGITS[text]
    if text.isdigit():
        return "other"
    for word, kind in TYPE_WORDS:
        if word in text:
            return kind
    if text:
        return "other"
    return "coercion" if name.endswith("行政强制") else "penalty"


def _basis_fields(basis: Basis, raw: dict[str, str], others: list[str]) -> dict[str, str]:
    duty = next((part for part in others if is_duty(part)), "")
    obligation = read_basis(raw.get("obligation") or duty)
    return {
        "statute_name": basis.statute_name,
        "obligation_article": obligation.penalty_article or basis.obligation_article,
        "obligation_text": obligation.text,
        "penalty_article": basis.penalty_article,
        "penalty_text": basis.text or (raw.get("range", "") if basis.penalty_article else ""),
    }


def _fine(text: str, row: int, notices: list[Notice], about: str) -> Fine | None:
    def tell(code: str, words: str) -> None:
        notices.append(Notice(row, "", code, words, about))

    fines = fines_in(text)
    if not fines and "罚款" in text:
        tell("amount_not_read", f"罚款数额未能读出，请核对：{text[:60]}")
    if len({(fine.low, fine.high, fine.unit) for fine in fines}) > 1:
        words = "、".join(fine.words for fine in fines)
        tell("several_amounts", f"有多个罚款数额（{words[:120]}），已取第一个")
    if fines and fines[0].unit != "元" and (cap := cap_in(text)):
        words = f"原文写明封顶（{cap}），逐档计算不含封顶，请核对；需要自动封顶的，用“每满加罚、封顶”的列"
        tell("cap_not_reckoned", words)
    return fines[0] if fines else None


def band_of(raw: dict[str, str], entry: Entry, *, row: int) -> tuple[Band, list[Notice]]:
    """Turn the texts of a row into one grade of the item's discretion table."""
    notices: list[Notice] = []
    text = raw.get("band", "")
    grade = one_line(raw.get("grade", "")) or str(len(entry.bands) + 1)
    none = no_penalty_in(text) or is_spared(grade)
    about = f"{DEGREE}{grade}" if f"{DEGREE}{grade}" in raw else "band"
    fine = None if none else _fine(text, row, notices, about)
    band = Band(
        grade=grade,
        circumstances=raw.get("circumstances", ""),
        penalty_text=text,
        fine_min=money(fine.low) if fine else None,
        fine_max=money(fine.high) if fine else None,
        unit=fine.unit if fine else "",
        no_penalty=none,
    )
    if fine is None and not (none or penalty_kinds(text)):
        words = f"本阶次没有读出罚款数额或者处罚种类，请核对：{text[:60]}"
        notices.append(Notice(row, "", "band_not_read", words, about))
    if problem := outside_statute(band, entry.fields):
        notices.append(Notice(row, "", "band_outside_statute", problem, about))
    return band, notices


def _highest(fields: dict[str, Any]) -> Decimal | None:
    """Return the highest fine of a statute that raises it by degrees: each range begins where one ends."""
    if fields["fine_max"] is None:
        return None
    highest = Decimal(fields["fine_max"])
    found = fines_in(_penal(fields["penalty_range_text"], fields["penalty_text"]))
    fixed = bool(found) and found[0].low == found[0].high == highest
    for one in found[1:] if found and found[0].high == highest else ():
        if one.unit == found[0].unit and one.high and highest < one.high:
            follows = one.low == one.high if fixed else one.low == highest
            highest = one.high if follows else highest
    return highest


def outside_statute(band: Band, fields: dict[str, Any]) -> str:
    """Say how a grade breaks the range of its own statute; the grade is told of, never mended."""
    if band.no_penalty or not band.unit or band.unit != fields["fine_unit"]:
        return ""
    low, high = fields["fine_min"], _highest(fields)
    if low and band.fine_min and Decimal(band.fine_min) < Decimal(low):
        return f"裁量阶次“{band.grade}”的 {band.fine_min} 低于法定下限 {low}，原文如此，请核对"
    if high and band.fine_max and Decimal(band.fine_max) > high:
        return f"裁量阶次“{band.grade}”的 {band.fine_max} 高于法定上限 {high}，原文如此，请核对"
    return ""
