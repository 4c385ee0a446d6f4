"""当场处罚 (行政处罚法第五十一条至第五十三条): small, at once, and only in one's own body's power."""

from datetime import date
from decimal import Decimal

import pytest

from cases.archive.rules import closing_obstacles
from cases.archive.timesheet import checks_of
from cases.decision import summary
from cases.decision.models import Decision
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.instruments.models import Instrument, Service
from cases.parties.models import Party
from law.errors import RuleViolation
from tests.doors.drivers import instant
from tests.factories.catalog import ItemFactory
from tests.factories.townships import AuthorityGrantFactory, BodyFactory, OfficerFactory, PlaceFactory
from townships.roles import Role
from townships.selectors import county as selected_county

pytestmark = pytest.mark.django_db
AT = instant("2026-03-04T10:00")


def an_item(holder, **more):
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


@pytest.fixture
def small_item(county):
    return an_item(county.township)


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
    assert not Instrument.objects.exists()
    assert not Party.objects.exists()


def posted(county, item, **changes):
    """What the page sends."""
    return {
        "source": "patrol",
        "summary": "在和平路人行道摆摊约2平方米。",
        "township": county.township.pk,
        "address": "和平路12号",
        "happened_at": "2026-03-04T10:00",
        "item": item.pk,
        "party_kind": "citizen",
        "party_name": "当事人乙",
        "second_officer": county.second.pk,
        "kinds": ["fine"],
        "fine": "50",
        "facts_clear": "on",
        "certificate_shown": "on",
        "rights_told": "on",
        "statement": "无异议。",
        "received_by": "当事人乙",
        **changes,
    }


def test_a_small_fine_is_decided_served_and_numbered_in_one_act(county, small_item):
    case = decide(county, small_item)
    decision = Decision.objects.get(case=case)
    paper = decision.instrument.paper
    assert case.stage == Stage.SERVED
    assert case.number == "青禾简案〔2026〕1号"
    assert decision.instrument.number == "青禾当罚〔2026〕1号"
    assert paper.content["remedy"]["mode"] == "reconsideration_first"
    assert paper.issuer_name == "青禾镇人民政府"
    assert Service.objects.get(instrument=decision.instrument).recipient == "当事人乙"


def test_the_file_misses_no_paper_that_only_the_ordinary_procedure_makes(county, small_item):
    checked = {row["item"]: row["result"] for row in checks_of(decide(county, small_item))}
    assert [item for item, result in checked.items() if result == "missing"] == ["罚款缴纳票据", "结案审批"]
    assert checked["立案审批"] == checked["事先告知并送达"] == "na"
    assert checked["处罚决定书送达"] == "ok"


def test_payment_and_report_to_the_body_are_clocked_from_that_day(county, small_item):
    case = decide(county, small_item)
    due = {clock.kind: clock.due_on for clock in case.clocks.filter(state="running")}
    assert due["fine_payment"] == date(2026, 3, 19)
    # Two working days by the county's setting: 5 and 6 March.
    assert due["summary_record"] == date(2026, 3, 6)
    summary.file_summary(case=case, actor=county.leader, at=AT)
    assert not case.clocks.filter(kind="summary_record", state="running").exists()


def test_a_decision_the_body_has_not_on_record_is_not_closed(county, small_item):
    case = decide(county, small_item, kinds=["warning"], fine=Decimal(0))
    assert case.stage == Stage.EXECUTED

    def found():
        return [(one.code, one.link) for one in closing_obstacles(case, date(2026, 3, 5))]

    assert found() == [("summary_numbered_form_and_delivery", "case:file-summary")]
    summary.file_summary(case=case, actor=county.leader, at=AT)
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "code", "article"),
    [
        ({"fine": Decimal("201")}, "summary_eligibility", "第五十一条"),
        ({"party_kind": "organisation", "fine": Decimal("3001")}, "summary_eligibility", "第五十一条"),
        ({"facts_clear": False}, "summary_eligibility", "第五十一条"),
        ({"kinds": ["confiscate_gains"]}, "summary_other_penalties_barred", "第五十一条"),
        ({"certificate_shown": False}, "show_certificate_recorded", "第五十五条"),
        ({"rights_told": False}, "prior_notice", "第四十四条"),
        ({"fine": Decimal("10")}, "fine_within_statute", "第"),
    ],
)
def test_what_is_not_for_the_spot_is_refused_and_leaves_nothing_behind(
    county, small_item, changes, code, article
):
    assert_refused(county, small_item, code, article, **changes)


def test_an_officer_alone_cannot_decide_on_the_spot(county, small_item):
    assert_refused(county, small_item, "two_certified_officers", "第四十二条", second_officer=county.first)


def test_the_reporter_screen_does_it_in_one_post(county, small_item, login, freeze):
    freeze("2026-03-04 10:05")
    browser = login(county.first)
    assert "公民 200 元以下，法人或其他组织 3000 元以下" in browser.get("/on-spot/new/").content.decode()
    answer = browser.post("/on-spot/new/", posted(county, small_item))
    assert answer.status_code == 302
    assert Case.objects.get().stage == Stage.SERVED


@pytest.mark.parametrize("taken", ["  ", "拒绝签收"])
def test_summary_numbered_form_and_delivery_on_the_spot_or_a_witnessed_refusal(county, small_item, taken):
    assert_refused(county, small_item, "summary_numbered_form_and_delivery", "", received_by=taken)
    assert decide(county, small_item, received_by="拒绝签收，见证人李某").decision.instrument.number


def test_a_body_without_a_word_for_its_numbers_issues_no_numbered_form(county, small_item):
    type(county.township).objects.filter(pk=county.township.pk).update(document_word="")
    with pytest.raises(RuleViolation) as caught:
        decide(county, small_item)
    assert caught.value.code == "summary_numbered_form_and_delivery"
    assert not Case.objects.exists()


def test_summary_review_first_notice_is_not_left_without_a_reviewing_body(county, small_item):
    paper = decide(county, small_item).decision.instrument.paper
    assert paper.content["remedy"]["mode"] == "reconsideration_first"
    type(selected_county()).objects.update(government_name="")
    with pytest.raises(RuleViolation) as caught:
        decide(county, small_item, address="和平路13号")
    assert caught.value.code == "summary_review_first_notice"
    assert Case.objects.count() == 1


def test_officers_decide_nothing_in_another_townships_name(county, login, freeze):
    other = BodyFactory(short_name="邻镇")
    item = an_item(other)
    PlaceFactory(township=other)
    assert_refused(county, item, "lead_of_other_township", "第二十二条", township=other)
    freeze("2026-03-04 10:05")
    answer = login(county.first).post("/on-spot/new/", posted(county, item, township=other.pk))
    assert answer.status_code == 409
    assert not Case.objects.exists()


def test_officers_decide_nothing_by_a_departments_power(county):
    """The item in their own township is a county department's: its officers decide, not the township's."""
    item = ItemFactory(version={"fine_min": Decimal(20), "fine_max": Decimal(500)})
    AuthorityGrantFactory(own=True, items=[item])
    assert_refused(county, item, "two_certified_officers", "第四十二条")


def test_a_second_officer_of_another_body_does_not_count(county, small_item):
    stranger = OfficerFactory(body=BodyFactory(), roles=[Role.TOWNSHIP_OFFICER], certified=True)
    assert_refused(county, small_item, "two_certified_officers", "第四十二条", second_officer=stranger)


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
def test_what_no_procedure_may_do_is_not_done_on_the_spot(county, small_item, changes, code, article):
    assert_refused(county, small_item, code, article, **changes)


def test_a_penalty_for_not_correcting_needs_the_order_first(county):
    item = an_item(county.township, needs_correction_first=True)
    assert_refused(county, item, "order_correction", "第二十八条")


def test_a_fine_no_grade_knows_is_refused(county):
    item = an_item(county.township, bands=(("较轻", "首次", 20, 50), ("较重", "再次", 100, 200)))
    assert_refused(county, item, "discretion_band", "", fine=Decimal("70"))
    assert decide(county, item, fine=Decimal("50")).stage == Stage.SERVED


def test_the_same_act_is_not_fined_twice_on_the_spot(county, small_item):
    decide(county, small_item)
    with pytest.raises(RuleViolation) as caught:
        decide(county, small_item)
    assert caught.value.code == "one_act_one_fine"
    assert "第二十九条" in caught.value.article
    assert Case.objects.count() == 1


def test_a_warning_is_settled_by_its_service_and_can_be_closed(county, small_item):
    case = decide(county, small_item, kinds=["warning"], fine=Decimal(0))
    assert case.stage == Stage.EXECUTED
    assert not case.clocks.filter(kind="fine_payment", state="running").exists()
    assert case.clocks.filter(kind="close_case", state="running").exists()
