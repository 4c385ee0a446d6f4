"""A small county in which one major case can run its whole course, and the people who act in it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.dossier import law_book
from cases.dossier.figures import LawSetting
from catalog.models import DiscretionBand, Item
from tests.factories.catalog import ItemFactory
from tests.factories.townships import (
    AuthorityGrantFactory,
    BodyFactory,
    CountyFactory,
    OfficerFactory,
    PlaceFactory,
    ReviewerPostFactory,
)
from townships.models import Body, Officer, Place
from townships.roles import Role

BANDS = (
    ("情节较轻", "第一次被处罚的。", 10000, 30000),
    ("情节较重", "第二次被处罚的。", 30000, 60000),
    ("情节严重", "第三次及以上被处罚的。", 60000, 100000),
)


@dataclass(frozen=True, slots=True)
class SmallCounty:
    """One empowered township, its people, one item with three grades."""

    township: Body
    place: Place
    item: Item
    band: DiscretionBand
    clerk: Officer
    leader: Officer
    first: Officer
    second: Officer
    head: Officer
    deputy: Officer
    reviewer: Officer
    supervisor: Officer


def found_county(*, domain: str = "城市管理") -> SmallCounty:
    """Build it; hearing thresholds are the county's own approved figures."""
    county = CountyFactory()
    township = BodyFactory(
        name="青禾镇人民政府",
        short_name="青禾镇",
        document_word="青禾",
        address="青禾镇人民路1号",
        phone="0578-5550101",
        fine_bank="青禾农商银行青禾支行",
        fine_account="201000099887766",
    )
    item = ItemFactory(
        version={
            "name": "对未经批准设置大型户外广告设施且逾期未拆除的行政处罚",
            "violation": "未经批准设置大型户外广告设施且逾期未拆除",
            "fine_min": Decimal("10000"),
            "fine_max": Decimal("100000"),
            "domain": domain,
        },
        bands=BANDS,
    )
    AuthorityGrantFactory(empowered=True, holder=township, items=[item])
    clerk = OfficerFactory(username="clerk", name="林悦", body=None, roles=[Role.COUNTY_CLERK])
    legal = OfficerFactory(username="legal", name="何静", body=None, roles=[Role.LEGAL_DEPARTMENT])
    for party_type, amount in (("citizen", "10000"), ("organisation", "50000")):
        LawSetting.objects.create(
            key="hearing.fine",
            article="本县听证数额标准",
            source="测试",
            valid_from=date(2020, 1, 1),
            value={
                "value": amount,
                "unit": "yuan",
                "keys": {"place": county.place, "party_type": party_type},
            },
            proposed_by=clerk,
            approved_by=legal,
        )
    law_book.forget()

    def officer(username: str, name: str, *roles: Role, **more: object) -> Officer:
        return OfficerFactory(username=username, name=name, body=township, roles=list(roles), **more)

    reviewer = officer("reviewer", "周岚", Role.LEGAL_REVIEWER)
    ReviewerPostFactory(body=township, officer=reviewer)
    return SmallCounty(
        township=township,
        place=PlaceFactory(township=township, name="和平社区"),
        item=item,
        band=DiscretionBand.objects.get(table__item=item, grade="情节较重"),
        clerk=clerk,
        leader=officer("leader", "陈立", Role.TEAM_LEADER, certified=True),
        first=officer("first", "赵敏", Role.TOWNSHIP_OFFICER, certified=True),
        second=officer("second", "孙浩", Role.TOWNSHIP_OFFICER, certified=True),
        head=officer("head", "王建平", Role.HEAD),
        deputy=officer("deputy", "罗莹", Role.HEAD),
        reviewer=reviewer,
        supervisor=OfficerFactory(username="supervisor", name="吴涛", body=None, roles=[Role.SUPERVISOR]),
    )
