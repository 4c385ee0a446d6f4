"""REST of rosters and absences: the pages' own forms, the same services."""

from typing import Any

from desk import clock
from townships.api.posting import Posting, by_key
from townships.forms.people import LastDayForm
from townships.forms.rosters import AbsenceForm, ReturnForm, ReviewerForm
from townships.models import Officer, ReviewerPost
from townships.selectors import get_officer
from townships.services import absences, rosters
from townships.views.rosters import absence_to_end, person_of_absence


def _appoint(target: Officer, values: dict[str, Any], officer: Officer) -> Any:
    post = rosters.Post(**values)
    return rosters.appoint_reviewer(officer=target, post=post, actor=officer, at=clock.now())


def _relieve(post: ReviewerPost, values: dict[str, Any], officer: Officer) -> None:
    rosters.relieve_reviewer(post=post, actor=officer, at=clock.now(), **values)


def _set_absence(target: Officer, values: dict[str, Any], officer: Officer) -> Any:
    return absences.set_absence(officer=target, actor=officer, at=clock.now(), **values)


def _end_absence(absence: Any, values: dict[str, Any], officer: Officer) -> None:
    absences.end_absence(absence=absence, actor=officer, at=clock.now(), **values)


ROSTER_POSTINGS: dict[str, Posting] = {
    "officers/<int:pk>/reviewer/": Posting(
        "reviewer-appoint",
        ReviewerForm,
        _appoint,
        lambda who, keys: get_officer(who, keys["pk"], on=clock.today(), code="authority.edit"),
        about="Put an officer on a body's roster of legal review, or in the county's pool",
    ),
    "reviewer-posts/<int:pk>/end/": Posting(
        "reviewer-relieve",
        LastDayForm,
        _relieve,
        by_key(ReviewerPost),
        about="End a post of legal review: the day named is its last",
    ),
    "officers/<int:pk>/absence/": Posting(
        "absence-set",
        AbsenceForm,
        _set_absence,
        lambda who, keys: person_of_absence(who, keys["pk"], clock.today()),
        code="authority.view",
        about="Enter an absence: one's own, of one's people, or by the legal department",
    ),
    "absences/<int:pk>/end/": Posting(
        "absence-end",
        ReturnForm,
        _end_absence,
        lambda who, keys: absence_to_end(who, keys["pk"], clock.today()),
        code="authority.view",
        about="Enter that somebody is back early; nothing is given back by it",
    ),
}
