"""A county whose hearing amounts no source tells (Liaoning) is asked; until then nothing is issued."""

from datetime import date

import pytest

from cases.dossier import law_book, law_settings
from tests.cases.standing import again, denied, done, force, standing_at
from tests.doors.drivers import instant
from tests.factories.townships import OfficerFactory
from townships.models import County
from townships.roles import Role

MOVE = "issue-notice"
DAY = "2026-03-10T08:00"
ASKED = {
    (key, party) for key in ("hearing.fine", "hearing.confiscation") for party in ("citizen", "organisation")
}
laid = standing_at(MOVE)


@pytest.fixture
def liaoning(standing):
    force("DELETE FROM cases_lawsetting")
    County.objects.update(place="210181")
    law_book.forget()
    yield standing
    law_book.forget()


def asked_of(browser):
    page = browser.get("/settings/law/awaiting/").content.decode()
    return {
        (key, party) for key, party in ASKED if f"/settings/law/?key={key}&amp;party_type={party}" in page
    }


def test_the_county_is_asked_and_the_notice_waits_for_its_own_figure(
    liaoning, login, freeze, django_capture_on_commit_callbacks
):
    lawyers = [OfficerFactory(name=name, body=None, roles=[Role.LEGAL_DEPARTMENT]) for name in ("甲", "乙")]
    freeze("2026-03-10")
    browser = login(lawyers[0])
    assert asked_of(browser) == ASKED
    found = denied(liaoning, "threshold_unknown", "第六十三条", again(liaoning, MOVE))
    assert found["link"] == "law-settings"
    assert "210181" in found["message"]

    setting = law_settings.propose(
        actor=lawyers[0],
        at=instant(DAY),
        key="hearing.fine",
        value={"value": "50000", "unit": "yuan", "keys": {"place": "210181", "party_type": "organisation"}},
        article="本县听证数额标准",
        source="县政府公告",
        valid_from=date(2026, 1, 1),
    )
    denied(liaoning, "threshold_unknown", "第六十三条", again(liaoning, MOVE))
    with django_capture_on_commit_callbacks(execute=True):
        law_settings.approve(setting=setting, actor=lawyers[1], at=instant(DAY))
    law_book.forget()
    assert asked_of(browser) == ASKED - {("hearing.fine", "organisation")}
    done(liaoning, again(liaoning, MOVE))
