"""What the search box looks through: one folded text an item, with aliases, codes and pinyin initials."""

import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pypinyin import Style, lazy_pinyin

RULES = Path(__file__).parent / "data" / "aliases.toml"


def folded(text: str) -> str:
    """Fold a text for comparison: full-width forms, case and outer spaces do not matter."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


@cache
def _initial(character: str) -> str:
    if not "\u4e00" <= character <= "\u9fff":
        return character.lower() if character.isascii() and character.isalnum() else ""
    return str(lazy_pinyin(character, style=Style.FIRST_LETTER)[0])


def initials_of(text: str) -> str:
    """Return the pinyin initials of a text: 占道经营 is zdjy."""
    return "".join(_initial(character) for character in text)


@cache
def _rules() -> tuple[tuple[str, tuple[str, ...]], ...]:
    with RULES.open("rb") as file:
        rules: dict[str, list[str]] = tomllib.load(file)
    return tuple((word, tuple(parts)) for word, parts in rules.items())


def aliases_for(name: str) -> list[str]:
    """Propose the plain words by which people ask for an item of this name."""
    return [
        word for word, parts in _rules() if any(all(p in name for p in part.split("+")) for part in parts)
    ]


def search_text_of(
    *, name: str, violation: str, statute_name: str, aliases: Iterable[str], codes: Iterable[str]
) -> str:
    """Put together what the search looks through, one thing a line."""
    plain = [*aliases]
    lines = [name, *plain, *codes, statute_name, initials_of(name), *(initials_of(word) for word in plain)]
    if violation not in name:
        lines.insert(1, violation)
    return folded("\n".join(line for line in lines if line))
