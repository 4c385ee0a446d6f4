"""Who may act: the township's grant first while in force, and why nobody else."""

from __future__ import annotations

import json
from datetime import date

import pytest

from law.competence import decide_authority
from law.powers import AuthorityFact, flaw

ON = date(2026, 3, 2)
COUNTY, BUREAU, TOWNSHIP, OTHER = 1, 2, 30, 31


def own(**changes):
    facts = {
        "holder_id": COUNTY,
        "holder_name": "青禾县住建局",
        "mode": "own",
        "valid_from": date(2020, 1, 1),
    }
    return AuthorityFact(**{**facts, **changes})


def concentrated(**changes):
    return own(
        **{"holder_id": BUREAU, "holder_name": "青禾县综合行政执法局", "mode": "concentrated", **changes}
    )


def empowered(**changes):
    facts = {
        "holder_id": TOWNSHIP,
        "holder_name": "云溪镇人民政府",
        "mode": "empowered",
        "grant_id": 7,
        "number": "青政发〔2025〕9号",
        "valid_from": date(2026, 1, 1),
        "published_by_principal_on": date(2025, 12, 20),
    }
    return AuthorityFact(**{**facts, **changes})


def delegated(**changes):
    facts = {
        "holder_id": TOWNSHIP,
        "holder_name": "云溪镇人民政府",
        "mode": "delegated",
        "grant_id": 8,
        "principal_id": BUREAU,
        "principal_name": "青禾县综合行政执法局",
        "signed_on": date(2025, 12, 1),
        "published_by_principal_on": date(2025, 12, 5),
        "published_by_holder_on": date(2025, 12, 6),
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 12, 31),
    }
    return AuthorityFact(**{**facts, **changes})


def codes(verdict):
    return {item.fact.holder_id: item.code for item in verdict.rejected}


def test_an_empowered_township_acts_in_its_own_name_and_the_county_steps_back():
    verdict = decide_authority([own(), concentrated(), empowered()], on=ON)
    assert (verdict.handler_id, verdict.named_id, verdict.mode, verdict.grant_id) == (30, 30, "empowered", 7)
    assert verdict.name_on_documents == "云溪镇人民政府"
    assert verdict.article == "《中华人民共和国行政处罚法》第二十四条第一款"
    assert codes(verdict) == {COUNTY: "moved_to_township", BUREAU: "moved_to_township"}
    assert "青政发〔2025〕9号" in verdict.reasons_zh[0]
    assert verdict.reasons_zh[0].count("第二十四条第一款") == 1
    assert verdict.reasons_zh[0].startswith(f"{ON:%Y年%-m月%-d日}")
    shared = decide_authority([own(), empowered()], on=ON, exclusive_after_empowerment=False)
    assert codes(shared) == {COUNTY: "township_first"}


def test_a_delegatee_acts_in_the_principals_name_and_the_principal_keeps_its_power():
    verdict = decide_authority([own(), concentrated(), delegated()], on=ON)
    assert (verdict.handler_id, verdict.named_id, verdict.mode) == (TOWNSHIP, BUREAU, "delegated")
    assert verdict.name_on_documents == "青禾县综合行政执法局"
    assert codes(verdict) == {BUREAU: "delegated_on", COUNTY: "delegatee_first"}


def test_a_concentrated_power_takes_it_from_the_department():
    verdict = decide_authority([own(), concentrated()], on=ON)
    assert (verdict.handler_id, verdict.mode) == (BUREAU, "concentrated")
    assert codes(verdict) == {COUNTY: "concentrated_away"}


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (delegated(signed_on=None), "unsigned"),
        (delegated(signed_on=date(2026, 3, 3)), "unsigned"),
        (delegated(published_by_principal_on=None), "unpublished"),
        (delegated(published_by_holder_on=None), "unpublished_by_holder"),
        (delegated(valid_from=date(2026, 3, 3)), "not_yet_in_force"),
        (delegated(valid_to=date(2026, 3, 1)), "expired"),
        (delegated(revoked_on=ON), "revoked"),
        (delegated(suspended=True), "suspended"),
        (delegated(covers_item=False), "item_not_covered"),
        (empowered(covers_place=False), "place_not_covered"),
        (empowered(published_by_principal_on=None), "unpublished"),
        (empowered(revoked_on=date(2026, 2, 1)), "revoked"),
    ],
)
def test_a_flawed_grant_carries_nothing_and_the_county_handles_it(fact, code):
    verdict = decide_authority([concentrated(), fact], on=ON)
    assert verdict.handler_id == BUREAU
    assert codes(verdict) == {TOWNSHIP: code}
    assert all(item.zh.startswith("云溪镇") and item.en for item in verdict.rejected)


def test_a_grant_holds_on_its_first_and_last_day():
    assert flaw(delegated(), date(2026, 1, 1)) == ""
    assert flaw(delegated(), date(2026, 12, 31)) == ""
    assert flaw(delegated(), date(2027, 1, 1)) == "expired"


def test_a_delegation_falls_with_the_power_of_its_principal():
    gone = concentrated(valid_to=date(2026, 2, 1))
    verdict = decide_authority([own(), gone, delegated()], on=ON)
    assert verdict.handler_id == COUNTY
    assert codes(verdict) == {BUREAU: "expired", TOWNSHIP: "principal_without_power"}


def test_a_gap_is_explained_with_every_rejected_grant():
    verdict = decide_authority([delegated(suspended=True)], on=ON)
    assert (verdict.outcome, verdict.handler_id, verdict.mode) == ("gap", None, None)
    assert len(verdict.reasons_zh) == 2
    assert "中止" in verdict.reasons_zh[1]
    assert decide_authority([], on=ON).outcome == "gap"


def test_two_alike_powers_are_an_overlap_not_a_guess():
    verdict = decide_authority([own(), own(holder_id=OTHER, holder_name="青禾县水利局")], on=ON)
    assert (verdict.outcome, verdict.handler_id) == ("overlap", None)
    assert "最先立案" in verdict.reasons_zh[0]
    assert [fact.holder_id for fact in verdict.overlap] == [COUNTY, OTHER]


def test_two_grants_to_the_same_township_are_no_overlap():
    verdict = decide_authority([empowered(), empowered(grant_id=9)], on=ON)
    assert verdict.handler_id == TOWNSHIP


def test_a_verdict_is_kept_as_plain_data():
    kept = json.loads(json.dumps(decide_authority([own(), empowered()], on=ON).as_dict(), ensure_ascii=False))
    assert kept["handler"] == "云溪镇人民政府"
    assert kept["on"] == "2026-03-02"
    assert kept["rejected"][0]["code"] == "moved_to_township"
