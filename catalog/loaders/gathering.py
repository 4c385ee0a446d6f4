"""One item over several rows: its texts gathered, what a page's edge cut made whole, and read anew."""

from dataclasses import dataclass, field

from catalog.loaders.content import add_article, fields_of, situations_of
from catalog.loaders.defaults import Defaults
from catalog.loaders.entries import Entry, Notice, RowResult
from catalog.loaders.provisions import citations_of

TEXTS = ("basis", "penalty", "obligation", "coercion", "inspection", "statute", "violation", "range", "note")
FINISHED = ("罚", "制", "查", "可", "收", "付", "认", "励", "决", "理", "为", "的", "）", ")", "。")


@dataclass(slots=True)
class Gathered:
    """An item with the texts of its rows so far; what is to be looked at is told at its first row."""

    entry: Entry
    raw: dict[str, str]
    origin: RowResult
    domain: str
    defaults: Defaults
    told: list[Notice] = field(default_factory=list)

    def read(self) -> None:
        """Read the item from its texts; what an earlier reading told is taken back."""
        entry, origin = self.entry, self.origin
        entry.fields, notices = fields_of(self.raw, row=entry.row, domain=self.domain, defaults=self.defaults)
        entry.situations = situations_of(entry.fields["violation"] or entry.fields["name"])
        entry.citations = citations_of(self.raw, entry.fields)
        origin.notices = [one for one in origin.notices if one not in self.told] + notices
        self.told = notices

    def join(self, raw: dict[str, str]) -> None:
        """Add what stands on a lower row: further bases, situations, the rest of a text."""
        whole = dict(self.raw)
        for name in TEXTS:
            text, before = raw.get(name, ""), whole.get(name, "")
            if text and text not in before:
                whole[name] = f"{before}{_between(name, before)}{text}"
        add_article(whole, raw)
        if whole != self.raw:
            self.raw = whole
            self.read()

    def is_cut_before(self, raw: dict[str, str]) -> bool:
        """Tell whether a row is the second half of this item: no number, and a name in mid-sentence."""
        if raw.get("number") or not self.raw.get("number"):
            return False
        field = "name" if self.raw.get("name") else "violation"
        name, before = raw.get(field, ""), self.raw.get(field, "")
        return bool(name) and not before.endswith(FINISHED) and not name.startswith(("对", "在对"))

    def mend(self, raw: dict[str, str]) -> None:
        """Put the second half of a row that a page's edge has cut behind the first."""
        whole = {**raw, **self.raw}
        for name in ("name", *TEXTS):
            if raw.get(name) and self.raw.get(name):
                whole[name] = f"{self.raw[name]}{raw[name]}"
        self.raw = whole
        self.read()


def _between(name: str, text: str) -> str:
    """Say what joins a text to its continuation: situations are counted, a sentence is not broken."""
    if text and name == "violation":
        return "" if text.endswith(("；", ";")) else "；"
    return "\n" if not text or text.endswith(("。", "；", ";", "！", "》", "）")) else ""
