"""作出处罚决定: the last gate; what no earlier act may have let through is stopped here."""

from copy import copy
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.decision import services
from cases.decision.forms import DecisionForm
from cases.decision.models import CollectiveDiscussion, Decision
from cases.decision.outcomes import Outcome
from cases.decision.rules import decision_obstacles
from cases.decision.same_act import fined_before
from cases.dossier import law_book
from cases.dossier.models import Assignment, Case
from cases.investigation.models import Report
from cases.parties.models import Party
from catalog.models import ItemVersion
from papers.models import StoredFile
from tests.cases.investigation.test_conclude import county_figure
from tests.cases.standing import again, denied, do, done, force, person, refused, standing_at, step_of
from tests.doors.drivers import at, instant
from tests.factories.catalog import ItemVersionFactory
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.models import AuthorityGrant, Body, County, RoleGrant, Suspension
from townships.roles import Role

MOVE = "decide"
AT = "2026-03-25T09:00"
laid = standing_at(MOVE)


def decide(door, actor, **changes):
    """Call the service as the script does, by somebody, with other facts."""
    values = step_of(door.county, MOVE).values
    facts = {**values, "fine": Decimal(values["fine"]), **changes}
    return services.decide(case=door.case(), actor=person(actor), at=instant(AT), **facts)


def suspend_every_grant() -> None:
    for grant in AuthorityGrant.objects.all():
        Suspension.objects.create(
            grant=grant, suspended_from=date(2026, 3, 25), reason="整改", county_id=grant.county_id
        )


@pytest.mark.parametrize(
    ("changes", "code", "article"),
    [
        ({"fine": "60001"}, "renotify_if_changed", "第四十四条"),
        ({"fine": "29999"}, "discretion_band", ""),
        ({"fine": "9999"}, "fine_within_statute", "第四条"),
        ({"fine": "0"}, "fine_without_kind", "第九条"),
    ],
)
def test_no_sum_heavier_than_told_or_outside_the_range_is_decided(standing, changes, code, article):
    """F102: nothing heavier is decided than the party was told of; it is told anew."""
    denied(standing, code, article, again(standing, MOVE, **changes))
    with refused(standing.case(), code, article):
        decide(standing, standing.county.head, fine=Decimal(changes["fine"]))


def test_no_kind_is_decided_of_which_the_party_was_not_told(standing):
    with refused(standing.case(), "renotify_if_changed", "第四十四条"):
        decide(standing, standing.county.head, kinds=["fine", "suspend_business"])
    assert do(standing, again(standing, MOVE, kinds=["suspend_business"])).status_code == 400


def test_nothing_at_all_is_no_penalty(standing):
    with refused(standing.case(), "penalty_kind_within_rule_level"):
        decide(standing, standing.county.head, kinds=[], fine=Decimal(0))


@pytest.mark.parametrize("who", ["first", "leader", "reviewer", "clerk", "supervisor"])
def test_whoever_is_no_head_does_not_decide(standing, who):
    assert do(standing, again(standing, MOVE, who=who)).status_code == 403
    with refused(standing.case(), "head_decides", "第五十七条"):
        decide(standing, getattr(standing.county, who))


def test_a_head_who_reviewed_or_investigated_does_not_decide(standing):
    """F221: who investigated or reviewed does not decide."""
    county = standing.county
    for officer in (county.reviewer, county.first):
        type(officer).objects.filter(pk=officer.pk).update(is_head=True)
        RoleGrant.objects.create(officer=officer, role=Role.HEAD, valid_from=date(2020, 1, 1))
        with refused(standing.case(), "separate_functions", "第五十七条"):
            decide(standing, officer)


def test_whoever_investigated_once_does_not_decide_after_being_replaced(standing):
    Assignment.objects.create(
        case=standing.case(),
        officer=standing.county.head,
        duty="investigator",
        began_on="2026-03-02",
        ended_on="2026-03-03",
    )
    denied(standing, "separate_functions", "第五十七条", again(standing, MOVE))


def test_a_head_of_another_township_sees_no_case_and_decides_none(standing):
    stranger = OfficerFactory(body=BodyFactory(), roles=[Role.HEAD])
    with refused(standing.case(), "head_decides", "第五十七条"):
        decide(standing, stranger)


def test_authority_that_ended_before_the_decision_stops_it(standing):
    suspend_every_grant()
    denied(standing, "authority_subject", "第十七条", again(standing, MOVE))
    with refused(standing.case(), "authority_subject", "第十七条"):
        decide(standing, standing.county.head)


def test_a_hearing_right_that_was_not_told_stops_the_decision(standing):
    force("UPDATE cases_priornotice SET hearing_offered = false")
    denied(standing, "hearing_right_told", "第六十三条", again(standing, MOVE))


def test_an_unknown_figure_of_the_place_is_a_refusal_and_no_error(standing):
    force("DELETE FROM cases_lawsetting")
    law_book.forget()
    found = denied(standing, "threshold_unknown", "第六十三条", again(standing, MOVE))
    assert found["unblock"]


def test_a_notice_in_another_bodys_name_does_not_carry_this_bodys_decision(standing):
    other = BodyFactory()
    force("UPDATE cases_instrument SET issuer_id = %s WHERE kind = 'prior_notice'", other.pk)
    denied(standing, "prior_notice", "第四十四条", again(standing, MOVE))


def test_a_case_handed_over_and_without_officers_is_not_decided(standing):
    Case.objects.filter(pk=standing.case_id).update(lead_officer=None, second_officer=None)
    denied(standing, "two_certified_officers", "第四十二条", again(standing, MOVE))


def test_the_same_act_of_the_same_party_is_fined_once(standing):
    case = standing.case()
    twin = Case.objects.create(
        lead_number="青禾线索〔2026〕99号",
        source="patrol",
        summary="同一块广告牌",
        found_on=case.found_on,
        township=case.township,
        address=case.address,
        item=case.item,
        party=case.party,
        ended_on=case.ended_on,
        registered_by=standing.county.clerk,
        registered_at=instant("2026-03-02T09:00"),
        decided_on="2026-03-20",
    )
    done(standing, again(standing, MOVE))
    made = Decision.objects.get(case=case)
    # Seen from the twin, the first is decided.
    assert [refusal.code for refusal in fined_before(twin)] == ["one_act_one_fine"]
    assert made.fine == Decimal("60000")
    Outcome.objects.create(
        case=case,
        channel="review",
        result="revoked",
        body="青禾县人民政府",
        number="青政复〔2026〕8号",
        decided_on=date(2026, 5, 11),
        effective_on=date(2026, 5, 13),
        grounds="《中华人民共和国行政复议法》第六十四条",
        file=StoredFile.objects.earliest("id"),
        recorded_by=standing.county.first,
        recorded_at=instant("2026-05-14T09:00"),
    )
    # What was revoked fines nobody.
    assert list(fined_before(twin)) == []


def test_the_decision_prints_the_version_that_was_pinned_at_filing(standing):
    case = standing.case()
    pinned = case.item_version
    ItemVersion.objects.filter(pk=pinned.pk).update(
        valid_to=date(2026, 3, 20), closed_at=instant("2026-03-20T00:00")
    )
    ItemVersionFactory(
        item=case.item,
        name=pinned.name,
        valid_from=date(2026, 3, 20),
        penalty_article="第九十九条",
        fine_min=pinned.fine_min,
        fine_max=pinned.fine_max,
    )
    done(standing, again(standing, MOVE))
    content = Decision.objects.get(case=case).instrument.paper.content
    assert content["penalty_basis"]["article"] == pinned.penalty_article
    assert "第九十九条" not in str(content)


def test_what_was_decided_stays_as_it_was_when_the_party_changes(standing):
    done(standing, again(standing, MOVE))
    paper = Decision.objects.get(case=standing.case_id).instrument.paper
    before = paper.content
    Party.objects.update(name="改名公司", address="别处1号")
    Case.objects.filter(pk=standing.case_id).update(party_name="改名公司", address="别处1号")
    paper.refresh_from_db()
    assert paper.content == before
    assert "改名公司" not in str(paper.content)


def test_late_is_decided_only_with_reasons(standing):
    late = "2026-06-04T09:00"
    found = denied(standing, "decision_within_period", "第六十条", again(standing, MOVE, at=late))
    assert found["severity"] == "block"
    done(standing, again(standing, MOVE, at=late, late_reasons="当事人住院，多次送达未果。"))


def test_the_form_asks_of_a_delay_only_when_it_is_late(standing):
    def asked(on: date) -> list[str]:
        return list(DecisionForm(case=standing.case(), actor=standing.county.head, on=on).fields)

    assert asked(date(2026, 3, 25)) == ["kinds", "fine", "reasons"]
    assert asked(date(2026, 6, 4)) == ["kinds", "fine", "reasons", "late_reasons"]


def test_the_form_asks_of_a_fine_only_where_one_was_notified(standing):
    force("UPDATE cases_priornotice SET kinds = '[\"warning\"]', fine = 0")
    form = DecisionForm(case=standing.case(), actor=standing.county.head, on=date(2026, 3, 25))
    assert form["fine"].is_hidden
    assert form["fine"].value() == "0"


def test_illegal_gains_that_the_report_found_are_not_left_to_the_party(standing):
    kinds = '["fine", "confiscate_gains"]'
    county_figure("hearing.confiscation", "organisation", "50000")
    force("UPDATE cases_priornotice SET kinds = %s::jsonb", kinds)
    force("UPDATE cases_report SET kinds = %s::jsonb, illegal_gains = 5000, confiscated_gains = 5000", kinds)
    denied(standing, "confiscate_illegal_gains", "第二十八条第二款", again(standing, MOVE))
    case = done(standing, again(standing, MOVE, kinds=["fine", "confiscate_gains"]))
    assert case.decision.kinds == ["fine", "confiscate_gains"]


def test_a_suspected_crime_is_never_fined_instead(standing):
    force("UPDATE cases_report SET crime_suspected = true")
    denied(standing, "criminal_transfer_duty", "", again(standing, MOVE))


def test_a_party_under_fourteen_is_never_fined(standing):
    Party.objects.update(kind="citizen", born_on=date(2012, 3, 4))
    denied(standing, "minor_under_14", "第三十条", again(standing, MOVE))


def test_a_report_after_the_review_needs_its_own_notice_and_review(standing):
    """F102: the passed review and the served notice belong to the first report, never to a second."""
    first = Report.objects.get(case=standing.case_id)
    second = copy(first)
    second.pk, second.round = None, 2
    second.save()
    codes = {refusal.code for refusal in decision_obstacles(standing.case(), date(2026, 3, 25))}
    assert {"prior_notice", "legal_review_required", "collective_discussion"} <= codes
    denied(standing, "prior_notice", "第四十四条", again(standing, MOVE))


@pytest.mark.parametrize("missing", ["name", "address"])
def test_a_decision_that_could_not_state_the_party_is_not_made(standing, missing):
    Party.objects.update(**{missing: ""})
    denied(standing, "decision_contents", "第五十九条", again(standing, MOVE))


def test_a_decision_that_could_not_name_its_remedies_is_not_made(standing):
    County.objects.update(court_name="")
    denied(standing, "remedy_notice_correct", "", again(standing, MOVE))


def test_a_fine_without_an_account_to_pay_it_to_is_not_decided(standing):
    County.objects.update(bank_account="")
    Body.objects.update(fine_account="")
    denied(standing, "decision_contents", "第五十九条", again(standing, MOVE))


def test_the_head_reads_the_evidence_by_name_and_what_was_discussed(standing):
    step = again(standing, MOVE)
    with at(step.at):
        page = standing.client(step).get(reverse(f"act-{MOVE}", args=[standing.case_id])).content.decode()
    assert step_of(standing.county, "add-exhibit").values["title"] in page
    talked = CollectiveDiscussion.objects.get(case=standing.case_id)
    assert f"日：{talked.conclusion}" in page


def test_a_decision_names_the_order_to_correct_it_repeats(standing):
    case = done(standing, again(standing, MOVE))
    order, paper = case.corrections.get().instrument, case.decision.instrument.paper
    assert paper.content["correction"].startswith(f"按照《责令改正通知书》（{order.number}）改正违法行为：")


def test_an_act_fined_by_another_body_of_the_county_is_not_fined_again(standing):
    """F113: the same party, the same act, the same day: whichever body fined first."""
    case, bureau = standing.case(), BodyFactory(bureau=True)
    fined = dict(Case.objects.filter(pk=case.pk).values().get())
    numbers = {"lead_number": "县综执线索〔2026〕1号", "number": "县综执罚案〔2026〕1号"}
    bodies = dict.fromkeys(("handler_id", "named_id"), bureau.pk)
    first = Case.objects.create(**{**fined, **numbers, **bodies, "id": None, "decided_on": "2026-03-20"})
    done(standing, again(standing, MOVE))
    force("UPDATE cases_decision SET case_id = %s WHERE case_id = %s", first.pk, case.pk)
    force("UPDATE cases_case SET stage = 'discussed', decided_on = NULL WHERE id = %s", case.pk)
    found = denied(standing, "one_act_one_fine", "第二十九条", again(standing, MOVE))
    assert "县综执罚案〔2026〕1号" in found["message"]


def test_the_decision_is_served_within_seven_working_days_by_the_holiday_table(standing):
    """F122: decided on Monday 30 March, with 4 to 6 April off: to Thursday 9 April."""
    case = done(standing, again(standing, MOVE, at="2026-03-30T09:00"))
    assert case.clocks.get(kind="decision_service").due_on == date(2026, 4, 9)
