"""Form fields as the desk shows them: native date and time pickers, long text."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise, lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.timezone import is_naive
from django.utils.translation import gettext_lazy as _

from desk.keys import FIRST_YEAR, LAST_YEAR

MEGABYTE = 1024 * 1024


def _require_text(field: forms.Field, value: Any) -> None:
    """Refuse what a program sent as a number, a list or an object."""
    if value is not None and not isinstance(value, str | date):
        raise ValidationError(field.error_messages["invalid"], code="invalid")


def _require_year(value: date | None) -> None:
    if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(_("年份须在1900年至2199年之间。"), code="year")


def largest_file() -> str:
    """Tell how large one file may be."""
    return f"{settings.UPLOAD_LIMIT_BYTES / MEGABYTE:g} MB"


class UploadField(forms.FileField):
    """A file; what is taken, and how large it may be, is told before it is chosen."""

    def __init__(self, *, hint: str | Promise = "", **kwargs: Any) -> None:
        taken = hint or _("PDF 或图片")
        told = format_lazy(_("{hint}；单个文件不超过 {size}"), hint=taken, size=lazy(largest_file, str)())
        super().__init__(help_text=told, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the page say at once that a chosen file is too large."""
        largest = {"data-largest": settings.UPLOAD_LIMIT_BYTES, "data-too-large": _("太大，不能上传")}
        return {**super().widget_attrs(widget), **largest}


class DateField(forms.DateField):
    """A day, with the browser's own picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        """Read a day of our time."""
        _require_text(self, value)
        found = super().to_python(value)
        _require_year(found)
        return found


class DateTimeField(forms.DateTimeField):
    """An instant to the minute: a browser sends local time, a program may send its zone along."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> Any:
        """Read ISO text with or without zone."""
        _require_text(self, value)
        found = self._read(value)
        _require_year(found)
        return found

    def _read(self, value: Any) -> Any:
        parsed = None
        if isinstance(value, str) and value:
            with suppress(ValueError):  # well formed, yet no such day: the usual reading names the error
                parsed = parse_datetime(value.strip())
            _require_year(parsed)
            if parsed is not None:
                return from_current_timezone(parsed) if is_naive(parsed) else parsed
        return super().to_python(value)


class Offering(forms.TextInput):
    """A line of text with ready answers to pick from; anything else may be typed."""

    def __init__(self, offered: Iterable[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.offered = tuple(dict.fromkeys(filter(None, offered)))

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Put the answers beside the line."""
        told = attrs or {}
        key = f"{told.get('id', name)}_offered"
        line = super().render(name, value, {**told, "list": key}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((text,) for text in self.offered))
        return format_html('{}<datalist id="{}">{}</datalist>', line, key, options)


def offer_answers(field: forms.Field, answers: Iterable[str]) -> None:
    """Let ready answers be picked where a line of text is typed."""
    line = Offering(answers, attrs=field.widget.attrs)
    line.is_required = field.required
    field.widget = line


class LongText(forms.CharField):
    """A text of several lines."""

    def __init__(self, *, rows: int = 4, max_length: int = 20_000, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)
