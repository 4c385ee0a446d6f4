"""The trail as a timeline shows it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from audit import verbs
from audit.models import Event
from desk.timelines import Line

# What people want to read; keys and flags of programs stay in the trail itself.
SHOWN = ("reason", "number", "signed_on", "by_principal_on", "by_holder_on", "on", "from", "to", "last_day")
# Two sides publish, each on a day of its own.
SIDES = {"by_principal_on": _("县级"), "by_holder_on": _("乡镇")}


def timeline(events: Iterable[Event]) -> list[Line]:
    """Turn events into lines: what, by whom, and the facts that matter."""
    return [Line(event.occurred_at, str(verbs.get(event.verb).label), _detail(event)) for event in events]


def _detail(event: Event) -> str:
    told = {key: event.payload[key] for key in SHOWN if event.payload.get(key)}
    facts = [f"{SIDES[key]} {value}" if key in SIDES else str(value) for key, value in told.items()]
    return " · ".join([event.actor_name, *facts] if event.actor_name else facts)
