"""Fit frozen facts to the fields of an instrument: what a case keeps in one word, a form prints in several.

A field that the content fills itself always wins; nothing here states what the content does not.
"""

from collections.abc import Callable, Mapping
from typing import Any

from papers.fitting import decision, evidence, hearing, intake, volume
from papers.fitting.shared import Facts, fit_common

FITTERS: Mapping[str, Callable[[Facts], Facts]] = {
    **intake.FITTERS,
    **evidence.FITTERS,
    **hearing.FITTERS,
    **decision.FITTERS,
    **volume.FITTERS,
}


def fit(template: str, content: Mapping[str, Any]) -> Facts:
    """Return the content with the fields of the instrument filled from the facts it holds."""
    facts = fit_common(dict(content))
    fitter = FITTERS.get(template)
    derived = fitter(facts) if fitter else {}
    return {**facts, **{key: value for key, value in derived.items() if value is not None}}
