"""Word-by-word translation of questions by dictionary.

To a search that disregards word order it comes near a translation. Names that no dictionary has are
mostly lost, as they are between two scripts.
"""

import random
import re
from collections import defaultdict
from pathlib import Path

from index.text.analyzer import Analyzer
from index.text.folding import simplify
from index.text.function_words import FUNCTION_WORDS
from training.dictionaries import HAN, cedict, ecdict

_ASKING = {
    "谁": "who", "多少": "how many", "什么": "what", "哪": "which", "哪个": "which",
    "哪些": "which", "哪里": "where", "几": "how many", "何时": "when", "为什么": "why",
    "为何": "why", "怎么": "how", "怎样": "how", "如何": "how", "多久": "how long",
    "哪年": "what year", "多大": "how large", "多长": "how long", "多高": "how high",
    "何": "what", "何地": "where", "哪家": "which", "哪位": "who", "年": "year",
}  # fmt: skip
_ASKING_ZH = {
    "who": "谁", "whom": "谁", "what": "什么", "which": "哪个", "where": "哪里",
    "when": "什么时候", "why": "为什么", "how": "如何", "many": "多少", "much": "多少",
}  # fmt: skip
_SENSES = 4
_LONGEST = 3  # English words for one Chinese word
_LATIN_KEPT = 0.3  # share of the English words missing from the dictionary


class Translator:
    """Both dictionaries, indexed by word."""

    def __init__(self, data: Path, analyzer: Analyzer, chance: random.Random) -> None:
        self._analyzer = analyzer
        self._chance = chance
        self._senses = cedict(data)
        chinese: dict[str, list[tuple[int, str]]] = defaultdict(list)
        english: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for headword, word, place in ecdict(data):
            english[word].append((100 * place + len(headword), headword))
            if place < _SENSES:
                chinese[headword.lower()].append((place, word))
        self._english = {word: _best(senses) for word, senses in english.items()}
        self._chinese = {word: _best(senses) for word, senses in chinese.items()}

    def english(self, question: str) -> str:
        """Translate a Chinese question: 中国有多少桥? becomes `china how many bridge ?`."""
        parts = (
            self._chinese_word(word, tag) for word, tag in self._analyzer.tagged(simplify(question))
        )
        return " ".join(part for part in parts if part)

    def chinese(self, question: str) -> str:
        """Translate an English question: `how many bridges?` becomes 如何，多少，桥."""
        parts = (self._english_word(word) for word in re.findall(r"[a-z0-9.,-]+", question.lower()))
        return "，".join(part for part in parts if part)

    def _chinese_word(self, word: str, tag: str) -> str:
        if word in _ASKING:
            return _ASKING[word]
        if not HAN.fullmatch(word):
            return word
        if word in FUNCTION_WORDS:
            return ""
        senses = [sense for sense in self._senses.get(word, []) if len(sense.split()) <= _LONGEST]
        usable = senses[:_SENSES] or self._english.get(word, [])
        if usable or len(word) == 1 or tag.startswith("nr"):
            return self._draw(usable)
        halves = (self._senses.get(half, []) for half in (word[:2], word[2:]))
        return " ".join(self._draw(half) for half in halves if half)

    def _english_word(self, word: str) -> str:
        if word in _ASKING_ZH:
            return _ASKING_ZH[word]
        if word in FUNCTION_WORDS:
            return ""
        for stem in (word, word.removesuffix("s"), word.removesuffix("ed"), word.removesuffix("d")):
            if stem in self._chinese:
                return self._draw(self._chinese[stem])
        is_number = word[0].isdigit()
        return word if is_number or self._chance.random() < _LATIN_KEPT else ""

    def _draw(self, senses: list[str]) -> str:
        """Draw a sense, or nothing if there is none."""
        if not senses:
            return ""
        # Squared: dictionaries list the commonest sense first.
        return senses[int(self._chance.random() ** 2 * len(senses))].split(";")[0]


def _best(ranked: list[tuple[int, str]]) -> list[str]:
    """Return the first senses by rank."""
    return [text for _, text in sorted(ranked)[:_SENSES]]
