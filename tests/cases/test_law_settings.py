"""The county's own figures: one proposes, another approves, the law reads them from their day."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from audit.selectors import trail_of
from cases.dossier import law_book, law_settings
from cases.dossier.figures import LawSetting
from law.errors import LawError, RuleViolation
from law.thresholds import hearing_threshold
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def lawyer(name: str):
    return OfficerFactory(name=name, body=None, roles=[Role.LEGAL_DEPARTMENT])


def propose(actor, amount: str = "8000", valid_from: date = date(2026, 4, 1)) -> LawSetting:
    return law_settings.propose(
        actor=actor,
        at=AT,
        key="hearing.fine",
        article="本县规定第三条",
        source="青政发〔2026〕3号",
        valid_from=valid_from,
        value={"value": amount, "unit": "yuan", "keys": {"place": "331199", "party_type": "citizen"}},
    )


def threshold(on: date) -> Decimal:
    found = hearing_threshold(on=on, party_type="citizen", place="331199", book=law_book.law_book())
    return Decimal(found.value)


def test_no_figure_is_guessed_where_the_place_has_none(db):
    with pytest.raises(LawError) as refused:
        threshold(date(2026, 5, 1))
    assert refused.value.code == "threshold_unknown"


def test_a_proposed_figure_has_no_effect(db):
    propose(lawyer("甲"))
    with pytest.raises(LawError):
        threshold(date(2026, 5, 1))


def test_whoever_proposed_a_figure_cannot_approve_it(db):
    one = lawyer("甲")
    setting = propose(one)
    with pytest.raises(RuleViolation) as refused:
        law_settings.approve(setting=setting, actor=one, at=AT)
    assert refused.value.code == "second_person_required"
    assert refused.value.unblock
    setting.refresh_from_db()
    assert setting.approved_by is None


def test_an_approved_figure_is_law_from_its_day_and_the_trail_tells_who(
    db, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        law_settings.approve(setting=propose(lawyer("甲")), actor=lawyer("乙"), at=AT)
    assert threshold(date(2026, 4, 1)) == Decimal("8000")
    with pytest.raises(LawError):
        threshold(date(2026, 3, 31))
    assert [event.actor_name for event in trail_of("law-settings")] == ["乙", "甲"]


def test_a_new_figure_ends_the_old_one_on_its_day(db, django_capture_on_commit_callbacks):
    one, two = lawyer("甲"), lawyer("乙")
    with django_capture_on_commit_callbacks(execute=True):
        law_settings.approve(setting=propose(one), actor=two, at=AT)
        law_settings.approve(setting=propose(one, "12000", date(2026, 7, 1)), actor=two, at=AT)
    assert threshold(date(2026, 6, 30)) == Decimal("8000")
    assert threshold(date(2026, 7, 1)) == Decimal("12000")


def test_the_page_lets_two_people_put_a_figure_in_force(login):
    one, two = lawyer("甲"), lawyer("乙")
    fields = {
        "key": "hearing.fine",
        "party_type": "citizen",
        "amount": "9000",
        "article": "本县规定第三条",
        "source": "青政发〔2026〕3号",
        "valid_from": "2026-04-01",
    }
    CountyFactory()
    assert login(one).post("/settings/law/propose/", fields).status_code == 302
    setting = LawSetting.objects.get()
    assert "9000" in login(two).get("/settings/law/").content.decode().replace(",", "")
    assert login(two).post(f"/settings/law/{setting.pk}/approve/").status_code == 302
    setting.refresh_from_db()
    assert setting.approved_by == two


def test_nobody_outside_the_legal_department_can_propose(login):
    clerk = OfficerFactory(body=None, roles=[Role.COUNTY_CLERK])
    assert login(clerk).post("/settings/law/propose/", {}).status_code == 403
    assert not LawSetting.objects.exists()
