"""Lists of benchmarks in every shape come in as lists of items do: staged, told row by row, published by two.

Facts: 粤环发〔2021〕7号, 深城管规〔2023〕2号, 新公规〔2025〕1号, 江门 2020 and 2022.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from catalog import services, staging
from catalog.comparing import compare
from catalog.discretion.schemes import calculate, competing, scheme_of, warnings_of
from catalog.importing import TEMPLATES
from catalog.models import DiscretionTable, ExemptionRule, ItemVersion, ListMembership
from catalog.selectors import version_in_force
from law.errors import RuleViolation
from tests.catalog.workbooks import codes, read, workbook
from tests.factories.catalog import PowerListFactory
from tests.factories.townships import OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
ON, AT = date(2026, 7, 1), datetime(2026, 6, 1, 1, tzinfo=UTC)
EIA = "《中华人民共和国环境影响评价法》第三十一条第一款：处建设项目总投资额百分之一以上百分之五以下的罚款。"
FORMULA = "罚款金额＝裁量百分值总和×建设项目总投资额×5%。裁量百分值总和不足20%的，按20%计。"
WEIGHTS = [
    ["序号", "违法行为", "处罚依据", "裁量要素", "情形", "权重", "计算公式"],
    ["1.2", "环评未重新报批，擅自开工建设", EIA, "裁量起点", "", "20%", FORMULA],
    ["1.2", "环评未重新报批，擅自开工建设", EIA, "项目环评文件类别", "报告表类", "0%", ""],
    ["1.2", "环评未重新报批，擅自开工建设", EIA, "项目环评文件类别", "报告书类，重点管理", "10%", ""],
    ["1.2", "环评未重新报批，擅自开工建设", EIA, "建设情况", "投入生产/使用阶段", "15%", ""],
]
BAD = "《中华人民共和国环境影响评价法》第三十二条第一款：对建设单位处五十万元以上二百万元以下的罚款。"
CELLS = [
    ["序号", "违法行为", "处罚依据", "违法程度", "建设项目所在区域", "对单位罚款", "对个人罚款"],
    ["1.4", "环评严重失实", BAD, "未投入生产", "一般区域", "50万元以上57万元以下", "5万元以上12万元以下"],
    [
        "1.4",
        "环评严重失实",
        BAD,
        "已投入生产",
        "一般区域",
        "120万元以上128万元以下",
        "12万元以上20万元以下",
    ],
]
DEFAULT = [
    ["违法代码", "违法行为", "罚款下限", "罚款上限", "罚款默认值"],
    ["10051", "未取得驾驶证驾驶营运客车", "200", "2000", "2000"],
    ["10052", "未取得驾驶证驾驶非营运客车", "200", "2000", "1500"],
]
STEPS = [
    ["序号", "违法行为", "罚款下限", "罚款上限", "起算数量", "每满数量", "每满加罚", "封顶"],
    ["1", "超限运输", "0", "0", "0", "1000", "500", "30000"],
]
WATER = "《中华人民共和国水污染防治法》第八十三条：处十万元以上一百万元以下的罚款。"
PERMIT = "《排污许可管理条例》第三十三条：处二十万元以上一百万元以下的罚款。"
TWO_GROUNDS = [
    ["序号", "违法行为", "处罚依据", "裁量表", "裁量阶次", "适用条件", "处罚标准"],
    [
        "2.5",
        "无证排放水污染物",
        WATER,
        "§2.5.1",
        "一般",
        "登记管理",
        "处十万元以上三十万元以下",
    ],
    [
        "2.5",
        "无证排放水污染物",
        WATER,
        "§2.5.1",
        "严重",
        "重点管理",
        "处三十万元以上一百万元以下",
    ],
    [
        "2.5",
        "无证排放水污染物",
        PERMIT,
        "§2.5.2",
        "一般",
        "登记管理",
        "处二十万元以上五十万元以下",
    ],
]
NOISE = "《中华人民共和国噪声污染防治法》第七十三条：处二十万元以上一百万元以下的罚款。"
PERSONS = [
    ["序号", "违法行为", "处罚依据", "处罚对象", "裁量阶次", "适用条件", "处罚标准"],
    ["5-1", "噪声防治设施未建成", NOISE, "单位", "1", "有设施未达标", "处二十万元罚款"],
    ["5-1", "噪声防治设施未建成", NOISE, "单位", "2", "设施未建成", "处二十万元以上四十万元以下罚款"],
    ["5-1", "噪声防治设施未建成", NOISE, "直接责任人员", "1", "报告表项目", "处五万元以上七万元以下罚款"],
]
FREE = [
    ["序号", "违法行为", "不予处罚的情节"],
    [
        "1",
        "未依法备案登记表",
        "同时满足下列情形的，不予行政处罚：（1）属于首次违法；（2）在期限内改正，危害轻微。",
    ],
    ["2", "未按规定公开信息", "有下列情形之一的：（1）及时改正；（2）没有造成危害后果。"],
]


@pytest.fixture
def people():
    return [OfficerFactory(roles=[Role.CATALOG_ADMIN]) for _person in range(2)]


@pytest.fixture
def bring(people):
    power_list = PowerListFactory(code="CL", name="裁量基准", valid_from=None, source="粤环发〔2021〕7号")

    def bring(rows, *, on=ON):
        result = staging.read_for(power_list, data=workbook(rows), file_name="基准.xlsx")
        batch, _fresh = staging.stage(
            power_list=power_list, result=result, actor=people[0], at=AT, effective_on=on
        )
        return batch, services.publish(batch=batch, actor=people[1], at=AT)

    return bring


def table_of(**found):
    return DiscretionTable.objects.in_force(ON).get(**found)


def ticked(table, *texts):
    return frozenset(key for key, one in scheme_of(table).options.items() if one.text in texts)


def reckon(table, *texts, quantity=1):
    version = version_in_force(table.item, ON)
    return calculate(table, version, chosen=ticked(table, *texts), quantity=Decimal(quantity))


def test_weighted_factors_come_with_start_base_rate_and_floor(bring):
    bring(WEIGHTS)
    table = table_of()
    assert (table.shape, scheme_of(table).base_name) == ("weights", "建设项目总投资额")
    found = reckon(table, "报告书类，重点管理", "投入生产/使用阶段", quantity=10_000_000)
    # (20% + 10% + 15%) × 10,000,000 × 5%
    assert found.main.range.low == found.main.range.high == 225_000


def test_several_axes_come_with_a_fine_of_their_own_for_the_person(bring):
    bring(CELLS)
    found = reckon(table_of(), "已投入生产", "一般区域")
    assert (found.main.range.low, found.main.range.high) == (1_200_000, 1_280_000)
    person = next(one for one in found.found if one.target)
    assert (person.range.low, person.range.high) == (120_000, 200_000)


def test_a_range_with_its_default_and_steps_with_a_cap(bring):
    bring(DEFAULT)
    assert DiscretionTable.objects.in_force(ON).count() == 2
    table = table_of(item__codes__code="10052")
    (_place, amount), *_rest = scheme_of(table).all_amounts
    assert (amount.low, amount.high, amount.default) == (200, 2000, 1500)
    bring(STEPS)
    steps = table_of(item__versions__name="超限运输")
    assert reckon(steps, quantity=5000).main.range.high == 2500
    assert reckon(steps, quantity=900_000).main.range.high == 30_000


def test_two_tables_under_two_grounds_stay_apart_and_the_higher_prevails(bring):
    bring(TWO_GROUNDS)
    tables = list(DiscretionTable.objects.in_force(ON).order_by("id"))
    assert len({table.item_id for table in tables}) == 1
    assert [table.statute_name for table in tables] == [
        "《中华人民共和国水污染防治法》",
        "《排污许可管理条例》",
    ]
    version = version_in_force(tables[0].item, ON)
    assert competing(tables, version, Decimal(1)) == tables[1].pk
    assert [band.grade for band in tables[0].bands.order_by("order")] == ["一般", "严重"]


def test_a_fine_for_the_person_in_charge_is_a_table_of_its_own(bring):
    bring(PERSONS)
    tables = {table.target: table for table in DiscretionTable.objects.in_force(ON)}
    assert set(tables) == {"", "直接责任人员"}
    assert [band.grade for band in tables[""].bands.order_by("order")] == ["1", "2"]
    assert warnings_of(tables["直接责任人员"], version_in_force(tables[""].item, ON)) == []


def test_conditions_of_no_penalty_joined_by_and_or_by_or(bring):
    bring(FREE)
    rules = {rule.item.versions.get().name: rule for rule in ExemptionRule.objects.in_force(ON)}
    assert {name: rule.needs_all for name, rule in rules.items()} == {
        "未依法备案登记表": True,
        "未按规定公开信息": False,
    }
    assert {len(rule.conditions) for rule in rules.values()} == {2}


@pytest.mark.parametrize("rows", [WEIGHTS, CELLS, DEFAULT, TWO_GROUNDS, PERSONS, FREE])
def test_the_same_list_again_changes_nothing(bring, rows):
    batch, _counts = bring(rows)
    again = staging.read_for(batch.power_list, data=workbook(rows), file_name="同一份.xlsx")
    assert compare(batch.power_list, again.entries).empty


def test_a_new_version_of_a_benchmark_ends_the_one_before_and_leaves_the_item(bring):
    bring(CELLS, on=date(2026, 1, 1))
    first = DiscretionTable.objects.get()
    changed = [*CELLS[:2], [*CELLS[2][:-1], "15万元以上20万元以下"]]
    batch, counts = bring(changed)
    assert (counts["discretion"], counts["changed"]) == (1, 0)
    assert batch.diff["counts"]["discretion"] == 1
    first.refresh_from_db()
    assert (first.valid_to, first.closed_at) == (ON, AT)
    assert ItemVersion.objects.count() == 1


def test_whoever_uploaded_benchmarks_does_not_publish_them(people):
    power_list = PowerListFactory(code="CL", valid_from=None)
    result = staging.read_for(power_list, data=workbook(WEIGHTS), file_name="a.xlsx")
    batch, _fresh = staging.stage(
        power_list=power_list, result=result, actor=people[0], at=AT, effective_on=ON
    )
    with pytest.raises(RuleViolation):
        services.publish(batch=batch, actor=people[0], at=AT)
    assert not DiscretionTable.objects.exists()


def test_a_table_that_cannot_be_read_is_told_with_its_row_and_left_out():
    torn = [*CELLS, ["1.4", "环评严重失实", BAD, "造成重大影响", "一般区域", "以下", ""]]
    result = read(workbook(torn))
    assert codes(result) == ["benchmark_refused"]
    told = next(notice for row in result.rows for notice in row.notices)
    assert "第4行" in told.message
    assert result.entries[0].tables == []


def test_degrees_brought_in_alone_that_leave_the_statute_of_their_item_are_told_before_publishing(bring):
    law = "《某条例》第五条：处三千元以上一万元以下罚款。"
    bring([["违法行为", "处罚依据"], ["乱堆", law]])
    batch, _counts = bring(
        [["违法行为", "轻微", "严重"], ["乱堆", "处3000元罚款", "处8000元以上12000元以下罚款"]]
    )
    (told,) = [one for one in batch.report["sheets"][0]["warnings"] if one["code"] == "band_outside_statute"]
    assert (told["row"], "12000" in told["message"]) == (2, True)
    assert ItemVersion.objects.get().fine_max == 10000


def test_benchmarks_find_their_item_by_name_though_the_list_tells_departments_and_ends_names_otherwise(bring):
    law = "《某条例》第五条：处三千元以上一万元以下罚款。"
    bring([["序号", "事项名称", "处罚依据", "主管部门"], ["7", "对乱堆垃圾行为的行政处罚", law, "县城管局"]])
    batch, counts = bring(
        [
            ["序号", "违法行为", "处罚依据", "轻微", "严重"],
            ["1", "乱堆垃圾", law, "处3000元罚款", "处8000元罚款"],
        ]
    )
    assert (counts["new"], counts["changed"], counts["discretion"]) == (0, 0, 1)
    (version,) = ItemVersion.objects.all()
    assert version.name == "对乱堆垃圾行为的行政处罚"
    assert table_of(item=version.item).bands.count() == 2
    assert version.item.memberships.get().number == "7"
    assert [one["code"] for one in batch.report["sheets"][0]["warnings"]] == ["item_by_name"]


def test_a_benchmark_of_no_item_of_the_list_or_of_several_says_so(bring):
    law = "《某条例》第五条：处三千元以上一万元以下罚款。"
    rows = [["乱堆", law, "甲局"], ["乱堆", law, "乙局"]]
    bring([["事项名称", "处罚依据", "主管部门"], *rows])
    batch, counts = bring([["违法行为", "轻微", "严重"], ["乱堆", "处3000元罚款", "处8000元罚款"]])
    assert counts["new"] == 1
    assert [one["code"] for one in batch.report["sheets"][0]["warnings"]] == ["item_not_in_list"]


def test_benchmarks_that_name_their_items_by_code_alone_find_them_or_are_refused_with_their_rows(bring):
    law = "《某条例》第五条：处三千元以上一万元以下罚款。"
    alone = [["事项编码", "违法程度", "处罚标准"]]
    alone += [["330217001000", "轻微", "处3000元罚款"], ["330217001000", "严重", "处8000元罚款"]]
    with pytest.raises(RuleViolation, match="第 2 行 330217001000") as refused:
        bring(alone)
    assert refused.value.code == "benchmark_code_unknown"
    assert not ItemVersion.objects.exists()
    bring([["事项编码", "事项名称", "处罚依据"], ["330217001000", "乱堆", law]])
    _batch, counts = bring(alone)
    assert (counts["new"], counts["changed"], counts["discretion"]) == (0, 0, 1)
    assert [band.grade for band in table_of().bands.order_by("order")] == ["轻微", "严重"]


def test_a_filled_in_template_of_benchmarks_leaves_the_items_it_names_by_code(bring):
    law = "《某条例》第五条：违反本条例第三条规定的，责令改正，处三千元以上一万元以下罚款。"
    bring(
        [
            ["序号", "事项编码", "事项名称", "处罚依据", "主管部门"],
            ["7", "330217001000", "对乱堆的处罚", law, "县城管局"],
        ]
    )
    before = ItemVersion.objects.values().get()
    head = [title for title, _width in TEMPLATES["discretion"]]
    said = ["1", "330217001000", "乱堆垃圾", "某条例", "第五条", "处三千元以上一万元以下罚款"]
    grades = [[*said, "轻微", "首次", "处3000元罚款"], [*said, "严重", "拒不改正", "处12000元罚款"]]
    batch, counts = bring([head, *grades])
    assert (counts["new"], counts["changed"], counts["discretion"]) == (0, 0, 1)
    assert ItemVersion.objects.values().get() == before
    assert table_of(item_id=before["item_id"]).bands.count() == 2
    assert ListMembership.objects.get().number == "7"
    told = [one["code"] for one in batch.report["sheets"][0]["warnings"]]
    assert sorted(told) == ["band_outside_statute", "item_spared"]

    whole = [[*row, "县城管局"] for row in grades]
    _batch, counts = bring([[*head[:-1], "主管部门"], *whole], on=date(2026, 8, 1))
    assert counts["changed"] == 1
