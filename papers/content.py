"""The content of a paper as plain, clean, bounded data with one canonical form."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.functional import Promise

from law.errors import RuleViolation
from papers.wording import LOCAL

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

UNSEEN = frozenset({"Cc", "Cf", "Cs"})
MAX_TEXT = 20_000
MAX_TOTAL = 150_000
MAX_ITEMS = 3_000
MAX_DEPTH = 8


def clean(content: Mapping[str, object]) -> dict[str, Json]:
    """Return the content as JSON data without control characters; refuse what no paper can hold."""
    result = _clean(content, 0)
    if len(json.dumps(result, ensure_ascii=False)) > MAX_TOTAL:
        raise _too_long("文书内容总长超过上限", "The document as a whole is too long")
    return result if isinstance(result, dict) else {}


def canonical(value: object) -> bytes:
    """Return the one way in which this data is written, whatever order it was made in."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(*, content: Mapping[str, Json], template: str, version: str) -> str:
    """Return the SHA-256 of what a paper says and of the form in which it says it."""
    whole = {"content": content, "template": template, "version": version}
    return hashlib.sha256(canonical(whole)).hexdigest()


def _too_long(message: str, message_en: str) -> RuleViolation:
    return RuleViolation(
        code="paper_too_long",
        message=message,
        unblock="请精简正文，将长材料作为附件上传",
        message_en=message_en,
        unblock_en="Shorten the text and upload long material as an attachment",
        field="content",
    )


def _clean(value: object, depth: int) -> Json:
    if depth > MAX_DEPTH:
        raise _too_long("文书内容层次过深", "The content of the document is nested too deeply")
    # Nearly everything a paper says is text.
    if isinstance(value, str):
        return _text(str(value))
    if isinstance(value, Mapping):
        return {str(key): _clean(item, depth + 1) for key, item in value.items()}
    if isinstance(value, Sequence):
        if len(value) > MAX_ITEMS:
            raise _too_long(
                f"文书中的列表超过 {MAX_ITEMS} 项",
                f"A list in the document has more than {MAX_ITEMS} entries",
            )
        return [_clean(item, depth + 1) for item in value]
    return _plain(value)


def _plain(value: object) -> Json:
    """Turn one value into JSON: exact decimals and local times as text, and no binary fractions."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(LOCAL).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, UUID | Promise):
        return _text(str(value))
    raise TypeError(f"{type(value).__name__} cannot stand in a paper")


def _text(value: str) -> str:
    """Drop control and direction characters, which could hide or reorder what is printed."""
    if len(value) > MAX_TEXT:
        raise _too_long(f"单项内容超过 {MAX_TEXT} 字", f"One entry has more than {MAX_TEXT} characters")
    if not value.isprintable():
        value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\u2028", "\n")
        value = "".join(sign for sign in value if sign == "\n" or unicodedata.category(sign) not in UNSEEN)
    return unicodedata.normalize("NFC", value)
