"""Small parts that lists draw on every row, laid out once for each wording."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language


def drawn(part: str, *, label: str | Promise, tone: str, icon: str) -> SafeString:
    """Return components/<part>.html for a word, a tone and an icon; part is status or clock_chip."""
    return laid_out(part, str(label), tone, icon)


@lru_cache(maxsize=4096)
def laid_out(part: str, label: str, tone: str, icon: str) -> SafeString:
    """Lay a part out once for each wording, tone and icon."""
    html = render_to_string(f"components/{part}.html", {"label": label, "tone": tone, "icon": icon})
    return SafeString(html.rstrip("\n"))


@lru_cache(maxsize=1024)
def sort_link_drawn(label: str, order: str, address: str, _language: str | None) -> SafeString:
    """Return the head of a column that sorts; order is asc, desc or nothing."""
    shown = {"label": label, "order": order, "address": address}
    return render_to_string("components/sort_link.html", shown)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure; state: done, now, ahead or na."""

    label: str
    state: str
    note: str = ""


def steps_drawn(steps: Iterable[Step]) -> SafeString:
    """Return the list of a procedure's steps."""
    language = get_language()
    return SafeString(f'<ol class="stp">{"".join(_step_drawn(step, language) for step in steps)}</ol>')


@lru_cache(maxsize=4096)
def _step_drawn(step: Step, _language: str | None) -> SafeString:
    return render_to_string("components/procedure_step.html", {"step": step})
