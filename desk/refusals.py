"""Refusals of acts that stand as buttons on a page, without a form of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from desk.formats import in_chinese
from desk.wording import cited, said, way_out
from law.errors import RuleViolation


@contextmanager
def refusal_told(request: HttpRequest) -> Iterator[None]:
    """Tell on the next page why an act was refused, and the way out, in the reader's language."""
    try:
        yield
    except RuleViolation as refusal:
        messages.error(request, _in_a_line(refusal))


def _in_a_line(refusal: RuleViolation) -> str:
    article = cited(refusal)
    named = f"（{article}）" if in_chinese() else f" ({article})"
    return f"{said(refusal)}{named if article else ''} {way_out(refusal)}".strip()
