"""Whose right an act is: asked by the act itself, whichever way somebody came to it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.utils.timezone import localdate

from law.errors import RuleViolation

P = ParamSpec("P")
R = TypeVar("R")


def needs(*codes: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Refuse an act to whoever holds none of these permissions on its day; no actor is the site itself."""

    def guarded(act: Callable[P, R]) -> Callable[P, R]:
        @wraps(act)
        def asked(*args: P.args, **kwargs: P.kwargs) -> R:
            actor: Any = kwargs["actor"]
            at: Any = kwargs["at"]
            if actor is not None and actor.permissions(localdate(at)).isdisjoint(codes):
                raise no_permission(actor.name)
            return act(*args, **kwargs)

        return asked

    return guarded


def no_permission(
    name: str, doing: str = "办理此事", doing_en: str = "do this", article: str = ""
) -> RuleViolation:
    """The refusal to whoever does not hold the right to an act on its day."""
    return RuleViolation(
        "no_permission",
        f"{name}在行为当日没有{doing}的岗位权限。",
        article,
        "请有此岗位的同事办理，或由系统管理员核对岗位起止日期。",
        message_en=f"{name} may not {doing_en} on that day.",
        unblock_en="Ask a colleague who holds it, or have the administrator check the days of the role.",
    )
