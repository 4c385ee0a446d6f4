"""Circumstances ticked at the end of an investigation: range, derivation, exemptions; pinned and printed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.investigation.content import basis_content
from cases.investigation.findings import consequences, current_report
from cases.investigation.former import former_of
from cases.investigation.proposals import deviates
from cases.investigation.ranges import span_of
from catalog import drafts
from catalog.discretion.services import TableTerms, draft_exemption, draft_table
from catalog.guides import draft_guide
from catalog.models import DiscretionTable
from law.discretion import Range
from tests.cases.standing import again, denied, done, force, standing_at, step_of
from tests.doors.drivers import at, form_values
from tests.doors.script import Step
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.roles import Role

MOVE = "conclude"
ON = date(2026, 3, 10)
AT = datetime(2026, 1, 5, tzinfo=UTC)
SINCE = {"effective_on": date(2026, 1, 5), "source": "县府〔2026〕1号"}
WEIGHTS = [
    ["裁量要素", "情形", "权重"],
    ["裁量起点", "", "20%"],
    ["设施面积", "不足20平方米", "0%"],
    ["设施面积", "20平方米以上", "30%"],
    ["整改情况", "限期内改正", "0%"],
    ["整改情况", "逾期未改正", "10%"],
]
laid = standing_at(MOVE)


@pytest.fixture
def county_table(standing):
    return DiscretionTable.objects.get(item=standing.county.item)


def keeper():
    """Somebody who keeps the catalogue."""
    return OfficerFactory(roles=[Role.CATALOG_ADMIN])


def publish(row):
    return drafts.publish(row=row, actor=keeper(), at=AT)


@pytest.fixture
def weights(standing):
    """Only a table of weighted factors is in force: 罚款＝Σ权重×100000."""
    force("UPDATE catalog_discretiontable SET valid_to = '2021-01-01', closed_at = now()")
    return publish(
        draft_table(
            item=standing.county.item,
            terms=TableTerms(title="权重", shape="weights"),
            rows=WEIGHTS,
            about={"base": 100000},
            actor=keeper(),
            at=AT,
            **SINCE,
        )
    )


def listed(standing, kind):
    """Publish an entry of the item in a list of minor or first offences."""
    return publish(
        draft_exemption(
            item=standing.county.item,
            kind=kind,
            conditions=["初次违法", "及时改正"],
            needs_all=True,
            document="县首违不罚清单",
            actor=keeper(),
            at=AT,
            **SINCE,
        )
    )


@pytest.fixture
def first_offence(standing):
    return listed(standing, "first")


def test_f009_the_grade_follows_from_the_circumstance_and_is_pinned(standing, county_table):
    ticked = [f"{county_table.pk}:g2.1"]
    case = done(standing, again(standing, MOVE, band="", circumstances=ticked))
    report = current_report(case)
    assert report.band == standing.county.band
    assert report.calculation["circumstances"] == ["第二次被处罚的。"]
    assert report.calculation["result"]["found"][0]["low"] == "30000.00"
    force("UPDATE catalog_discretionband SET fine_max = 200000, circumstances = '改了'")
    report.refresh_from_db()
    assert report.calculation["result"]["found"][0]["high"] == "60000.00"
    assert report.calculation["circumstances"] == ["第二次被处罚的。"]
    printed = Instrument.objects.get(case=case, kind=Kind.REPORT).paper.content["circumstances"]
    assert "裁量计算（" in printed
    assert "罚款30000元以上60000元以下" in printed


def test_of_several_circumstances_of_a_grade_the_document_names_the_one_that_was_found(
    standing, county_table
):
    force(
        "UPDATE catalog_discretionband SET circumstances = %s WHERE id = %s",
        "1.一年内三次以上被查处；2.堆放5立方米以上",
        standing.county.band.pk,
    )
    ticked = [f"{county_table.pk}:g2.2"]
    case = done(standing, again(standing, MOVE, band="", circumstances=ticked))
    report = current_report(case)
    assert basis_content(report)["discretion"]["circumstances"] == "堆放5立方米以上"
    printed = Instrument.objects.get(case=case, kind=Kind.REPORT).paper.content["circumstances"]
    assert "堆放5立方米以上" in printed
    assert "三次以上" not in printed


def test_a_fine_under_a_grade_that_only_warns_needs_reasons(standing):
    warns = "fine_min = NULL, fine_max = NULL, penalty_text = '警告'"
    force(f"UPDATE catalog_discretionband SET {warns} WHERE id = %s", standing.county.band.pk)
    denied(standing, "discretion_band", "", again(standing, MOVE))
    case = done(standing, again(standing, MOVE, deviation_reasons="屡教不改，仅予警告不足以纠正。"))
    assert deviates(current_report(case))


def test_a_grade_that_the_circumstances_do_not_bear_needs_reasons(standing, county_table):
    ticked = {"circumstances": [f"{county_table.pk}:g1.1"]}
    found = denied(standing, "discretion_band", "", again(standing, MOVE, **ticked))
    assert "指向“情节较轻”" in found["message"]
    done(standing, again(standing, MOVE, deviation_reasons="曾威胁执法人员", **ticked))


def test_an_unknown_circumstance_is_a_wrong_shape(standing):
    with at("2026-03-10T16:00"):
        answer = standing.do(again(standing, MOVE, circumstances=["1:x"]))
    assert answer.status_code == 400


def ticks(table, area=2, put_right=2):
    return [f"{table.pk}:f1.{area}", f"{table.pk}:f2.{put_right}"]


def test_f110_a_fine_outside_the_reckoned_range_needs_reasons_and_a_discussion(standing, weights):
    ticked = {"band": "", "circumstances": ticks(weights)}
    denied(standing, "discretion_band", "", again(standing, MOVE, fine="50000", **ticked))
    case = done(standing, again(standing, MOVE, fine="50000", deviation_reasons="主动拆除", **ticked))
    report = current_report(case)
    # 20+30+10 = 60 % of 100,000.
    assert span_of(report) == Range(Decimal("60000.00"), Decimal("60000.00"))
    told = render_to_string("cases/parts/range.html", {"range": span_of(report)})
    assert "60,000 元" in told
    assert "–" not in told
    grounds = consequences(case, report, on=ON, heard=False).discussion_grounds
    assert (grounds[-1].zh, grounds[-1].en) == (
        "拟处罚款偏离裁量基准（行政处罚法第三十四条）",
        "the proposed fine leaves the discretion standard (Administrative Penalty Law, art. 34)",
    )


def test_f110_the_sum_reckoned_needs_no_reasons(standing, weights):
    case = done(standing, again(standing, MOVE, band="", circumstances=ticks(weights), fine="60000"))
    lines = [line["zh"] for line in current_report(case).calculation["result"]["lines"]]
    assert lines[-2:] == ["罚款金额＝60%×100000元＝60000元", "法定幅度10000元以上100000元以下"]


@pytest.mark.parametrize("chosen", [[], ["f1.1"]])
def test_factors_left_open_are_refused(standing, weights, chosen):
    ticked = [f"{weights.pk}:{key}" for key in chosen]
    denied(standing, "discretion_band", "", again(standing, MOVE, band="", circumstances=ticked))


@pytest.mark.parametrize(
    ("kind", "code", "proposed"),
    [
        ("first", "first_offence_may_exempt", "可以不予处罚"),
        ("minor", "must_not_punish_minor_violation", "应当不予处罚"),
    ],
)
def test_f010_an_exemption_is_proposed_where_its_conditions_are_met_and_refusing_it_needs_a_reason(
    standing, login, kind, code, proposed
):
    """F010: proposed beside the form once every condition is ticked; a penalty then needs its reason."""
    row = listed(standing, kind)
    ticked = {"circumstances": [f"x{row.pk}:0", f"x{row.pk}:1"]}
    part = reverse("item_range", args=[standing.county.item.pk])
    for ticks_made, is_proposed in ((ticked["circumstances"][:1], False), (ticked["circumstances"], True)):
        asked = {"circumstances": ticks_made, "on": "2026-03-10"}
        answer = login(standing.county.first).get(part, asked).content.decode()
        assert (proposed in answer) is is_proposed
    found = denied(standing, code, "第三十三条", again(standing, MOVE, **ticked))
    assert "县首违不罚清单" in found["message"]
    reason = "曾因同类行为被责令改正，不属初次违法。"
    case = done(standing, again(standing, MOVE, exemption_refusal=reason, **ticked))
    report = current_report(case)
    assert report.exemption_refusal == reason
    assert report.calculation["exemptions"][0]["conditions"] == ["初次违法", "及时改正"]
    printed = Instrument.objects.get(case=case, kind=Kind.REPORT).paper.content["circumstances"]
    assert reason.rstrip("。") in printed


def test_an_exemption_with_one_condition_missing_stays_silent(standing, first_offence):
    case = done(standing, again(standing, MOVE, circumstances=[f"x{first_offence.pk}:0"]))
    assert current_report(case).calculation["exemptions"] == []


def test_two_statutes_for_one_act_the_higher_fine_applies(standing, county_table, weights):
    other = publish(
        draft_table(
            item=standing.county.item,
            terms=TableTerms(
                title="另一规定",
                shape="weights",
                statute_name="《另一条例》",
                penalty_article="第九条",
                fine_min=Decimal(20000),
                fine_max=Decimal(200000),
                fine_unit="元",
            ),
            rows=WEIGHTS,
            about={"base": 200000},
            actor=keeper(),
            at=AT,
            **SINCE,
        )
    )
    lower = again(standing, MOVE, band="", circumstances=ticks(weights), fine="60000")
    denied(standing, "higher_fine_applies", "第二十九条", lower)
    both = [*ticks(weights), *ticks(other, 1, 1)]
    case = done(standing, again(standing, MOVE, band="", circumstances=both, fine="40000"))
    pinned = current_report(case).calculation
    assert (pinned["table"], pinned["prevailing"]) == (other.pk, other.pk)
    assert [one["title"] for one in pinned["others"]] == ["权重"]


def guide_of(standing, since, **parts):
    return publish(
        draft_guide(
            item=standing.county.item, parts=parts, actor=keeper(), at=AT, **{**SINCE, "effective_on": since}
        )
    )


def test_f012_the_guide_stands_at_the_step_and_its_version_is_recorded(standing):
    """F012: the case page shows the guide of the day; the report keeps which version that was."""
    guide = guide_of(
        standing,
        date(2026, 1, 5),
        elements=["设置户外广告设施"],
        evidence=["规划审批查询结果"],
        questions=["是否经过批准？"],
    )
    later = guide_of(standing, date(2026, 3, 11), evidence=["安全检测报告"])
    client = Client()
    with at("2026-03-10T15:00"):
        client.force_login(standing.county.first)
        part = reverse("item_guide", args=[standing.county.item.pk])
        html = client.get(reverse("case", args=[standing.case_id])).content.decode()
        assert f'hx-get="{part}?on=2026-03-10"' in html
        assert "规划审批查询结果" in client.get(part, {"on": "2026-03-10"}).content.decode()
        interview = client.get(reverse("act-record-interview", args=[standing.case_id]))
        assert "问：是否经过批准？\n答：" in interview.content.decode()
        assert "安全检测报告" in client.get(part, {"on": "2026-03-11"}).content.decode()
    case = done(standing, again(standing, MOVE))
    assert current_report(case).guide_id == guide.pk != later.pk
    done(standing, Step("2026-03-11T09:00", "head", "return-report", {"reason": "补充检测。"}))
    case = done(standing, again(standing, MOVE, at="2026-03-11T16:00"))
    assert list(case.reports.order_by("round").values_list("guide", flat=True)) == [guide.pk, later.pk]
    with at("2026-03-11T16:30"):
        client.force_login(standing.county.first)
        tab = client.get(reverse("case", args=[standing.case_id]), {"tab": "discretion"})
    assert "2026-03-11 版" in tab.content.decode()


def test_the_page_offers_the_circumstances_and_takes_radios_of_factors(standing, weights):
    client = Client()
    with at("2026-03-10T16:00"):
        client.force_login(standing.county.first)
        url = reverse("act-conclude", args=[standing.case_id])
        html = client.get(url).content.decode()
        assert "20平方米以上" in html
        assert f'name="circumstances:{weights.pk}:f1"' in html
        values = form_values({**step_of(standing.county, MOVE).values, "band": ""})
        values[f"circumstances:{weights.pk}:f1"] = f"{weights.pk}:f1.2"
        values[f"circumstances:{weights.pk}:f2"] = f"{weights.pk}:f2.2"
        assert client.post(url, values).status_code == 302
        part = reverse("item_range", args=[standing.county.item.pk])
        answer = client.get(part, {f"circumstances:{weights.pk}:f1": f"{weights.pk}:f1.2"})
    assert "每个要素须选定一项：整改情况" in answer.content.decode()
    assert current_report(standing.case()).calculation["result"]["found"][0]["low"] == "60000.00"


def test_what_was_decided_against_the_party_before_is_told(standing, login):
    """F112: whichever body of the county decided it, it is counted and told on the page of the report."""
    case = standing.case()
    assert former_of(case, on=ON).count == 0
    earlier = standing.case()
    earlier.pk, earlier._state.adding = None, True
    earlier.lead_number, earlier.number, earlier.decided_on = "L-2025-1", "案2025-1", date(2025, 5, 6)
    earlier.township = earlier.handler = earlier.named = BodyFactory(name="白塔镇人民政府")
    earlier.save()
    found = former_of(case, on=ON)
    assert (found.count, found.same, found.last) == (1, 1, date(2025, 5, 6))
    assert former_of(case, on=date(2025, 5, 5)).count == 0
    with at("2026-03-10T16:00"):
        page = login(standing.county.first).get(reverse("act-conclude", args=[case.pk])).content.decode()
    assert "对该当事人已作出处罚决定 1 次，其中同一事项 1 次，最近一次2025年5月6日" in page
