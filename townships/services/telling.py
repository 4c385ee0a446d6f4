"""What happens to a person or a grant is written on its own chain."""

from datetime import date, datetime

from audit.services import record
from audit.verbs import Verb
from townships.models import AuthorityGrant, Officer


def tell(officer: Officer, verb: Verb, *, actor: Officer | None, at: datetime, **payload: object) -> None:
    """Record an event about a person; days are written as in the calendar."""
    told = {key: value.isoformat() if isinstance(value, date) else value for key, value in payload.items()}
    record(verb, chain=f"officer:{officer.pk}", target=officer, actor=actor, at=at, payload=told)


def tell_of_grant(
    grant: AuthorityGrant, verb: Verb, actor: Officer | None, at: datetime, **payload: object
) -> None:
    """Record an event about a grant."""
    record(verb, chain=grant.chain, target=grant, actor=actor, at=at, payload=payload)
