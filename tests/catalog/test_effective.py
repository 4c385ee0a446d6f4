"""Two dates always: what was in force on a day, as known now and as known then; frozen by the database."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from audit.county import this_county
from catalog.effective import Status
from catalog.models import DiscretionBand, Item, ItemVersion
from catalog.selectors import ItemNotInForce, bands_in_force, version_in_force, versions_in_force
from tests.factories.catalog import DiscretionTableFactory, ItemFactory, ItemVersionFactory

pytestmark = pytest.mark.django_db

JULY = date(2026, 7, 1)
AUGUST = datetime(2026, 8, 1, tzinfo=UTC)
MAY = datetime(2026, 5, 1, tzinfo=UTC)


def refused(action):
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        action()


def test_a_version_is_in_force_from_its_first_day_until_the_day_before_its_end():
    item = ItemFactory(version={"valid_from": date(2026, 1, 1), "valid_to": JULY})
    assert version_in_force(item, date(2026, 1, 1))
    assert version_in_force(item, date(2026, 6, 30))
    for day in (date(2025, 12, 31), JULY):
        with pytest.raises(ItemNotInForce) as refusal:
            version_in_force(item, day)
        assert refusal.value.code == "item_not_in_force"
        assert "第三十八条" in refusal.value.article


def test_a_draft_is_never_in_force():
    item = ItemFactory(version={"draft": True})
    with pytest.raises(ItemNotInForce):
        version_in_force(item, JULY)


def test_before_an_end_was_recorded_the_version_was_believed_to_go_on():
    item = ItemFactory()
    item.versions.update(valid_to=JULY, closed_at=AUGUST)
    with pytest.raises(ItemNotInForce):
        version_in_force(item, date(2026, 9, 1))
    assert version_in_force(item, date(2026, 9, 1), known_at=MAY)
    with pytest.raises(ItemNotInForce):
        version_in_force(item, date(2026, 9, 1), known_at=datetime(2026, 8, 2, tzinfo=UTC))


def test_a_withdrawn_version_is_still_what_was_known_then():
    item = ItemFactory()
    first = version_in_force(item, JULY)
    item.versions.update(recorded_to=AUGUST)
    second = ItemVersionFactory(item=item, recorded_from=AUGUST)
    assert version_in_force(item, JULY) == second
    assert version_in_force(item, JULY, known_at=MAY) == first


def cited(item, day):
    try:
        return [version_in_force(item, day)]
    except ItemNotInForce:
        return []


def test_the_version_to_cite_is_the_one_that_the_lists_of_the_day_show():
    whole, ended = ItemFactory(), ItemFactory(version={"valid_from": date(2026, 1, 1), "valid_to": JULY})
    ItemFactory(version={"draft": True})
    ItemFactory(version={"standing": "suspended"})
    ItemFactory(version={"county_id": this_county() + 1})
    for day, shown in ((date(2025, 12, 31), {whole}), (date(2026, 6, 30), {whole, ended}), (JULY, {whole})):
        found = {version for item in Item.objects.all() for version in cited(item, day)}
        assert found == set(versions_in_force(day))
        assert {version.item for version in found} == shown


def test_two_published_versions_of_one_item_never_overlap():
    item = ItemFactory(version={"valid_from": date(2025, 1, 1), "valid_to": JULY})
    refused(lambda: ItemVersionFactory(item=item, valid_from=date(2026, 6, 30)))
    assert item.versions.count() == 1
    assert ItemVersionFactory(item=item, valid_from=JULY)
    assert ItemVersionFactory(item=item, valid_from=date(2026, 6, 1), draft=True)


@pytest.mark.parametrize(
    "change", [{"name": "改名"}, {"fine_max": 1}, {"valid_from": JULY}, {"status": "draft"}]
)
def test_a_published_version_is_frozen_by_the_database(change):
    version = ItemFactory().versions.get()
    refused(lambda: ItemVersion.objects.filter(pk=version.pk).update(**change))
    refused(version.delete)
    assert ItemVersion.objects.get() == version


def test_the_end_of_a_version_is_recorded_once_and_never_moved():
    version = ItemFactory().versions.get()
    rows = ItemVersion.objects.filter(pk=version.pk)
    refused(lambda: rows.update(valid_to=JULY))
    rows.update(valid_to=JULY, closed_at=AUGUST)
    refused(lambda: rows.update(valid_to=None, closed_at=None))
    refused(lambda: rows.update(valid_to=date(2026, 8, 1)))
    rows.update(recorded_to=AUGUST)
    refused(lambda: rows.update(recorded_to=None))


def test_plain_words_may_change_after_publication():
    version = ItemFactory().versions.get()
    ItemVersion.objects.filter(pk=version.pk).update(aliases=["店外经营"], search_text="店外经营")
    assert ItemVersion.objects.get(aliases__contains=["店外经营"]) == version


def test_nobody_publishes_what_he_drafted_even_in_the_database():
    refused(lambda: ItemFactory(version={"drafted_by_id": 7, "published_by_id": 7}))
    assert ItemFactory(version={"drafted_by_id": 7, "published_by_id": 8})


def test_bands_come_in_order_and_are_frozen_with_their_table():
    item = ItemFactory(bands=True)
    bands = bands_in_force(item, JULY)
    assert [band.order for band in bands] == [1, 2, 3]
    table = bands[0].table
    assert table.status == Status.PUBLISHED
    refused(lambda: DiscretionBand.objects.filter(pk=bands[0].pk).update(fine_max=1))
    refused(bands[0].delete)
    refused(lambda: DiscretionBand.objects.create(table=table, order=9, grade="特别严重"))
    assert len(bands_in_force(item, JULY)) == 3


def test_bands_of_a_table_that_ended_are_not_offered():
    table = DiscretionTableFactory(valid_from=date(2020, 1, 1))
    type(table).objects.filter(pk=table.pk).update(valid_to=JULY, closed_at=AUGUST)
    assert bands_in_force(table.item, date(2026, 6, 30))
    assert bands_in_force(table.item, JULY) == []


def test_only_official_items_may_carry_documents():
    assert ItemFactory().may_carry_documents
    assert not ItemFactory(data_origin="synthetic").may_carry_documents
    assert not ItemFactory(data_origin="draft").may_carry_documents
