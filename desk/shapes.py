"""Shapes of REST input: the serializer of a Django form, and the question of an address."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request

from desk.keys import LONGEST, day_of

HIGHEST_KEY = 10**LONGEST - 1

KINDS: tuple[tuple[type[forms.Field], type[serializers.Field[Any, Any, Any, Any]]], ...] = (
    (forms.ModelMultipleChoiceField, serializers.ListField),
    (forms.ModelChoiceField, serializers.IntegerField),
    (forms.MultipleChoiceField, serializers.ListField),
    (forms.ChoiceField, serializers.CharField),
    (forms.BooleanField, serializers.BooleanField),
    (forms.DateTimeField, serializers.DateTimeField),
    (forms.DateField, serializers.DateField),
    (forms.DecimalField, serializers.DecimalField),
    (forms.IntegerField, serializers.IntegerField),
    (forms.FileField, serializers.FileField),
    (forms.JSONField, serializers.JSONField),
)


class DayField(serializers.DateField):
    """A day of our time, written 2026-03-02."""

    def to_internal_value(self, value: Any) -> date:
        """Read it; one that is none is an error, never silently today."""
        day = day_of(value)
        if day is None:
            self.fail("invalid", format="YYYY-MM-DD")
        return day


class Question(serializers.Serializer[Any]):
    """What the words after an address ask: an unknown one is refused, lest another question be answered."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Read the words that are known, when there is none beside them; an empty one asks nothing."""
        if unknown := sorted(set(data) - set(self.fields)):
            told = _("不认识的参数；这里可用：%(known)s。") % {"known": "、".join(self.fields)}
            raise serializers.ValidationError({word: [told] for word in unknown})
        filled = {word: value for word, value in data.items() if value != ""}
        known: dict[str, Any] = super().to_internal_value(filled)
        return known

    @classmethod
    def of(cls, request: Request) -> dict[str, Any]:
        """Read the question of a request, or refuse it by the name of the word at fault."""
        asked = cls(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)


class PageAfter(Question):
    """The next page of rows listed by key."""

    after = serializers.IntegerField(
        default=0, min_value=0, max_value=HIGHEST_KEY, help_text="key of the last row of the page before"
    )


def serializer_of(form: type[forms.Form], name: str) -> type[serializers.Serializer[Any]]:
    """Build the serializer class that documents a form in the OpenAPI schema."""
    fields = {key: _field(field) for key, field in form.base_fields.items()}
    fields["version"] = serializers.IntegerField(required=False, help_text="the case version you saw")
    return type(name, (serializers.Serializer,), fields)


def _field(field: forms.Field) -> serializers.Field[Any, Any, Any, Any]:
    kind = next((kind for source, kind in KINDS if isinstance(field, source)), serializers.CharField)
    options: dict[str, Any] = {"required": field.required, "help_text": str(field.label or "")}
    if kind is serializers.DecimalField:
        options |= {"max_digits": 14, "decimal_places": 2}
    if kind is serializers.CharField:
        options["allow_blank"] = not field.required
    return kind(**options)
