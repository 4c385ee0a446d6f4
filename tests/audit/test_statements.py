"""Hot statements are prepared once a connection, are seen by whoever counts, and fail like any other."""

from datetime import UTC, date, datetime

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit import statements
from papers.models import Paper

pytestmark = pytest.mark.django_db
STATEMENT = "SELECT %s::bigint + 1, %s::date AS hot"


def prepared() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%AS hot'")
        return cursor.fetchone()[0]


def test_a_statement_is_prepared_once_whatever_it_is_asked_with():
    for number in range(8):
        assert statements.rows(STATEMENT, [number, date(2026, 3, 2)]) == [(number + 1, date(2026, 3, 2))]
    assert prepared() == 1


def test_djangos_own_statements_stay_unprepared():
    statements.rows(STATEMENT, [1, None])
    for _ in range(8):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 'own' WHERE %s = 1", [1])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%own%'")
        assert cursor.fetchone() == (0,)


def test_it_is_counted_each_time():
    with CaptureQueriesContext(connection) as captured:
        statements.rows(STATEMENT, [1, None])
        statements.rows(STATEMENT, [2, None])
    assert [query["sql"] for query in captured] == [STATEMENT] * 2


def test_it_fails_as_django_says_and_works_again_after_a_rollback():
    with pytest.raises(DataError), transaction.atomic():
        statements.rows("SELECT 1 / %s::bigint AS hot", [0])
    assert statements.rows(STATEMENT, [1, None]) == [(2, None)]


def papers() -> list[Paper]:
    noon = datetime(2026, 3, 2, 4, tzinfo=UTC)
    said = {"title": "“甲”\\乙\n丙", "rows": [{"fine": "200.00", "n": 3, "none": None, "yes": True}]}
    return [
        Paper(title=title, content={**said, "own": title}, dated=day, created_at=noon)
        for title, day in (("乙", date(2026, 3, 2)), ("甲", None))
    ]


def test_rows_inserted_as_one_parameter_are_those_that_django_would_insert():
    told, others = statements.insert(papers()), Paper.objects.bulk_create(papers())
    kept, expected = (
        list(Paper.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk").values())
        for rows in (told, others)
    )
    assert [row.title for row in told] == ["乙", "甲"]
    assert [row.pop("id") for row in kept] == [row.pk for row in told]
    assert [row.pop("id") for row in expected] == [row.pk for row in others]
    assert kept == expected


def test_a_row_inserted_as_one_parameter_is_known_as_kept():
    (row,) = statements.insert(papers()[:1])
    row.refresh_from_db()
    assert not row._state.adding
    assert statements.insert([]) == []


@pytest.mark.parametrize("keys", [[], [7], [7, 2**40, -1]])
def test_keys_written_as_an_array_are_read_as_they_were(keys):
    assert statements.rows("SELECT %s::bigint[]", [statements.array(keys)]) == [(keys,)]
