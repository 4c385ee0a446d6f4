"""Several fields written into one cell: 违反条款：… 处罚依据：…, or a name with its situations below it."""

import re

from catalog.loaders.headings import standard

LABEL = re.compile(r"(?:^|\n|(?<=[。；;]))\s*[【\[]?(?P<label>[\u4e00-\u9fff]{2,10})[】\]]?\s*[：:]\s*")
PARTED = ("basis", "penalty", "obligation", "range", "name", "violation")
TO = {name: name for name in ("basis", "penalty", "obligation", "range", "violation", "name", "note")}
TO |= {"department": "department", "band": "range"}
TELLING = ("basis", "penalty", "coercion", "inspection", "statute", "article_text")
NAME_AND_LAW = re.compile(
    r"^(?P<name>[^《》（(]{2,})[（(](?:依据[:：])?(?P<law>《[^《》]{2,60}》第.+)[）)]$", re.S
)
NAME_AND_MORE = re.compile(
    r"^(?P<name>.{2,}?(?:处罚|强制|检查|处理|措施)(?:[（(][^（）()]{2,30}[）)])?)\s*[:：。；;\n]?\s*"
    r"(?P<rest>(?:[（(][一1][)）]|[一1][、.．]|①|违法(?:行为|情形)[:：]).+)$",
    re.S,
)


def parted(raw: dict[str, str]) -> dict[str, str]:
    """Give each part of a cell to the field its label names; cells without labels stay as they are."""
    found = dict(raw)
    for name in PARTED:
        text = raw.get(name, "")
        if "：" in text or ":" in text:
            _part(found, name, text)
    return _name_parted(_law_parted(found))


def labelled_ground(text: str) -> bool:
    """Tell a text that begins with the label of a basis: 处罚依据：…"""
    label = LABEL.match(text)
    return label is not None and TO.get(standard().table.get(label["label"], "")) in {"basis", "penalty"}


def _part(found: dict[str, str], name: str, text: str) -> None:
    labels = ((one, TO.get(standard().table.get(one["label"], ""))) for one in LABEL.finditer(text))
    marks = [(one, field) for one, field in labels if field]
    if not marks or (len(marks) == 1 and marks[0][1] == name):
        return
    before = text[: marks[0][0].start()].strip()
    del found[name]
    if before:
        found[name] = before
    for place, (mark, field) in enumerate(marks):
        end = marks[place + 1][0].start() if place + 1 < len(marks) else len(text)
        words = text[mark.end() : end].strip()
        if words:
            found[field] = f"{found[field]}\n{words}" if found.get(field) else words


def _law_parted(found: dict[str, str]) -> dict[str, str]:
    """Part a name from the law in brackets behind it, where no column tells the law."""
    field = "name" if "name" in found else "violation"
    text = found.get(field, "")
    if "《" not in text or not text.endswith(("）", ")")) or any(found.get(one) for one in TELLING):
        return found
    match = NAME_AND_LAW.match(text)
    return {**found, field: match["name"], "penalty": match["law"]} if match else found


def _name_parted(found: dict[str, str]) -> dict[str, str]:
    """Part a name from the situations numbered behind it in its own cell."""
    match = None if found.get("violation") else NAME_AND_MORE.match(found.get("name", ""))
    if match is None:
        return found
    return {**found, "name": match["name"], "violation": match["rest"].strip()}
