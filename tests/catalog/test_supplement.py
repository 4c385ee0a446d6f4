"""An item without a basis: one person supplies it, another publishes it, both stand in the trail."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from audit.models import Event
from catalog import drafts
from catalog.effective import Status
from catalog.models import ItemVersion
from catalog.selectors import search_items, version_in_force
from catalog.supplementing import BasisText, change_aliases, draft_basis
from law.errors import RuleViolation
from tests.factories.catalog import ItemFactory
from tests.factories.townships import OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 1, tzinfo=UTC)
TODAY = date(2026, 3, 1)
BASIS = BasisText(
    statute_name="《某某市养犬管理条例》",
    penalty_article="第二十条",
    penalty_text="逾期未改正的，处二百元以上一千元以下罚款。",
    obligation_article="第八条",
    fine_min=Decimal(200),
    fine_max=Decimal(1000),
    fine_unit="元",
)


@pytest.fixture
def item():
    return ItemFactory(version={"bare": True, "name": "对犬只伤人的处罚"})


def drafted(item, actor, on=TODAY):
    version = version_in_force(item, TODAY)
    return draft_basis(version=version, basis=BASIS, effective_on=on, source="公报", actor=actor, at=AT)


def test_a_draft_changes_nothing_until_a_second_person_publishes_it(item):
    one, two = OfficerFactory(roles=[Role.CATALOG_ADMIN]), OfficerFactory(roles=[Role.CATALOG_ADMIN])
    draft = drafted(item, one)
    assert not version_in_force(item, TODAY).has_basis
    published = drafts.publish(row=draft, actor=two, at=AT)
    now = version_in_force(item, TODAY)
    assert (now, now.has_basis, now.needs_correction_first) == (published, True, True)
    assert not version_in_force(item, date(2026, 2, 28)).has_basis
    cited = [(one.provision.article, one.role) for one in now.citations.order_by("id")]
    assert cited == [("第八条", "obligation"), ("第二十条", "penalty")]
    assert [one.text for one in now.situations.all()] == ["对犬只伤人的处罚"]
    verbs = (
        Event.objects.filter(chain=f"catalog:item:{item.pk}").order_by("seq").values_list("verb", "actor_id")
    )
    assert list(verbs) == [("catalog.basis_drafted", one.pk), ("catalog.version_published", two.pk)]


def test_the_drafter_may_not_publish(item):
    one = OfficerFactory(roles=[Role.CATALOG_ADMIN])
    draft = drafted(item, one)
    with pytest.raises(RuleViolation) as refusal:
        drafts.publish(row=draft, actor=one, at=AT)
    assert refusal.value.code == "second_person_required"
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert not version_in_force(item, TODAY).has_basis


def test_a_basis_from_the_first_day_withdraws_the_version_that_lacked_it(item):
    first = version_in_force(item, TODAY)
    draft = drafted(item, OfficerFactory(roles=[Role.CATALOG_ADMIN]), on=first.valid_from)
    drafts.publish(row=draft, actor=OfficerFactory(roles=[Role.CATALOG_ADMIN]), at=AT)
    first.refresh_from_db()
    assert first.recorded_to == AT
    assert version_in_force(item, first.valid_from).has_basis


def test_only_one_draft_waits_at_a_time(item):
    drafted(item, OfficerFactory(roles=[Role.CATALOG_ADMIN]))
    with pytest.raises(RuleViolation) as refusal:
        drafted(item, OfficerFactory(roles=[Role.CATALOG_ADMIN]))
    assert refusal.value.code == "draft_exists"
    assert ItemVersion.objects.filter(item=item).count() == 2


def test_a_discarded_draft_stays_in_the_history_and_frees_the_place(item):
    draft = drafted(item, OfficerFactory(roles=[Role.CATALOG_ADMIN]))
    drafts.discard(row=draft, actor=OfficerFactory(roles=[Role.CATALOG_ADMIN]), at=AT)
    with pytest.raises(RuleViolation):
        drafts.publish(row=draft, actor=OfficerFactory(roles=[Role.CATALOG_ADMIN]), at=AT)
    assert drafted(item, OfficerFactory(roles=[Role.CATALOG_ADMIN]))


def test_a_supplied_basis_finds_its_item(item):
    assert search_items("养犬管理条例》第二十条", on=TODAY) == []
    now = drafts.publish(
        row=drafted(item, OfficerFactory(roles=[Role.CATALOG_ADMIN])),
        actor=OfficerFactory(roles=[Role.CATALOG_ADMIN]),
        at=AT,
    )
    assert search_items("养犬管理条例》第二十条", on=TODAY) == [now]
    change_aliases(version=now, aliases=["恶狗咬人"], actor=OfficerFactory(roles=[Role.CATALOG_ADMIN]), at=AT)
    assert search_items("养犬管理条例》第二十条", on=TODAY) == [now]


def test_plain_words_find_the_item_at_once(item):
    version = version_in_force(item, TODAY)
    assert search_items("恶狗", on=TODAY) == []
    change_aliases(
        version=version, aliases=["恶狗咬人"], actor=OfficerFactory(roles=[Role.CATALOG_ADMIN]), at=AT
    )
    assert search_items("恶狗", on=TODAY) == [version]
    assert search_items("egyr", on=TODAY) == [version]
    assert Event.objects.get(chain=f"catalog:item:{item.pk}").payload["after"] == ["恶狗咬人"]
