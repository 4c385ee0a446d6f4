"""The items of a table: which one a row begins, goes on with or makes whole, and in which section it is."""

from catalog.loaders.cells import CellReader
from catalog.loaders.content import TYPE_WORDS
from catalog.loaders.defaults import POWER, Defaults, is_department
from catalog.loaders.entries import Entry, Notice, RowResult, cell_name
from catalog.loaders.gathering import TEXTS, Gathered
from catalog.loaders.layout import BANDED, Layout
from catalog.loaders.provisions import bases_in
from catalog.loaders.reading import Sheet
from catalog.loaders.ticks import listings, remarks, unread

GROUNDED = ("obligation", "penalty", "basis")


class Items:
    """The items met so far on the way down a table, the last of them, and the section they stand in."""

    def __init__(self, sheet: Sheet, layout: Layout, cells: CellReader, defaults: Defaults) -> None:
        self.sheet, self.layout, self.cells, self.defaults = sheet, layout, cells, defaults
        self.by_anchor: dict[tuple[int, int], Gathered] = {}
        self.by_number: dict[str, dict[str, str]] = {}
        self.last: Gathered | None = None
        self.last_raw: dict[str, str] = {}
        self.domain = self.department = self.power = ""

    def of(self, row: int, raw: dict[str, str], result: RowResult) -> Gathered | None:
        """Find the item a row belongs to, or begin a new one; none where the row names none."""
        item = self._found(row, raw, result)
        if item is not None:
            self.last, self.last_raw = item, raw
            if raw.get("number"):
                self.by_number[raw["number"].strip("（()）、.． ")] = raw
        return item

    def leave(self) -> None:
        """Leave the last item: what follows does not go on with it."""
        self.last = None

    def begin_section(self, named: str) -> None:
        """Take the kind of power, the department or the field that a section head names."""
        if POWER.search(named):
            self.power = named
        elif is_department(named):
            self.department, self.domain = named, ""
        else:
            self.domain = named or self.domain

    def tell_baseless(self) -> None:
        """Tell each item left without a basis under a column for it (行政处罚法第三十八条)."""
        words = "本行没有读出处罚依据，发布后只能登记、分派，补充依据前不能据以作出处罚"
        for item in self.by_anchor.values():
            fields = item.entry.fields
            if not (fields["statute_name"] or fields["penalty_text"]):
                item.origin.notices.append(Notice(item.entry.row, "", "no_basis", words))

    def _found(self, row: int, raw: dict[str, str], result: RowResult) -> Gathered | None:
        key = self._key(row, raw)
        if key in self.by_anchor:
            return self._joined(self.by_anchor[key], raw, result)
        if not raw.get(self.layout.key) and not raw.get("sub_item"):
            return self._continued(row, raw, result)
        if self.last is not None and self.layout.banded and self._same_item(raw):
            return self._joined(self.last, raw, result)
        if self.last is not None and self.layout.numbered and self.last.is_cut_before(raw):
            return self._mended(self.last, row, raw, result)
        return self._begun(row, key, raw, result)

    def _key(self, row: int, raw: dict[str, str]) -> tuple[int, int]:
        """Name the cell an item stands in: its part where it has parts, else its name."""
        column = self.layout.sub_column if raw.get("sub_item") else self.layout.key_column
        return (self.sheet.anchors.get((row, column), (row, 0))[0], column)

    def _begun(self, row: int, key: tuple[int, int], raw: dict[str, str], result: RowResult) -> Gathered:
        raw.setdefault("section_department", self.department)
        raw.setdefault("power_type", self.power or self.defaults.power_type)
        codes = raw["code"].split("\n") if raw.get("code") else []
        entry = Entry(row + 1, self.sheet.name, {}, codes, table_title=self.defaults.table_title)
        item = Gathered(entry, raw, result, self.domain, self.defaults)
        item.read()
        area, number = entry.fields["domain"], entry.fields["number"]
        entry.listings = listings(raw, field=area, number=number)
        if self.defaults.township:
            entry.listings.append(["township", self.defaults.township, area, number])
        entry.bare = self.layout.bare
        entry.damaged_code = raw.get("damaged_code", "")
        entry.shares_code = bool(raw.get("sub_item")) or self.cells.code_is_merged(row)
        self._tell_doubts(row, raw, result)
        result.outcome, result.entry = "item", entry
        self.by_anchor[key] = item
        return item

    def _tell_doubts(self, row: int, raw: dict[str, str], result: RowResult) -> None:
        """Tell what a person should look at where an item begins: its ticks, and a name that stands alone."""
        for name, text in remarks(raw).items():
            words = f"“{text}”按打勾读取，括号内的限定没有采用，请写入该事项的备注"
            result.notices.append(Notice(row + 1, "", "tick_with_remark", words, name))
        if self.layout.numbered and self.by_number and len(self.sheet.filled(row)) == 1:
            words = "本行只有名称，没有序号和其他内容，按事项读取；是说明文字的，请删去后重新上传"
            cell = cell_name(row, self.layout.key_column)
            result.notices.append(Notice(row + 1, cell, "name_alone", words))
        powers = [word for word, _kind in TYPE_WORDS if word in raw.get("power_type", "")]
        if len(powers) > 1:
            words = f"权力类型写有{len(powers)}种，一项只能有一种，按“{powers[0]}”读取，请核对"
            result.notices.append(Notice(row + 1, "", "several_powers", words, "power_type"))
        for name, text in unread(raw).items():
            words = f"“{text}”既不是打勾也不是留空，没有列入“{name.rpartition(':')[2]}”，请核对"
            result.notices.append(Notice(row + 1, "", "tick_not_read", words, name))

    def _continued(self, row: int, raw: dict[str, str], result: RowResult) -> Gathered | None:
        another = raw.get("number", "") not in {"", self.last_raw.get("number")}
        if self.last is None or another or not any(raw.get(name) for name in (*BANDED, *TEXTS)):
            return None
        if raw.get("damaged_code"):
            return None
        message = "本行没有事项名称，也不在合并单元格内，按上一事项的续行读取"
        cell = cell_name(row, self.layout.key_column)
        result.notices.append(Notice(row + 1, cell, "continued_without_merge", message))
        return self._joined(self.last, raw, result)

    def _joined(self, item: Gathered, raw: dict[str, str], result: RowResult) -> Gathered:
        result.outcome = "continued"
        if not self.layout.banded:
            item.join(raw)
        elif not self.layout.shape:
            self._ground(item, raw, result)
        return item

    def _ground(self, item: Gathered, raw: dict[str, str], result: RowResult) -> None:
        """Cite the further ground under which grades of one violation begin anew, and tell of it."""
        further = {name: raw[name] for name in GROUNDED if raw.get(name, "") not in item.raw.get(name, "")}
        known = {(statute, article) for _role, statute, article, _text in item.entry.citations}
        found = [one[:2] for text in further.values() for one in bases_in(text) if one[:2] not in known]
        if found:
            item.join({name: f"\n{text}" for name, text in further.items()})
            words = f"同一违法行为下另有依据{''.join(found[-1])}，其阶次与前面的并在一张表内，请核对"
            result.notices.append(Notice(result.row, "", "further_ground", words, "penalty"))

    def _mended(self, item: Gathered, row: int, raw: dict[str, str], result: RowResult) -> Gathered:
        message = "本行没有序号，上一行的名称没有写完，按被分页截断的同一事项读取"
        cell = cell_name(row, self.layout.key_column)
        result.notices.append(Notice(row + 1, cell, "cut_by_the_page", message))
        result.outcome = "continued"
        item.mend(raw)
        raw.update(item.raw)
        return item

    def _same_item(self, raw: dict[str, str]) -> bool:
        keys = ["number", "name", "violation", "code"]
        if not self.layout.shape:
            keys += ["statute", "basis"]
        return all(raw.get(key, "") == self.last_raw.get(key, "") for key in keys)
