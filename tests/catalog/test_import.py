"""A list through the door: staged row by row, compared, published by a second person, repeated at no cost."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from catalog import drafts, services, staging, starters
from catalog.models import (
    DiscretionTable,
    ImportBatch,
    ImportRow,
    Item,
    ItemCode,
    ItemVersion,
    ListMembership,
    PowerList,
    Statute,
)
from catalog.selectors import bands_in_force, items_by_number, version_in_force
from catalog.supplementing import BasisText, draft_basis
from law.errors import RuleViolation
from tests.catalog.workbooks import workbook
from tests.factories.catalog import PowerListFactory
from tests.factories.townships import OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, 1, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 1, tzinfo=UTC)
SPRING, JULY = date(2026, 3, 1), date(2026, 7, 1)
HEAD = ["序号", "事项名称", "主管部门", "处罚依据"]
LAW = "《某某市条例》第九条：处一千元以上五千元以下罚款。"
EDITION = [
    HEAD,
    ["1", "对甲的处罚", "水务局", LAW],
    ["2", "对乙的处罚", "水务局", LAW],
    ["3", "对丙的处罚", "水务局", LAW],
]


@pytest.fixture
def people():
    return [OfficerFactory(name=name, roles=[Role.CATALOG_ADMIN]) for name in ("传达", "复核")]


def load(rows, people, *, on=SPRING, at=AT, publish=True, **options):
    uploader, publisher = people
    return starters.load(
        power_list=PowerListFactory(),
        data=workbook(rows) if isinstance(rows, list) else rows,
        file_name="清单.xlsx",
        uploader=uploader,
        publisher=publisher if publish else None,
        at=at,
        effective_on=on,
        **options,
    )


def counts():
    return [model.objects.count() for model in (Item, ItemVersion, ListMembership, DiscretionTable, Statute)]


def test_staging_keeps_every_row_and_puts_nothing_in_force(people):
    batch, fresh = load(EDITION, people, publish=False)
    assert fresh
    assert counts() == [0, 0, 0, 0, 0]
    assert ImportRow.objects.filter(batch=batch).count() == batch.rows_read == 4
    raw = ImportRow.objects.get(batch=batch, row=2)
    assert raw.cells == EDITION[1]
    assert batch.diff["counts"] == {
        "new": 3,
        "changed": 0,
        "unchanged": 0,
        "discretion": 0,
        "absent": 0,
        "listed": 3,
    }
    assert Event.objects.get(chain=f"catalog:batch:{batch.pk}").verb == "catalog.list_staged"


def test_a_second_person_publishes_and_the_items_are_in_force_from_the_day(people):
    batch, _fresh = load(EDITION, people)
    uploader, publisher = people
    version = items_by_number("TEST", SPRING)["2"]
    assert version.name == "对乙的处罚"
    assert version_in_force(version.item, SPRING).has_basis
    assert (version.drafted_by_id, version.published_by_id) == (uploader.pk, publisher.pk)
    assert (batch.state, batch.published_by_name) == ("published", "复核")
    assert Statute.objects.get().name == "《某某市条例》"
    assert [
        event.verb for event in Event.objects.filter(chain=f"catalog:batch:{batch.pk}").order_by("seq")
    ] == [
        "catalog.list_staged",
        "catalog.list_published",
    ]


def test_whoever_uploaded_may_not_publish(people):
    batch, _fresh = load(EDITION, people, publish=False)
    with pytest.raises(RuleViolation) as refusal:
        services.publish(batch=batch, actor=people[0], at=AT)
    assert refusal.value.code == "second_person_required"
    assert counts() == [0, 0, 0, 0, 0]
    batch.refresh_from_db()
    assert batch.state == "staged"


def test_a_batch_is_published_once(people):
    batch, _fresh = load(EDITION, people)
    before = counts()
    with pytest.raises(RuleViolation) as refusal:
        services.publish(batch=batch, actor=people[1], at=LATER)
    assert refusal.value.code == "batch_not_staged"
    assert counts() == before


def test_a_list_without_a_day_is_not_published(people):
    power_list = PowerListFactory(valid_from=None)
    result = staging.read_for(power_list, data=workbook(EDITION), file_name="a.xlsx")
    batch, _fresh = staging.stage(power_list=power_list, result=result, actor=people[0], at=AT)
    with pytest.raises(RuleViolation) as refusal:
        services.publish(batch=batch, actor=people[1], at=AT)
    assert refusal.value.code == "effective_date_missing"
    assert counts() == [0, 0, 0, 0, 0]


def test_h32_a_file_of_another_number_of_items_than_announced_is_refused_whole(people):
    with pytest.raises(RuleViolation) as refusal:
        load(EDITION, people, expected_count=4)
    assert refusal.value.code == "list_count_differs"
    assert counts() == [0, 0, 0, 0, 0]
    assert not ImportBatch.objects.exists()


def test_a_file_without_items_is_refused(people):
    with pytest.raises(RuleViolation) as refusal:
        load([["什么"], ["也没有"]], people)
    assert refusal.value.code == "list_empty"
    assert not ImportBatch.objects.exists()


def test_the_same_file_again_changes_nothing(people):
    data = workbook(EDITION)
    first, _fresh = load(data, people)
    before, events = counts(), Event.objects.count()
    again, fresh = load(data, people, at=LATER)
    assert (again, fresh) == (first, False)
    assert counts() == before
    assert Event.objects.count() == events


def test_the_same_file_again_is_read_anew_when_its_items_have_been_changed_since(people):
    data = workbook(EDITION)
    first, _fresh = load(data, people)
    item = items_by_number("TEST", SPRING)["2"].item
    changed = [HEAD, ["2", "对乙的处罚", "水务局", LAW.replace("五千", "八千")]]
    load(changed, people, on=JULY, at=LATER)
    again, fresh = load(data, people, on=date(2026, 9, 1), at=datetime(2026, 8, 1, tzinfo=UTC))
    assert fresh
    assert again != first
    assert version_in_force(item, date(2026, 9, 1)).fine_max == 5000


def test_the_same_content_in_another_file_makes_no_new_version(people):
    load(EDITION, people)
    before = counts()
    batch, fresh = load([["某某清单"], *EDITION], people, on=JULY, at=LATER)
    assert fresh
    assert batch.diff["counts"]["unchanged"] == 3
    assert counts() == before


def test_a_changed_item_gets_a_new_version_and_the_old_one_ends_that_day(people):
    load(EDITION, people)
    item = items_by_number("TEST", SPRING)["2"].item
    changed = [*EDITION[:2], ["2", "对乙的处罚", "水务局", LAW.replace("五千", "八千")], EDITION[3]]
    batch, _fresh = load(changed, people, on=JULY, at=LATER)
    assert {name: n for name, n in batch.diff["counts"].items() if n} == {"changed": 1, "unchanged": 2}
    fields = {change["field"] for change in batch.diff["changed"][0]["changes"]}
    assert fields == {"penalty_text", "fine_max"}
    assert version_in_force(item, date(2026, 6, 30)).fine_max == 5000
    assert version_in_force(item, JULY).fine_max == 8000
    assert version_in_force(item, JULY, known_at=datetime(2026, 5, 1, tzinfo=UTC)).fine_max == 5000


def test_a_correction_from_the_same_day_withdraws_what_was_wrong(people):
    load(EDITION, people)
    item = items_by_number("TEST", SPRING)["2"].item
    changed = [*EDITION[:2], ["2", "对乙的处罚", "水务局", LAW.replace("五千", "八千")], EDITION[3]]
    load(changed, people, on=SPRING, at=LATER)
    assert version_in_force(item, SPRING).fine_max == 8000
    assert version_in_force(item, SPRING, known_at=datetime(2026, 5, 1, tzinfo=UTC)).fine_max == 5000


def test_a_partial_file_leaves_the_rest_and_a_complete_one_takes_it_out(people):
    load(EDITION, people)
    gone = items_by_number("TEST", SPRING)["3"].item
    partial, _fresh = load(EDITION[:3], people, on=JULY, at=LATER)
    assert partial.diff["counts"]["absent"] == 1
    assert version_in_force(gone, JULY)
    load([["完整版"], *EDITION[:3]], people, on=JULY, at=LATER, complete=True)
    assert version_in_force(gone, date(2026, 6, 30))
    with pytest.raises(RuleViolation):
        version_in_force(gone, JULY)


def test_a_moved_number_is_no_new_version(people):
    load(EDITION, people)
    before = counts()
    moved = [HEAD, ["1", *EDITION[2][1:]], ["2", *EDITION[1][1:]], EDITION[3]]
    load(moved, people, on=JULY, at=LATER)
    assert counts() == before
    assert items_by_number("TEST", JULY)["1"].name == "对乙的处罚"


def test_a_supplied_basis_survives_the_next_edition_of_a_list_that_has_none(people):
    bare = [HEAD[:3], ["1", "对甲的处罚", "水务局"]]
    load(bare, people)
    version = items_by_number("TEST", SPRING)["1"]
    basis = BasisText("《某某市条例》", "第九条", "处一百元罚款。", "第二条")
    draft = draft_basis(
        version=version, basis=basis, effective_on=SPRING, source="公报", actor=people[0], at=AT
    )
    drafts.publish(row=draft, actor=people[1], at=AT)
    batch, _fresh = load([["再版"], *bare], people, on=JULY, at=LATER)
    assert batch.diff["counts"]["unchanged"] == 1
    load([[*HEAD[:3], "备注"], ["1", "对甲的处罚", "水务局", "限于水库"]], people, on=JULY, at=LATER)
    now = version_in_force(version.item, JULY)
    assert now.scope_note == "限于水库"
    assert now.has_basis


def test_the_starter_lists_load_through_the_same_door(people):
    uploader, publisher = people
    at = AT
    starters.load_starter("LH", uploader=uploader, publisher=publisher, at=at, effective_on=date(2024, 1, 1))
    starters.load_starter("SZ", uploader=uploader, publisher=publisher, at=at)
    on = date(2026, 3, 1)
    assert (len(items_by_number("LH", on)), len(items_by_number("SZ", on))) == (296, 40)
    second = items_by_number("SZ", on)["2"]
    assert [band.grade for band in bands_in_force(second.item, on)] == [
        "情节轻微",
        "情节较轻",
        "情节较重",
        "情节严重",
    ]
    assert bands_in_force(second.item, on)[0].no_penalty
    with pytest.raises(RuleViolation):
        version_in_force(second.item, date(2023, 12, 14))
    with pytest.raises(RuleViolation):
        version_in_force(second.item, date(2028, 12, 15))
    assert ItemVersion.objects.with_basis().count() == 40
    assert PowerList.objects.get(code="LH").kind == "township"


def test_a_list_is_written_in_few_statements_however_long_it_is(people):
    rows = [HEAD, *([str(n), f"对第{n}种行为的处罚", "水务局", LAW] for n in range(1, 1201))]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        batch, _fresh = load(rows, people)
    assert batch.item_count == 1200
    assert len(queries) < 60


def test_a_list_that_names_its_last_day_is_published_anew_before_and_after_it(people):
    """A benchmark valid for five years is corrected in its third and renewed after its fifth."""
    last, after = date(2028, 12, 15), date(2029, 1, 1)
    PowerListFactory(valid_to=last)
    load(EDITION, people)
    load(
        [*EDITION[:2], ["2", "对乙的处罚", "林业局", LAW], EDITION[3]],
        people,
        on=JULY,
        at=LATER,
        complete=True,
    )
    assert _listed(JULY) == {("对甲的处罚", "水务局"), ("对乙的处罚", "林业局"), ("对丙的处罚", "水务局")}
    assert not _listed(last)
    PowerList.objects.update(valid_to=None)
    again = [*EDITION[:3], ["4", "对丁的处罚", "水务局", LAW]]
    load(again, people, on=after, at=datetime(2028, 12, 20, tzinfo=UTC))
    assert _listed(after) == {(row[1], row[2]) for row in again[1:]}


def _listed(on):
    found = ItemVersion.objects.in_force(on).filter(
        item__memberships__in=ListMembership.objects.in_force(on), standing="in_use"
    )
    return set(found.values_list("name", "department_name"))


def test_an_item_is_known_by_each_of_its_codes_and_no_code_goes_to_another(people):
    head = ["事项编码", "事项名称", "主管部门", "处罚依据"]
    basic, own, other = "330217001000", "331199001450", "330217009000"
    load([head, [f"{basic}\n{own}", "对甲的处罚", "水务局", LAW]], people)
    rows = [[own, "对甲的处罚", "县水务局", LAW], [f"{other}\n{own}", "对丙的处罚", "水务局", LAW]]
    load([head, *rows], people, on=JULY, at=LATER)
    bodies = dict(ItemVersion.objects.in_force(JULY).values_list("name", "department_name"))
    assert bodies == {"对甲的处罚": "县水务局", "对丙的处罚": "水务局"}
    coded = ItemCode.objects.values_list("item__versions__name", "code").distinct()
    assert set(coded) == {("对甲的处罚", basic), ("对甲的处罚", own), ("对丙的处罚", other)}
