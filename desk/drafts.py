"""Drafts: what is typed is kept until the act succeeds."""

import re
from datetime import datetime
from typing import Any

import orjson
from django.contrib.auth.models import AbstractBaseUser

from desk.models import Draft

KEY_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9:_.-]{0,119}")
MAX_BYTES = 64 * 1024


def is_valid_key(form_key: str) -> bool:
    """Tell whether a form may be called so."""
    return KEY_PATTERN.fullmatch(form_key) is not None


def read(body: bytes) -> dict[str, str | list[str]] | None:
    """Read what was typed, a text or several for each field, or None for whatever is no form's content."""
    try:
        content = orjson.loads(body)
    except ValueError:
        return None
    if not isinstance(content, dict):
        return None
    texts = [*content]
    for value in content.values():
        texts += value if isinstance(value, list) else [value]
    # The database keeps no zero byte in a text.
    return content if all(isinstance(text, str) and "\0" not in text for text in texts) else None


def save(*, officer: AbstractBaseUser, form_key: str, content: dict[str, Any], at: datetime) -> Draft:
    """Keep the content under the form's key in place of what was kept before."""
    draft, _created = Draft.objects.update_or_create(
        officer_id=officer.pk, form_key=form_key, defaults={"content": content, "saved_at": at}
    )
    return draft


def get(officer: AbstractBaseUser, form_key: str) -> Draft | None:
    """Return the officer's draft of the form, if there is one."""
    return Draft.objects.filter(officer_id=officer.pk, form_key=form_key).first()


def discard(officer: AbstractBaseUser, form_key: str) -> None:
    """Forget the draft: its act succeeded, or the officer does not want it."""
    Draft.objects.filter(officer_id=officer.pk, form_key=form_key).delete()
