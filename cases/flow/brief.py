"""What a person must have read before an act: a few labelled lines above its form."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from desk.formats import cn_date, cn_datetime

Words = str | Promise


def brief(title: Words, rows: Iterable[tuple[Words, Any]]) -> dict[str, Any]:
    """Return the panel that cases/act.html shows above the form; empty lines are left out."""
    told = [(label, _said(value)) for label, value in rows]
    return {"brief": {"title": title, "rows": [(label, text) for label, text in told if text]}}


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return cn_datetime(value)
    if isinstance(value, date):
        return cn_date(value)
    return "" if value is None else str(value)
