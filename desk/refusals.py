"""Refusals of acts that stand as buttons on a page, without a form of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from desk.formats import in_chinese
from desk.wording import cited
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
    if in_chinese():
        return f"{refusal.message}{f'（{article}）' if article else ''} {refusal.unblock}".strip()
    said = refusal.message_en or refusal.message
    return f"{said}{f' ({article})' if article else ''} {refusal.unblock_en or refusal.unblock}".strip()
