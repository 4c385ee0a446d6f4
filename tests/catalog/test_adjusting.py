"""Items adjusted by a document, and laws amended: dated, reasoned, by two people, nothing overwritten."""

from datetime import UTC, date, datetime

import pytest

from audit.models import Event
from catalog import adjusting, amending
from catalog.adjusting import Plan
from catalog.amending import Words
from catalog.models import (
    Action,
    Adjustment,
    Item,
    ItemVersion,
    ListMembership,
    Provision,
    ProvisionVersion,
    Reason,
    Side,
    StatuteVersion,
)
from catalog.selectors import items_by_number, memberships_of, version_in_force, versions_in_force
from law.errors import RuleViolation
from tests.catalog.test_import import HEAD, JULY, LAW, SPRING, load
from tests.factories.catalog import PowerListFactory
from tests.factories.townships import OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
JUNE_30 = date(2026, 6, 30)
AT = datetime(2026, 6, 1, 1, tzinfo=UTC)


@pytest.fixture
def people():
    return [OfficerFactory(name=name, roles=[Role.CATALOG_ADMIN]) for name in ("传达", "复核")]


@pytest.fixture
def items(people):
    load([HEAD, *([str(n), f"对第{n}种行为的处罚", "水务局", LAW] for n in range(1, 5))], people)
    found = items_by_number("TEST", SPRING)
    return [found[str(n)].item for n in range(1, 5)]


@pytest.fixture
def townships():
    return PowerListFactory(code="XZ", kind="township", name="乡镇清单")


def plan(action, **more):
    values = {
        "action": action,
        "document": "县政发〔2026〕8号",
        "decided_on": date(2026, 5, 20),
        "effective_on": JULY,
        "reason": Reason.ASSESSMENT,
        "explanation": "评估后调整",
    }
    return Plan(**{**values, **more})


def adjust(people, items, action, **more):
    made = adjusting.draft(plan=plan(action, **more), items=items, actor=people[0], at=AT)
    return adjusting.publish(adjustment=made, actor=people[1], at=AT)


def usable(item, on):
    return versions_in_force(on).filter(item=item).exists()


def test_a_draft_changes_nothing_and_its_drafter_cannot_publish_it(people, items):
    """F015: a change of the catalogue needs a second approver."""
    before = ItemVersion.objects.count(), ListMembership.objects.count()
    made = adjusting.draft(plan=plan(Action.CANCEL), items=items[:1], actor=people[0], at=AT)
    with pytest.raises(RuleViolation) as refusal:
        adjusting.publish(adjustment=made, actor=people[0], at=AT)
    assert refusal.value.code == "second_person_required"
    made.refresh_from_db()
    assert made.status == "draft"
    assert (ItemVersion.objects.count(), ListMembership.objects.count()) == before
    assert usable(items[0], JULY)


def test_a_cancelled_item_is_out_from_the_day_and_stays_known(people, items):
    adjust(people, items[:1], Action.CANCEL)
    assert usable(items[0], JUNE_30)
    assert not usable(items[0], JULY)
    assert memberships_of(items[0], JUNE_30)
    assert not memberships_of(items[0], JULY)
    last = ItemVersion.objects.in_force(JULY).get(item=items[0])
    assert (last.standing, last.source) == ("cancelled", "县政发〔2026〕8号")
    assert version_in_force(items[0], JULY, known_at=datetime(2026, 5, 1, tzinfo=UTC))
    told = Event.objects.filter(chain__startswith="catalog:adjustment:").order_by("seq")
    assert [event.verb for event in told] == ["catalog.adjustment_drafted", "catalog.adjustment_published"]


def test_an_item_leaves_a_list_that_names_its_last_day(people):
    PowerListFactory(valid_to=date(2028, 12, 15))
    load([HEAD, ["1", "对甲的处罚", "水务局", LAW]], people)
    item = items_by_number("TEST", SPRING)["1"].item
    adjust(people, [item], Action.CANCEL)
    assert memberships_of(item, JUNE_30)
    assert not memberships_of(item, JULY)


def test_a_suspended_item_resumes_with_its_content_and_parts(people, items):
    first = version_in_force(items[0], SPRING)
    adjust(people, items[:1], Action.SUSPEND)
    assert not usable(items[0], JULY)
    assert memberships_of(items[0], JULY)
    adjust(people, items[:1], Action.RESUME, effective_on=date(2026, 9, 1))
    again = version_in_force(items[0], date(2026, 9, 1))
    assert again.pk != first.pk
    assert [one.text for one in again.situations.all()] == [one.text for one in first.situations.all()]
    assert again.citations.count() == first.citations.count() > 0
    assert again.penalty_text == first.penalty_text


def test_a_transfer_moves_all_its_items_to_the_department_from_the_day(people, items):
    """F003: the catalogue's side of a transfer batch; who acts is asked of the townships' floor."""
    target = PowerListFactory(code="ZH", kind="comprehensive")
    made = adjust(people, items, Action.TRANSFER, department_name="县综合行政执法局", power_list=target)
    names = {version_in_force(item, JULY).department_name for item in items}
    assert names == {"县综合行政执法局"}
    assert {version_in_force(item, JUNE_30).department_name for item in items} == {"水务局"}
    assert ListMembership.objects.in_force(JULY).filter(power_list=target).count() == 4
    assert made.parts.filter(side=Side.BEFORE).count() == made.parts.filter(side=Side.AFTER).count() == 4


def test_a_transfer_of_382_items_costs_the_statements_of_one(people, django_assert_max_num_queries):
    load([HEAD, *([str(n), f"对第{n}种行为的处罚", "水务局", LAW] for n in range(1, 383))], people)
    made = adjusting.draft(
        plan=plan(Action.TRANSFER, department_name="执法局"),
        items=list(Item.objects.all()),
        actor=people[0],
        at=AT,
    )
    with django_assert_max_num_queries(45):
        adjusting.publish(adjustment=made, actor=people[1], at=AT)
    assert versions_in_force(JULY).filter(department_name="执法局").count() == 382


def test_an_item_is_handed_down_to_a_township_list_and_taken_back(people, items, townships):
    adjust(people, items[:2], Action.HAND_DOWN, power_list=townships)
    assert ListMembership.objects.in_force(JULY).filter(power_list=townships).count() == 2
    adjust(people, items[:1], Action.TAKE_BACK, power_list=townships, effective_on=date(2026, 9, 1))
    autumn = ListMembership.objects.in_force(date(2026, 9, 1)).filter(power_list=townships)
    assert [row.item_id for row in autumn] == [items[1].pk]
    assert usable(items[0], date(2026, 9, 1))


def test_one_item_is_split_into_several_that_stand_where_it_stood(people, items):
    parts = [{"name": "对甲的处罚"}, {"name": "对乙的处罚", "violation": "一；二"}]
    made = adjust(people, items[:1], Action.SPLIT, content=parts)
    after = [part.item for part in made.parts.filter(side=Side.AFTER).select_related("item")]
    assert [version_in_force(item, JULY).name for item in after] == ["对甲的处罚", "对乙的处罚"]
    assert [one.text for one in version_in_force(after[1], JULY).situations.all()] == ["一", "二"]
    assert all(memberships_of(item, JULY) for item in after)
    assert not usable(items[0], JULY)
    assert usable(items[0], JUNE_30)


def test_several_items_are_merged_into_one(people, items):
    made = adjust(people, items[:2], Action.MERGE, content=[{"name": "对甲乙的处罚"}])
    (after,) = made.parts.filter(side=Side.AFTER)
    assert version_in_force(after.item, JULY).name == "对甲乙的处罚"
    assert not any(usable(item, JULY) for item in items[:2])


def test_a_change_gives_a_new_version_with_what_follows_from_its_words(people, items):
    words = {
        "penalty_text": "责令改正；拒不改正的，处二千元以上九千元以下罚款。",
        "penalty_article": "第十条",
    }
    adjust(people, items[:1], Action.CHANGE, content=[words])
    version = version_in_force(items[0], JULY)
    assert (version.fine_min, version.fine_max, version.needs_correction_first) == (2000, 9000, True)
    assert {one.provision.article for one in version.citations.all()} >= {"第十条"}
    assert version_in_force(items[0], JUNE_30).fine_max == 5000


def test_a_new_item_is_added_to_a_list_with_its_basis(people, townships):
    words = {
        "name": "对丁的处罚",
        "statute_name": "《某某市条例》",
        "penalty_article": "第十二条",
        "penalty_text": "处一百元罚款。",
    }
    made = adjust(people, [], Action.ADD, content=[words], power_list=townships)
    (after,) = made.parts.filter(side=Side.AFTER)
    version = version_in_force(after.item, JULY)
    assert version.has_basis
    assert version.fine_max == 100
    assert [row.power_list.code for row in memberships_of(after.item, JULY)] == ["XZ"]


@pytest.mark.parametrize(
    ("action", "more", "code"),
    [
        (Action.CANCEL, {"document": " "}, "adjustment_without_document"),
        (Action.CANCEL, {"explanation": ""}, "adjustment_without_document"),
        (Action.HAND_DOWN, {}, "adjustment_without_list"),
        (Action.TRANSFER, {}, "adjustment_without_department"),
        (Action.SPLIT, {"content": [{"name": "一"}]}, "adjustment_numbers"),
        (Action.MERGE, {"content": []}, "adjustment_numbers"),
        (Action.CHANGE, {"content": [{"status": "published"}]}, "adjustment_numbers"),
        (Action.ADD, {"content": [{"name": "一"}]}, "adjustment_numbers"),
    ],
)
def test_an_adjustment_that_does_not_say_enough_is_refused(people, items, action, more, code):
    with pytest.raises(RuleViolation) as refusal:
        adjusting.draft(plan=plan(action, **more), items=items[:1], actor=people[0], at=AT)
    assert refusal.value.code == code
    assert not Adjustment.objects.exists()


def test_an_adjustment_is_published_once_or_given_up(people, items):
    made = adjust(people, items[:1], Action.SUSPEND)
    for act in (adjusting.publish, adjusting.discard):
        with pytest.raises(RuleViolation) as refusal:
            act(adjustment=made, actor=people[1], at=AT)
        assert refusal.value.code == "adjustment_not_draft"
    other = adjusting.draft(plan=plan(Action.CANCEL), items=items[1:2], actor=people[0], at=AT)
    adjusting.discard(adjustment=other, actor=people[1], at=AT)
    assert usable(items[1], JULY)


def test_an_amended_article_gives_every_item_that_rests_on_it_its_new_words(people, items):
    """F006, F007: what was known stays; from the day on items cite the new words; the affected are listed."""
    provision = Provision.objects.get(article="第九条")
    assert amending.resting_on(on=SPRING, provision=provision).count() == 4
    assert amending.resting_on(on=SPRING, statute=provision.statute).count() == 4
    cited = version_in_force(items[0], SPRING)
    draft = amending.draft_amendment(
        provision=provision,
        words=Words(
            "责令限期改正；逾期不改正的，处三千元以上一万元以下罚款。", "某某市人大公报2026年第3号", JULY
        ),
        actor=people[0],
        at=AT,
    )
    assert version_in_force(items[0], JULY).fine_max == 5000
    with pytest.raises(RuleViolation) as refusal:
        amending.publish_amendment(version=draft, actor=people[0], at=AT)
    assert refusal.value.code == "second_person_required"
    assert amending.publish_amendment(version=draft, actor=people[1], at=AT) == 4

    now = version_in_force(items[0], JULY)
    assert (now.fine_min, now.fine_max, now.needs_correction_first) == (3000, 10000, True)
    assert version_in_force(items[0], JUNE_30) == cited
    cited.refresh_from_db()
    assert cited.penalty_text == "处一千元以上五千元以下罚款。"
    words = ProvisionVersion.objects.filter(provision=provision)
    assert words.in_force(JUNE_30).get().text.startswith("处一千元")
    assert words.in_force(JULY).get() == draft
    assert StatuteVersion.objects.get().document == "某某市人大公报2026年第3号"


def test_an_amendment_without_document_or_beside_another_draft_is_refused(people, items):
    provision = Provision.objects.get(article="第九条")
    values = {"provision": provision, "actor": people[0], "at": AT}
    with pytest.raises(RuleViolation) as refusal:
        amending.draft_amendment(words=Words("新的条文", "", JULY), **values)
    assert refusal.value.code == "amendment_incomplete"
    amending.draft_amendment(words=Words("新的条文", "公报", JULY), **values)
    with pytest.raises(RuleViolation) as refusal:
        amending.draft_amendment(words=Words("又一条文", "公报", JULY), **values)
    assert refusal.value.code == "draft_exists"
    assert ProvisionVersion.objects.filter(status="draft").count() == 1
