"""The case page and the form of the next act, at every stage, at a desk and on a phone."""

from itertools import chain, product

import pytest
from django.urls import reverse

from cases.dossier.stages import Stage
from tests.browser.axe import problems
from tests.browser.conftest import WAYS
from tests.browser.person import Person
from tests.doors.county import found_county
from tests.doors.drivers import RestDoor
from tests.doors.script import whole_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PEOPLE = ("clerk", "leader", "first", "head", "reviewer")


def in_large_text(reader: Person, pk: int) -> list[object]:
    """Read a long case, and the desk on which it lies, where words are longest."""
    reader.open(reverse("case", args=[pk]))
    found = problems(reader.page)
    reader.open(reverse("home"))
    name = reader.page.locator(".li .cause").first.bounding_box()
    narrow = name is None or name["width"] < 400
    return [*found, *problems(reader.page), *(["the case's name has no room"] if narrow else [])]


def test_everybody_can_read_the_case_and_fill_its_next_form(visitor, county_clock):
    county = found_county()
    people = {who: [visitor(getattr(county, who), **way) for way in WAYS] for who in PEOPLE}
    door = RestDoor(county)
    seen: set[str] = set()
    found: list[object] = []
    for step in whole_case(county):
        county_clock.set(step.at)
        paths = [reverse("lead_new")]
        if step.move:
            case = door.case()
            paths = [reverse(f"act-{step.move}", args=[case.pk])]
            if case.stage not in seen:
                paths.append(reverse("case", args=[case.pk]))
            seen.add(case.stage)
        for someone, path in product(people[step.who], paths):
            someone.open(path)
            size = someone.page.viewport_size
            found += [(step.move, path, size, problem) for problem in problems(someone.page)]
        if step.move == "propose-closing":
            found += in_large_text(visitor(county.first, language="en", large=True), case.pk)
        if step.move == "archive":
            break
        door.walk([step])
    assert seen >= {Stage.LEAD, Stage.VERIFYING, Stage.FILING, Stage.INVESTIGATING, Stage.NOTIFIED}
    assert seen >= {Stage.REVIEW, Stage.DECIDED, Stage.SERVED, Stage.EXECUTED, Stage.CLOSED}
    assert not found, "\n".join(map(repr, found))
    for someone in chain(*people.values()):
        assert someone.errors == []
        assert someone.outside == []
