"""Lay out papers: content to HTML, HTML to PDF. The only module that drives the layout engine."""

import hashlib
import logging
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine

from law.errors import RuleViolation
from papers import engine, fetcher, fonts
from papers.content import clean
from papers.engine import (
    CSS,
    HTML,
    FatalURLFetchingError,
    FontConfiguration,
    URLFetcher,
    URLFetcherResponse,
)
from papers.fitting import fit
from papers.instruments import INSTRUMENTS

MAX_PAGES = 400
SHEETS = ("instruments.css", "instruments-records.css")
# The layout engine's font map is not safe for threads.
_press = threading.Lock()
_BREAK = re.compile(r"\s*\n\s*(?![^<>]*>)")
_UNSUPPORTED = re.compile(r"unsupported by fonts: \"(.)\"", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A laid-out paper: its PDF, its pages and the characters that no face could draw."""

    pdf: bytes
    pages: int
    missing: frozenset[str]


class PaperFetcher(URLFetcher):  # type: ignore[misc]  # the engine is untyped
    """Let the engine draw only what papers.fetcher allows."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return the resource behind an allowed address."""
        data, media = fetcher.read(url)
        return URLFetcherResponse(url, body=data, headers={"Content-Type": media})


def render_html(template: str, content: Mapping[str, object], *, draft: bool = False) -> str:
    """Fill an instrument's template with content; everything in the content is escaped."""
    instrument = INSTRUMENTS[template]
    data = {"title": instrument.title, **fit(template, clean(content))}
    context = Context({**data, "kind": template, "draft": draft}, use_l10n=False, use_tz=False)
    html = _engine().get_template(f"instruments/{template}.html").render(context)
    # A line break in a template is not a space in Chinese.
    return _BREAK.sub("", html)


def render_pdf(html: str) -> bytes:
    """Lay out a filled template as PDF; the same HTML always gives the same bytes."""
    return lay_out(html).pdf


def lay_out(html: str) -> Rendered:
    """Lay out a filled template, and tell its pages and the characters that are missing."""
    engine.require()
    try:
        with _press, _watching() as missing:
            document = HTML(string=html, url_fetcher=PaperFetcher(fail_on_errors=True)).render(
                font_config=_font_configuration(), stylesheets=[_sheet(style())]
            )
            _check_length(len(document.pages))
            pdf = document.write_pdf()
    except FatalURLFetchingError as error:
        raise RuleViolation(
            code="paper_picture",
            message="文书引用的图片不存在或不能使用",
            unblock="请重新上传图片后再制作文书",
            field="content",
        ) from error
    return Rendered(pdf=pdf, pages=len(document.pages), missing=frozenset(missing))


def _check_length(pages: int) -> None:
    if pages > MAX_PAGES:
        raise RuleViolation(
            code="paper_too_long",
            message=f"文书超过 {MAX_PAGES} 页",
            unblock="请将长材料作为附件上传",
            field="content",
        )


def render_key(html: str) -> str:
    """Return the digest of everything the PDF depends on: text, style, faces and engine."""
    parts = (html, style(), fonts.font_set(), engine.__version__)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def style() -> str:
    """Return the style sheets of all papers with the faces of this site."""
    folder = Path(settings.BASE_DIR) / "static" / "css"
    return fonts.style_variables() + "\n".join(
        (folder / sheet).read_text(encoding="utf-8") for sheet in SHEETS
    )


def missing_glyphs(text: str = fonts.TRIAL) -> dict[str, str]:
    """Draw the text in every role and return what each lacks; empty when all is well."""
    found = {}
    for role in fonts.ROLES:
        html = f'<html lang="zh-CN"><title>{role}</title><p class="{role}">{text}</p></html>'
        if missing := lay_out(html).missing:
            found[role] = "".join(sorted(missing))
    return found


@cache
def _engine() -> Engine:
    return Engine(
        dirs=[str(Path(settings.BASE_DIR) / "templates")],
        builtins=["papers.templatetags.instruments"],
        debug=False,
        autoescape=True,
    )


@cache
def _font_configuration() -> FontConfiguration:
    with fonts.in_use():
        return FontConfiguration()


@lru_cache(maxsize=2)
def _sheet(text: str) -> CSS:
    return CSS(string=text, font_config=_font_configuration(), url_fetcher=PaperFetcher())


class _Collector(logging.Handler):
    """Catch the engine's complaints about characters that no face has."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.missing: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Note the character."""
        self.missing.update(_UNSUPPORTED.findall(record.getMessage()))


@contextmanager
def _watching() -> Iterator[set[str]]:
    log, collector = logging.getLogger("weasyprint"), _Collector()
    level = log.level
    log.setLevel(logging.WARNING)
    log.addHandler(collector)
    try:
        yield collector.missing
    finally:
        log.removeHandler(collector)
        log.setLevel(level)
