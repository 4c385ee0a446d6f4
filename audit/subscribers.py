"""The registry of consequences: which handlers follow which verb.

An app's tasks.py fills it at start-up; audit itself knows none of them. A handler takes the event, is
idempotent, and runs in one transaction with the mark that it is done.
"""

from collections import defaultdict
from collections.abc import Callable

from audit.models import Event
from audit.verbs import Verb

Handler = Callable[[Event], None]
_by_verb: dict[str, list[str]] = defaultdict(list)
_handlers: dict[str, Handler] = {}


def on(*verbs: Verb) -> Callable[[Handler], Handler]:
    """Subscribe the decorated handler to the verbs, under its dotted name."""

    def register(handler: Handler) -> Handler:
        name = f"{handler.__module__}.{handler.__qualname__}"
        _handlers[name] = handler
        for verb in verbs:
            if name not in _by_verb[verb.code]:
                _by_verb[verb.code].append(name)
        return handler

    return register


def names_for(verb: Verb) -> list[str]:
    """List the subscribers of a verb."""
    return _by_verb.get(verb.code, [])


def run(name: str, event: Event) -> None:
    """Run one subscriber on one event; KeyError when the name is no longer subscribed."""
    _handlers[name](event)
