"""当场处罚: small, at once, and only in one's own body's power."""

from datetime import date
from decimal import Decimal

import pytest

from cases.decision import summary
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.parties.models import Party
from law.errors import RuleViolation
from tests.doors.drivers import instant
from tests.factories.catalog import ItemFactory
from tests.factories.townships import AuthorityGrantFactory, BodyFactory, OfficerFactory, PlaceFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
AT = instant("2026-03-04T10:00")


def small_item(holder, **more):
    version = {
        "name": "对占用人行道摆摊的行政处罚",
        "violation": "占用人行道摆摊",
        "fine_min": Decimal("20"),
        "fine_max": Decimal("500"),
        "penalty_kinds": ["warning", "fine"],
    }
    bands = more.pop("bands", None)
    item = ItemFactory(version=version | more, bands=bands)
    AuthorityGrantFactory(empowered=True, holder=holder, items=[item])
    return item


def decide(county, item, **changes):
    facts = {
        "actor": county.first,
        "at": AT,
        "source": "patrol",
        "summary": "在和平路人行道摆摊约2平方米。",
        "township": county.township,
        "address": "和平路12号",
        "happened_at": AT,
        "item": item,
        "second_officer": county.second,
        "party_kind": "citizen",
        "party_name": "当事人乙",
        "id_number": "330000199001010011",
        "kinds": ["fine"],
        "fine": Decimal("50"),
        "facts_clear": True,
        "certificate_shown": True,
        "rights_told": True,
        "statement": "无异议。",
        "received_by": "当事人乙",
    }
    return summary.record_on_the_spot(**(facts | changes))


def assert_refused(county, item, code, article, **changes):
    with pytest.raises(RuleViolation) as caught:
        decide(county, item, **changes)
    assert caught.value.code == code
    assert article in caught.value.article
    assert caught.value.unblock
    assert not Case.objects.exists()
    assert not Party.objects.exists()


def test_officers_decide_nothing_in_another_townships_name(county, login, freeze):
    other = BodyFactory(short_name="邻镇")
    item = small_item(other)
    PlaceFactory(township=other)
    assert_refused(county, item, "lead_of_other_township", "第二十二条", township=other)
    freeze("2026-03-04 10:05")
    answer = login(county.first).post(
        "/on-spot/new/",
        {
            "source": "patrol",
            "summary": "摆摊。",
            "township": other.pk,
            "address": "1号",
            "item": item.pk,
            "party_kind": "citizen",
            "party_name": "乙",
            "second_officer": county.second.pk,
            "kinds": ["fine"],
            "fine": "50",
            "facts_clear": "on",
            "certificate_shown": "on",
            "rights_told": "on",
            "statement": "无",
            "received_by": "乙",
        },
    )
    assert answer.status_code == 409
    assert not Case.objects.exists()


def test_officers_decide_nothing_by_a_departments_power(county):
    """The item in their own township is a county department's: its officers decide, not the township's."""
    item = ItemFactory(version={"fine_min": Decimal(20), "fine_max": Decimal(500)})
    AuthorityGrantFactory(own=True, items=[item])
    assert_refused(county, item, "two_certified_officers", "第四十二条")


def test_a_second_officer_of_another_body_does_not_count(county):
    stranger = OfficerFactory(body=BodyFactory(), roles=[Role.TOWNSHIP_OFFICER], certified=True)
    item = small_item(county.township)
    assert_refused(county, item, "two_certified_officers", "第四十二条", second_officer=stranger)


@pytest.mark.parametrize(
    ("changes", "code", "article"),
    [
        ({"fine": Decimal("50"), "kinds": ["warning"]}, "fine_without_kind", "第九条"),
        ({"fine": Decimal("0"), "kinds": ["fine"]}, "fine_without_kind", "第九条"),
        ({"fine": Decimal("0"), "kinds": []}, "penalty_kind_within_rule_level", "第十"),
        ({"id_number": "330000201501010011"}, "minor_under_14", "第三十条"),
        ({"id_number": "", "born_on": date(2014, 5, 1)}, "minor_under_14", "第三十条"),
        ({"id_number": "330000201001010011"}, "minor_14_18_mitigate", "第三十条"),
        ({"happened_at": instant("2023-03-04T10:00")}, "limitation_check", "第三十六条"),
    ],
)
def test_what_no_procedure_may_do_is_not_done_on_the_spot(county, changes, code, article):
    assert_refused(county, small_item(county.township), code, article, **changes)


def test_a_penalty_for_not_correcting_needs_the_order_first(county):
    item = small_item(county.township, needs_correction_first=True)
    assert_refused(county, item, "order_correction", "第二十八条")


def test_a_fine_no_grade_knows_is_refused(county):
    item = small_item(county.township, bands=(("较轻", "首次", 20, 50), ("较重", "再次", 100, 200)))
    assert_refused(county, item, "discretion_band", "", fine=Decimal("70"))
    assert decide(county, item, fine=Decimal("50")).stage == Stage.SERVED


def test_the_same_act_is_not_fined_twice_on_the_spot(county):
    item = small_item(county.township)
    decide(county, item)
    with pytest.raises(RuleViolation) as caught:
        decide(county, item)
    assert caught.value.code == "one_act_one_fine"
    assert "第二十九条" in caught.value.article
    assert Case.objects.count() == 1


def test_a_warning_is_settled_by_its_service_and_can_be_closed(county):
    case = decide(county, small_item(county.township), kinds=["warning"], fine=Decimal(0))
    assert case.stage == Stage.EXECUTED
    assert not case.clocks.filter(kind="fine_payment", state="running").exists()
    assert case.clocks.filter(kind="close_case", state="running").exists()
