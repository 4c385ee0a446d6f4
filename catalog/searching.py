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


class _Initials(dict[int, str]):
    """The first letter of each character's reading, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if "\u4e00" <= character <= "\u9fff":
            letter = str(lazy_pinyin(character, style=Style.FIRST_LETTER)[0])
        else:
            letter = character.lower() if character.isascii() and character.isalnum() else ""
        self[code] = letter
        return letter


_initials = _Initials()


def initials_of(text: str) -> str:
    """Return the pinyin initials of a text: 占道经营 is zdjy."""
    return text.translate(_initials)


@cache
def _rules() -> dict[str, list[tuple[str, str, tuple[str, ...]]]]:
    """Sort the rules by the character that the first word each alternative needs begins with."""
    with RULES.open("rb") as file:
        rules: dict[str, list[str]] = tomllib.load(file)
    by_character: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for word, alternatives in rules.items():
        for alternative in alternatives:
            first, *rest = alternative.split("+")
            by_character.setdefault(first[0], []).append((word, first, tuple(rest)))
    return by_character


@cache
def _order() -> dict[str, int]:
    with RULES.open("rb") as file:
        return {word: place for place, word in enumerate(tomllib.load(file))}


def aliases_for(name: str) -> list[str]:
    """Propose the plain words by which people ask for an item of this name."""
    rules = _rules()
    found = {
        word
        for character in rules.keys() & set(name)
        for word, first, rest in rules[character]
        if first in name and all(part in name for part in rest)
    }
    return sorted(found, key=_order().__getitem__)


def search_text_of(
    *,
    name: str,
    violation: str,
    statute_name: str,
    aliases: Iterable[str],
    codes: Iterable[str],
    initials: str,
    articles: str,
) -> str:
    """Put together what the search looks through, one thing a line."""
    plain = [*aliases]
    heard = [initials, *(initials_of(word) for word in plain)]
    lines = [name, *plain, *codes, f"{statute_name}{articles}", *heard]
    if violation not in name:
        lines.insert(1, violation)
    # The first line follows a break too: what begins a line is found by the pair of break and letter.
    return "\n" + folded("\n".join(line for line in lines if line))
