"""F006, F007: a law is amended while cases run; what was issued stays, what comes after cites it anew."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.dossier.models import Case
from cases.instruments.models import Instrument
from cases.oversight.catalog_reports import impact
from catalog import amending
from catalog.amending import Words
from catalog.models import Provision, Statute
from catalog.selectors import version_in_force
from papers.rendering import render_html
from tests.cases.standing import standing_at, steps_before
from tests.doors.drivers import RestDoor, instant
from tests.doors.script import Step, proof
from tests.factories.townships import OfficerFactory
from townships.roles import Role

EIGHTEEN_WEEKS = timedelta(weeks=18)
DAY = re.compile(r"2026-\d\d-\d\d")
IN_FORCE = date(2026, 7, 1)
OLD_WORDS = "处一千元以上五千元以下罚款"
NEW_WORDS = "违反前款规定的，责令限期拆除；逾期不拆除的，处二万元以上十二万元以下罚款。"
laid = standing_at("serve-decision")


def later(value):
    """Move every day in what was typed on by eighteen weeks, past all days off of spring."""
    if isinstance(value, dict):
        return {key: later(one) for key, one in value.items()}
    if not isinstance(value, str):
        return value
    return DAY.sub(lambda day: str(date.fromisoformat(day[0]) + EIGHTEEN_WEEKS), value)


def decision_of(case_id):
    paper = Instrument.objects.get(case=case_id, kind="penalty_decision").paper
    return paper, render_html(paper.template, paper.content)


@pytest.fixture
def amended(standing):
    version = version_in_force(standing.county.item, date(2026, 6, 30))
    law = Statute.objects.create(name=version.statute_name, level="local_regulation")
    provision = Provision.objects.create(statute=law, article=version.penalty_article)
    words = Words(NEW_WORDS, "青禾市人大常委会公告第9号", IN_FORCE, date(2026, 5, 20), "2026年修正")
    people = [OfficerFactory(roles=[Role.CATALOG_ADMIN]) for _person in range(2)]
    at = instant("2026-05-21T09:00")
    draft = amending.draft_amendment(provision=provision, words=words, actor=people[0], at=at)
    assert amending.publish_amendment(version=draft, actor=people[1], at=at) == 1
    return provision


def test_f006_an_issued_decision_keeps_its_words_and_a_new_one_cites_the_new(standing, amended):
    before, printed = decision_of(standing.case_id)
    assert OLD_WORDS in printed
    assert "二万元以上十二万元" not in printed
    digest = before.digest

    door = RestDoor(standing.county)
    steps = [replace(step, at=later(step.at), values=later(step.values)) for step in _steps(standing)]
    ordered = next(place for place, step in enumerate(steps, 1) if step.move == "order-correction")
    door.walk(steps[:ordered])
    # The new words punish only whoever does not obey an order, which binds once it is served.
    order = Instrument.objects.get(case=door.case_id, kind="correction_order")
    served = {**later(proof("2026-03-06T11:30")), "instrument": order.pk}
    door.walk([Step(later("2026-03-06T12:00"), "first", "serve-document", served)])
    door.walk(steps[ordered:])
    _paper, new = decision_of(door.case_id)
    assert "处二万元以上十二万元以下罚款" in new
    assert OLD_WORDS not in new

    paper, again = decision_of(standing.case_id)
    assert (paper.digest, again) == (digest, printed)
    first, second = (Case.objects.get(pk=pk).item_version for pk in (standing.case_id, door.case_id))
    assert (first.fine_max, second.fine_max) == (100000, 120000)


def _steps(standing):
    return steps_before(standing.county, "serve-decision")


def test_f007_what_an_amendment_touches_is_listed_by_kind(standing, amended):
    answer = impact(
        on=IN_FORCE,
        statute=amended.statute.name,
        article=amended.article,
        officer=standing.county.supervisor,
    )
    assert {"事项", "裁量基准", "在办案件"} <= {row.kind for row in answer.rows}
    named = next(row for row in answer.rows if row.kind == "在办案件")
    assert "2020-01-01" in named.cites


def test_f007_templates_that_print_the_law_are_listed(standing):
    supervisor = standing.county.supervisor
    answer = impact(on=IN_FORCE, statute="《中华人民共和国行政处罚法》", article="", officer=supervisor)
    templates = {row.name for row in answer.rows if row.kind == "文书模板"}
    assert {"行政处罚决定书", "当场行政处罚决定书"} <= templates
    assert "卷宗封面" not in templates
