"""Words kept in Chinese and said in the language of whoever reads them."""

from collections.abc import Mapping

from django.utils.translation import gettext

from desk.formats import in_chinese
from law.articles import cite_en, read_zh
from law.errors import LawError, RuleViolation
from law.gates import gates

Said = str | Mapping[str, str]


def both(chinese: str, english: str) -> Mapping[str, str]:
    """Keep what the law names in either language; without an English name the Chinese one stands."""
    return {"zh": chinese, "en": english or chinese}


def worded(words: str, params: Mapping[str, Said]) -> str:
    """Say kept words, each %(name)s in them filled by its parameter; a percent sign alone means itself."""
    text = gettext(words) if words else ""
    for name, kept in params.items():
        text = text.replace(f"%({name})s", in_words(kept))
    return text


def in_words(kept: Said) -> str:
    """Say what was kept in both languages in the reader's, and what somebody wrote as it was written."""
    return kept if isinstance(kept, str) else kept["zh" if in_chinese() else "en"]


def said(refusal: RuleViolation | LawError) -> str:
    """Say what a refusal or an error says, in the reader's language."""
    return refusal.message if in_chinese() or not refusal.message_en else refusal.message_en


def way_out(refusal: RuleViolation) -> str:
    """Say what unblocks a refusal, in the reader's language."""
    return refusal.unblock if in_chinese() or not refusal.unblock_en else refusal.unblock_en


def way_url(refusal: RuleViolation, here: str) -> str:
    """Return where a refusal is mended: no mere name of a place, and not the page one stands on."""
    return refusal.link if refusal.link.startswith(("/", "#")) and refusal.link != here else ""


def article_told(article: str) -> str:
    """Cite an article in the reader's language, in Chinese where no English name is known."""
    return article if in_chinese() else cite_en(read_zh(article)) or article


def cited(refusal: RuleViolation) -> str:
    """Cite the article of a refusal in the reader's language."""
    known = None if in_chinese() else gates().get(refusal.code)
    return known.article_en if known else article_told(refusal.article)
