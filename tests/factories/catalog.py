"""Items, their versions and bands for tests; published and in force since long ago."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from catalog.effective import Status
from catalog.models import (
    DiscretionBand,
    DiscretionTable,
    Item,
    ItemVersion,
    ListKind,
    ListMembership,
    PowerList,
)
from catalog.searching import initials_of, search_text_of

LONG_AGO = date(2020, 1, 1)
KNOWN_SINCE = datetime(2020, 1, 1, tzinfo=UTC)


class PowerListFactory(DjangoModelFactory):
    class Meta:
        model = PowerList
        django_get_or_create = ["code"]

    code = "TEST"
    name = "青禾县综合行政执法事项清单"
    kind = ListKind.COMPREHENSIVE
    source = "测试清单"
    valid_from = LONG_AGO


class ItemVersionFactory(DjangoModelFactory):
    """A published version with a complete basis; bare=True lacks it, draft=True waits to be published."""

    class Meta:
        model = ItemVersion

    class Params:
        draft = factory.Trait(status=Status.DRAFT, recorded_from=None)
        bare = factory.Trait(
            statute_name="",
            obligation_article="",
            penalty_article="",
            penalty_text="",
            fine_min=None,
            fine_max=None,
        )

    item = factory.SubFactory("tests.factories.catalog.ItemFactory", version=False)
    number = factory.Sequence(str)
    name = factory.Sequence(lambda n: f"商场、门店超出门、窗外墙摆卖、经营且拒不改正（{n}）")
    violation = factory.SelfAttribute("name")
    domain = "城市管理"
    department_name = "县综合行政执法局"
    statute_name = "《青禾市市容和环境卫生管理条例》"
    obligation_article = "第十七条第一款"
    obligation_text = "商场、门店不得超出门、窗外墙摆卖、经营。"
    penalty_article = "第十七条第二款"
    penalty_text = "违反前款规定的，责令改正；拒不改正的，处一千元以上五千元以下罚款。"
    penalty_kinds = factory.LazyFunction(lambda: ["fine"])
    fine_min = Decimal("1000.00")
    fine_max = Decimal("5000.00")
    fine_unit = "元"
    valid_from = LONG_AGO
    status = Status.PUBLISHED
    recorded_from = KNOWN_SINCE
    source = "测试数据"
    initials = factory.LazyAttribute(lambda me: initials_of(me.name))
    search_text = factory.LazyAttribute(
        lambda me: search_text_of(
            name=me.name,
            violation=me.violation,
            statute_name=me.statute_name,
            aliases=me.aliases,
            codes=(),
            initials=me.initials,
            articles=me.penalty_article,
        )
    )
    aliases = factory.LazyFunction(list)


class ItemFactory(DjangoModelFactory):
    """An item with one published version; version=False leaves it out, version={…} sets its fields."""

    class Meta:
        model = Item
        skip_postgeneration_save = True

    identity = factory.Sequence(lambda n: f"TEST:{n}")
    created_at = KNOWN_SINCE

    @factory.post_generation
    def version(self, create, extracted, **kwargs):
        if extracted is not False:
            ItemVersionFactory(item=self, **(extracted or {}), **kwargs)

    @factory.post_generation
    def bands(self, create, extracted, **kwargs):
        if extracted:
            DiscretionTableFactory(item=self, bands=None if extracted is True else extracted)


class ListMembershipFactory(DjangoModelFactory):
    class Meta:
        model = ListMembership

    item = factory.SubFactory(ItemFactory)
    power_list = factory.SubFactory(PowerListFactory)
    kind = factory.SelfAttribute("power_list.kind")
    number = factory.Sequence(str)
    valid_from = LONG_AGO
    recorded_from = KNOWN_SINCE


GRADES = (
    ("情节较轻", "第一次被处罚的。", 1000, 1000),
    ("情节较重", "第二次被处罚的。", 3000, 3000),
    ("情节严重", "第三次及以上被处罚的。", 5000, 5000),
)


class DiscretionTableFactory(DjangoModelFactory):
    """A published table with three grades, or with bands=[(grade, circumstances, low, high), …]."""

    class Meta:
        model = DiscretionTable
        skip_postgeneration_save = True

    item = factory.SubFactory(ItemFactory)
    title = "青禾县城市管理行政处罚裁量基准"
    valid_from = LONG_AGO
    status = Status.DRAFT
    recorded_from = KNOWN_SINCE
    source = "测试数据"

    @factory.post_generation
    def bands(self, create, extracted, **kwargs):
        for order, (grade, circumstances, low, high) in enumerate(extracted or GRADES, 1):
            DiscretionBand.objects.create(
                table=self,
                order=order,
                grade=grade,
                circumstances=circumstances,
                penalty_text=f"处{low}元以上{high}元以下罚款。",
                fine_min=low,
                fine_max=high,
                unit="元",
            )
        # Bands are frozen with their table, so it is published last.
        DiscretionTable.objects.filter(pk=self.pk).update(status=Status.PUBLISHED)
        self.status = Status.PUBLISHED
