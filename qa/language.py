"""Detect the language of a question, and the fixed sentences in each language."""

import re
from enum import StrEnum

from index.text.folding import FoldedText

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
_HAN_SHARE = 5  # a fifth


class Language(StrEnum):
    """The language of a question."""

    SIMPLIFIED = "zh"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"


NOT_ANSWERED = {
    Language.SIMPLIFIED: "没有找到有把握的答案。",
    Language.TRADITIONAL: "沒有找到有把握的答案。",
    Language.ENGLISH: "No confident answer was found.",
}


_POSSIBLY = {True: "可能是：", False: "Possibly: "}
"""What opens a possible answer, in Chinese or not."""


def language_of(question: FoldedText) -> Language:
    """Return the language: Chinese with any Han character, traditional if one has another form.

    >>> language_of(FoldedText.of("韓國投入多少?"))
    <Language.TRADITIONAL: 'zh-Hant'>
    """
    if not has_han(question.text):
        return Language.ENGLISH
    is_simplified = question.simplified == question.text
    return Language.SIMPLIFIED if is_simplified else Language.TRADITIONAL


def has_han(text: str) -> bool:
    """Return whether any character is Han."""
    return _HAN.search(text) is not None


def is_han(text: str) -> bool:
    """Return whether at least a fifth of the visible characters are Han."""
    return len(_HAN.findall(text)) * _HAN_SHARE >= len("".join(text.split()))


def possibly(text: str) -> str:
    """Return the words that open a possible answer, in the language of a text beside it.

    >>> possibly("没有找到有把握的答案。")
    '可能是：'
    """
    return _POSSIBLY[is_han(text)]
