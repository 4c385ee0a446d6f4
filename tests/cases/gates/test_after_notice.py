"""Between notice and decision: the hearing is free, its record binds, the principal reviews."""

from datetime import date

import pytest

from cases.decision.forms import DecisionForm
from cases.dossier.stages import Stage
from cases.review.rules import replaced_warning
from tests.cases.hearing.test_hearing import end, schedule
from tests.cases.standing import again, denied, done, standing_at
from tests.doors.script import Step, proof

laid = standing_at("record-statement")


@pytest.fixture
def heard(standing):
    """A hearing held, reviewed and discussed: nothing but the decision is left."""
    request = {"made_at": "2026-03-13T10:00", "content": "请求听证。"}
    done(standing, Step("2026-03-13T11:00", "first", "request-hearing", request))
    done(standing, schedule(standing))
    letter = standing.case().instruments.get(kind="hearing_notice")
    served = {**proof("2026-03-13T15:00"), "instrument": letter.pk}
    done(standing, Step("2026-03-13T16:00", "first", "serve-document", served))
    done(standing, end())
    done(standing, again(standing, "submit-review", at="2026-03-26T09:00"))
    done(standing, again(standing, "pass-review", at="2026-03-27T09:00"))
    talk = again(standing, "record-discussion", at="2026-03-30T11:00", held_at="2026-03-30T09:00")
    done(standing, talk)
    return standing


def test_decide_on_hearing_record_or_not_at_all(heard):
    step = again(heard, "decide", at="2026-03-31T09:00")
    found = denied(heard, "decide_on_hearing_record", "第六十五条", step)
    assert found["field"] == "on_hearing"
    form = DecisionForm(case=heard.case(), actor=heard.county.head, on=date(2026, 3, 31))
    assert "on_hearing" in form.fields
    words = "听证笔录记载的安全检测报告与批准无关，不予采信。"
    case = done(heard, again(heard, "decide", at="2026-03-31T09:00", on_hearing=words))
    assert case.decision.on_hearing == words
    assert words in case.decision.instrument.paper.content["reasons"]


def test_hearing_free_of_any_charge(standing):
    request = {"made_at": "2026-03-13T10:00", "content": "请求听证。"}
    done(standing, Step("2026-03-13T11:00", "first", "request-hearing", request))
    denied(standing, "hearing_free", "第六十三条", schedule(standing, fee="200"))
    assert done(standing, schedule(standing, fee="0")).stage == Stage.HEARING


def test_review_not_replaced_by_delegatee_is_a_warning_before_the_review(standing):
    case = standing.case()
    on = date(2026, 3, 20)
    assert list(replaced_warning(case, on)) == []
    case.mode = "delegated"
    (warned,) = replaced_warning(case, on)
    assert (warned.code, warned.blocks) == ("review_not_replaced_by_delegatee", False)
    assert warned.unblock
