"""当场处罚 with benchmarks of every shape (行政处罚法第三十三条、第三十四条)."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from audit.models import Event
from cases.dossier.models import Case
from catalog import drafts
from catalog.discretion.schemes import scheme_of
from catalog.discretion.services import TableTerms, draft_exemption, draft_table
from tests.cases.decision.test_on_spot import AT, an_item, assert_refused, decide
from tests.factories.townships import OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
SINCE = date(2026, 1, 1)
SHEETS = {
    "cells": [
        ["区域", "次数", "罚款"],
        ["主干道", "首次", "处50元罚款"],
        ["主干道", "再次", "处100元以上200元以下罚款"],
    ],
    "weights": [
        ["裁量要素", "情形", "权重"],
        ["裁量起点", "", "20%"],
        ["区域", "主干道", "10%"],
        ["区域", "支路", "0%"],
    ],
    "default": [["下限", "上限", "默认"], ["40", "60", "50"]],
    "grades": [
        ["裁量阶次", "适用条件", "处罚标准"],
        ["较轻", "首次", "处50元罚款"],
        ["较重", "再次", "处200元罚款"],
    ],
}


@pytest.fixture
def item(county):
    return an_item(county.township)


def benchmark(item, shape):
    about = {"base": Decimal(200)} if shape == "weights" else {}
    row = draft_table(
        item=item,
        terms=TableTerms(title="基准", shape=shape),
        rows=SHEETS[shape],
        about=about,
        effective_on=SINCE,
        source="测试",
        actor=OfficerFactory(roles=[Role.CATALOG_ADMIN]),
        at=AT,
    )
    return drafts.publish(row=row, actor=OfficerFactory(roles=[Role.CATALOG_ADMIN]), at=AT)


def ticks(table, *texts):
    return [f"{table.pk}:{key}" for key, one in scheme_of(table).options.items() if one.text in texts]


@pytest.mark.parametrize(
    ("shape", "texts", "inside", "outside"),
    [
        ("cells", ("主干道", "再次"), "150", "50"),
        ("weights", ("主干道",), "60", "100"),
        ("default", (), "50", "100"),
        ("grades", ("再次",), "200", "50"),
    ],
)
def test_a_fine_on_the_spot_keeps_to_what_the_circumstances_lead_to(
    county, item, shape, texts, inside, outside
):
    found = ticks(benchmark(item, shape), *texts)
    assert_refused(county, item, "discretion_band", "裁量权基准", circumstances=found, fine=Decimal(outside))
    case = decide(county, item, circumstances=found, fine=Decimal(inside))
    told = Event.objects.get(chain=f"case:{case.pk}", verb="decided_on_spot").payload["weighing"]
    assert told["circumstances"] == list(texts) or shape == "cells"
    assert told["result"]["found"]


@pytest.mark.parametrize("shape", ["cells", "weights"])
def test_where_the_benchmark_asks_for_circumstances_they_are_ticked(county, item, shape):
    benchmark(item, shape)
    assert_refused(county, item, "discretion_band", "裁量权基准")


def test_an_exemption_that_is_met_is_followed_or_refused_with_reasons(county, item):
    row = draft_exemption(
        item=item,
        kind="minor",
        conditions=["首次", "当场改正"],
        needs_all=True,
        document="轻微不罚清单",
        effective_on=SINCE,
        source="测试",
        actor=OfficerFactory(roles=[Role.CATALOG_ADMIN]),
        at=AT,
    )
    rule = drafts.publish(row=row, actor=OfficerFactory(roles=[Role.CATALOG_ADMIN]), at=AT)
    found = [f"x{rule.pk}:0", f"x{rule.pk}:1"]
    with pytest.raises(Exception, match="不予处罚"):
        decide(county, item, circumstances=found)
    assert not Case.objects.exists()
    case = decide(county, item, circumstances=found, exemption_refusal="多次劝阻后仍摆摊，不属轻微。")
    assert case.decided_on == date(2026, 3, 4)


def test_the_page_asks_for_the_circumstances_of_the_item_chosen(client, county, item):
    table = benchmark(item, "cells")
    client.force_login(county.first)
    html = client.get(reverse("item_questions"), {"item": item.pk, "on": "2026-03-04"}).content.decode()
    assert "主干道" in html
    assert f"{table.pk}:" in html
    for strange in ("", "x", "9" * 30, "0"):
        assert client.get(reverse("item_questions"), {"item": strange}).content == b""
