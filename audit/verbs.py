"""The verbs of the trail: what may be recorded, how it reads, and which of its fields are personal data."""

from dataclasses import dataclass

from django.utils.functional import Promise

_declared: dict[str, "Verb"] = {}


@dataclass(frozen=True, slots=True)
class Verb:
    """A kind of event: code in the past tense, label for people, names of personal fields in its payload."""

    code: str
    label: str | Promise
    personal: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.code


def declare(code: str, label: str | Promise, *, personal: frozenset[str] = frozenset()) -> Verb:
    """Declare a verb once; a second, different declaration of the same code is an error."""
    verb = Verb(code=code, label=label, personal=personal)
    if _declared.setdefault(code, verb) is not verb:
        raise ValueError(f"the verb {code!r} is declared twice")
    return verb


def get(code: str) -> Verb:
    """Return the declared verb; KeyError names an unknown one."""
    return _declared[code]
