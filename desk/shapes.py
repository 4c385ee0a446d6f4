"""Shapes of REST input: the serializer of a Django form, and the question of an address."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError
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
        """Read the words; an empty one asks nothing."""
        filled = {word: value for word, value in data.items() if value != ""}
        known: dict[str, Any] = super().to_internal_value(filled)
        return known

    @classmethod
    def words(cls) -> Sequence[str]:
        """List the words that are taken."""
        return list(cls._declared_fields)

    @classmethod
    def refuse_unread(cls, asked: QueryDict) -> None:
        """Refuse by its name each word that nobody here reads, and each that asks two things at once."""
        known = cls.words()
        amiss = {word: [_strange(known)] for word in sorted(set(asked) - set(known))}
        amiss |= {word: [_("这个参数只能给一次。")] for word in known if len(asked.getlist(word)) > 1}
        if amiss:
            raise serializers.ValidationError(amiss)

    @classmethod
    def of(cls, request: Request) -> dict[str, Any]:
        """Read the question of a request, or refuse it by the name of the word at fault."""
        asked = cls(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)


def _strange(known: Sequence[str]) -> str:
    if not known:
        return _("不认识的参数；这个地址不带参数。")
    return _("不认识的参数；这里可用：%(known)s。") % {"known": "、".join(known)}


class FormQuestion(Question):
    """A question in the words of a page's form, which reads them for both."""

    form: ClassVar[type[forms.Form]]

    @classmethod
    def of(cls, request: Request) -> dict[str, Any]:
        """Let the form read the question of a request, or refuse it by the name of the word at fault."""
        form = cls.form(request.query_params)
        if not form.is_valid():
            raise shape_error(form)
        return dict(form.cleaned_data)


def question_of(form: type[forms.Form], *more: type[forms.Form]) -> type[FormQuestion]:
    """Build the question that a form reads; further forms only tell the words of other questions there."""
    fields = {word: field for one in (*more, form) for word, field in one.base_fields.items()}
    words = {word: _field(field, is_required=False) for word, field in fields.items()}
    return type(f"{form.__name__}Question", (FormQuestion,), {**words, "form": form, "__doc__": form.__doc__})


def sent_fields(request: Request) -> dict[str, Any]:
    """Return what was sent by field name; refuse a body that is no object."""
    if not isinstance(request.data, dict):
        raise ParseError
    return request.data


def shape_error(form: forms.Form) -> serializers.ValidationError:
    """Return the error for what was sent in the wrong shape, field by field."""
    return serializers.ValidationError(
        {name: [str(text) for text in texts] for name, texts in form.errors.items()}
    )


class PageAfter(Question):
    """The next page of rows listed by key."""

    after = serializers.IntegerField(
        default=0, min_value=0, max_value=HIGHEST_KEY, help_text="key of the last row of the page before"
    )


def serializer_of(form: type[forms.Form], name: str) -> type[serializers.Serializer[Any]]:
    """Build the serializer class that documents a form in the OpenAPI schema."""
    fields = {key: _field(field, is_required=field.required) for key, field in form.base_fields.items()}
    fields["version"] = serializers.IntegerField(required=False, help_text="the case version you saw")
    return type(name, (serializers.Serializer,), fields)


def _field(field: forms.Field, *, is_required: bool) -> serializers.Field[Any, Any, Any, Any]:
    kind = next((kind for source, kind in KINDS if isinstance(field, source)), serializers.CharField)
    options: dict[str, Any] = {"required": is_required, "help_text": str(field.label or "")}
    if kind is serializers.DecimalField:
        options |= {"max_digits": 14, "decimal_places": 2}
    if kind is serializers.CharField:
        options["allow_blank"] = not is_required
    return kind(**options)
