"""The environmental benchmarks that come along: loaded by two people, reckoned with as by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction

from catalog.discretion.schemes import calculate, competing, question
from catalog.models import DiscretionTable, ImportBatch, ItemVersion, PowerList
from catalog.reports.benchmarks import benchmarks
from catalog.selectors import tables_of, version_in_force
from catalog.starters import load_starter
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.models import Officer
from townships.roles import Role

AT = datetime(2026, 1, 5, 1, tzinfo=UTC)
ON = date(2026, 3, 2)
BY_RULES = "2.5.2 《排污许可管理条例》"
SINCE = date(2026, 1, 5)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        CountyFactory()
        OfficerFactory(username="gd1", roles=[Role.CATALOG_ADMIN])
        OfficerFactory(username="gd2", roles=[Role.CATALOG_ADMIN])
        yield load()
        transaction.set_rollback(True)


def load():
    one, two = Officer.objects.get(username="gd1"), Officer.objects.get(username="gd2")
    return load_starter("GD", uploader=one, publisher=two, at=AT, effective_on=SINCE)


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


def test_every_table_is_loaded_through_the_import_and_again_changes_nothing(loaded, db):
    batch = ImportBatch.objects.order_by("-pk")[0]
    assert (batch.rows_read, batch.rows_skipped, batch.item_count) == (2117, 87, 239)
    (sheet,) = batch.report["sheets"]
    assert {row["code"] for row in sheet["warnings"]} == {"another_header"}
    tables = DiscretionTable.objects.all()
    assert len({title.split("§")[1].split()[0] for title in tables.values_list("title", flat=True)}) == 245
    assert set(tables.values_list("shape", flat=True)) == {"weights", "cells"}
    before = tables.count(), ItemVersion.objects.count(), ImportBatch.objects.count()
    load()
    assert (tables.count(), ItemVersion.objects.count(), ImportBatch.objects.count()) == before


def test_building_without_approval_by_weights_of_the_investment(loaded, db):
    found = reckon(
        "1.1", "报告书类，但", "限批区", "设备安装", "3个月以上6", "1次", "配合调查", quantity="10000000"
    )
    # 20+5+6+5+3+0+0 = 39 %; of 10,000,000 × 5 % = 195,000; the statute: 1 to 5 % of the investment.
    assert found.main.range.low == found.main.range.high == Decimal(195000)
    assert found.main.lawful is not None


def test_discharging_without_permit_under_two_statutes(loaded, db):
    water = ("简化管理", "排放B", "生态环境敏感区以外", "3个月以下", "限期内改正", "1次")
    by_law, by_rules = reckon("2.5.1", *water), reckon(BY_RULES, *water)
    assert by_law.main.range.low == Decimal(100000)
    assert by_rules.main.range.low == Decimal(200000)
    assert table("2.5.1").item == table(BY_RULES).item
    item = table("2.5.1").item
    prevailing = competing(tables_of(item, ON), version_in_force(item, ON), Decimal(1))
    assert prevailing == table(BY_RULES).pk


def test_a_bad_assessment_fines_the_body_and_by_a_table_of_its_own_the_person(loaded, db):
    about = "未投入生产", "报告表类（非生产型）", "一般区域"
    (body,), (person,) = reckon("1.4", *about).found, reckon("1.4 直接责任人员", *about).found
    assert (body.range.low, body.range.high) == (500_000, 570_000)
    assert (person.range.low, person.range.high) == (50_000, 120_000)
    assert person.target


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
