"""Items to hand on, and people who sign in."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from catalog.models import Item, ItemCode, ItemVersion
from tests.factories.townships import BodyFactory, CountyFactory, OfficerFactory
from townships.models import Body, Officer
from townships.roles import Role

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # 12:00 in the county
TODAY = date(2026, 3, 2)


@pytest.fixture
def at() -> datetime:
    return NOON


@pytest.fixture
def on() -> date:
    return TODAY


@pytest.fixture
def new_item(db: None) -> Callable[..., Item]:
    made = 0

    def make(name: str = "占用消防通道", code: str = "", **fields: object) -> Item:
        nonlocal made
        made += 1
        item = Item.objects.create(identity=f"test-{made}", created_at=NOON)
        ItemVersion.objects.create(
            item=item,
            name=name,
            status="published",
            valid_from=date(2020, 1, 1),
            recorded_from=NOON,
            **fields,
        )
        ItemCode.objects.create(item=item, code=code or f"3302{made:05d}", valid_from=date(2020, 1, 1))
        return item

    return make


@pytest.fixture
def item(new_item: Callable[..., Item]) -> Item:
    return new_item()


@pytest.fixture
def county_seat(db: None) -> Body:
    CountyFactory()
    return BodyFactory(department=True, name="青禾县司法局", short_name="司法局", document_word="青司")


@pytest.fixture
def lawyer(county_seat: Body) -> Officer:
    return OfficerFactory(body=county_seat, roles=[Role.LEGAL_DEPARTMENT], name="林知远")


@pytest.fixture
def administrator(county_seat: Body) -> Officer:
    return OfficerFactory(body=county_seat, roles=[Role.SYSTEM_ADMIN], name="管理员甲")


@pytest.fixture
def second_administrator(county_seat: Body) -> Officer:
    return OfficerFactory(body=county_seat, roles=[Role.SYSTEM_ADMIN], name="管理员乙")


@pytest.fixture
def township(db: None) -> Body:
    """A township that can act: two certified officers."""
    body = BodyFactory(name="江口镇人民政府", short_name="江口镇")
    OfficerFactory.create_batch(2, body=body, roles=[Role.TOWNSHIP_OFFICER], certified=True)
    return body


@pytest.fixture
def department(db: None) -> Body:
    return BodyFactory(department=True, name="青禾县农业农村局", short_name="农业农村局")


@pytest.fixture
def sign_in() -> Callable[[Officer], Client]:
    def start(officer: Officer) -> Client:
        client = Client()
        client.force_login(officer)
        return client

    return start
