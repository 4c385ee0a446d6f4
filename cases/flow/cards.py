"""Gate cards: what cannot be done yet, under which article, what is missing, and where it is mended."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.clocks.remaining import short_article
from cases.dossier.models import Case
from cases.flow.links import Reader, place_of
from desk.wording import cited, said, way_out
from law.errors import RuleViolation

MOST_WAYS = 4


def card(
    case: Case, label: str | Promise, refusals: Iterable[RuleViolation], reader: Reader
) -> dict[str, Any]:
    """Draw one card for an act: red when it is blocked, amber when it may go on; what blocks comes first."""
    found = _once(refusals)
    blocked = any(refusal.blocks for refusal in found)
    title = _("还不能“%(act)s”") if blocked else _("可以“%(act)s”，但请注意")
    return {
        "tone": "block" if blocked else "warn",
        "title": title % {"act": label},
        "rows": [(short_article(cited(refusal)), said(refusal)) for refusal in found],
        "ways": [_way(case, refusal, reader) for refusal in found[:MOST_WAYS] if refusal.unblock],
    }


def _once(refusals: Iterable[RuleViolation]) -> Sequence[RuleViolation]:
    unique = {(refusal.code, refusal.message): refusal for refusal in refusals}
    return sorted(unique.values(), key=lambda refusal: not refusal.blocks)


def _way(case: Case, refusal: RuleViolation, reader: Reader) -> dict[str, Any]:
    place = place_of(refusal.link, case, reader)
    return {"text": way_out(refusal), "url": place.url, "label": place.label}
