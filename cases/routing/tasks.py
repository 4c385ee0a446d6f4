"""The transfer jobs: bring a case to its body, hand on what authority ended for, remind of acceptance."""

from celery import shared_task

from audit.models import Event
from audit.subscribers import on
from cases.dossier.moves import Move
from cases.dossier.stages import TABLE
from cases.routing import delivery, ending, forecast
from cases.routing.models import HandOver
from desk import clock
from townships import verbs


@on(TABLE[Move.ROUTE].verb)
def deliver_referral(event: Event) -> None:
    """Put the lead before those who may accept it."""
    delivery.deliver(case_id=event.target_id, at=clock.now())


@on(TABLE[Move.ACCEPT].verb, TABLE[Move.REFUSE].verb)
def give_receipt(event: Event) -> None:
    """Tell whoever reported the lead that it was taken over or sent back."""
    delivery.answer_seer(case_id=event.target_id, at=clock.now())


@on(TABLE[Move.HAND_OVER].verb)
def tell_of_hand_over(event: Event) -> None:
    """Put the case before those who may take it over, and tell those who lost it to stop.

    A lead not yet accepted comes as a lead.
    """
    handed = HandOver.objects.filter(case=event.target_id, handed_at=event.occurred_at).latest("id")
    if not delivery.deliver(case_id=event.target_id, at=clock.now()):
        delivery.tell_receiver(hand_over_id=handed.pk, at=clock.now())
    delivery.tell_giver(hand_over_id=handed.pk, at=clock.now())


@on(TABLE[Move.REFUSE_HAND_OVER].verb)
def tell_of_objection(event: Event) -> None:
    """Ask for a designation."""
    delivery.ask_for_designation(case_id=event.target_id, at=clock.now())


@on(TABLE[Move.DESIGNATE].verb)
def tell_of_designation(event: Event) -> None:
    """Put the case before the body that was designated."""
    delivery.tell_of_designation(case_id=event.target_id, at=clock.now())


@on(verbs.GRANT_REVOKED, verbs.GRANT_ITEM_WITHDRAWN)
def hand_on_at_once(event: Event) -> None:
    """Hand on what a grant taken back today leaves behind; what ends later waits for its day."""
    ending.settle_ended(at=clock.now())


@shared_task(name="cases.routing.remind")
def remind() -> None:
    """Remind of leads and hand-overs not accepted in time, of agreements that end soon, and of lost bases."""
    delivery.remind(at=clock.now())
    delivery.remind_receivers(at=clock.now())
    forecast.warn_of_endings(at=clock.now())
    forecast.warn_of_lost_bases(at=clock.now())


@shared_task(name="cases.routing.settle_ended")
def settle_ended() -> None:
    """Hand on the cases whose authority has ended."""
    ending.settle_ended(at=clock.now())
