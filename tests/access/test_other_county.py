"""What belongs to another county is not there, whoever asks."""

import pytest
from django.apps import apps
from django.db import transaction

from tests.access.addresses import Address, operations, pages
from tests.access.asking import FORBIDDEN, NO_SUCH_METHOD, NOT_THERE, told
from tests.access.world import World
from tests.cases.standing import force

pytestmark = pytest.mark.doors

ELSEWHERE = 330100
MODELS = {
    "case": "cases.Case",
    "batch": "townships.GrantBatch",
    "order": "townships.ItemOrder",
    "body": "townships.Body",
    "grant": "townships.AuthorityGrant",
    "absence": "townships.Absence",
    "auxiliary": "townships.AuxiliaryPost",
    "certificate": "townships.Certificate",
    "post": "townships.ReviewerPost",
    "officer": "townships.Officer",
    "reviewer": "townships.Officer",
    "item": "catalog.Item",
    "uid": "catalog.Item",
    "item_notice": "catalog.ItemNotice",
    "import": "catalog.ImportBatch",
    "adjustment": "catalog.Adjustment",
    "provision": "catalog.Provision",
    "edition": "catalog.ProvisionVersion",
    "setting": "cases.LawSetting",
    "year": "cases.CalendarYear",
    "feedback": "desk.Feedback",
}


def asked_abroad(world: World, address: Address, method: str) -> str:
    """What the holder of every role is told about a thing that has become another county's."""
    key = address.names
    model = apps.get_model(MODELS[key])
    column = "uid" if key == "uid" else "id"
    with transaction.atomic():
        force(
            f"UPDATE {model._meta.db_table} SET county_id = {ELSEWHERE} WHERE {column} = %s",
            world.theirs[key],
        )
        answer = told(world, "everyone", method, address.of(world.theirs))
        transaction.set_rollback(True)
    return answer


def test_a_thing_of_another_county_is_not_there(world, settings):
    settings.ROOT_URLCONF = "tests.access.plain"
    found = [address for address in [*pages(), *operations()] if address.names in MODELS]
    assert len(found) > 200
    seen = {
        address.route(method): answer
        for address in found
        for method in address.methods
        if (answer := asked_abroad(world, address, method)) not in {NOT_THERE, FORBIDDEN, NO_SUCH_METHOD}
    }
    assert seen == {}
