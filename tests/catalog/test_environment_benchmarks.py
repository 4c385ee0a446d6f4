"""The environmental benchmarks that come along: loaded by two people, reckoned with as by hand."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from catalog.discretion.schemes import calculate, competing, question
from catalog.models import DiscretionTable, ExemptionRule, PowerList
from catalog.reports.benchmarks import benchmarks
from catalog.selectors import tables_of, version_in_force
from catalog.starters import load_starter
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

AT = datetime(2026, 1, 5, 1, tzinfo=UTC)
ON = date(2026, 3, 2)
SINCE = "2026-01-05"


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        CountyFactory()
        one = OfficerFactory(username="gd1", roles=[Role.CATALOG_ADMIN])
        two = OfficerFactory(username="gd2", roles=[Role.CATALOG_ADMIN])
        load_starter("GD", uploader=one, publisher=two, at=AT, effective_on=date(2026, 1, 5))
        yield run()
        transaction.set_rollback(True)


def run(*file):
    told, refused = StringIO(), StringIO()
    call_command(
        "load_benchmarks",
        *map(str, file),
        "--list=GD",
        "--actor=gd1",
        "--publish-as=gd2",
        f"--effective-on={SINCE}",
        stdout=told,
        stderr=refused,
    )
    return told.getvalue(), refused.getvalue()


def table(section):
    return DiscretionTable.objects.get(title__endswith=f" §{section}")


def reckon(section, *texts, quantity="1"):
    """Tick the circumstances of these texts, one of each group in turn."""
    found = table(section)
    groups = question(found)["groups"]
    chosen = [
        next(one["value"] for one in group["options"] if one["text"].startswith(text)).partition(":")[2]
        for group, text in zip(groups, texts, strict=True)
    ]
    version = version_in_force(found.item, ON)
    return calculate(found, version, chosen=frozenset(chosen), quantity=Decimal(quantity))


def test_every_table_is_loaded_and_again_changes_nothing(loaded, db):
    told, refused = loaded
    assert told.strip() == "245 made, 0 unchanged, 35 refused"
    assert len(refused.strip().splitlines()) == 35
    assert "§2.12: 原文第二档写作“45万元以上60万元以上”" in refused
    assert run()[0].strip() == "0 made, 245 unchanged, 35 refused"
    assert set(DiscretionTable.objects.values_list("shape", flat=True)) == {"weights", "cells"}
    with pytest.raises(CommandError):
        call_command(
            "load_benchmarks", "--list=NONE", "--actor=a", "--publish-as=b", f"--effective-on={SINCE}"
        )


def test_building_without_approval_by_weights_of_the_investment(loaded, db):
    found = reckon(
        "1.1", "报告书类，但", "限批区", "设备安装", "3个月以上6", "1次", "配合调查", quantity="10000000"
    )
    # 20+5+6+5+3+0+0 = 39 %; of 10,000,000 × 5 % = 195,000; the statute: 1 to 5 % of the investment.
    assert found.main.range.low == found.main.range.high == Decimal(195000)
    assert found.main.lawful is not None


def test_discharging_without_permit_under_two_statutes(loaded, db):
    water = ("简化管理", "排放B", "生态环境敏感区以外", "3个月以下", "限期内改正", "1次")
    by_law, by_rules = reckon("2.5.1", *water), reckon("2.5.2", *water)
    assert by_law.main.range.low == Decimal(100000)
    assert by_rules.main.range.low == Decimal(200000)
    assert table("2.5.1").item == table("2.5.2").item
    item = table("2.5.1").item
    prevailing = competing(tables_of(item, ON), version_in_force(item, ON), Decimal(1))
    assert prevailing == table("2.5.2").pk


def test_a_bad_assessment_fines_the_body_and_the_person(loaded, db):
    found = reckon("1.4", "未投入生产", "报告表类（非生产型）", "一般区域")
    assert [(one.range.low, one.range.high) for one in found.found] == [
        (Decimal(500000), Decimal(570000)),
        (Decimal(50000), Decimal(120000)),
    ]
    assert found.found[1].target


def test_a_fine_counted_in_times_of_the_gains_or_in_yuan_without_them(loaded, db):
    """粤环发〔2021〕7号 §7.3: one to three times gains of 100,000 yuan and more, else yuan."""
    texts = "违法所得十万元以上的", "未造成重大生态环境影响", "限期内改正"
    main = reckon("7.3", *texts, quantity="200000").main.range
    assert (main.low, main.high) == (200_000, 600_000)


def test_the_report_names_each_item_without_a_benchmark_and_why(loaded, db):
    power_list = PowerList.objects.get(code="GD")
    answer = benchmarks(on=ON, power_list=power_list)
    assert [one.value for one in answer.figures] == [274, 239, 35]
    why = {row.number: row.why for row in answer.rows}
    assert len(why) == 35
    assert "跨页断开" in why["1.3"]
    assert all(why.values())


def test_entries_of_an_exemption_list_come_the_same_way(loaded, db, tmp_path):
    line = {
        "item": "4.12",
        "title": "县生态环境轻微不罚清单",
        "shape": "minor",
        "conditions": ["两年内首次违法", "期限内改正，危害后果轻微"],
    }
    unknown = {**line, "item": "99.9"}
    path = tmp_path / "exemptions.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in (line, unknown)), "utf-8")
    assert run(path)[0].strip() == "1 made, 0 unchanged, 1 refused"
    told, refused = run(path)
    assert told.strip() == "0 made, 1 unchanged, 1 refused"
    assert "99.9" in refused
    assert ExemptionRule.objects.get().rule.met([0, 1])
