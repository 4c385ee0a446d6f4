"""Case numbers without gap or double, whoever files at the same moment (F040)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from cases.dossier.models import Case
from cases.intake.services import register_lead
from tests.doors.county import found_county

WRITERS, CASES = 8, 500
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def lead(county, summary: str) -> Case:
    return register_lead(
        actor=county.clerk, at=AT, source="patrol", summary=summary, township=county.township
    )


def lead_and_fail(county) -> None:
    with transaction.atomic():
        lead(county, "甲")
        raise InterruptedError


def register(county, count: int) -> None:
    try:
        for number in range(count):
            lead(county, f"第{number}条")
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_eight_writers_register_five_hundred_cases_without_double_gap_or_error():
    county = found_county()
    share = [CASES // WRITERS + (1 if writer < CASES % WRITERS else 0) for writer in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(register, county, count) for count in share]:
            done.result()
    taken = sorted(int(case.lead_number.split("〕")[1].removesuffix("号")) for case in Case.objects.all())
    assert taken == list(range(1, CASES + 1))


@pytest.mark.django_db(transaction=True)
def test_a_registration_that_fails_gives_its_number_back():
    county = found_county()
    with pytest.raises(InterruptedError):
        lead_and_fail(county)
    case = lead(county, "乙")
    assert case.lead_number.endswith("〕1号")
    assert Case.objects.count() == 1
