"""What follows from an act follows exactly once, whichever of the programs is killed or away."""

import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from audit import outbox
from audit.models import Delivery
from cases.dossier.models import Case
from cases.routing.models import Referral
from cases.routing.services import route
from desk.models import Notice
from enforcement.celery import app
from papers import files
from papers.models import StoredFile
from tests.faults import leads
from tests.faults.site import Site
from tests.platform.processes import eventually

pytestmark = pytest.mark.workers
# Each lead owes two jobs, the word to its body and its document: 200 jobs.
LEADS = 100
OWED = "SELECT count(*) FROM audit_delivery WHERE done_at IS NULL"
TWICE = "SELECT count(*) FROM (SELECT 1 FROM witness GROUP BY effect, target HAVING count(*) > 1) twice"


def happened(effect: str) -> str:
    return f"SELECT count(*) FROM witness WHERE effect = '{effect}'"


def test_every_effect_of_200_jobs_happens_once_though_broker_and_worker_are_killed(site: Site) -> None:
    """F212: nothing is lost and nothing done twice."""
    place = leads.township()
    worker = site.start_worker()
    for number, _case in enumerate(leads.routed(place, LEADS, at=timezone.now()), 1):
        if number == 30:
            site.kill_broker()
        if number == 45:
            site.start_broker()
        if number == 75:
            assert site.count(OWED) > 0, "the worker was to be killed in mid-work"
            site.kill_worker(worker)
    assert Referral.objects.count() == LEADS
    assert site.count(OWED) > 40
    site.start_worker()
    for _ in range(3):
        app.send_task("audit.relay")
    outbox.relay(at=timezone.now(), limit=20)
    assert eventually(lambda: site.count(OWED) == 0), site.owed()

    assert site.count(TWICE) == 0
    assert site.count("SELECT count(*) FROM cases_referral WHERE delivered_at IS NOT NULL") == LEADS
    assert site.count(happened("delivered")) == LEADS
    assert site.count(happened("done")) == site.count("SELECT count(*) FROM audit_delivery") == 2 * LEADS
    assert site.count("SELECT sum(attempts) FROM audit_delivery") == 0
    # Each leader is told of the lead, and whoever reported it that it has reached them.
    told = (len(place.leaders) + 1) * LEADS
    assert site.count(happened("told")) == told
    assert site.count("SELECT count(DISTINCT (recipient_id, key)) FROM desk_notice") == told
    assert site.count(happened("printed")) == LEADS
    assert site.count("SELECT count(DISTINCT pdf_id) FROM papers_paper WHERE page_count > 0") == LEADS
    assert all(files.open_checked(stored).startswith(b"%PDF-") for stored in StoredFile.objects.all())


def test_an_act_succeeds_while_the_broker_is_away_and_the_relay_does_the_rest(site: Site) -> None:
    place = leads.township()
    site.kill_broker()
    begun = time.monotonic()
    (case,) = leads.routed(place, 1, at=timezone.now())
    assert time.monotonic() - begun < 20, "nobody waits for a broker that is away"
    assert Case.objects.get().stage == "routed"
    assert site.count(OWED) == 2
    assert outbox.relay(at=timezone.now()) == 2
    assert Referral.objects.get(case=case).delivered_at is not None
    assert Notice.objects.count() == len(place.leaders) + 1
    assert outbox.relay(at=timezone.now()) == 0


def test_a_frozen_broker_holds_an_act_up_for_seconds_only(site: Site) -> None:
    place = leads.township()
    case = leads.registered(place, at=timezone.now())
    with site.frozen_broker():
        begun = time.monotonic()
        route(case=case, actor=place.clerk, at=timezone.now())
        assert time.monotonic() - begun < 30
    assert Referral.objects.get().case == case
    assert outbox.relay(at=timezone.now()) == 2
    assert site.count(TWICE) == 0


def test_a_consequence_that_fails_is_tried_again_after_a_pause_and_keeps_its_error(
    site: Site, settings
) -> None:
    site.kill_broker()
    (site.folder / "full").write_text("no folder")
    settings.MEDIA_ROOT = site.folder / "full" / "media"
    (_case,) = leads.routed(leads.township(), 1, at=timezone.now())
    before = timezone.now()
    assert outbox.relay(at=before) == 1, "one consequence does not wait for another that fails"

    owed = Delivery.objects.get(done_at=None)
    assert owed.subscriber.endswith("render_pdf")
    assert owed.attempts == 1
    assert "NotADirectoryError" in owed.last_error
    assert owed.available_at > before + timedelta(seconds=5)
    assert outbox.relay(at=before) == 0
    owed.refresh_from_db()
    assert owed.attempts == 1, "not before its pause is over"

    assert outbox.relay(at=owed.available_at) == 0
    owed.refresh_from_db()
    assert owed.attempts == 2
    assert site.count(happened("printed")) == 0

    settings.MEDIA_ROOT = site.folder / "media"
    assert outbox.relay(at=owed.available_at) == 1
    owed.refresh_from_db()
    assert owed.done_at is not None
    assert site.count(happened("printed")) == 1
    assert site.count(TWICE) == 0


def test_what_a_transaction_takes_back_leaves_nothing_owed(site: Site) -> None:
    place = leads.township()
    case = leads.registered(place, at=timezone.now())
    with pytest.raises(ZeroDivisionError):
        fail_after_routing(case, place)
    assert Referral.objects.count() == Delivery.objects.count() == 0
    assert Case.objects.get().stage == "lead"


def fail_after_routing(case: Case, place: leads.Place) -> None:
    with transaction.atomic():
        route(case=case, actor=place.clerk, at=timezone.now())
        raise ZeroDivisionError
