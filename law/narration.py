"""Tell a derivation in sentences, Chinese or English."""

from __future__ import annotations

from collections.abc import Mapping

from law import narration_en, narration_zh
from law.errors import LawError
from law.narration_zh import Data, Teller

TELLERS: Mapping[str, Mapping[str, Teller]] = {"zh": narration_zh.TELLERS, "en": narration_en.TELLERS}


def narrate(data: Data, language: str) -> list[str]:
    """Tell the whole derivation, a sentence a step, the article last."""
    tellers = TELLERS.get(language)
    if tellers is None:
        raise LawError(
            f"不支持的语言：{language}",
            field="language",
            code="language_unknown",
            message_en=f"No language {language}",
        )
    told = [tellers[step["kind"]](step, data) for step in data["steps"] if step["kind"] in tellers]
    return [*told, _law(data, language)]


def _law(data: Data, language: str) -> str:
    """Tell length, article and text of the law."""
    if language == "en":
        length = f"{data['length_en']}: " if data["length_en"] else ""
        return f"Basis: {length}{data['article_en']}."
    length = f"{data['length_zh']}，" if data["length_zh"] else ""
    quote = f"：“{data['quote'].rstrip('。')}”" if data["quote"] else ""
    note = f"（{data['note']}）" if data["note"] else ""
    return f"依据：{length}{data['article']}{quote}{note}。"
