"""The one refusal that every layer speaks, and the error for bad input."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class RuleViolation(Exception):
    """A lawful refusal: what rule forbids the act, and who does what next to unblock it."""

    def __init__(
        self,
        code: str,
        message: str,
        article: str = "",
        unblock: str = "",
        *,
        link: str = "",
        severity: str = "block",
        message_en: str = "",
        unblock_en: str = "",
        field: str = "",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.article = article
        self.unblock = unblock
        self.link = link
        self.severity = severity
        self.message_en = message_en
        self.unblock_en = unblock_en
        self.field = field

    @property
    def blocks(self) -> bool:
        """Tell a refusal from a mere warning."""
        return self.severity == "block"

    def weighed(self, severity: str) -> RuleViolation:
        """Give the same refusal as a block or as a mere warning, where an act needs more or less of it."""
        return _rebuild({**self.as_dict(), "severity": severity})

    def as_dict(self) -> dict[str, str]:
        """Give the refusal as plain data for a page, a problem document or the trail."""
        return {
            "code": self.code,
            "message": self.message,
            "message_en": self.message_en,
            "article": self.article,
            "unblock": self.unblock,
            "unblock_en": self.unblock_en,
            "link": self.link,
            "severity": self.severity,
            "field": self.field,
        }

    def __str__(self) -> str:
        """Print the sentence a reader needs: message and article."""
        return f"{self.message}（{self.article}）" if self.article else self.message

    def __repr__(self) -> str:
        """Show code and message for a log line."""
        return f"RuleViolation({self.code!r}, {self.message!r})"

    def __reduce__(self) -> tuple[object, ...]:
        """Survive pickling, so that a job may hand a refusal on."""
        return _rebuild, (self.as_dict(),)


def _rebuild(data: dict[str, str]) -> RuleViolation:
    """Make the refusal again from its plain data."""
    return RuleViolation(**data)


def enforce(found: Iterable[RuleViolation]) -> None:
    """Raise the first refusal that blocks; warnings are shown before the act and do not stop it."""
    for refusal in found:
        if refusal.blocks:
            raise refusal


@dataclass(frozen=True, slots=True)
class Misfit:
    """What does not fit: one code, article and way out; each time another field and other words."""

    code: str
    article: str
    unblock: str
    unblock_en: str

    def __call__(self, field: str, message: str, message_en: str) -> RuleViolation:
        """Build the refusal of one field."""
        return RuleViolation(
            self.code,
            message,
            self.article,
            self.unblock,
            message_en=message_en,
            unblock_en=self.unblock_en,
            field=field,
        )


class LawError(ValueError):
    """Input the law package cannot answer for: it names the field and the rule broken."""

    def __init__(self, message: str, *, field: str = "", code: str = "invalid", message_en: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code
        self.message_en = message_en or message

    def as_dict(self) -> dict[str, str]:
        """Give the error as plain data."""
        return {
            "code": self.code,
            "field": self.field,
            "message": self.message,
            "message_en": self.message_en,
        }


class CalendarUnresolved(LawError):
    """The holiday calendar of a year is not loaded, so no working day of it is known."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"{year}年节假日安排尚未导入，不能推定工作日",
            field="calendar",
            code="calendar_unresolved",
            message_en=f"The holiday calendar of {year} is not loaded; working days are not guessed",
        )
        self.year = year
