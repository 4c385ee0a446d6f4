"""Small parts that lists draw on every row, laid out once for each wording."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString


def drawn(part: str, *, label: str | Promise, tone: str, icon: str) -> SafeString:
    """Return components/<part>.html for a word, a tone and an icon; part is status or clock_chip."""
    return laid_out(part, str(label), tone, icon)


@lru_cache(maxsize=4096)
def laid_out(part: str, label: str, tone: str, icon: str) -> SafeString:
    """Lay a part out once for each wording, tone and icon."""
    html = render_to_string(f"components/{part}.html", {"label": label, "tone": tone, "icon": icon})
    return SafeString(html.rstrip("\n"))
