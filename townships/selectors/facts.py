"""What the register says about people, in the words of the law package."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet, prefetch_related_objects

from law.duties import CertificateFact, OfficerFact, ReviewerFact
from townships.models import Certificate, CertificateBar, Officer, ReviewerPost
from townships.models.periods import Days

ONE_DAY = timedelta(days=1)


def officer_facts(officers: Iterable[Officer]) -> list[OfficerFact]:
    """State each officer's certificates and whether they are auxiliary staff; one read for all."""
    people: list[Any] = list(officers)
    prefetch_related_objects(people, Prefetch("certificates", queryset=_with_bars(), to_attr="cards"))
    return [
        OfficerFact(
            id=officer.pk,
            name=officer.name,
            auxiliary=officer.is_auxiliary,
            certificates=tuple(fact for card in officer.cards for fact in _spans(card)),
        )
        for officer in people
    ]


def _with_bars() -> QuerySet[Certificate]:
    """Return certificates, each with the days on which it does not hold."""
    bars = CertificateBar.objects.filter(certificate=OuterRef("pk")).order_by("valid_from")
    days = bars.annotate(days=Days("valid_from", "valid_to")).values("days")
    return Certificate.objects.annotate(barred=ArraySubquery(days))


def _spans(card: Any) -> Iterator[CertificateFact]:
    """Part a certificate into the spans between its bars: the law knows a flag, not dates."""
    usable, first = [], card.valid_from
    for bar in card.barred:
        if bar.lower > first:
            usable.append((first, min(card.valid_to, bar.lower - ONE_DAY)))
        first = max(first, bar.upper or date.max)
    usable.append((first, card.valid_to))
    spans = [(start, end) for start, end in usable if start <= end]
    for start, end in spans or [(card.valid_from, card.valid_to)]:
        yield CertificateFact(
            number=card.number,
            valid_from=start,
            valid_to=end,
            domains=tuple(card.domains),
            township_id=card.limited_to_id,
            suspended=not spans,
        )


def reviewer_fact(post: ReviewerPost, on: date) -> ReviewerFact:
    """State what a post says about its reviewer's qualification on a day."""
    return ReviewerFact(
        id=post.officer_id,
        name=post.officer.name,
        qualified=post.qualified_by(on),
        first_reviewed_on=post.first_reviewed_on,
    )
