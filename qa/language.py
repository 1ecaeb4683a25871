"""The language of a question, and the fixed sentences that Yiju itself says in it."""

import re
import unicodedata
from enum import StrEnum

from index.folding import fold

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")


class Language(StrEnum):
    """What a question is written in."""

    SIMPLIFIED = "zh"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"


NOT_ANSWERED = {
    Language.SIMPLIFIED: "这些文章里没有说。",
    Language.TRADITIONAL: "這些文章裡沒有說。",
    Language.ENGLISH: "The articles don't say.",
}


def language_of(text: str) -> Language:
    """Any Han character makes it Chinese; a character with a simplified form, traditional.

    `"韓國投入多少?"` → zh-Hant.
    """
    if not _HAN.search(text):
        return Language.ENGLISH
    plain = unicodedata.normalize("NFKC", text)
    changed = [a for a, b in zip(plain.lower(), fold(text), strict=False) if a != b]
    return Language.TRADITIONAL if any(map(_HAN.match, changed)) else Language.SIMPLIFIED


def is_han(text: str) -> bool:
    """Whether a text is mostly written in Han characters, by a fifth of what is not space."""
    return len(_HAN.findall(text)) * 5 >= len("".join(text.split()))
