"""Questions about bodies, people and authority."""

from townships.selectors.authority import (
    authority_for,
    facts_for,
    get_grant,
    grants_ending,
    grants_listed,
    handed_on,
    matrix,
    named,
    powers_of,
    versions_of,
)
from townships.selectors.bodies import (
    bodies_on,
    county,
    departments_on,
    get_township,
    townships_on,
)
from townships.selectors.facts import officer_facts, reviewer_fact
from townships.selectors.items import find_item, items_by_codes
from townships.selectors.people import (
    certificate_on,
    certificates_on,
    certificates_valid,
    certified_officers,
    get_officer,
    heads_of,
    holders_of,
    is_locked,
    may_see_phone,
    officers_listed,
    reviewers_for,
)
from townships.selectors.staffing import certificate_state, staffing

__all__ = [
    "authority_for",
    "bodies_on",
    "certificate_on",
    "certificate_state",
    "certificates_on",
    "certificates_valid",
    "certified_officers",
    "county",
    "departments_on",
    "facts_for",
    "find_item",
    "get_grant",
    "get_officer",
    "get_township",
    "grants_ending",
    "grants_listed",
    "handed_on",
    "heads_of",
    "holders_of",
    "is_locked",
    "items_by_codes",
    "matrix",
    "may_see_phone",
    "named",
    "officer_facts",
    "officers_listed",
    "powers_of",
    "reviewer_fact",
    "reviewers_for",
    "staffing",
    "townships_on",
    "versions_of",
]
