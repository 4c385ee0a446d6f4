"""The language of a page: Chinese, unless the person switched; what a browser prefers does not count."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.functional import Promise


# Made anew for each call: one `override` that decorates would be shared by all threads, which then
# hand each other their languages.
@contextmanager
def in_legal_language() -> Iterator[None]:
    """Switch to the language of the law for what is written on file, whatever language the page is in."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def in_english(words: str | Promise) -> str:
    """Say translated words in English, whatever language the page is in."""
    with translation.override("en"):
        return str(words)


class LanguageMiddleware:
    """Take the language from the switch's cookie, and from nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in that language."""
        wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = wish if wish in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response
