"""The circumstances of a grade as written: numbered items joined by or (情形之一) or by and (同时具备)."""

import re

ALL_OF = re.compile(r"同时(?:满足|具备|具有|符合|存在)|均(?:满足|具备|符合)")
NUMBERED = re.compile(
    r"(?:[（(]\s*[0-9０-９一二三四五六七八九十]{1,3}\s*[）)]|[①-⑳]|(?:^|(?<=[；;：:\n]))\s*\d{1,2}\s*[、.．])"
)
EDGES = " \t\r\n；;。，,、"
JOINTS = "和及或"


def items_of(text: str) -> tuple[list[str], bool]:
    """Split a cell into its circumstances; tells whether all of them are needed (else any one)."""
    parts = NUMBERED.split(text)
    lead, items = parts[0], [part.strip(EDGES).rstrip(EDGES + JOINTS) for part in parts[1:]]
    items = [item for item in items if item]
    if len(items) < 2:
        whole = text.strip()
        return ([whole] if whole else []), False
    return items, bool(ALL_OF.search(lead))
