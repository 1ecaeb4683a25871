"""The language of a question, and the fixed sentences that Yiju itself says in it."""

import re
from enum import StrEnum

from index.text.folding import simplify

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
    return Language.SIMPLIFIED if simplify(text) == text else Language.TRADITIONAL


def is_han(text: str) -> bool:
    """Whether a text is mostly written in Han characters, by a fifth of what is not space."""
    return len(_HAN.findall(text)) * 5 >= len("".join(text.split()))
