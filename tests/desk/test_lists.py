"""Keyset pages: put together they are the whole ordered set, whatever is empty or equal in it."""

from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_

import pytest
from django.db.models import F, Q
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from desk.kept import KeptQuestion
from desk.keyset import COUNT_CAP, KeysetPage, capped_count
from desk.models import Notice
from tests.factories.townships import OfficerFactory

START = datetime(2026, 10, 9, 1, 2, 3, 456789, tzinfo=UTC)
ORDERINGS = [
    ["created_at"],
    ["-created_at"],
    ["read_at"],
    ["-read_at", "title"],
    ["title", "-read_at", "created_at"],
]
WAYS = [Q(title="t0"), Q(title__in=["t0", "t1"]), Q(read_at=None), Q(created_at__gt=START), Q(pk__in=[])]


def fill(officer, moments):
    """Store notices whose times collide and are often missing."""
    Notice.objects.bulk_create(
        Notice(
            recipient=officer,
            kind="test",
            title=f"t{created % 3}",
            key=str(number),
            created_at=START + timedelta(microseconds=created),
            read_at=None if read is None else START + timedelta(microseconds=read),
        )
        for number, (created, read) in enumerate(moments)
    )


def walk(rows, ordering, size, *, ways=(), limit=200):
    """Collect all pages forwards, then all pages backwards from the last."""
    forwards, cursor = [], None
    for _turn in range(limit):
        page = KeysetPage(rows, ordering=ordering, cursor=cursor, size=size, ways=ways)
        forwards.append([row.pk for row in page])
        if not page.has_next:
            break
        cursor = page.next_cursor
    backwards = [forwards[-1]]
    while page.has_previous:
        page = KeysetPage(rows, ordering=ordering, cursor=page.previous_cursor, size=size, ways=ways)
        backwards.insert(0, [row.pk for row in page])
    return forwards, backwards


def expected(rows, ordering):
    """Order by the database in one go, empty ones last."""
    terms = []
    for name in [*ordering, "-id" if ordering[-1].startswith("-") else "id"]:
        field = F(name.removeprefix("-"))
        terms.append(field.desc(nulls_last=True) if name.startswith("-") else field.asc(nulls_last=True))
    return [row.pk for row in rows.order_by(*terms)]


class PagesAreTheWholeSet(TestCase):
    @settings(max_examples=25)
    @given(
        moments=st.lists(
            st.tuples(st.integers(0, 4), st.one_of(st.none(), st.integers(0, 3))), min_size=0, max_size=14
        ),
        ordering=st.sampled_from(ORDERINGS),
        size=st.integers(1, 5),
    )
    def test_pages_put_together_are_the_whole_ordered_set_in_both_directions(self, moments, ordering, size):
        officer = OfficerFactory()
        fill(officer, moments)
        rows = Notice.objects.filter(recipient=officer)

        forwards, backwards = walk(rows, ordering, size)

        whole = expected(rows, ordering)
        assert [pk for page in forwards for pk in page] == whole
        assert [pk for page in backwards for pk in page] == whole

    @settings(max_examples=25)
    @given(
        moments=st.lists(
            st.tuples(st.integers(0, 4), st.one_of(st.none(), st.integers(0, 3))), min_size=0, max_size=14
        ),
        ordering=st.sampled_from(ORDERINGS),
        size=st.integers(1, 5),
        ways=st.lists(st.sampled_from(WAYS), max_size=4),
    )
    def test_walked_way_by_way_the_pages_are_what_one_condition_with_or_finds(
        self, moments, ordering, size, ways
    ):
        officer = OfficerFactory()
        fill(officer, moments)
        rows = Notice.objects.filter(recipient=officer)

        forwards, backwards = walk(rows, ordering, size, ways=ways)

        either = rows.filter(reduce(or_, ways)) if ways else rows
        whole = expected(either, ordering)
        assert [pk for page in forwards for pk in page] == whole
        assert [pk for page in backwards for pk in page] == whole
        assert KeysetPage(rows, ordering=ordering, ways=ways).count == len(whole)


@pytest.mark.django_db
class TestEdges:
    def test_a_row_added_on_an_earlier_page_moves_nothing_on_the_next(self):
        officer = OfficerFactory()
        fill(officer, [(n, None) for n in range(10)])
        rows = Notice.objects.filter(recipient=officer)
        first = KeysetPage(rows, ordering=["created_at"], size=4)
        Notice.objects.create(
            recipient=officer, kind="test", title="new", key="new", created_at=START - timedelta(days=1)
        )

        second = KeysetPage(rows, ordering=["created_at"], size=4, cursor=first.next_cursor)

        assert [row.key for row in second] == ["4", "5", "6", "7"]

    @pytest.mark.parametrize("broken", ["", "nonsense", "eyJhIjoxfQ:abc:def", "%00"])
    def test_a_broken_cursor_shows_the_first_page(self, broken):
        officer = OfficerFactory()
        fill(officer, [(n, None) for n in range(3)])
        page = KeysetPage(Notice.objects.all(), ordering=["created_at"], cursor=broken, size=2)
        assert [row.key for row in page] == ["0", "1"]

    def test_a_cursor_made_for_another_order_shows_the_first_page(self):
        officer = OfficerFactory()
        fill(officer, [(n, None) for n in range(6)])
        cursor = KeysetPage(Notice.objects.all(), ordering=["created_at"], size=2).next_cursor
        page = KeysetPage(Notice.objects.all(), ordering=["title"], cursor=cursor, size=2)
        assert not page.has_previous

    def test_counting_stops_at_the_cap_and_says_so(self, django_assert_num_queries):
        officer = OfficerFactory()
        fill(officer, [(n % 5, None) for n in range(COUNT_CAP + 20)])
        rows = Notice.objects.filter(recipient=officer)
        page = KeysetPage(rows, ordering=["created_at"], size=5)
        with django_assert_num_queries(1):
            assert page.count == COUNT_CAP
            assert page.count_text == "1000+"
        assert capped_count(rows.filter(key__in=["1", "2"])) == 2

    def test_a_kept_question_is_answered_anew_and_leads_to_both_sides(self, django_assert_num_queries):
        officer = OfficerFactory()
        fill(officer, [(n, None) for n in range(5)])
        rows = Notice.objects.filter(recipient=officer).values_list("id", "key", "read_at", named=True)

        def asked(cursor):
            ways = (Q(title="t0"), Q(title__in=["t0", "t1"]))
            return KeptQuestion(rows, ordering=["-read_at", "key"], cursor=cursor, size=2, ways=ways)

        first = asked(None)
        second = asked(KeysetPage.of(first).next_cursor)

        def keys(question):
            return [row.key for row in KeysetPage.of(question)]

        assert (keys(first), keys(second)) == (["0", "1"], ["3", "4"])
        assert keys(asked(KeysetPage.of(second).previous_cursor)) == ["0", "1"]
        Notice.objects.filter(key="1").update(read_at=START)
        with django_assert_num_queries(2):
            page = KeysetPage.of(first)
            assert [(row.key, row.read_at) for row in page] == [("1", START), ("0", None)]
            assert page.count == 4

    def test_a_page_costs_one_query(self, django_assert_num_queries):
        officer = OfficerFactory()
        fill(officer, [(n, None) for n in range(9)])
        cursor = KeysetPage(Notice.objects.all(), ordering=["created_at"], size=3).next_cursor
        with django_assert_num_queries(1):
            page = KeysetPage(Notice.objects.all(), ordering=["created_at"], cursor=cursor, size=3)
            assert len(page) == 3
            assert page.has_next
            assert page.has_previous
