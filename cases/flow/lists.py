"""A list page over cases: what it asks twice while it is drawn is read once."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from cases.dossier.reading import one_reading
from desk.keyset import M
from desk.lists import ListView


class OneReadingList(ListView[M]):
    """A list page that is drawn before its reading ends."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show a page, or export."""
        with one_reading():
            answer = super().get(request, *args, **kwargs)
            return answer.render() if isinstance(answer, TemplateResponse) else answer
