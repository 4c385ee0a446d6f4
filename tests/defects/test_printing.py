"""What could not be printed waits in the outbox and is printed later; the act itself stands."""

from audit import outbox
from audit.models import Delivery
from papers.press import press
from tests.cases.standing import done, standing_at, step_of

laid = standing_at("approve-filing")


def test_the_outbox_tries_again_what_the_press_could_not_do(standing, settings):
    case = done(standing, step_of(standing.county, "approve-filing"))
    paper = case.instruments.get(kind="filing_approval").paper
    owed = Delivery.objects.get(event__target_id=paper.pk, event__target_type="papers.paper")
    settings.PRESS_MEMORY_BYTES = 60 * 1024 * 1024
    assert not outbox.deliver(owed.pk)
    owed.refresh_from_db()
    assert (owed.attempts, owed.done_at) == (1, None)
    assert "printing_failed" in owed.last_error or "排版没有完成" in owed.last_error
    paper.refresh_from_db()
    assert paper.pdf is None

    settings.PRESS_MEMORY_BYTES = 2048 * 1024 * 1024
    assert outbox.relay(at=owed.available_at) >= 1
    paper.refresh_from_db()
    assert paper.pdf is not None
    press.stop()
