"""F023: the capacity card of a township reads certificates, rosters and equipment of the day."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from law.errors import RuleViolation
from tests.factories.townships import BodyFactory, OfficerFactory, ReviewerPostFactory
from townships.models import EquipmentCheck
from townships.roles import Role
from townships.selectors.capacity import capacity_cards, is_equipped
from townships.services.capacity import check_equipment

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture
def lawyer(db):
    return OfficerFactory(body=None, roles=[Role.LEGAL_DEPARTMENT])


def card_of(township, on=DAY):
    return next(card for card in capacity_cards(on) if card.township == township)


def check(body, lawyer, day=DAY, *, adequate=True):
    facts = {"checked_on": day, "adequate": adequate, "found": "执法记录仪12台", "actor": lawyer, "at": AT}
    return check_equipment(body=body, **facts)


def test_a_card_counts_what_the_gate_asks_for(lawyer):
    township = BodyFactory()
    OfficerFactory.create_batch(10, body=township, certified=True)
    ReviewerPostFactory(body=township)
    ReviewerPostFactory(body=township, rank="backup")
    late = ReviewerPostFactory(body=township, rank="backup", order=2, qualified_on=date(2026, 3, 3))
    card = card_of(township)
    assert (card.certified, card.formal, card.backup, len(card.gaps)) == (10, 1, 1, 2)
    check(township, lawyer)
    assert len(card_of(township).gaps) == 1
    assert card_of(township, late.qualified_on).gaps == []


def test_the_newest_check_of_the_day_counts_and_each_stays(lawyer):
    township = BodyFactory()
    check(township, lawyer, date(2026, 1, 5))
    check(township, lawyer, date(2026, 2, 5), adequate=False)
    days = (date(2026, 1, 4), date(2026, 1, 5), DAY)
    assert [is_equipped(township, day) for day in days] == [False, True, False]
    with pytest.raises(DatabaseError), transaction.atomic():
        EquipmentCheck.objects.update(adequate=True)


def test_a_check_ahead_is_refused(lawyer):
    with pytest.raises(RuleViolation) as caught:
        check(BodyFactory(), lawyer, date(2026, 3, 3))
    assert caught.value.code == "equipment_check_incomplete"
    assert not EquipmentCheck.objects.exists()


def test_everybody_reads_the_cards_and_the_legal_department_checks(login, freeze, lawyer):
    freeze("2026-03-02 09:00")
    township = BodyFactory()
    reader = login(OfficerFactory(body=township, roles=[Role.TOWNSHIP_OFFICER]))
    said = {"checked_on": "2026-03-02", "adequate": "on", "found": "执法记录仪12台"}
    address, page = f"/api/v1/bodies/{township.pk}/equipment/", reverse("equipment_check", args=[township.pk])
    assert township.short_name in reader.get(reverse("capacity")).content.decode()
    assert reader.post(page, said).status_code == 403
    assert reader.post(address, said).status_code == 403
    assert login(lawyer).post(page, said).status_code == 302
    assert login(lawyer).post(address, said).status_code == 200
    rows = {row["township"]: row for row in reader.get("/api/v1/authority/capacity/").json()}
    assert rows[township.pk]["equipped"] is True
    assert EquipmentCheck.objects.count() == 2
