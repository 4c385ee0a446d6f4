"""Every act a case offers and every way out it names: it opens for whoever reads it, or says whose it is."""

import re
from datetime import date
from html import unescape

from django.urls import reverse

from cases.acts import registry
from cases.dossier.moves import Move
from cases.dossier.stages import TABLE
from cases.flow.cards import card
from cases.flow.links import ACTS, Reader, located
from law.errors import RuleViolation
from tests.cases.test_pages import browser
from tests.doors.drivers import PageDoor, at
from tests.doors.script import whole_case

ACT = re.compile(r'href="(/cases/\d+/([a-z-]+)/)"')
GATE = re.compile(r'<section class="gate.*?</section>', re.S)
PEOPLE = ("clerk", "leader", "first", "head", "reviewer", "supervisor")


def ways(page: str) -> set[str]:
    """Return the addresses that the gate cards of a page name."""
    return {unescape(link) for gate in GATE.findall(page) for link in re.findall(r'href="([^"#]+)"', gate)}


def test_every_way_out_and_every_act_offered_opens_for_whoever_reads_it_at_every_stage(county):
    door = PageDoor(county)
    seen: set[str] = set()
    followed: set[str] = set()
    for step in whole_case(county)[:-1]:
        with at(step.at):
            stage = door.case().stage if step.move else ""
            for who in PEOPLE if stage not in seen | {""} else ():
                client = browser(getattr(county, who))
                page = client.get(reverse("case", args=[door.case_id])).content.decode()
                offered = {link for link, move in ACT.findall(page) if move not in followed}
                for link in ways(page) | offered:
                    assert client.get(link).status_code == 200, (step.move, who, link)
                    followed.add(link.rstrip("/").rpartition("/")[2])
            seen.add(stage)
            assert door.do(step).status_code == 302, step.move
    assert len(followed & set(Move.values)) > 30


def chapters() -> list[tuple[Move, str]]:
    """Return every act with each chapter of the procedure it belongs to."""
    return [(move, link) for link, moves in ACTS.items() for move in moves]


def test_no_act_that_a_rule_forbids_is_its_own_way_out(county):
    door = PageDoor(county)
    door.walk(whole_case(county)[:1])
    case = door.case()
    named = [*((move, f"case:{move}") for move in registry.acts), *chapters()]
    for move, link in named:
        case.stage = min(TABLE[move].sources)
        own = reverse(f"act-{move.value}", args=[case.pk])
        forbidden = RuleViolation("any", "不行", unblock="这样办", link=link)
        drawn = card(case, [move], [forbidden], Reader(county.first, date(2026, 3, 2)))
        assert [way["text"] for way in drawn["ways"]] == ["这样办"], (move, link)
        assert own not in {way["url"] for way in drawn["ways"]}, (move, link)
        assert located(forbidden, case, field_id="id_any", refused=[move]).link != own, (move, link)


def test_whoever_may_not_mend_it_reads_whose_it_is(county):
    door = PageDoor(county)
    steps = whole_case(county)
    door.walk(steps[: next(n for n, step in enumerate(steps) if step.move == "record-statement")])
    with at("2026-03-12T16:00"):
        case = reverse("case", args=[door.case_id])
        waiver = reverse("act-record-waiver", args=[door.case_id])
        assert waiver in ways(browser(county.first).get(case).content.decode())
        page = unescape(browser(county.head).get(case).content.decode())
    assert waiver not in ways(page)
    assert "办理：登记书面放弃" in page
