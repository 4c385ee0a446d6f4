"""Lists as counties publish them, in layouts unlike any at hand; made from a few published facts.

Facts: 公路法 items of a transport catalogue, items of 深城管规〔2023〕2号.
"""

import csv
import io
from dataclasses import dataclass

from openpyxl import Workbook

ROADS = "《中华人民共和国公路法》"
CITY = "《深圳经济特区市容和环境卫生管理条例》"
BODIES = {ROADS: "县交通运输局", CITY: "县综合行政执法局"}


@dataclass(frozen=True)
class Fact:
    """One published item."""

    name: str
    law: str
    duty: str
    article: str
    text: str
    low: str | None
    high: str
    unit: str = "元"

    @property
    def violation(self) -> str:
        return self.name.removeprefix("对").removesuffix("行为的行政处罚").removesuffix("的行政处罚")

    @property
    def basis(self) -> str:
        return f"{self.law}{self.article}：{self.text}"


FACTS = (
    Fact(
        "对造成公路损坏、污染或者影响公路畅通行为的行政处罚",
        ROADS,
        "第四十六条",
        "第七十七条",
        "违反本法第四十六条的规定，造成公路路面损坏、污染或者影响公路畅通的，由交通主管部门责令停止违法行为，可以处五千元以下的罚款。",
        None,
        "5000.00",
    ),
    Fact(
        "对将公路作为试车场地行为的行政处罚",
        ROADS,
        "第五十一条",
        "第七十七条",
        "违反本法第五十一条规定，将公路作为试车场地的，由交通主管部门责令停止违法行为，可以处五千元以下的罚款。",
        None,
        "5000.00",
    ),
    Fact(
        "对从事挖砂、爆破及其他危及公路、公路桥梁等安全的作业行为的行政处罚",
        ROADS,
        "第四十七条",
        "第七十六条第（三）项",
        "由交通主管部门责令停止违法行为，可以处三万元以下的罚款。",
        None,
        "30000.00",
    ),
    Fact(
        "对商场、门店超出门、窗外墙摆卖、经营行为的行政处罚",
        CITY,
        "第十七条第一款",
        "第十七条第二款",
        "违反前款规定超出门、窗外墙摆卖、经营的，责令改正；拒不改正的，处一千元以上五千元以下罚款。",
        "1000.00",
        "5000.00",
    ),
    Fact(
        "对擅自设置架空管线行为的行政处罚",
        CITY,
        "第二十条第一款",
        "第二十条第三款",
        "违反第一款规定的，责令限期改正；逾期未改正的，处五百元以上一千元以下罚款，并没收设置的架空管线。",
        "500.00",
        "1000.00",
    ),
    Fact(
        "对占用城市道路堆放物品、摆摊设点行为的行政处罚",
        CITY,
        "第十八条第二款",
        "第十八条第三款",
        "违反第二款规定的，责令改正；拒不改正的，按照占地面积处每平方米一千元罚款。",
        "1000.00",
        "1000.00",
        "元/平方米",
    ),
)


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def book_of(rows, *, merges=(), title="Sheet1") -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        sheet.merge_cells(area)
    return book


def bare_table_with_aliases() -> bytes:
    """No title, columns in an unusual order, headings of another province, hidden helper column."""
    head = ["备注", "行使层级", "执法领域", "职权名称", "实施依据", "职权类别", "校验"]
    rows = [
        ["", "县级、乡级", "交通运输" if f.law == ROADS else "市容环卫", f.name, f.basis, "行政处罚", n]
        for n, f in enumerate(FACTS)
    ]
    book = book_of([head, *rows])
    book.active.column_dimensions["G"].hidden = True
    return saved(book)


def two_level_header() -> bytes:
    """附件 and title above; a header of two merged levels, duty and ground under one group."""
    rows = [
        ["附件3"],
        ["青禾县行政执法事项目录（2026年版）"],
        ["序号", "权力事项", None, "法律依据", None, "行使主体", "备注"],
        [None, "主项名称", "违法情形", "违反条款", "处罚条款", None, None],
        *[
            [
                n,
                f.name,
                f.violation,
                f"{f.law}{f.duty}",
                f.basis,
                BODIES[f.law],
                "",
            ]
            for n, f in enumerate(FACTS, 1)
        ],
    ]
    merges = ["A1:G1", "A2:G2", "A3:A4", "B3:C3", "D3:E3", "F3:F4", "G3:G4"]
    return saved(book_of(rows, merges=merges))


def name_and_violation_in_one_cell() -> bytes:
    """The name with its situations numbered below it in the same cell."""
    rows = [["编号", "事项名称及违法情形", "处罚依据", "处罚种类和幅度"]]
    for n, f in enumerate(FACTS, 1):
        cell = f"{f.name}\n（一）{f.violation}；\n（二）其他{f.violation}"
        rows.append([f"{n}.", cell, f.basis, f.text])
    return saved(book_of(rows))


def bases_in_every_manner() -> bytes:
    """Several bases in one cell: by line, by ①②, by 【法律】, by 1、2、."""
    rule, more = (
        "《路政管理规定》第二十三条：可以处五千元以下的罚款。",
        "《公路安全保护条例》第五十六条：处三万元以下的罚款。",
    )
    first = FACTS[0].basis
    cells = [
        f"{first}\n{more}\n{rule}",
        f"①{first}②{more}③{rule}",
        f"【法律】{first}\n【行政法规】{more}\n【部门规章】{rule}",
        f"1.{first} 2.{more} 3.{rule}",
        f"（1）{first}；（2）{more}；（3）{rule}",
        f"一、{first}\n二、{more}\n三、{rule}",
    ]
    rows = [["序号", "权力名称", "设定依据"]]
    rows += [[n, f.name, cell] for n, (f, cell) in enumerate(zip(FACTS, cells, strict=True), 1)]
    return saved(book_of(rows))


def sheets_by_field() -> bytes:
    """One sheet a field, an index sheet before them and an empty one behind."""
    book = book_of([["目录"], ["1", "交通运输（3项）"], ["2", "市容环卫（3项）"]], title="目录")
    for title, law in (("交通运输", ROADS), ("市容环卫", CITY)):
        sheet = book.create_sheet(title)
        sheet.append([f"{title}领域行政处罚事项（3项）"])
        sheet.append(["序号", "处罚事项", "处罚依据"])
        for n, f in enumerate([f for f in FACTS if f.law == law], 1):
            sheet.append([n, f.name, f.basis])
        sheet.append(["合计", "3项", None])
    book.create_sheet("Sheet4")
    return saved(book)


def semicolon_csv(encoding: str = "gbk", delimiter: str = ";") -> bytes:
    """A csv with quoted line breaks in another delimiter and encoding."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerow(["权力编码", "权力名称", "权力类别", "实施依据", "责任部门"])
    for n, f in enumerate(FACTS, 1):
        basis = f.basis.replace("：", "：\n")
        writer.writerow([f"33021700{n}000", f.name, "行政处罚", basis, "县交通运输局"])
    return buffer.getvalue().encode(encoding)


def numbered_in_chinese() -> bytes:
    """Numbers 一、(一) 1. as sections and items; department heads across; totals and notes at the foot."""
    rows = [
        ["青禾县赋权事项汇总表"],
        ["序号", "事项", "依据", "说明"],
        ["一、", "交通运输局（共3项）", None, None],
        *[[f"（{n}）", f.name, f.basis, ""] for n, f in zip("一二三", FACTS[:3], strict=True)],
        ["二、", "综合行政执法局（共3项）", None, None],
        *[[f"{n}.", f.name, f.basis, ""] for n, f in enumerate(FACTS[3:], 1)],
        ["合计：6项", None, None, None],
        ["注：1.本目录自2026年7月1日起施行。2.法律另有规定的从其规定。", None, None, None],
        ["填表人：张三　　审核人：李四　　2026年6月1日", None, None, None],
    ]
    return saved(book_of(rows, merges=["A1:D1", "A11:D11", "A12:D12", "A13:D13"]))


def same_as_above() -> bytes:
    """同上 in basis and department, once for several rows; ditto marks."""
    rows = [["序号", "违法行为", "法律依据", "处罚内容", "主管部门"]]
    first = FACTS[0]
    rows.append([1, first.violation, first.basis, first.text, "县交通运输局"])
    rows.append([2, FACTS[1].violation, "同上", "同上", "同上"])
    rows.append([3, FACTS[2].violation, "〃", "〃", "〃"])
    fourth = FACTS[3]
    rows.append([4, fourth.violation, fourth.basis, fourth.text, "县综合行政执法局"])
    rows.append([5, FACTS[4].violation, "（法律依据同上）", "同第1项", "同上"])
    return saved(book_of(rows))


def formulas_and_hidden() -> bytes:
    """Numbers and names by formula without a cached value, a hidden row and a hidden column of old text."""
    rows = [["序号", "事项名称", "旧名称", "处罚依据"]]
    rows += [["=ROW()-1", f.name, "旧：" + f.name, f.basis] for f in FACTS]
    rows.append(["=ROW()-1", '="对"&"某种"&"行为的行政处罚"', "", FACTS[0].basis])
    book = book_of(rows)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    return saved(book)


def ruled_paper() -> bytes:
    """Word table pasted: every line of a cell a row of its own, without merges."""
    rows = [["序", "权力事项名称", "实施依据"], ["号", "", ""]]
    for n, f in enumerate(FACTS[:3], 1):
        half = len(f.text) // 2
        rows.append([n, f.name, f"{f.law}{f.article}：{f.text[:half]}"])
        rows.append([None, None, f.text[half:]])
    return saved(book_of(rows))


def penalty_in_one_cell() -> bytes:
    """Violation, duty, ground and penalty in one long cell under one heading."""
    rows = [["序号", "执法事项", "执法依据及处罚标准", "执法部门"]]
    for n, f in enumerate(FACTS, 1):
        cell = f"违反条款：{f.law}{f.duty}\n处罚依据：{f.basis}\n处罚标准：{f.text}"
        rows.append([n, f.name, cell, "县综合行政执法局"])
    return saved(book_of(rows))


def hidden_older_column() -> bytes:
    """A column of the edition before, hidden beside the one that stands for it."""
    rows = [["序号", "事项名称", "处罚依据", "处罚依据"]]
    rows += [[n, f.name, f"旧：{f.law}第一条", f.basis] for n, f in enumerate(FACTS, 1)]
    book = book_of(rows)
    book.active.column_dimensions["C"].hidden = True
    return saved(book)


def duty_before_ground() -> bytes:
    """The duty as first of two numbered bases, the ground as the second."""
    rows = [["序号", "事项名称", "实施依据"]]
    rows += [
        [n, f.name, f"1.{f.law}{f.duty}：任何单位和个人不得有前述行为。\n2.{f.basis}"]
        for n, f in enumerate(FACTS, 1)
    ]
    return saved(book_of(rows))


def power_and_duty_list() -> bytes:
    """权责清单: a title, a line of the sender, two header rows, duties and blame, two articles of one law."""
    head = ["序号", "职权类别", "职权名称", "", "实施依据", "责任事项", "责任事项依据", "追责情形"]
    below = ["", "", "主项", "子项", "", "", "", ""]
    rows = [
        ["县综合行政执法局权责清单"],
        ["填报单位：县综合行政执法局    填报日期：2024年3月1日"],
        head,
        below,
    ]
    for number, fact in enumerate(FACTS, 1):
        named = f"【法律】{fact.law}（2017年11月4日修正）"
        duty = f"{fact.duty}\u3000任何人不得违反本条规定。"
        basis = f"{named}\n{duty}\n{fact.article}\u3000{fact.text}"
        duties = [
            "1.立案责任：发现违法行为，决定是否立案。",
            "《中华人民共和国行政处罚法》第五十四条",
            "因不履行职责……",
        ]
        rows.append([number, "行政处罚" if number == 1 else None, fact.name, None, basis, *duties])
    rows.append(["注：依据有变动的，以新依据为准。"])
    merges = [f"{column}3:{column}4" for column in "ABEFGH"]
    return saved(book_of(rows, merges=("A1:H1", "A2:H2", "C3:D3", *merges, "B5:B10", "A11:H11")))


def two_tables_in_one_sheet() -> bytes:
    """Penalties above, coercion below under headings in another order."""
    order = "《中华人民共和国城乡规划法》第六十八条：可以责成有关部门采取查封施工现场、强制拆除等措施。"
    rows = [["一、行政处罚事项"], ["序号", "事项名称", "处罚依据", "主管部门"]]
    rows += [[number, fact.name, fact.basis, BODIES[fact.law]] for number, fact in enumerate(FACTS[:2], 1)]
    rows += [["二、行政强制事项"], ["序号", "事项名称", "主管部门", "强制依据"]]
    rows.append([1, "对违法建筑的强制拆除", "县自然资源局", order])
    return saved(book_of(rows))


def two_tables_side_by_side(*, gap: bool = True) -> bytes:
    """Penalties on the left, coercion on the right under headings of its own; the left one is longer."""
    order = "《中华人民共和国城乡规划法》第六十八条：可以责成有关部门采取查封施工现场、强制拆除等措施。"
    between = [None] if gap else []
    head = ["序号", "事项名称", "处罚依据", *between, "序号", "事项名称", "强制依据"]
    left = [[number, fact.name, fact.basis, *between] for number, fact in enumerate(FACTS[:3], 1)]
    right = [[1, "对违法建筑的强制拆除", order], [None] * 3, [None] * 3]
    return saved(book_of([head, *(a + b for a, b in zip(left, right, strict=True))], title="汇总"))


def articles_in_rows() -> bytes:
    """Law, article and words in columns of their own; duty and ground in two rows under one name."""
    rows = [["序号", "处罚事项", "法律法规名称", "条款", "条文内容", "处罚种类", "处罚幅度", "执法主体"]]
    for number, fact in enumerate(FACTS[:3], 1):
        duty = "任何单位和个人不得擅自占用公路。"
        rows.append([number, fact.name, fact.law, fact.duty, duty, "", "", BODIES[fact.law]])
        rows.append([None, None, fact.law, fact.article, fact.text, "罚款", "三万元以下", None])
    merges = [f"{column}{row}:{column}{row + 1}" for row in (2, 4, 6) for column in "ABH"]
    return saved(book_of(rows, merges=merges))


def degrees_beside_a_class() -> bytes:
    """Benchmarks whose class is merged down all items, with a degree and its circumstances."""
    rows = [["类别", "编号", "违法行为", "处罚依据", "处罚种类", "违法程度", "违法情节", "裁量幅度"]]
    for number, fact in enumerate(FACTS[:2], 1):
        for degree, sum_of in (("较轻", "1000元以上2000元以下"), ("严重", "2000元以上5000元以下")):
            about = [number, fact.violation, fact.basis, "罚款"] if degree == "较轻" else [None] * 4
            kind = "公路路政" if len(rows) == 1 else None
            rows.append([kind, *about, degree, f"{degree}的情节", f"处{sum_of}罚款"])
    merges = [f"{column}{row}:{column}{row + 1}" for row in (2, 4) for column in "BCDE"]
    return saved(book_of(rows, merges=["A2:A5", *merges]))
