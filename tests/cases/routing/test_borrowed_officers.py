"""F051: a borrowed officer is one of the two by agreement, certified, on the days of the loan."""

from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from cases.dossier.duties import two_officers
from cases.investigation.models import Exhibit
from cases.periods import feed
from desk import clock
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


def test_the_case_is_open_by_every_door_from_the_first_day_of_the_loan_to_the_last(standing):
    loan = lent(standing, kind=Secondment.Kind.STATIONED)
    done(standing, name_both(standing, loan.officer))
    kept = Exhibit.objects.filter(case_id=standing.case_id).select_related("file").first()
    doors = [
        f"/cases/{standing.case_id}/",
        f"/api/v1/cases/{standing.case_id}/",
        reverse("case_file", args=[standing.case_id, kept.file.sha256]),
    ]
    client = Client()
    client.force_login(loan.officer, backend="django.contrib.auth.backends.ModelBackend")
    with at(MOMENT):
        calendar = reverse("feed_read", args=[feed.open_feed(officer=loan.officer, at=clock.now())])
    seen = {}
    for day in (DAY - timedelta(days=1), DAY, loan.valid_to, loan.valid_to + timedelta(days=1)):
        with at(f"{day}T10:00"):
            told = [client.get(door).status_code for door in doors]
            seen[day] = [*told, b"BEGIN:VEVENT" in client.get(calendar).content]
    shut, open_ = [404, 404, 404, False], [200, 200, 200, True]
    assert list(seen.values()) == [shut, open_, open_, shut]
