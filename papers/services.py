"""Freeze a paper, print it once."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from papers import files, rendering
from papers.content import clean, digest
from papers.instruments import INSTRUMENTS
from papers.models import Paper, StoredFile
from papers.rendering import Rendered


def draw_up(
    *,
    template: str,
    content: Mapping[str, object],
    at: datetime,
    title: str = "",
    number: str = "",
    issuer: str = "",
    dated: date | None = None,
) -> Paper:
    """Put together what an instrument says; number, issuer and date are printed from here as well.

    issuer: the full legal name printed as the issuing body.
    """
    instrument = INSTRUMENTS[template]
    said = clean(
        {
            "title": instrument.title,
            **content,
            "number": number or content.get("number", ""),
            "issuer": issuer or content.get("issuer", ""),
            "dated": dated or content.get("dated", ""),
        }
    )
    return Paper(
        template=template,
        template_version=instrument.version,
        title=title or instrument.title,
        content=said,
        digest=digest(content=said, template=template, version=instrument.version),
        number=str(said["number"]),
        issuer_name=str(said["issuer"]),
        dated=dated,
        created_at=at,
    )


def freeze(**said: Any) -> Paper:
    """Keep what an instrument says, told as `draw_up` takes it, for good."""
    paper = draw_up(**said)
    paper.save()
    return paper


def render(paper: Paper, *, lay_out: Callable[[str], Rendered] | None = None) -> StoredFile:
    """Return the PDF of a paper, laid out when first asked for and the same file ever after.

    lay_out: who lays it out; the press, now, unless told otherwise.
    """
    if paper.pdf is not None:
        return paper.pdf
    html = rendering.render_html(paper.template, paper.content)
    key = rendering.render_key(html)
    with transaction.atomic():
        locked = Paper.objects.select_for_update(of=("self",)).select_related("pdf").get(pk=paper.pk)
        if locked.pdf is None:
            _print(locked, html, key, lay_out or rendering.lay_out)
    paper.pdf, paper.page_count, paper.render_key = locked.pdf, locked.page_count, locked.render_key
    if paper.pdf is None:
        raise RuntimeError("a printed paper has a PDF")
    return paper.pdf


def _print(paper: Paper, html: str, key: str, lay_out: Callable[[str], Rendered]) -> None:
    """Give a paper its PDF: that of an equal paper if there is one, else a new one."""
    equal = Paper.objects.filter(render_key=key, pdf__isnull=False).select_related("pdf").first()
    if equal is not None:
        paper.pdf, paper.page_count = equal.pdf, equal.page_count
    else:
        printed = lay_out(html)
        paper.pdf = files.keep(
            printed.pdf,
            content_type="application/pdf",
            name=f"{paper.title}{paper.number}.pdf",
            at=paper.created_at,
        )
        paper.page_count = printed.pages
    paper.render_key = key
    paper.save(update_fields=["pdf", "page_count", "render_key"])
