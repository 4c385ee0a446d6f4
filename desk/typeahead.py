"""Type-ahead: a text box that offers matches and works without a choice too."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Option:
    """One match: the value sent, the words shown, a second line, and a badge at the right."""

    value: str
    text: str
    detail: str = ""
    badge: str = ""
    tone: str = "grey"
    badge_icon: str = ""


class TypeAhead(forms.Widget):
    """A combobox: the chosen value travels under the field's name, the words typed under name_text.

    `url` answers GET ?q= with options_response(); `label_of` turns a stored value back into words.
    """

    template_name = "components/type_ahead.html"
    shape = "typeahead"

    def __init__(
        self,
        *,
        url: str | Promise,
        label_of: Callable[[Any], str] | None = None,
        footer: str | Promise = "",
        attrs: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(attrs)
        self.url = url
        self.label_of = label_of
        self.footer = footer
        self.typed = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add address, words and list id for the template."""
        context = super().get_context(name, value, attrs)
        text = self.typed or (self.label_of(value) if value and self.label_of else "")
        list_id = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"].update(url=str(self.url), text=text, list_id=list_id, footer=self.footer)
        return context

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw it with the templates of the site."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> Any:
        """Read the chosen value and remember the words, so that an error page shows them again."""
        self.typed = data.get(f"{name}_text", "")
        return data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell whether neither value nor words were sent."""
        return name not in data and f"{name}_text" not in data

    def id_for_label(self, id_: str) -> str:
        """Point the label at the text box."""
        return id_


def options_response(request: HttpRequest, options: Iterable[Option], *, query: str) -> HttpResponse:
    """Answer a type-ahead request with the list of matches."""
    return render(
        request, "components/type_ahead_options.html", {"options": list(options), "query": query.strip()}
    )


def mark_matches(text: str, query: str) -> SafeString:
    """Mark the query in the text: the whole of it where it stands, else each of its characters once."""
    query = query.strip()
    if not query or not text:
        return conditional_escape(text)
    start = text.lower().find(query.lower())
    if start >= 0:
        end = start + len(query)
        return format_html("{}<mark>{}</mark>{}", text[:start], text[start:end], text[end:])
    return _mark_each(text, query) if len(query) <= 8 else conditional_escape(text)


def _mark_each(text: str, query: str) -> SafeString:
    parts: list[SafeString] = []
    rest = 0
    for character in query:
        found = text.find(character, rest)
        if found < 0:
            return conditional_escape(text)
        parts.append(format_html("{}<mark>{}</mark>", text[rest:found], text[found]))
        rest = found + 1
    parts.append(conditional_escape(text[rest:]))
    return format_html_join("", "{}", ((part,) for part in parts))
