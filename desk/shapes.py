"""One declaration of an input's shape: the REST serializer of a Django form, field by field."""

from typing import Any

from django import forms
from rest_framework import serializers

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
