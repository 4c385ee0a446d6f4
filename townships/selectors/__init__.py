"""Questions about bodies, people and authority."""

from townships.selectors.bodies import (
    bodies_on,
    county,
    departments_on,
    get_township,
    townships_on,
)
from townships.selectors.people import (
    certificates_valid,
    certified_officers,
    get_officer,
    heads_of,
    holders_of,
    may_see_phone,
    officers_listed,
    reviewers_for,
)

__all__ = [
    "bodies_on",
    "certificates_valid",
    "certified_officers",
    "county",
    "departments_on",
    "get_officer",
    "get_township",
    "heads_of",
    "holders_of",
    "may_see_phone",
    "officers_listed",
    "reviewers_for",
    "townships_on",
]
