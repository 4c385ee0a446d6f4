"""A list walks each way to a case by itself and shows what one condition with OR would show."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.dossier.access import get_case, open_to, share, visible_to
from cases.dossier.models import Case
from cases.dossier.own_work import worked_on
from cases.overview import listing, queue, rows
from cases.overview.selectors import search
from desk.keyset import KeysetPage, any_of
from tests.factories.townships import BodyFactory, CountyFactory, OfficerFactory, RoleGrantFactory
from townships.models import Officer
from townships.roles import Role

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
BODIES = 4
body = st.integers(0, BODIES - 1)
somebody = st.one_of(st.none(), body)


class ListsShowWhatMayBeSeen(TestCase):
    def setUp(self):
        CountyFactory()
        self.bodies = BodyFactory.create_batch(BODIES)
        self.clerk = OfficerFactory()

    def fill(self, places):
        return Case.objects.bulk_create(
            Case(
                lead_number=f"第{number}号",
                source="patrol",
                summary="占道",
                found_on=TODAY,
                registered_at=NOON,
                registered_by=self.clerk,
                township=self.bodies[township],
                handler=None if handler is None else self.bodies[handler],
                named=None if named is None else self.bodies[named],
            )
            for number, (township, handler, named) in enumerate(places)
        )

    def officer(self, own, further):
        officer = OfficerFactory(body=self.bodies[own], roles=[Role.TOWNSHIP_OFFICER])
        for other in further:
            RoleGrantFactory(officer=officer, role=Role.TOWNSHIP_OFFICER, body=self.bodies[other])
        return officer

    def listed(self, officer, on=TODAY):
        """The keys on the page of all cases, whose question people share; None where nothing is open."""
        page = listing.whole(officer, on=on, ordering=["-id"], cursor=None)
        if page is None:
            return None
        found = [row.id for row in page]
        assert page.count == len(found)
        return found

    @settings(max_examples=30)
    @given(
        places=st.lists(st.tuples(body, somebody, somebody), max_size=12),
        own=body,
        further=st.sets(body, max_size=3),
        shared=st.sets(st.integers(0, 11), max_size=2),
        led=st.sets(st.integers(0, 11), max_size=4),
        stage=st.sampled_from(["", "lead", "closed"]),
        size=st.integers(1, 5),
        read=st.sampled_from([rows.columns_of, rows.plain_of]),
    )
    def test_pages_hold_each_visible_case_once_in_order(
        self, places, own, further, shared, led, stage, size, read
    ):
        cases, officer = self.fill(places), self.officer(own, further)
        for number in shared:
            if number < len(cases):
                share(cases[number], officer)
        worked = [case for number, case in enumerate(cases) if number in led]
        Case.objects.filter(pk__in=[case.pk for case in worked]).update(lead_officer=officer)
        mine = {self.bodies[number].pk for number in (own, *further)}

        found, ways = search(officer, on=TODAY, values={"stage": stage})
        listed, cursor = [], None
        while True:
            page = KeysetPage(read(found), ordering=["-id"], cursor=cursor, size=size, ways=ways)
            listed += [case.id for case in page]
            if not page.has_next:
                break
            cursor = page.next_cursor

        expected = [
            case.pk
            for number, case in enumerate(cases)
            if number in shared
            or case.handler_id in mine
            or case.named_id in mine
            or (case.handler_id is None and case.township_id in mine)
        ]
        assert set(visible_to(officer, on=TODAY).values_list("pk", flat=True)) == set(expected)
        assert listed == (sorted(expected, reverse=True) if stage != "closed" else [])
        assert page.count == len(listed)
        assert self.listed(officer) == sorted(expected, reverse=True)
        for case in cases:
            if case.pk in expected:
                assert get_case(officer, case.pk, on=TODAY) == case
            else:
                with pytest.raises(Http404):
                    get_case(officer, case.pk, on=TODAY)
        open_to_me = [case.pk for case in worked if case.pk in expected]
        assert [case.pk for case in worked_on(officer, on=TODAY).order_by("id")] == open_to_me
        assert [row["id"] for row in queue.rows(officer, on=TODAY)] == open_to_me

    def test_only_who_is_shown_more_than_a_bodys_own_cases_is_asked_for_more_ways(self):
        handled, delegated, unrouted = self.fill([(0, 0, 0), (1, 1, 2), (3, None, None)])
        for own, ways, seen in (
            (0, 1, [handled]),
            (1, 1, [delegated]),
            (2, 2, [delegated]),
            (3, 1, [unrouted]),
        ):
            officer = self.officer(own, [])
            cases, found = open_to(officer, on=TODAY)
            assert (len(found), list(any_of(cases, found))) == (ways, seen)
            share(handled, officer)
            cases, found = open_to(officer, on=TODAY)
            assert len(found) == ways + 1
            assert set(any_of(cases, found)) == {handled, *seen}

    def test_the_kept_page_of_all_cases_follows_rows_shares_roles_and_their_last_day(self):
        (case, other) = (found.pk for found in self.fill([(0, 0, 0), (1, 1, 1)]))
        officer, colleague = self.officer(0, []), self.officer(0, [])
        assert self.listed(officer) == self.listed(colleague) == [case]
        share(Case.objects.get(pk=other), officer)
        assert self.listed(officer) == [other, case]
        assert self.listed(colleague) == [case]
        Case.objects.filter(pk=case).update(handler=self.bodies[2], named=self.bodies[2])
        assert self.listed(officer) == [other]
        assert self.listed(colleague) == []
        officer.role_grants.update(valid_to=TODAY)
        assert self.listed(Officer.objects.get(pk=officer.pk), on=TODAY + timedelta(days=1)) is None
        assert self.listed(Officer.objects.get(pk=officer.pk)) == [other]

    def test_whoever_lost_every_role_works_on_nothing_even_if_it_was_shared(self):
        (case,) = self.fill([(0, 0, 0)])
        officer = OfficerFactory(body=self.bodies[0])
        share(case, officer)
        Case.objects.update(lead_officer=officer)
        assert not worked_on(officer, on=TODAY).exists()
        assert queue.rows(officer, on=TODAY) == []
        with pytest.raises(Http404):
            get_case(officer, case.pk, on=TODAY)
