"""Pressed twice, by two people, at the same moment: it happens once, and the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from audit.selectors import first_broken_link, trail_of
from cases.archive.models import Volume
from cases.archive.volumes import bind_file
from cases.decision.models import Decision
from cases.dossier import law_book
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.execution.dues import Surcharge
from cases.execution.models import Payment
from cases.flow.services import fire
from cases.instruments.models import Instrument
from cases.intake.services import approve_filing
from cases.parties.models import Party
from cases.routing.models import Referral
from cases.routing.services import reassign
from law.errors import RuleViolation
from papers.models import Counter
from tests.cases.standing import again, done, steps_before
from tests.defects.beside import beside, waiting
from tests.doors.county import found_county
from tests.doors.drivers import BACKEND, RestDoor, at, instant, photo
from tests.doors.script import before_filing
from tests.factories.catalog import ItemFactory
from tests.factories.townships import BodyFactory
from tests.platform.processes import eventually
from townships.models import ItemOrder, Officer

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], object]) -> list[object]:
    """Run all at the same moment, each on its own connection; give what each returned or raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(timeout=180)
            return act()
        except RuleViolation as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [job.result() for job in [pool.submit(run, act) for act in acts]]


def poster(door: RestDoor, move: str, who: str, moment: str, values: dict) -> Callable[[], int]:
    client = Client()
    client.force_login(getattr(door.county, who), backend=BACKEND)
    url = reverse(f"api-{move}", args=[door.case_id])
    return lambda: client.post(url, values, content_type="application/json").status_code


def press_twice(door: RestDoor, move: str, *who: str) -> list[object]:
    step = again(door, move)
    with at(step.at):
        return together(*(poster(door, move, one, step.at, step.values) for one in who))


def test_a_filing_approved_by_two_heads_at_once_is_one_case_with_one_number(standing_before):
    door = standing_before("approve-filing")
    assert sorted(press_twice(door, "approve-filing", "head", "deputy", "head")) == [200, 409, 409]
    case = door.case()
    assert case.number == "青禾罚案〔2026〕1号"
    assert Counter.objects.get(series="罚案").last == 1
    assert Instrument.objects.filter(case=case, kind="filing_approval").count() == 1
    assert case.clocks.filter(kind="case_decision").count() == 1
    assert trail_of(case.chain).filter(verb="case_filed").count() == 1
    assert first_broken_link() is None


def test_a_service_called_twice_past_the_door_files_once_as_well(standing_before):
    door = standing_before("approve-filing")
    copies = [Case.objects.get(pk=door.case_id) for _ in range(2)]

    def file(case: Case, head: Officer) -> Callable[[], object]:
        return lambda: approve_filing(case=case, actor=head, at=instant("2026-03-05T09:00"), opinion="同意。")

    found = together(file(copies[0], door.county.head), file(copies[1], door.county.deputy))
    assert sorted(map(str, found)) == ["None", "changed_meanwhile"]
    assert Counter.objects.get(series="罚案").last == 1


def test_a_lead_routed_by_two_clerks_at_once_goes_to_one_body_once(standing_before):
    door = standing_before("route")
    assert sorted(press_twice(door, "route", "clerk", "clerk")) == [200, 409]
    assert Referral.objects.filter(case=door.case_id).count() == 1
    assert trail_of(door.case().chain).filter(verb="lead_routed").count() == 1


def test_a_payment_voided_twice_at_once_is_voided_once(standing_before):
    door = standing_before("record-payment")
    done(door, again(door, "record-payment"))
    moment = "2026-04-08T15:00"
    facts = {"payment": Payment.objects.get().pk, "reason": "误登记"}
    with at(moment):
        codes = together(*(poster(door, "void-payment", who, moment, facts) for who in ("first", "second")))
    assert sorted(codes)[0] == 200
    assert sorted(codes)[1] in {400, 409}
    verbs = trail_of(door.case().chain).filter(verb__in=["payment_voided", "execution_resumed"])
    assert verbs.count() == 2
    assert door.case().stage == "served"


def test_an_entry_voided_twice_at_once_is_voided_once(standing_before):
    door = standing_before("record-interview")
    moment = "2026-03-10T09:00"
    facts = {"entry": f"exhibit:{door.case().exhibits.get().pk}", "reason": "误传"}
    with at(moment):
        codes = together(*(poster(door, "void-entry", who, moment, facts) for who in ("first", "second")))
    assert sorted(codes)[0] == 200
    assert sorted(codes)[1] in {400, 409}
    assert trail_of(door.case().chain).filter(verb="entry_voided").count() == 1


def test_a_decision_pressed_twice_is_one_decision_with_one_number(standing_before):
    """F223: two heads approve at one moment."""
    door = standing_before("decide")
    assert sorted(press_twice(door, "decide", "head", "deputy")) == [200, 409]
    assert Decision.objects.count() == 1
    assert Counter.objects.get(series="罚决").last == 1


def test_a_receipt_recorded_twice_at_once_is_paid_once(standing_before):
    door = standing_before("record-payment")
    step = again(door, "record-payment", amount="60000")
    with at(step.at):
        codes = together(
            *(poster(door, "record-payment", who, step.at, step.values) for who in ("first", "second"))
        )
    assert sorted(codes) == [200, 409]
    assert Payment.objects.get().amount == Decimal("60000")


def test_two_parts_that_together_are_too_much_do_not_both_count(standing_before):
    door = standing_before("record-payment")
    parts = [again(door, "record-payment", amount="40000", receipt_number=number) for number in ("A", "B")]
    with at(parts[0].at):
        codes = together(*(poster(door, "record-payment", "first", one.at, one.values) for one in parts))
    assert sorted(codes) == [200, 409]
    assert Payment.objects.get().amount == Decimal("40000")


def test_one_receipt_for_two_cases_at_once_counts_for_one(standing_before):
    first = standing_before("record-payment")
    second = RestDoor(first.county)
    steps = steps_before(first.county, "record-payment")
    second.walk([elsewhere(step) for step in steps])
    step = again(first, "record-payment", amount="100")
    with at(step.at):
        codes = together(
            *(poster(door, "record-payment", "first", step.at, step.values) for door in (first, second))
        )
    assert sorted(codes) == [200, 409]
    assert Payment.objects.count() == 1


def elsewhere(step):
    """The same script for another place and other hours, so that nobody is in two places at once."""
    moved = {
        "": {"address": "和平路9号"},
        "record-inspection": hours("2026-03-06", 8),
        "record-interview": hours("2026-03-10", 8),
    }
    return replace(step, values={**step.values, **moved.get(step.move, {})})


def hours(day: str, hour: int) -> dict[str, str]:
    return {"started_at": f"{day}T0{hour}:00", "ended_at": f"{day}T0{hour}:30"}


def test_one_party_registered_by_two_checks_at_once_is_one_party():
    law_book.forget()
    county = found_county()
    doors = [RestDoor(county), RestDoor(county)]
    for door in doors:
        door.walk(list(before_filing(county))[:3])
    step = again(doors[0], "verify")
    with at(step.at):
        codes = together(*(poster(door, "verify", "first", step.at, step.values) for door in doors))
    assert codes == [200, 200]
    assert Party.objects.count() == 1


@pytest.mark.parametrize("address", ["/authority/orders/new/", "/api/v1/orders/place/"])
def test_whoever_orders_what_a_colleague_is_just_ordering_is_told(address):
    """The colleague's order cannot be seen before it is kept; the database refuses the second."""
    county, department, item = found_county(), BodyFactory(department=True), ItemFactory()
    order = {
        "township": county.township,
        "item": item,
        "department": department,
        "reason": "群众反映多",
    }
    client, answers = Client(), []
    client.force_login(county.leader, backend=BACKEND)
    sent = {
        **order,
        "township": county.township.pk,
        "item": str(item.uid),
        "department": department.pk,
    }
    with at("2026-03-02T09:00"), transaction.atomic():
        ItemOrder.objects.create(**order, ordered_by=county.leader, ordered_at=instant("2026-03-02T09:00"))
        with beside(lambda: answers.append(client.post(address, sent))) as failures:
            assert waiting()
    assert eventually(lambda: answers or failures)
    assert failures == []
    assert answers[0].status_code == 409
    assert "同一件事刚刚由别人办了" in answers[0].content.decode()
    assert ItemOrder.objects.count() == 1


def test_a_stale_copy_of_a_case_undoes_nothing(standing_before):
    """Read before another's move, saved after it: refused, so that the new officers stay."""
    door = standing_before("record-inspection")
    stale = Case.objects.get(pk=door.case_id)
    county = door.county
    with at("2026-03-06T12:00"):
        reassign(
            case=Case.objects.get(pk=door.case_id),
            actor=county.leader,
            at=instant("2026-03-06T12:00"),
            lead_officer=county.leader,
            second_officer=county.second,
            reason="调整",
        )
        with pytest.raises(RuleViolation) as caught:
            fire(stale, Move.ORDER_CORRECTION, actor=county.first, at=instant("2026-03-06T12:01"))
    assert caught.value.code == "changed_meanwhile"
    assert door.case().lead_officer == county.leader


def test_a_file_bound_twice_at_once_is_one_volume(standing_before):
    door = standing_before("serve-notice")
    case = door.case()

    def bind() -> int:
        volume = bind_file(case=Case.objects.get(pk=case.pk), actor=None, at=instant("2026-03-12T09:00"))
        return volume.page_count

    pages = together(bind, bind)
    assert pages[0] == pages[1]
    assert Volume.objects.filter(case=case).count() == 1


def test_evidence_added_by_two_at_once_gets_two_numbers(standing_before):
    door = standing_before("add-exhibit")
    step = again(door, "add-exhibit")

    def add(who: str) -> Callable[[], int]:
        client = Client()
        client.force_login(getattr(door.county, who), backend=BACKEND)
        values = {**step.values, "upload": photo()}
        return lambda: client.post(reverse("api-add-exhibit", args=[door.case_id]), values).status_code

    with at(step.at):
        assert together(add("first"), add("second")) == [200, 200]
    assert sorted(door.case().exhibits.values_list("number", flat=True)) == [1, 2]


def test_numbers_taken_in_the_year_of_the_act_start_anew(standing_before):
    door = standing_before("approve-filing")
    step = again(door, "approve-filing", at="2027-01-04T09:00")
    done(door, step)
    assert door.case().number == "青禾罚案〔2027〕1号"
    assert door.case().filed_on == date(2027, 1, 4)


def test_two_surcharges_that_together_pass_the_fine_do_not_both_count(standing_before):
    """F073: forty days late; each half of the fine and a little more, posted at one moment."""
    door = standing_before("record-payment")
    moment = "2026-05-20T09:00"
    with at(moment):
        codes = together(
            *(
                poster(door, "impose-surcharge", who, moment, {"amount": "31000"})
                for who in ("head", "deputy")
            )
        )
    assert sorted(codes) == [200, 409]
    assert [row.amount for row in Surcharge.objects.all()] == [Decimal("31000")]
