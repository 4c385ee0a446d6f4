"""The whole synthetic catalogue through the door of any list: counts from rows, the same again."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Count

from bench.synthetic import as_workbook, generate
from catalog import services, staging
from catalog.models import DataOrigin, Item, ItemVersion, ListMembership
from catalog.reports.lists import parts_on, sum_holds
from catalog.selectors import search_items
from tests.factories.catalog import PowerListFactory
from tests.factories.townships import OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 1, tzinfo=UTC)


def test_5010_rows_are_imported_and_published_and_the_counts_reproduce_from_rows(
    django_assert_max_num_queries,
):
    """F001, F002, F004, F014: 5010 = 1131 + 3327 + 552, 624 handed on; the same file changes nothing."""
    made = generate()
    data = as_workbook(made.rows)
    people = [OfficerFactory(roles=[Role.CATALOG_ADMIN]) for _person in range(2)]
    power_list = PowerListFactory(code="SYN", kind="total", data_origin=DataOrigin.SYNTHETIC, name="合成目录")
    result = staging.read_for(power_list, data=data, file_name="合成.xlsx")
    report = result.report()
    assert (report["rows_read"], report["rows_used"], report["rows_skipped"]) == (5013, 5010, 3)
    with django_assert_max_num_queries(60):
        batch, fresh = staging.stage(
            power_list=power_list,
            result=result,
            actor=people[0],
            at=AT,
            effective_on=ON,
            expected_count=5010,
        )
        counts = services.publish(batch=batch, actor=people[1], at=AT)
    assert fresh
    assert (counts["new"], counts["listed"]) == (5010, 5010 + 1131 + 3327 + 624)

    parts = {key: len(found) for key, found in parts_on(ON).items()}
    assert (parts["total"], parts["comprehensive"], parts["professional"]) == (5010, 1131, 3327)
    assert (parts["neither"], parts["both"], parts["outside"]) == (552, 0, 0)
    assert sum_holds(parts_on(ON))
    township = ListMembership.objects.in_force(ON).filter(kind="township")
    assert township.count() == 624
    assert len(set(township.values_list("field", flat=True))) == 22
    fields = ListMembership.objects.in_force(ON).filter(kind="professional").values_list("field", flat=True)
    assert len(set(fields)) == 8
    standings = {row["standing"]: row["n"] for row in _by_standing()}
    assert sum(standings.values()) == 5010
    assert standings["in_use"] == sum(row["status"] == "在用" for row in made.rows)

    assert not any(item.may_carry_documents for item in Item.objects.all()[:50])
    assert search_items("SYN02000001", on=ON)[0].item.codes.get().scheme == "local"
    again = staging.read_for(power_list, data=data, file_name="合成.xlsx")
    before = ItemVersion.objects.count(), ListMembership.objects.count()
    assert staging.stage(power_list=power_list, result=again, actor=people[0], at=AT) == (batch, False)
    assert (ItemVersion.objects.count(), ListMembership.objects.count()) == before


def _by_standing():
    return ItemVersion.objects.values("standing").annotate(n=Count("pk")).order_by()
