"""A borrowed officer satisfies the two-officer rule by agreement, certified, on the days of the loan."""

from datetime import date, timedelta

from cases.dossier.duties import two_officers
from tests.cases.standing import do, done, person, standing_at
from tests.doors.drivers import at
from tests.doors.script import Step
from tests.factories.townships import BodyFactory, OfficerFactory, SecondmentFactory
from townships.models import BarReason, CertificateBar, Secondment
from townships.roles import Role

laid = standing_at("decide")
DAY = date(2026, 3, 24)
MOMENT = "2026-03-24T15:00"


def lent(standing, **terms):
    values = {
        "officer": OfficerFactory(body=BodyFactory(), roles=[Role.TOWNSHIP_OFFICER], certified=True),
        "kind": Secondment.Kind.AID,
        "using": standing.county.township,
        "valid_from": DAY,
        "valid_to": DAY + timedelta(days=7),
    }
    return SecondmentFactory(**{**values, **terms})


def name_both(standing, officer):
    values = {
        "lead_officer": officer.pk,
        "second_officer": standing.county.second.pk,
        "reason": "人员不足，互助借用",
    }
    return Step(MOMENT, "leader", "reassign", values)


def codes(standing, officer, on):
    found = two_officers(standing.case(), [person(officer), person(standing.county.second)], on=on)
    return [refusal.code for refusal in found]


def test_a_borrowed_officer_is_put_on_a_case_and_counts_on_the_days_of_the_loan_only(standing):
    loan = lent(standing)
    done(standing, name_both(standing, loan.officer))
    assert standing.case().lead_officer == loan.officer
    assert codes(standing, loan.officer, loan.valid_to) == []
    assert codes(standing, loan.officer, loan.valid_to + timedelta(days=1)) == ["two_certified_officers"]
    assert codes(standing, loan.officer, DAY - timedelta(days=1)) == ["two_certified_officers"]


def test_without_a_certificate_that_day_the_loan_helps_nothing(standing):
    loan = lent(standing)
    CertificateBar.objects.create(
        certificate=loan.officer.certificates.get(), reason=BarReason.UNCHECKED, valid_from=DAY
    )
    assert do(standing, name_both(standing, loan.officer)).status_code == 400
    assert "certificate_valid_on_date" in codes(standing, loan.officer, DAY)


def test_an_officer_lent_for_one_case_counts_in_no_other(standing):
    case = standing.case()
    named = lent(standing, case_number=case.lead_number)
    elsewhere = lent(standing, case_number="别案〔2026〕9号")
    assert codes(standing, named.officer, DAY) == []
    assert codes(standing, elsewhere.officer, DAY) == ["two_certified_officers"]
    assert do(standing, name_both(standing, elsewhere.officer)).status_code == 400
    done(standing, name_both(standing, named.officer))


def test_cases_of_the_using_township_are_seen_from_the_first_day_to_the_last(standing):
    loan = lent(standing, kind=Secondment.Kind.STATIONED)
    path = f"/cases/{standing.case_id}/"
    client = standing.client(name_both(standing, loan.officer))
    client.force_login(loan.officer, backend="django.contrib.auth.backends.ModelBackend")
    seen = {}
    for day in (DAY - timedelta(days=1), DAY, loan.valid_to, loan.valid_to + timedelta(days=1)):
        with at(f"{day}T10:00"):
            seen[day] = client.get(path).status_code
    assert list(seen.values()) == [404, 200, 200, 404]
