"""What one page asks several times it reads once, while it is drawn and writes nothing."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import unwrap
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("cases.reading", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Keep the answers of questions marked `read_once` until the block ends; for pages that only read."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def read_once(question: Callable[P, R]) -> Callable[P, R]:
    """Mark a question that a page may ask often; outside `one_reading` it is asked anew each time."""

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        answers = _answers.get()
        if answers is None:
            return question(*args, **kwargs)
        key = _asked(question, args, kwargs)
        if key not in answers:
            answers[key] = question(*args, **kwargs)
        found: R = answers[key]
        return found

    return ask


def already_read(question: Callable[P, R], found: R, *args: P.args, **kwargs: P.kwargs) -> None:
    """Keep what another read of the page has found out, so that this question is not asked any more."""
    answers = _answers.get()
    if answers is not None:
        answers[_asked(question, args, kwargs)] = found


def _asked(question: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Hashable:
    return (unwrap(question), _key(args), _key(tuple(sorted(kwargs.items()))))


def _key(values: tuple[Any, ...]) -> Hashable:
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)
