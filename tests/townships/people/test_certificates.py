"""F192: a certificate holds in its term, while it is checked each year, and on no day of a bar."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Event
from law import duties
from law.errors import RuleViolation
from tests.factories.townships import BodyFactory, CertificateFactory, OfficerFactory
from townships.models import BarReason, CertificateBar, CertificateCheck
from townships.selectors import certificate_on, certificate_state, officer_facts
from townships.services import certificates, training

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 31)
LATE = datetime(2026, 5, 10, 2, tzinfo=UTC)


@pytest.fixture
def card(lawyer, at):
    return certificates.issue_certificate(
        officer=OfficerFactory(),
        number="33110001",
        valid_from=date(2026, 1, 1),
        valid_to=date(2030, 12, 31),
        domains=[],
        area="",
        check_due_on=DUE,
        actor=lawyer,
        at=at,
    )


def holds(card, day):
    """Ask the law, the register and the row, which must agree."""
    (fact,) = officer_facts([type(card.officer).objects.get(pk=card.officer_id)])
    answers = {fact.certified(day), certificate_on(card.officer, day) == card.number, card.valid_on(day)}
    assert len(answers) == 1
    return answers.pop()


def check(card, lawyer, at, *, on, passed=True, due=date(2027, 3, 31), note="新任，年内补训"):
    return certificates.check_certificate(
        certificate=card,
        checked_on=on,
        passed=passed,
        next_due_on=due if passed else None,
        note=note,
        actor=lawyer,
        at=at,
    )


def test_without_its_annual_check_a_certificate_stops_the_day_after_it_was_due(card):
    assert holds(card, DUE)
    assert not holds(card, date(2026, 4, 1))
    assert not holds(card, date(2029, 1, 1))
    assert certificate_state(card.officer, date(2026, 4, 1)).label == "未年审"


def test_a_check_in_time_carries_it_to_the_next(card, lawyer, at):
    check(card, lawyer, at, on=date(2026, 3, 1))
    assert holds(card, date(2027, 3, 31))
    assert not holds(card, date(2027, 4, 1))


def test_a_late_check_mends_nothing_of_the_days_before(card, lawyer):
    check(card, lawyer, LATE, on=date(2026, 5, 10))
    assert not holds(card, date(2026, 5, 9))
    assert holds(card, date(2026, 5, 10))


def test_a_failed_check_bars_the_certificate_until_it_is_passed(card, lawyer, at):
    check(card, lawyer, at, on=date(2026, 2, 1), passed=False)
    assert holds(card, date(2026, 1, 31))
    assert not holds(card, date(2026, 2, 1))
    check(card, lawyer, at, on=date(2026, 3, 1))
    assert not holds(card, date(2026, 2, 28))
    assert holds(card, date(2026, 3, 1))


def test_checks_are_recorded_in_their_order_and_not_ahead(card, lawyer, at):
    check(card, lawyer, at, on=date(2026, 2, 1))
    for day in (date(2026, 2, 1), date(2026, 1, 20), date(2026, 3, 3), date(2025, 12, 31)):
        with pytest.raises(RuleViolation):
            check(card, lawyer, at, on=day)
    with pytest.raises(RuleViolation):
        check(card, lawyer, at, on=date(2026, 3, 1), due=date(2026, 3, 1))
    assert CertificateCheck.objects.count() == 1


def test_a_check_is_passed_on_the_training_of_twelve_months_or_with_the_reason_why_not(card, lawyer, at):
    day = date(2026, 3, 1)
    for title, held_on in (("裁量基准", date(2025, 3, 1)), ("三项制度", day), ("轮训", date(2025, 3, 2))):
        with pytest.raises(RuleViolation) as refused:
            check(card, lawyer, at, on=day, note=" ")
        assert (refused.value.code, CertificateCheck.objects.count()) == ("training_short", 0)
        training.record_training(
            title=title,
            held_on=held_on,
            hours=Decimal(30),
            organiser=lawyer.body,
            attended=[card.officer],
            actor=lawyer,
            at=at,
        )
    check(card, lawyer, at, on=day, note="")
    payload = Event.objects.get(verb="certificate_checked").payload
    assert (payload["hours"], payload["times"]) == ("60.0", 2)


def test_what_was_checked_is_never_rewritten(card, lawyer, at):
    made = check(card, lawyer, at, on=date(2026, 3, 1))
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        CertificateCheck.objects.filter(pk=made.pk).update(passed=False, next_due_on=None)


def test_a_revoked_certificate_never_holds_again(card, lawyer, at):
    certificates.revoke_certificate(
        certificate=card, revoked_on=date(2026, 3, 2), reason="调离执法岗位", actor=lawyer, at=at
    )
    assert holds(card, date(2026, 3, 1))
    assert not holds(card, date(2026, 3, 2))
    for act in (
        lambda: check(card, lawyer, at, on=date(2026, 3, 2)),
        lambda: certificates.renew_certificate(
            certificate=card,
            valid_from=date(2031, 1, 1),
            valid_to=date(2035, 1, 1),
            actor=lawyer,
            at=at,
        ),
        lambda: certificates.revoke_certificate(
            certificate=card, revoked_on=date(2026, 3, 3), reason="重复", actor=lawyer, at=at
        ),
    ):
        with pytest.raises(RuleViolation, match="吊销"):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateBar.objects.filter(reason=BarReason.REVOKED).update(valid_to=date(2026, 6, 1))


def test_a_second_suspension_leaves_the_first_on_record(lawyer, at):
    card = CertificateFactory(suspended=(date(2026, 1, 5), date(2026, 1, 9)))
    certificates.suspend_certificate(
        certificate=card, suspended_from=date(2026, 3, 2), suspended_to=None, actor=lawyer, at=at
    )
    assert not holds(card, date(2026, 1, 7))
    assert holds(card, date(2026, 2, 1))
    assert not holds(card, date(2026, 3, 2))


def withheld(card, day, lawyer, at, **terms):
    usual = {"certificate": card, "suspended_from": day, "suspended_to": None, "actor": lawyer, "at": at}
    certificates.suspend_certificate(**{**usual, **terms})


def test_a_certificate_is_neither_withheld_nor_revoked_from_a_day_gone_by(lawyer, at):
    card, eve = CertificateFactory(), date(2026, 3, 1)
    for act in (
        lambda: withheld(card, eve, lawyer, at, suspended_to=date(2026, 3, 9)),
        lambda: certificates.revoke_certificate(
            certificate=card, revoked_on=eve, reason="调离", actor=lawyer, at=at
        ),
    ):
        with pytest.raises(RuleViolation, match="不能追溯到过去") as refused:
            act()
        assert refused.value.code == "date_in_past"
        assert "最早可选今天" in refused.value.unblock
        assert "Today is the earliest choice" in refused.value.unblock_en
    assert (card.bars.count(), Event.objects.count()) == (0, 0)
    assert holds(card, eve)
    withheld(card, date(2026, 3, 2), lawyer, at)
    assert holds(card, eve)
    assert not holds(card, date(2026, 3, 2))


def test_a_decision_served_before_is_told_with_its_day_as_the_reason(lawyer, at):
    card, reason = CertificateFactory(), "青司〔2026〕5号，2026-02-27送达"
    withheld(card, date(2026, 3, 2), lawyer, at, reason=reason)
    assert card.bars.get().note == reason
    assert Event.objects.get(verb="certificate_suspended").payload["reason"] == reason


def test_a_withheld_certificate_is_given_back_from_today_at_the_earliest(lawyer, at):
    card = CertificateFactory(suspended=(date(2026, 2, 20), None))
    with pytest.raises(RuleViolation, match="不能追溯到过去") as refused:
        certificates.return_certificate(certificate=card, last_day=date(2026, 2, 28), actor=lawyer, at=at)
    assert (refused.value.code, refused.value.field) == ("date_in_past", "last_day")
    assert (card.bars.get().valid_to, Event.objects.count()) == (None, 0)
    certificates.return_certificate(certificate=card, last_day=date(2026, 3, 1), actor=lawyer, at=at)
    assert not holds(card, date(2026, 3, 1))
    assert holds(card, date(2026, 3, 2))


@pytest.mark.parametrize(
    ("act", "values"),
    [
        ("suspend", {"suspended_from": "2026-03-01"}),
        ("revoke", {"revoked_on": "2026-03-01", "reason": "调离"}),
    ],
)
def test_page_and_rest_refuse_a_day_gone_by_with_the_way_out(act, values, lawyer, sign_in, freeze):
    freeze("2026-03-02 12:00")
    card, client = CertificateFactory(), sign_in(lawyer)
    page = client.post(reverse(f"certificate_{act}", args=[card.pk]), values)
    assert page.status_code == 409
    assert "最早可选今天" in page.content.decode()
    door = reverse(f"api_certificate-{act}", args=[card.pk])
    answer = client.post(door, values, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "date_in_past")
    assert not card.bars.exists()


def test_a_renewed_certificate_begins_after_the_earlier_term(card, lawyer, at):
    with pytest.raises(RuleViolation, match="届满之后"):
        certificates.renew_certificate(
            certificate=card, valid_from=date(2030, 12, 31), valid_to=date(2035, 1, 1), actor=lawyer, at=at
        )
    check(card, lawyer, at, on=date(2026, 3, 1), due=date(2031, 1, 1))
    renewed = certificates.renew_certificate(
        certificate=card, valid_from=date(2031, 1, 1), valid_to=date(2035, 12, 31), actor=lawyer, at=at
    )
    assert renewed.number == card.number
    assert holds(card, date(2030, 12, 31))
    (fact,) = officer_facts([card.officer])
    assert fact.certified(date(2031, 1, 1))


def test_a_certificate_of_one_township_carries_no_act_in_another():
    home, other = BodyFactory(), BodyFactory()
    officer = OfficerFactory()
    CertificateFactory(officer=officer, limited_to=home)
    pair = officer_facts([officer, OfficerFactory(certified=True)])
    assert list(duties.two_certified_officers(pair, on=DUE, township_id=home.pk)) == []
    codes = [r.code for r in duties.two_certified_officers(pair, on=DUE, township_id=other.pk)]
    assert codes == ["certificate_valid_on_date", "two_certified_officers"]


def test_every_step_stands_on_the_trail_of_the_person(card, lawyer, at):
    check(card, lawyer, at, on=date(2026, 3, 1))
    certificates.revoke_certificate(
        certificate=card, revoked_on=date(2026, 3, 2), reason="调离", actor=lawyer, at=at
    )
    events = Event.objects.filter(chain=f"officer:{card.officer_id}").order_by("seq")
    assert list(events.values_list("verb", flat=True)) == [
        "certificate_issued",
        "certificate_checked",
        "certificate_revoked",
    ]


def test_the_legal_department_checks_by_page_and_by_rest_and_nobody_else(card, lawyer, sign_in, freeze):
    freeze("2026-03-20 10:00")
    values = {"checked_on": "2026-03-01", "passed": "yes", "next_due_on": "2027-03-31", "note": "新任"}
    page, door = (
        reverse("certificate_check", args=[card.pk]),
        reverse("api_certificate-check", args=[card.pk]),
    )
    for path in (page, door):
        assert sign_in(card.officer).post(path, values).status_code == 403
    client = sign_in(lawyer)
    assert client.post(page, values).status_code == 302
    again = client.post(door, values, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "check_out_of_order")
    assert CertificateCheck.objects.count() == 1
    assert "2026-03-01" in client.get(reverse("officer", args=[card.officer_id])).content.decode()
