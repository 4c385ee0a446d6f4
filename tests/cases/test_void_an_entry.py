"""A mistaken entry is voided with its reason, never deleted, and counts no more."""

import pytest
from django.db import DatabaseError, transaction

from cases.dossier.stages import Stage
from cases.instruments.models import Instrument
from cases.investigation.models import Exhibit, Record
from cases.investigation.proofs import evidence_content
from tests.doors.script import Step, investigation

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(standing_before, db):
    found = standing_before("conclude")
    assert found.case().stage == Stage.INVESTIGATING
    return found


def void(door, entry: str, reason: str = "误传他案照片"):
    return door.do(Step("2026-03-10T11:00", "first", "void-entry", {"entry": entry, "reason": reason}))


def test_a_voided_exhibit_stays_readable_but_is_no_evidence(door, freeze):
    freeze("2026-03-10 11:00")
    exhibit = Exhibit.objects.get()
    assert void(door, f"exhibit:{exhibit.pk}").status_code == 200
    exhibit.refresh_from_db()
    assert exhibit.void_reason == "误传他案照片"
    assert exhibit.voided_by == door.county.first
    assert evidence_content(door.case()) == []


def test_the_investigation_cannot_end_on_voided_evidence(door, freeze):
    freeze("2026-03-10 16:00")
    void(door, f"exhibit:{Exhibit.objects.get().pk}")
    answer = door.do(list(investigation(door.county))[-1])
    assert answer.status_code == 409
    assert answer.json()["code"] == "facts_proved"
    assert door.case().stage == Stage.INVESTIGATING


def test_the_paper_of_a_voided_record_is_marked_replaced(door, freeze):
    freeze("2026-03-10 11:00")
    record = Record.objects.get(kind="interview")
    void(door, f"record:{record.pk}", "被询问人不是当事人")
    record.instrument.refresh_from_db()
    assert record.instrument.state == Instrument.State.REPLACED


def test_an_entry_is_not_voided_without_a_reason_nor_twice(door, freeze):
    freeze("2026-03-10 11:00")
    key = f"exhibit:{Exhibit.objects.get().pk}"
    assert void(door, key, "").status_code == 400
    assert Exhibit.objects.get().voided_at is None
    assert void(door, key).status_code == 200
    assert void(door, key).status_code == 400


@pytest.mark.parametrize(
    "change", [{"title": "别的"}, {"voided_at": None, "void_reason": "", "voided_by": None}]
)
def test_the_database_refuses_to_change_or_revive_an_entry(door, freeze, change):
    freeze("2026-03-10 11:00")
    void(door, f"exhibit:{Exhibit.objects.get().pk}")
    with pytest.raises(DatabaseError), transaction.atomic():
        Exhibit.objects.update(**change)
    assert Exhibit.objects.get().is_void
