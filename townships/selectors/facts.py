"""What the register says about people, in the words of the law package."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from audit import statements
from law.duties import CertificateFact, OfficerFact, ReviewerFact
from townships.models import Officer, ReviewerPost

ONE_DAY = timedelta(days=1)
# Weighed by nearly every gate. Each certificate comes with the days on which it does not hold.
CERTIFICATES = """
    SELECT card.officer_id, card.number, card.valid_from, card.valid_to, card.domains, card.limited_to_id,
           ARRAY(SELECT daterange(bar.valid_from, bar.valid_to, '[]') FROM townships_certificatebar bar
                 WHERE bar.certificate_id = card.id ORDER BY bar.valid_from)
    FROM townships_certificate card WHERE card.officer_id = ANY(%s::bigint[])
    ORDER BY card.officer_id, card.valid_from DESC
"""


def officer_facts(officers: Iterable[Officer]) -> list[OfficerFact]:
    """State each officer's certificates and whether they are auxiliary staff; one read for all.

    What was read once of a person stays with this copy of the person.
    """
    people: list[Any] = list(officers)
    unread = [officer for officer in people if not hasattr(officer, "cards")]
    found = _certificates(unread) if unread else {}
    for officer in unread:
        officer.cards = found.get(officer.pk, ())
    return [
        OfficerFact(
            id=officer.pk,
            name=officer.name,
            auxiliary=officer.is_auxiliary,
            certificates=tuple(officer.cards),
        )
        for officer in people
    ]


def _certificates(people: Iterable[Officer]) -> Mapping[int, list[CertificateFact]]:
    found: dict[int, list[CertificateFact]] = defaultdict(list)
    for officer_id, *card in statements.rows(CERTIFICATES, [[officer.pk for officer in people]]):
        found[officer_id] += _spans(*card)
    return found


def _spans(
    number: str, begins: date, ends: date, domains: list[str], limited_to: int | None, barred: list[Any]
) -> Iterator[CertificateFact]:
    """Part a certificate into the spans between its bars: the law knows a flag, not dates."""
    usable, first = [], begins
    for bar in barred:
        if bar.lower > first:
            usable.append((first, min(ends, bar.lower - ONE_DAY)))
        first = max(first, bar.upper or date.max)
    usable.append((first, ends))
    spans = [(start, end) for start, end in usable if start <= end]
    for start, end in spans or [(begins, ends)]:
        yield CertificateFact(
            number=number,
            valid_from=start,
            valid_to=end,
            domains=tuple(domains),
            township_id=limited_to,
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
