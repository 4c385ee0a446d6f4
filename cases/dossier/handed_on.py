"""The county's own rules on powers handed on: approved settings with dates."""

from datetime import date

from cases.dossier.law_book import law_book
from law import parameters
from townships.selectors.exclusivity import Exclusivity

AFTER_EMPOWERMENT = "authority.after_empowerment"
AFTER_DELEGATION = "authority.after_delegation"
EMPOWERMENT_ENDED = "authority.empowerment_ended"


def _says(key: str, word: str, on: date) -> bool:
    """Tell what a setting says on a day; before the law of 2021 there is none."""
    found = parameters.find_parameter(key, on=on, book=law_book())
    return found is not None and found.value == word


def exclusivity(on: date) -> Exclusivity:
    """Tell whether departments are barred from what was handed on, or only warned.

    行政处罚法第二十条、第二十四条.
    """
    return Exclusivity(
        after_empowerment=not _says(AFTER_EMPOWERMENT, "warn", on),
        after_delegation=_says(AFTER_DELEGATION, "block", on),
    )


def rule_text(mode: str, on: date) -> str:
    """Name the rule behind a bar: the county's own paper, else the article it is derived from."""
    key = AFTER_DELEGATION if mode == "delegated" else AFTER_EMPOWERMENT
    found = parameters.find_parameter(key, on=on, book=law_book())
    return found.article if found else ""


def filed_cases_stay(on: date) -> bool:
    """Tell whether cases filed under an empowerment that has ended stay with the body that filed them."""
    return not _says(EMPOWERMENT_ENDED, "moves", on)
