"""What happens to a person is written on the person's own chain."""

from datetime import date, datetime

from audit.services import record
from audit.verbs import Verb
from townships.models import Officer


def tell(officer: Officer, verb: Verb, *, actor: Officer | None, at: datetime, **payload: object) -> None:
    """Record an event about a person; days are written as in the calendar."""
    told = {key: value.isoformat() if isinstance(value, date) else value for key, value in payload.items()}
    record(verb, chain=f"officer:{officer.pk}", target=officer, actor=actor, at=at, payload=told)
