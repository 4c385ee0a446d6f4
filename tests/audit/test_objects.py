"""Objects of a prepared statement are those that the ORM would have read."""

from datetime import UTC, date, datetime

import pytest

from audit.objects import Objects
from papers.models import Paper
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.models import County, Officer

pytestmark = pytest.mark.django_db
BY_KEY = "WHERE own.id = ANY(%s::bigint[]) ORDER BY own.id"


def kept(row) -> dict[str, object]:
    """What a row holds of its table, and whether it is known as kept there."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {**values, "new": row._state.adding, "database": row._state.db}


def test_rows_come_with_what_their_keys_point_to_without_a_further_question(django_assert_num_queries):
    people = OfficerFactory.create_batch(2)
    with django_assert_num_queries(1):
        found = Objects(Officer, "own", related=("body", "team"), rest=BY_KEY).read([[p.pk for p in people]])
        assert [officer.team for officer in found] == [None, None]
        bodies = [kept(officer.body) for officer in found]
    expected = list(Officer.objects.select_related("body").order_by("id"))
    assert [kept(officer) for officer in found] == [kept(officer) for officer in expected]
    assert bodies == [kept(officer.body) for officer in expected]


def test_a_row_comes_with_what_a_plain_number_points_to(django_assert_num_queries):
    county, officer = CountyFactory(), OfficerFactory()
    whole = Objects(Officer, "own", plain={"county": County}, rest=BY_KEY)
    with django_assert_num_queries(1):
        (found,) = whole.read([[officer.pk]])
    assert kept(found.county) == kept(County.objects.get(pk=county.pk))


def test_values_are_read_as_their_columns_are_written():
    noon = datetime(2026, 3, 2, 4, tzinfo=UTC)
    paper = Paper.objects.create(
        title="甲", content={"rows": [{"n": 3, "none": None}]}, dated=date(2026, 3, 2), created_at=noon
    )
    (found,) = Objects(Paper, "own", rest=BY_KEY).read([[paper.pk]])
    assert kept(found) == kept(Paper.objects.get())
    assert found.content == {"rows": [{"n": 3, "none": None}]}


def test_what_is_read_with_a_row_is_told_with_it():
    officer = OfficerFactory()
    told = Objects(Officer, "own", related=("body",), further={"said": "own.name || '！'"}, rest=BY_KEY)
    (found,) = told.read([[officer.pk]])
    assert (found.said, found.body) == (f"{officer.name}！", officer.body)


def test_nothing_is_found_where_nothing_is():
    assert Objects(Paper, "own", rest=BY_KEY).read([[0]]) == []
