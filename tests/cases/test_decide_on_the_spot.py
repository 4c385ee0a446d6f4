"""The on-the-spot decision (行政处罚法第五十一条至第五十三条)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cases.decision import summary
from cases.decision.models import Decision
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.instruments.models import Instrument, Service
from law.errors import RuleViolation
from tests.factories.catalog import ItemFactory
from tests.factories.townships import AuthorityGrantFactory
from townships.selectors import county as selected_county

pytestmark = pytest.mark.django_db
# Wednesday 4 March 2026, 10:00 in the county.
AT = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)


@pytest.fixture
def small_item(county):
    item = ItemFactory(
        version={
            "name": "对占用人行道摆摊的行政处罚",
            "violation": "占用人行道摆摊",
            "fine_min": Decimal("20"),
            "fine_max": Decimal("500"),
        }
    )
    AuthorityGrantFactory(empowered=True, holder=county.township, items=[item])
    return item


def decide(county, item, **changes):
    facts = {
        "actor": county.first,
        "at": AT,
        "source": "patrol",
        "summary": "在和平路人行道摆摊约2平方米。",
        "township": county.township,
        "place": county.place,
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


def test_payment_and_report_to_the_body_are_clocked_from_that_day(county, small_item):
    case = decide(county, small_item)
    due = {clock.kind: clock.due_on for clock in case.clocks.filter(state="running")}
    assert due["fine_payment"] == date(2026, 3, 19)
    # Two working days by the county's setting: 5 and 6 March.
    assert due["summary_record"] == date(2026, 3, 6)
    summary.file_summary(case=case, actor=county.leader, at=AT)
    assert not case.clocks.filter(kind="summary_record", state="running").exists()


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
    with pytest.raises(RuleViolation) as refused:
        decide(county, small_item, **changes)
    assert refused.value.code == code
    assert article in refused.value.article
    assert refused.value.unblock
    assert not Case.objects.exists()
    assert not Instrument.objects.exists()


def test_an_officer_alone_cannot_decide_on_the_spot(county, small_item):
    with pytest.raises(RuleViolation) as refused:
        decide(county, small_item, second_officer=county.first)
    assert refused.value.code in {"two_certified_officers", "certificate_valid_on_date"}
    assert not Case.objects.exists()


def test_the_reporter_screen_does_it_in_one_post(county, small_item, login, freeze):
    freeze("2026-03-04 10:05")
    answer = login(county.first).post(
        "/on-spot/new/",
        {
            "source": "patrol",
            "summary": "在和平路人行道摆摊约2平方米。",
            "township": county.township.pk,
            "address": "和平路12号",
            "happened_at": "2026-03-04T10:00",
            "item": small_item.pk,
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
        },
    )
    assert answer.status_code == 302
    assert Case.objects.get().stage == Stage.SERVED


@pytest.mark.parametrize("taken", ["  ", "拒绝签收"])
def test_summary_numbered_form_and_delivery_on_the_spot_or_a_witnessed_refusal(county, small_item, taken):
    with pytest.raises(RuleViolation) as caught:
        decide(county, small_item, received_by=taken)
    assert caught.value.code == "summary_numbered_form_and_delivery"
    assert caught.value.unblock
    assert not Case.objects.exists()
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
