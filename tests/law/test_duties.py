"""Who may do what: two certified officers, a qualified reviewer."""

from __future__ import annotations

from datetime import date

import pytest

from law.duties import (
    CertificateFact,
    OfficerFact,
    ReviewerFact,
    reviewer_qualified,
    two_certified_officers,
)

ON = date(2026, 3, 2)


def officer(number, **changes):
    card = {"number": f"Z{number}", "valid_from": date(2024, 1, 1), "valid_to": date(2026, 12, 31), **changes}
    auxiliary = card.pop("auxiliary", False)
    return OfficerFact(
        id=number, name=f"执法员{number}", certificates=(CertificateFact(**card),), auxiliary=auxiliary
    )


def gates(officers, **arguments):
    return [refusal.code for refusal in two_certified_officers(officers, on=ON, **arguments)]


def test_two_certified_officers_may_act():
    assert gates([officer(1), officer(2)]) == []
    assert gates([officer(1), officer(2, valid_to=ON)]) == []
    assert gates([officer(1), officer(2), officer(3, valid_to=None)]) == []


def test_one_officer_or_the_same_twice_is_not_two():
    assert gates([officer(1)]) == ["two_certified_officers"]
    assert gates([officer(1), officer(1)]) == ["two_certified_officers"]
    assert gates([]) == ["two_certified_officers"]


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_to": date(2026, 3, 1)},
        {"valid_from": date(2026, 3, 3)},
        {"suspended": True},
    ],
)
def test_a_certificate_must_be_valid_on_the_day(changes):
    assert gates([officer(1), officer(2, **changes)]) == [
        "certificate_valid_on_date",
        "two_certified_officers",
    ]


def test_a_certificate_must_cover_the_domain():
    builder = officer(2, domains=("市场监管",))
    assert gates([officer(1), builder], domain="市场监管") == []
    refusals = list(two_certified_officers([officer(1), builder], on=ON, domain="城市管理"))
    assert "不含“城市管理”领域" in refusals[0].message


def test_auxiliary_staff_are_never_counted():
    assert gates([officer(1), officer(2, auxiliary=True)]) == [
        "auxiliary_not_officer",
        "two_certified_officers",
    ]
    third = [officer(1), officer(3), officer(2, auxiliary=True)]
    assert gates(third) == ["auxiliary_not_officer"]


def test_a_refusal_names_the_officer_and_the_article():
    bare = OfficerFact(id=9, name="李某")
    first = next(iter(two_certified_officers([officer(1), bare], on=ON)))
    assert "李某没有登记执法证" in first.message
    assert "第四十二条" in first.article


def test_a_new_reviewer_needs_the_legal_qualification():
    def refused(**facts):
        return [r.code for r in reviewer_qualified(ReviewerFact(id=1, name="王某", **facts), on=ON)]

    assert refused(qualified=True) == []
    assert refused(first_reviewed_on=date(2017, 12, 31)) == []
    assert refused(first_reviewed_on=date(2018, 1, 1)) == ["legal_reviewer_qualified"]
    assert refused() == ["legal_reviewer_qualified"]
