"""A synthetic catalogue as large as a county's, for measuring only: 5010 items, five lists, 20 townships.

Every row says that it is synthetic: code SYN…, name ending 〔合成样例·情形n〕, remark [SYNTHETIC]. The
wording is drawn from rows of real lists. The shares of the eight fields are those of penalty clauses in
national laws, and the 22 areas are labels of our own: both are assumptions. One seed gives the same rows.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random

from openpyxl import Workbook

TOTAL, COMPREHENSIVE, PROFESSIONAL, TOWNSHIP = 5010, 1131, 3327, 624
OTHER = TOTAL - COMPREHENSIVE - PROFESSIONAL
SEED = 20230101
QUOTAS = {
    "自然资源": 422,
    "交通运输": 221,
    "农业农村": 375,
    "市场监管": 858,
    "生态环境": 551,
    "文广旅游": 300,
    "卫生健康": 315,
    "应急管理": 285,
}
AREAS = [
    "市容环卫",
    "城乡规划",
    "城市绿化",
    "市政公用",
    "环境保护",
    "工商行政",
    "公安交通",
    "土地矿产",
    "建设",
    "房产",
    "人防",
    "水行政",
    "农业",
    "林业",
    "渔业",
    "交通运输",
    "文化旅游",
    "卫生健康",
    "应急管理",
    "民政",
    "人力社保",
    "商务",
]
VIOLATIONS = ([1, 2, 3, 4, 5, 6, 7, 8, 10, 14], [1279, 69, 95, 65, 52, 28, 21, 19, 12, 2])
GRADES = ([1, 2, 3, 4, 5, 6, 7], [1, 22, 95, 39, 31, 4, 3])
STATES = (["在用", "暂停", "取消"], [96, 2, 2])
CORE, ON_LISTS = 180, ([1, 2, 3], [60, 25, 15])
HEAD = (
    ("序号", "number"),
    ("事项编码", "syn_code"),
    ("事项名称", "name"),
    ("权力类型", "type"),
    ("执法领域", "domain"),
    ("主管部门", "department"),
    ("法律依据", "legal_basis"),
    ("清单类别", "kind"),
    ("是否赋权乡镇", "township"),
    ("赋权领域", "area"),
    ("状态", "status"),
    ("备注", "notes"),
)
MONEY = ("fine_min", "fine_max", "fine_unit_or_multiple")
DATA = Path(__file__).parents[1] / "catalog" / "data"
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Synthetic:
    """The catalogue: its rows, the five tailored lists by code of item, and the list of each township."""

    rows: list[Row]
    lists: dict[str, list[Row]]
    townships: dict[str, str]


def templates() -> list[Row]:
    """Return wordings from the lists that come with the product."""
    with (DATA / "township_longhua.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [row for row in csv.reader(file) if len(row) > 2 and row[1].startswith(("对", "在对"))]
    with (DATA / "urban_management_shenzhen_2023.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {row["违法行为"]: row for row in csv.DictReader(file) if row.get("违法行为")}
    rows = [_template(row[1], row[2], "", "LH") for row in names]
    return rows + [_template(name, "", row["设定依据"], "SZ") for name, row in found.items()]


def _template(name: str, department: str, basis: str, source: str) -> Row:
    plain = {"type": "行政处罚", "violation": name, "domain": "", "name": name, "source_id": source}
    return {**plain, "department": department, "legal_basis": basis, **dict.fromkeys(MONEY, "")}


def generate(source: Iterable[Mapping[str, str]] | None = None, *, seed: int = SEED) -> Synthetic:
    """Make the catalogue out of wordings; the same wordings and seed give the same rows."""
    return _Maker(list(source or templates()), Random(seed)).made()


class _Maker:
    """Draws the rows in one fixed order."""

    def __init__(self, source: Sequence[Mapping[str, str]], chance: Random) -> None:
        self.source, self.chance = source, chance
        self.pools: dict[str, list[Mapping[str, str]]] = defaultdict(list)
        for row in source:
            field = next((name for name in QUOTAS if row["domain"].startswith(name)), None)
            self.pools[field or "COMP"].append(row)
        self.rows: list[Row] = []
        self.numbers: Counter[int] = Counter()
        self.named: Counter[str] = Counter()

    def made(self) -> Synthetic:
        for _number in range(COMPREHENSIVE):
            self._emit("综合", "综合行政执法", self._drawn("COMP"), 0)
        for owner, (field, quota) in enumerate(QUOTAS.items(), 1):
            for _number in range(quota):
                self._emit("专业", field, self._drawn(field), owner)
        for _number in range(OTHER):
            self._emit("其他", "其他部门", self.chance.choice(self.source), 9)
        picked = self._handed_on()
        lists = self._tailored(picked)
        townships = {f"合成乡镇{n:02d}": f"清单{1 + (n - 1) % 5}" for n in range(1, 21)}
        return Synthetic(self.rows, lists, townships)

    def _drawn(self, pool: str) -> Mapping[str, str]:
        return self.chance.choice(self.pools.get(pool) or self.source)

    def _emit(self, kind: str, domain: str, wording: Mapping[str, str], owner: int) -> None:
        self.numbers[owner] += 1
        self.named[wording["name"]] += 1
        mark = f"〔合成样例·情形{self.named[wording['name']]}〕"
        self.rows.append(
            {
                "syn_code": f"SYN02{owner:02d}{self.numbers[owner]:04d}",
                "name": f"{wording['name']}{mark}",
                "type": "行政处罚",
                "domain": domain,
                "department": wording["department"],
                "legal_basis": wording["legal_basis"][:300],
                "fine_min": wording["fine_min"],
                "fine_max": wording["fine_max"],
                "unit": wording["fine_unit_or_multiple"],
                "kind": kind,
                "area": "",
                "township": "0",
                "violation_count": str(self.chance.choices(*VIOLATIONS)[0]),
                "grade_count": str(self.chance.choices(*GRADES)[0]),
                "status": self.chance.choices(*STATES)[0],
                "notes": f"[SYNTHETIC]基于{wording['source_id']}",
            }
        )

    def _handed_on(self) -> list[Row]:
        in_use = [row for row in self.rows if row["status"] == "在用"]
        of = {kind: [row for row in in_use if row["kind"] == kind] for kind in ("综合", "专业")}
        most = round(TOWNSHIP * 0.7)
        picked = self.chance.sample(of["综合"], most) + self.chance.sample(of["专业"], TOWNSHIP - most)
        for place, row in enumerate(picked):
            row["township"], row["area"] = "1", AREAS[place % len(AREAS)]
        return picked

    def _tailored(self, picked: list[Row]) -> dict[str, list[Row]]:
        lists = {f"清单{n}": picked[:CORE] for n in range(1, 6)}
        for row in picked[CORE:]:
            for n in self.chance.sample(range(1, 6), self.chance.choices(*ON_LISTS)[0]):
                lists[f"清单{n}"].append(row)
        return lists


def as_workbook(rows: Sequence[Row]) -> bytes:
    """Write rows as a county publishes its list: a merged title, a header, a line an item, a total."""
    book = Workbook()
    sheet = book.active
    sheet.append(["合成事项目录（仅供测量，不得用于办案）"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEAD))
    sheet.append([head for head, _name in HEAD])
    for number, row in enumerate(rows, 1):
        told = {**row, "number": str(number), "township": "√" if row["township"] == "1" else ""}
        sheet.append([told[name] for _head, name in HEAD])
    sheet.append([f"合计 {len(rows)} 项"])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
