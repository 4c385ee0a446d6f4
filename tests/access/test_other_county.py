"""What belongs to another county is not there, whoever asks."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import transaction

from audit.county import CountyScoped
from tests.access.addresses import Address, operations, pages
from tests.access.asking import FORBIDDEN, NO_SUCH_METHOD, NOT_THERE, answer, told
from tests.access.saying import said
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
        word = told(world, "everyone", method, address.of(world.theirs))
        transaction.set_rollback(True)
    return word


@pytest.mark.usefixtures("blank_pages")
def test_a_thing_of_another_county_is_not_there(world):
    found = [address for address in [*pages(), *operations()] if address.names in MODELS]
    assert len(found) > 200
    seen = {
        address.route(method): word
        for address in found
        for method in address.methods
        if (word := asked_abroad(world, address, method)) not in {NOT_THERE, FORBIDDEN, NO_SUCH_METHOD}
    }
    assert seen == {}


def read_after(world: World, change: str) -> dict[str, str]:
    """What is read of every list once all that is not the reader's own is changed so in each table."""
    who = world.people["everyone"]
    own = {"townships_officer": "id", "desk_notice": "recipient_id", "desk_job": "owner_id"}
    own |= dict.fromkeys(("townships_rolegrant", "townships_certificate"), "officer_id")
    lists = [a for a in [*pages(), *operations()] if "get" in a.methods and not a.names_a_thing]
    with transaction.atomic():
        force("UPDATE townships_officer SET body_id = NULL WHERE id = %s", who.pk)
        for model in apps.get_models():
            table = model._meta.db_table
            if issubclass(model, CountyScoped):
                force(f"{change.format(table)} WHERE {own.get(table, '0')} <> %s", who.pk)
        reader = replace(world, people={"everyone": who})
        reader.read_people()
        urls = {address.of({}) for address in lists if address.rule != "metrics"}
        found = {url: said(answer(reader, "everyone", "get", url)) for url in urls}
        transaction.set_rollback(True)
    return found


def test_lists_choices_and_counts_read_as_if_another_countys_things_were_not_there(world):
    abroad = read_after(world, f"UPDATE {{}} SET county_id = {ELSEWHERE}")
    gone = read_after(world, "DELETE FROM {}")
    assert len(gone) > 100
    assert [url for url in sorted(gone) if gone[url] != abroad[url]] == []
