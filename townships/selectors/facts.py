"""What the register says about people, in the words of the law package."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import prefetch_related_objects

from law.duties import CertificateFact, OfficerFact, ReviewerFact
from townships.models import Certificate, Officer, ReviewerPost

ONE_DAY = timedelta(days=1)


def officer_facts(officers: Iterable[Officer]) -> list[OfficerFact]:
    """State each officer's certificates and whether they are auxiliary staff; one read for all."""
    people = list(officers)
    prefetch_related_objects(people, "certificates")
    return [
        OfficerFact(
            id=officer.pk,
            name=officer.name,
            auxiliary=officer.is_auxiliary,
            certificates=tuple(fact for card in officer.certificates.all() for fact in _spans(card)),
        )
        for officer in people
    ]


def _spans(card: Certificate) -> Iterator[CertificateFact]:
    """Part a certificate into the spans around its suspension: the law knows a flag, not dates."""
    spans = [(card.valid_from, card.valid_to)]
    if card.suspended_from is not None:
        spans = [(card.valid_from, min(card.valid_to, card.suspended_from - ONE_DAY))]
        if card.suspended_to is not None:
            spans.append((max(card.valid_from, card.suspended_to + ONE_DAY), card.valid_to))
    usable = [(first, last) for first, last in spans if first <= last]
    for first, last in usable or [(card.valid_from, card.valid_to)]:
        yield CertificateFact(
            number=card.number,
            valid_from=first,
            valid_to=last,
            domains=tuple(card.domains),
            suspended=not usable,
        )


def reviewer_fact(post: ReviewerPost, on: date) -> ReviewerFact:
    """State what a post says about its reviewer's qualification on a day."""
    return ReviewerFact(
        id=post.officer_id,
        name=post.officer.name,
        qualified=post.qualified_by(on),
        first_reviewed_on=post.first_reviewed_on,
    )
