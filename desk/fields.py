"""Form fields as the desk shows them: native date and time pickers, long text."""

from contextlib import suppress
from typing import Any

from django import forms
from django.forms.utils import from_current_timezone
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive


class DateField(forms.DateField):
    """A day, with the browser's own picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DateTimeField(forms.DateTimeField):
    """An instant to the minute: a browser sends local time, a program may send its zone along."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> Any:
        """Read ISO text with or without zone."""
        parsed = None
        if isinstance(value, str) and value:
            with suppress(ValueError):  # well formed, yet no such day: the usual reading names the error
                parsed = parse_datetime(value.strip())
            if parsed is not None:
                return from_current_timezone(parsed) if is_naive(parsed) else parsed
        return super().to_python(value)


class LongText(forms.CharField):
    """A text of several lines."""

    def __init__(self, *, rows: int = 4, max_length: int = 20_000, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)
