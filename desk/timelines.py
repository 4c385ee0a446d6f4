"""A timeline: what happened, when, and the documents it made; drawn in one pass, as templates are slow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from desk.formats import cn_datetime
from desk.icons import draw

LINE = """<li class="{css}">
<time datetime="{instant}">{moment}</time>
<span class="p"></span>
<span>{told}</span>
<span class="doc">{links}{mark}</span>
</li>"""
LINK = '<a href="{}">{}<span>{}</span></a>'
NO_MARK = SafeString("")


@dataclass(frozen=True, slots=True)
class Line:
    """One event; links: address and word of each document it made, mark: how far the last has come."""

    when: datetime
    title: str | Promise
    detail: str | Promise = ""
    strong: bool = False
    links: Sequence[tuple[str, str | Promise]] = ()
    mark: SafeString = NO_MARK


def drawn(lines: Iterable[Line]) -> SafeString:
    """Return the list of a timeline's lines."""
    return format_html('<ol class="tl">{}</ol>', format_html_join("\n", LINE, map(_cells, lines)))


def _cells(line: Line) -> dict[str, Any]:
    local = timezone.localtime(line.when)
    title = format_html("<b>{}</b>", line.title) if line.strong else line.title
    icon = draw("file-text")
    return {
        "css": "key" if line.strong else "",
        "instant": local.isoformat(),
        "moment": cn_datetime(line.when, "brief"),
        "told": format_html("{}　{}", title, line.detail) if line.detail else title,
        "links": format_html_join("", LINK, ((url, icon, word) for url, word in line.links)),
        "mark": line.mark,
    }
