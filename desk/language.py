"""The language of an answer: a page follows the person's switch alone, a program may also ask for its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
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


def is_rest(request: HttpRequest) -> bool:
    """Tell a call of the REST interface from a page."""
    return request.path.startswith("/api/")


def wished(request: HttpRequest) -> str:
    """Return the language of the switch; a program without one gets what it accepts, a browser Chinese."""
    wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if wish in dict(settings.LANGUAGES):
        return wish
    return translation.get_language_from_request(request) if is_rest(request) else settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Answer in the language that was wished for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        language = wished(request)
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            if is_rest(request):
                patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response
