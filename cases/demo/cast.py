"""Who acts in a case: the officers of the handling body, the heads and reviewers of the named one."""

from dataclasses import dataclass
from datetime import date

from cases.dossier.models import Case
from townships.models import Body, Officer
from townships.roles import Role
from townships.selectors import certified_officers, heads_of, holders_of, reviewers_for


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one case; under delegation, heads and reviewers are the principal's."""

    leader: Officer
    lead: Officer
    second: Officer
    heads: tuple[Officer, ...]
    reviewers: tuple[Officer, ...]

    @property
    def head(self) -> Officer:
        """The principal head of the named body."""
        return self.heads[0]

    @property
    def chair(self) -> Officer:
        """The last on the roster of reviewers, who chairs hearings."""
        return self.reviewers[-1]


def cast_for(case: Case, *, on: date, pair: int = 0, with_reviewer: bool = False) -> Cast:
    """Cast a case from the register of the day.

    with_reviewer: the first reviewer, certified too, investigates as second officer.
    """
    handler = case.handler or case.township
    named = case.named or handler
    officers = pairs(handler, on)
    lead, second = officers[2 * pair % len(officers)], officers[(2 * pair + 1) % len(officers)]
    reviewers = tuple(post.officer for post in reviewers_for(named, on=on))
    return Cast(
        leader=holders_of(Role.TEAM_LEADER, handler, on)[0],
        lead=lead,
        second=reviewers[0] if with_reviewer else second,
        heads=tuple(heads_of(named, on)),
        reviewers=reviewers,
    )


def pairs(body: Body, on: date) -> list[Officer]:
    """Return a body's officers who may handle cases that day; an odd last one is left out."""
    able = list(holders_of(Role.TOWNSHIP_OFFICER, body, on).filter(pk__in=certified_officers(body, on)))
    return able[: len(able) // 2 * 2]
