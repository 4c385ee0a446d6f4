"""How one form field is shown: label, hint, error and control tied together."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import DateTimeBaseInput
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from desk.inputs import RENDERER

DASHES = "---------"
ISO = {"date": "%Y-%m-%d", "datetime-local": "%Y-%m-%dT%H:%M", "time": "%H:%M"}
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checks"),
    (forms.RadioSelect, "radio"),
    (forms.CheckboxInput, "check"),
    (forms.Textarea, "area"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
)
MODERN: tuple[tuple[type[DateTimeBaseInput], str], ...] = (
    (forms.DateInput, "date"),
    (forms.DateTimeInput, "datetime-local"),
    (forms.TimeInput, "time"),
)
CLASSES = {"area": "inp area", "select": "inp sel", "file": "inp", "text": "inp"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A field made ready for components/field.html."""

    bound: BoundField
    control: SafeString
    kind: str
    hint_id: str
    error_id: str
    optional: bool
    chosen_again: bool


def kind_of(widget: forms.Widget) -> str:
    """Name the shape of the control: hidden, radio, checks, check, area, select, file, typeahead or text."""
    if widget.is_hidden:
        return "hidden"
    shape = getattr(widget, "shape", "")
    if shape:
        return str(shape)
    return next((kind for types, kind in KINDS if isinstance(widget, types)), "text")


def modernise(widget: forms.Widget) -> None:
    """Give dates and times the browser's own control, which wants ISO values."""
    for types, input_type in MODERN:
        if isinstance(widget, types) and widget.input_type == "text":
            widget.input_type = input_type
            widget.format = ISO[input_type]


def speak(field: forms.Field) -> None:
    """Say in words what an empty choice means, where Django shows dashes."""
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
        field.empty_label = str(_("请选择") if field.required else _("不限"))


def show(bound: BoundField) -> Shown:
    """Prepare a bound field."""
    widget = bound.field.widget
    modernise(widget)
    speak(bound.field)
    bound.form.renderer = RENDERER
    kind = kind_of(widget)
    hint_id, error_id = f"{bound.auto_id}_hint", f"{bound.auto_id}_error"
    return Shown(
        bound=bound,
        control=bound.as_widget(attrs=_attrs(bound, kind, hint_id, error_id)),
        kind=kind,
        hint_id=hint_id,
        error_id=error_id,
        optional=not bound.field.required and kind not in {"check", "checks", "hidden"},
        # A browser never sends back the file it was shown: what was chosen is gone with the first answer.
        chosen_again=kind == "file" and bool(bound.data),
    )


def _attrs(bound: BoundField, kind: str, hint_id: str, error_id: str) -> dict[str, Any]:
    if kind == "hidden":
        return {}
    attrs: dict[str, Any] = {}
    described = [error_id] if bound.errors else []
    if bound.help_text:
        described.append(hint_id)
    if described and kind not in {"radio", "checks"}:
        attrs["aria-describedby"] = " ".join(described)
    given = bound.field.widget.attrs
    css = f"{CLASSES.get(kind, '')} {given.get('class', '')}".strip()
    if css:
        attrs["class"] = css
    if kind == "area" and str(given.get("rows", "10")) == "10":
        attrs.update(rows="3", cols=False)
    return attrs
