"""Fill the templates of papers: content to HTML; papers.press lays the HTML out as PDF."""

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Context, Engine

from law.errors import RuleViolation
from papers import fetcher, fonts, pictures
from papers.content import clean
from papers.instruments import INSTRUMENTS
from papers.press import press

SHEETS = ("instruments.css", "instruments-records.css")
_BREAK = re.compile(r"\s*\n\s*(?![^<>]*>)")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A laid-out paper: its PDF, its pages and the characters that no face could draw.

    cpu: the seconds of processor time that the press has worked so far.
    """

    pdf: bytes
    pages: int
    missing: frozenset[str]
    cpu: float


def render_html(template: str, content: Mapping[str, object]) -> str:
    """Fill an instrument's template with content; everything in the content is escaped."""
    instrument = INSTRUMENTS[template]
    data = {"title": instrument.title, **clean(content)}
    context = Context({**data, "kind": template}, use_l10n=False, use_tz=False)
    html = _engine().get_template(f"instruments/{template}.html").render(context)
    # A line break in a template is not a space in Chinese.
    return _BREAK.sub("", html)


def render_pdf(html: str) -> bytes:
    """Lay out a filled template as PDF; the same HTML always gives the same bytes."""
    return lay_out(html).pdf


def lay_out(html: str) -> Rendered:
    """Lay out a filled template, and tell its pages and the characters that are missing."""
    said, pdf = press.lay_out(html=html, style=style(), pictures=_pictures(html))
    if refused := said.get("refused"):
        raise _refusal(refused, said)
    return Rendered(pdf=pdf, pages=said["pages"], missing=frozenset(said["missing"]), cpu=said["cpu"])


def _pictures(html: str) -> dict[str, str]:
    """Make the print copies of the stored pictures a paper draws in; one that is not there is left out."""
    found = {}
    for sha256 in dict.fromkeys(fetcher.STORED.findall(html)):
        with suppress(OSError):
            found[sha256] = str(pictures.copy_of(sha256, pictures.PRINT))
    return found


def _refusal(word: str, said: Mapping[str, Any]) -> RuleViolation:
    if word == "too_long":
        return RuleViolation(
            code="paper_too_long",
            message=f"文书超过 {said['limit']} 页",
            unblock="请将长材料作为附件上传",
            message_en=f"The document has more than {said['limit']} pages",
            unblock_en="Upload long material as an attachment",
            field="content",
        )
    return RuleViolation(
        code="paper_picture",
        message="文书引用的图片不存在或不能使用",
        unblock="请重新上传图片后再制作文书",
        message_en="A picture in the document is missing or cannot be used",
        unblock_en="Upload the picture again, then make the document",
        field="content",
    )


def render_key(html: str) -> str:
    """Return the digest of everything the PDF depends on: text, style, faces and engine."""
    parts = (html, style(), fonts.font_set(), version("weasyprint"))
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
