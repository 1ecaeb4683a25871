"""Translate the sentences that errors and failures are told with.

They are written in English where they arise, far from any request, with names and numbers in
them. Here each is matched against the patterns of a language's file, such as
`holds more than {} lines; split it.`
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import has_request_context, request
from werkzeug.datastructures import LanguageAccept

_FOLDER = Path(__file__).parent
_GAP = "{}"
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A sentence with gaps and its translation, whose gaps may be numbered: `{1}`."""

    sentence: re.Pattern[str]
    translation: str


class Phrasebook:
    """The sentences of one language."""

    def __init__(self, translations: dict[str, str]) -> None:
        self._patterns = [
            _Pattern(_compiled(sentence), translation)
            for sentence, translation in translations.items()
        ]

    @classmethod
    @cache
    def of(cls, tag: str) -> "Phrasebook":
        """Load the sentences of a language: `zh-Hans` or `zh-Hant`."""
        text = (_FOLDER / f"{tag}.json").read_text(encoding="utf-8")
        return cls(json.loads(text))

    def translated(self, sentence: str) -> str:
        """Return a sentence in this language; what is unknown stays as it is.

        Of `FILE: REASON` and of several sentences in a row each part is translated.
        """
        if (known := self._known(sentence)) is not None:
            return known
        for separator in (". ", ": "):
            first, found, rest = sentence.partition(separator)
            if found:
                end = separator.rstrip() if separator == ". " else separator
                head = self._known(first + end.rstrip(": ")) or first + end
                return head + self.translated(rest)
        return sentence

    def _known(self, sentence: str) -> str | None:
        for pattern in self._patterns:
            if match := pattern.sentence.fullmatch(sentence):
                return pattern.translation.format(*map(self.translated, match.groups()))
        return None


def spoken(sentence: str) -> str:
    """Return a sentence of the server in the language that the current request asks for."""
    if not has_request_context():
        return sentence
    tag = language_of(request.accept_languages)
    return Phrasebook.of(tag).translated(sentence) if tag else sentence


def language_of(accepted: LanguageAccept) -> str | None:
    """Return the first accepted language that there are sentences of, None for English and others.

    >>> language_of(LanguageAccept([("zh-TW", 1), ("en", 0.5)]))
    'zh-Hant'
    """
    tags: Sequence[str] = [tag.lower() for tag in accepted.values()]
    for tag in tags:
        if tag.startswith(_TRADITIONAL):
            return "zh-Hant"
        if tag.startswith("zh"):
            return "zh-Hans"
        if tag.startswith("en"):
            return None
    return None


def _compiled(sentence: str) -> re.Pattern[str]:
    parts = map(re.escape, sentence.split(_GAP))
    return re.compile("(.+?)".join(parts), re.DOTALL)
