"""Whether a township can take a power on: certified officers, reviewers and equipment of a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from townships.models import Body, EquipmentCheck, ReviewerRank
from townships.rules import capacity_gaps
from townships.selectors.bodies import townships_on
from townships.selectors.forecast import outlooks
from townships.selectors.rosters import posts_in


@dataclass(frozen=True, slots=True)
class CapacityCard:
    """One township on a day: its people, its equipment, what it lacks, and when officers will be too few."""

    township: Body
    certified: int
    formal: int
    backup: int
    check: EquipmentCheck | None
    gaps: list[str]
    falls_on: date | None


def checks_until(on: date) -> QuerySet[EquipmentCheck]:
    """Return the checks of equipment known on a day, the newest first."""
    return EquipmentCheck.objects.filter(checked_on__lte=on).order_by("-checked_on", "-id")


def is_equipped(body: Body, on: date) -> bool:
    """Tell whether the newest check of a body's equipment found it adequate."""
    newest = checks_until(on).filter(body=body).values_list("adequate", flat=True).first()
    return bool(newest)


def capacity_cards(on: date) -> list[CapacityCard]:
    """Return the card of every township of a day."""
    townships = list(townships_on(on))
    ahead = {row.body.pk: row for row in outlooks(on)}
    posts = posts_in(townships, on)
    newest = checks_until(on).order_by("body_id", "-checked_on", "-id").distinct("body_id")
    checks = {check.body_id: check for check in newest.select_related("checked_by")}
    cards = []
    for township in townships:
        held: Mapping[str, int] = posts.get(township.pk, {})
        able = ahead[township.pk].now
        check = checks.get(township.pk)
        gaps = capacity_gaps(able, held, on, equipped=check is not None and check.adequate)
        formal, backup = held.get(ReviewerRank.FORMAL, 0), held.get(ReviewerRank.BACKUP, 0)
        cards.append(CapacityCard(township, able, formal, backup, check, gaps, ahead[township.pk].falls_on))
    return cards
