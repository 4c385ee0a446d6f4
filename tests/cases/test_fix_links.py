"""Every way out that a blocked act names: it opens for whoever reads it, or says whose it is."""

import re
from html import unescape

from django.urls import reverse

from cases.dossier.moves import Move
from tests.cases.test_pages import browser
from tests.doors.drivers import PageDoor, at
from tests.doors.script import whole_case

GATE = re.compile(r'<section class="gate.*?</section>', re.S)
PEOPLE = ("clerk", "leader", "first", "head", "reviewer", "supervisor")


def ways(page: str) -> set[str]:
    """Return the addresses that the gate cards of a page name."""
    return {unescape(link) for gate in GATE.findall(page) for link in re.findall(r'href="([^"#]+)"', gate)}


def test_every_way_out_opens_for_whoever_reads_it_at_every_stage(county):
    door = PageDoor(county)
    seen: set[str] = set()
    followed: set[str] = set()
    for step in whole_case(county)[:-1]:
        with at(step.at):
            stage = door.case().stage if step.move else ""
            for who in PEOPLE if stage not in seen | {""} else ():
                client = browser(getattr(county, who))
                page = reverse("case", args=[door.case_id])
                for link in ways(client.get(page).content.decode()):
                    assert client.get(link).status_code == 200, (step.move, who, link)
                    followed.add(link.rstrip("/").rpartition("/")[2])
            seen.add(stage)
            assert door.do(step).status_code == 302, step.move
    assert followed & set(Move.values)


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
