"""A fine that reaches the amount of a major penalty asks for legal review and collective discussion."""

from datetime import date
from decimal import Decimal

import pytest

from cases.dossier import law_book
from cases.dossier.figures import LawSetting
from cases.investigation.findings import consequences, current_report
from townships.models import Officer

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 11)


@pytest.fixture
def reported(standing_before, db):
    """A case of an organisation whose report proposes a fine below the hearing amount, and that fine."""
    case = standing_before("issue-notice").case()
    report = current_report(case)
    LawSetting.objects.filter(key="hearing.fine").update(valid_to=date(2026, 1, 1))
    yield case, report
    law_book.forget()


def set_amounts(hearing: Decimal, major: Decimal | None) -> None:
    clerk, legal = Officer.objects.get(username="clerk"), Officer.objects.get(username="legal")
    for key, amount in (("hearing.fine", hearing), ("major.fine", major)):
        if amount is not None:
            LawSetting.objects.create(
                key=key,
                article="本县重大处罚标准第二条",
                source="测试",
                valid_from=date(2026, 1, 1),
                value={
                    "value": str(amount),
                    "unit": "yuan",
                    "keys": {"place": "331199", "party_type": "organisation"},
                },
                proposed_by=clerk,
                approved_by=legal,
            )
    law_book.forget()


def found(case, report):
    told = consequences(case, report, on=ON, heard=False)
    grounds = (told.review_grounds, told.discussion_grounds)
    return told.hearing.eligible, *([ground.zh for ground in kept] for kept in grounds)


def test_without_an_amount_of_the_place_a_plain_fine_is_not_major(reported):
    case, report = reported
    set_amounts(report.fine + 1, None)
    eligible, review, _discussion = found(case, report)
    assert not eligible
    assert not [ground for ground in review if "重大处罚数额" in ground]


def test_a_fine_of_the_amount_itself_counts_as_major(reported):
    case, report = reported
    set_amounts(report.fine + 1, report.fine)
    eligible, review, discussion = found(case, report)
    assert not eligible
    assert [ground for ground in review if "本县重大处罚标准第二条" in ground]
    assert [ground for ground in discussion if "第五十七条第二款" in ground]


def test_a_fine_below_the_amount_is_not_major(reported):
    case, report = reported
    set_amounts(report.fine + 1, report.fine + 1)
    _eligible, review, discussion = found(case, report)
    assert not [ground for ground in [*review, *discussion] if "重大处罚数额" in ground]
