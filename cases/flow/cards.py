"""Gate cards: what cannot be done yet, under which article, what is missing, and where it is mended."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cases.clocks.remaining import short_article
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.links import Reader, place_of
from desk.formats import in_chinese
from desk.wording import cited, said, way_out
from law.errors import RuleViolation

MOST_WAYS = 4


def card(
    case: Case, acts: Collection[Move], refusals: Iterable[RuleViolation], reader: Reader
) -> dict[str, Any]:
    """Draw one card for acts: red when they are blocked, else amber; what blocks comes first."""
    found = _once(refusals)
    blocked = any(refusal.blocks for refusal in found)
    title = _("还不能“%(act)s”") if blocked else _("可以“%(act)s”，但请注意")
    return {
        "tone": "block" if blocked else "warn",
        "title": title % {"act": ("、" if in_chinese() else ", ").join(str(move.label) for move in acts)},
        "rows": [(short_article(cited(refusal)), said(refusal)) for refusal in found],
        "ways": [_way(case, acts, refusal, reader) for refusal in found[:MOST_WAYS] if refusal.unblock],
    }


def _once(refusals: Iterable[RuleViolation]) -> Sequence[RuleViolation]:
    unique = {(refusal.code, refusal.message): refusal for refusal in refusals}
    return sorted(unique.values(), key=lambda refusal: not refusal.blocks)


def _way(case: Case, acts: Collection[Move], refusal: RuleViolation, reader: Reader) -> dict[str, Any]:
    place = place_of(refusal.link, case, reader, refused=acts)
    return {"text": way_out(refusal), "url": place.url, "label": place.label}
