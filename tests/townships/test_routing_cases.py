"""F046, F018, F025: two hundred cases worked out by hand from the law and the agreements of one county."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from cases.dossier import law_book
from law.powers import unsound
from tests.townships import routing_county
from tests.townships.routing_county import RoutingCounty
from townships.selectors import authority_for, facts_for, handed_on, successor_on

CASES = routing_county.cases()


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[RoutingCounty]:
    law_book.forget()
    with django_db_blocker.unblock(), transaction.atomic():
        yield routing_county.found()
        transaction.set_rollback(True)


def asked(county: RoutingCounty, row: dict[str, str]) -> dict[str, Any]:
    return {
        "item": county.items[row["item"]],
        "township": county.bodies[row["township"]],
        "place": county.places.get(row["place"]),
        "on": date.fromisoformat(row["on"]),
    }


def test_there_are_two_hundred_different_cases() -> None:
    keys = {(row["item"], row["township"], row["place"], row["on"]) for row in CASES}
    assert len(keys) == len(CASES) >= 200
    assert {row["outcome"] for row in CASES} == {"decided", "gap", "overlap"}
    assert all(row["why"] for row in CASES)


@pytest.mark.parametrize("row", CASES, ids=lambda row: "-".join(list(row.values())[:5]))
def test_the_body_the_name_and_the_reasons_are_those_worked_out_by_hand(
    county: RoutingCounty, row: dict[str, str]
) -> None:
    verdict = authority_for(**asked(county, row))
    names = {body.pk: name for name, body in county.bodies.items()}
    grants = {grant.pk: name for name, grant in county.grants.items()}
    found = {
        "outcome": verdict.outcome,
        "handler": names.get(verdict.handler_id, ""),
        "named": names.get(verdict.named_id, ""),
        "mode": verdict.mode or "",
        "grant": grants.get(verdict.grant_id, ""),
    }
    assert found == {key: row[key] for key in found}, row["why"]
    codes = {grants[other.fact.grant_id]: other.code for other in verdict.rejected}
    expected = dict(pair.split(":") for pair in row["rejected"].split())
    assert expected.items() <= codes.items(), row["why"]
    # Everybody who was asked about is answered for: chosen, rejected with a reason, or one of several alike.
    told = {verdict.grant_id, *(fact.grant_id for fact in verdict.overlap)} - {None}
    told |= {other.fact.grant_id for other in verdict.rejected}
    there = {**asked(county, row), "township": successor_on(county.bodies[row["township"]], verdict.on)}
    assert told == {fact.grant_id for fact in facts_for(**there)}
    assert all(other.zh and other.en for other in verdict.rejected)


def test_the_set_behind_the_matrix_holds_exactly_what_the_law_finds_sound(county: RoutingCounty) -> None:
    """Over all days of the cases: what the pages list is what an act may rest on."""
    for day in sorted({row["on"] for row in CASES})[::6]:
        on = date.fromisoformat(day)
        sound = {
            (fact.grant_id, item.pk)
            for item in county.items.values()
            for name, body in county.bodies.items()
            if body.is_grassroots and name != "hexi"
            for place in (None, *county.places.values())
            if place is None or place.township == body
            for facts in [facts_for(item=item, township=body, on=on, place=place)]
            for fact in facts
            if fact.mode in ("delegated", "empowered") and not unsound(fact, facts, on)
        }
        listed = handed_on(on).exclude(holder=county.bodies["hexi"]).values_list("grant_id", "item_id")
        assert set(listed) == sound, day
