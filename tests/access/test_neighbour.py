"""F217: a township learns nothing of its neighbour's cases: not by a key, not by a word, not by a number."""

from dataclasses import replace

import pytest
from django.http import HttpResponseBase
from django.urls import reverse

from cases.instruments.models import Instrument
from cases.periods import feed
from tests.access.addresses import Address, operations, pages
from tests.access.asking import answer
from tests.access.saying import names_read, said
from tests.access.world import NOW, SECRETS, THEIR_KEY, WORDS, World, open_matter
from tests.doors.drivers import at, instant
from tests.doors.script import PARTY

pytestmark = pytest.mark.doors

# Every role of a township at once; fewer would read no more.
WHO = "township"
# What is put wherever something may be put: a key, and part of the name of the neighbour's party, which finds
# the case and is told apart from what is answered.
SOUGHT = (str(THEIR_KEY), WORDS[PARTY][2:])
# The figures for a monitor are told to this machine alone (tests/rest/test_roof.py).
READING = [
    address for address in [*pages(), *operations()] if "get" in address.methods and address.rule != "metrics"
]
WRITING = [address for address in [*pages(), *operations()] if "post" in address.methods]


def secrets_in(text: str) -> list[str]:
    """What only the neighbour's case says."""
    return [word for word in SECRETS if word in text]


def leaks(answers: dict[str, HttpResponseBase]) -> dict[str, list[str]]:
    """The answers that say it."""
    return {asked: words for asked, found in answers.items() if (words := secrets_in(said(found)))}


def names_of(world: World, address: Address, method: str) -> set[str]:
    """What an address reads of a query or a form; an operation says itself what is sent to it."""
    if method != "get" and not address.is_page:
        return set(address.fields)
    with names_read() as names:
        answer(world, WHO, method, address.of(world.mine))
    return names - {"csrfmiddlewaretoken"}


def test_the_secrets_are_told_to_the_neighbour_itself(world):
    """Otherwise their absence would prove nothing."""
    there = replace(world, people={WHO: world.other.first})
    there.read_people()
    told = leaks({url: answer(there, WHO, "get", url) for url in (reverse("cases"), reverse("api-cases"))})
    assert len(told) == 2
    papers = [address.of(world.theirs) for address in READING if address.rule in {"instrument", "case"}]
    assert len(leaks({url: answer(there, WHO, "get", url) for url in papers})) == 2


def test_one_key_names_what_is_the_neighbours_whatever_it_is_taken_for(world):
    """Otherwise sending it would prove nothing."""
    named = {kind for kind, key in world.theirs.items() if key == THEIR_KEY}
    assert named >= {"case", "body", "officer", "certificate", "grant", "grant_item", "volume", "order"}
    assert THEIR_KEY not in {*world.mine.values(), *world.personal[WHO].values()}
    assert Instrument.objects.get(pk=THEIR_KEY).case_id == world.theirs["case"]


def test_no_key_in_an_address_opens_what_is_the_neighbours(world):
    inside = {key: world.theirs[key] for key in ("paper", "volume", "sha256")}
    keyed = [address for address in READING if address.names]
    urls = {address.of(things) for address in keyed for things in (world.theirs, world.mine | inside)}
    assert len(urls) > 150
    assert leaks({url: answer(world, WHO, "get", url) for url in urls}) == {}


def test_no_query_finds_it_in_any_list_search_export_or_card(world):
    answers = {}
    for address in READING:
        if address.is_page and address.is_act:
            continue
        url = address.of(world.mine)
        for name in names_of(world, address, "get"):
            for value in ("xlsx", "csv") if name == "export" else SOUGHT:
                answers[f"{url}?{name}={value}"] = answer(world, WHO, "get", url, {name: value})
    assert len(answers) > 200
    assert leaks(answers) == {}


def test_no_key_sent_to_a_form_or_endpoint_brings_it_out(world):
    answers = {}
    for address in WRITING:
        names, url = names_of(world, address, "post"), address.of(world.mine)
        for value in SOUGHT if names else ():
            sent = dict.fromkeys(names, value)
            answers[f"{url} {value}"] = answer(world, WHO, "post", url, sent)
    assert len(answers) > 400
    assert leaks(answers) == {}


def everything_read(world: World) -> dict[str, str]:
    """All that may be read without asking for anything, and the calendar feed, word for word."""
    secret = feed.open_feed(officer=world.people[WHO], at=instant(NOW))
    found = {url: said(answer(world, WHO, "get", url)) for url in {a.of(world.of(WHO)) for a in READING}}
    found["feed"] = said(answer(world, WHO, "get", reverse("feed_read", args=[secret])))
    return found


def test_nothing_that_is_read_changes_when_the_neighbour_has_another_case(world):
    """Counts, reports, notices, deadlines and feeds: the same to the letter, whatever the neighbour does."""
    before = everything_read(world)
    assert [url for url, text in before.items() if secrets_in(text)] == []
    open_matter(world.other)
    with at(NOW):
        after = everything_read(world)
    assert [url for url in before if before[url] != after[url]] == []
