"""Query expansion across scripts, from the encoder's own vocabulary and by pinyin.

Lexical retrieval compares spellings. With the words of the articles whose vectors are nearest to
those of the question's words, it finds Chinese passages for English questions and the other way
round. Names that are spelled alike in pinyin count as the same: Beidou is 北斗. Where several names
share a spelling (Suzhou is 苏州 and 宿州), each is only near, unless the encoder knows better.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from index.arrays import Int64Array
from index.models.encoder import SentenceEncoder, Vectors
from index.models.static import units
from index.search.lexical_index import LexicalIndex
from index.search.query import ABBREVIATED
from index.text.pinyin import names_spelled, shares_spelling, spelling
from index.text.scripts import HAN_BASIC_PLANE

_HAN = re.compile(f"[{HAN_BASIC_PLANE}]+")
_LATIN = re.compile(r"[a-z][a-z'-]+")
_MAX_NEAR_WORDS = 16
_POOL_SIZE = (
    32  # more than `_MAX_NEAR_WORDS`: pieces of words, which no passage has as words, are dropped
)
_MIN_COSINE = 0.3
"""Least cosine of words that mean nearly the same, chosen on held-out questions."""

_MIN_SYNONYM_COSINE = 0.5
"""Least cosine of a word of the other script that counts as the word itself, as names do."""

_SHARED_SPELLING = 0.45
"""Least cosine of a name with a spelling that other names have as well.

It is below the half from which on a near word counts as the word itself.
"""

NearWords = dict[str, dict[str, float]]
"""For each word those of the other script that mean nearly the same, with their cosines."""


class Neighbours:
    """Nearest words in the other script, among those of a generation. Threads may share it."""

    def __init__(self, encoder: SentenceEncoder, tokens: Int64Array, lexical: LexicalIndex) -> None:
        """Take the tokens that occur in the articles, as rows of the encoder's table."""
        self._encoder = encoder
        self._tokens = tokens
        self._lexical = lexical

    def of(self, words: Sequence[str]) -> NearWords:
        """Map each folded word to its nearest in the other script, with cosines.

        For `["bicycle"]`: `{"bicycle": {"自行车": 0.91, "单车": 0.87, …}}`.
        """
        near: NearWords = {}
        for script, (texts, vectors) in ((_LATIN, self._han), (_HAN, self._latin)):
            written = [word for word in words if script.fullmatch(word)]
            if written and texts:
                cosines = (
                    units(self._encoder.sum_vectors(self._encoder.tokens(written))) @ vectors.T
                )
                for word, row in zip(written, cosines, strict=True):
                    near[word] = self._nearest(texts, row)
        return near | self._spelled(words, near)

    def _spelled(self, words: Sequence[str], near: NearWords) -> NearWords:
        """Return the names of the other script that are spelled alike, in place of near words."""
        spelled: NearWords = defaultdict(dict)
        for word, other, name in _spelled_alike(words):
            if self._lexical.frequency(other):
                own = near.get(word, {}).get(other, 0.0)
                spelled[word][other] = max(own, _SHARED_SPELLING) if shares_spelling(name) else 1.0
        return {
            word: dict(sorted(cosines.items(), key=lambda pair: -pair[1]))
            for word, cosines in spelled.items()
        }

    def _nearest(self, texts: Sequence[str], cosines: Vectors) -> dict[str, float]:
        count = min(_POOL_SIZE, len(texts))
        top = np.argpartition(-cosines, count - 1)[:count]
        ranked = top[np.argsort(-cosines[top])]
        near = [(texts[at], float(cosines[at])) for at in ranked if cosines[at] > _MIN_COSINE]
        return dict([hit for hit in near if self._lexical.frequency(hit[0])][:_MAX_NEAR_WORDS])

    @cached_property
    def _han(self) -> tuple[list[str], Vectors]:
        return self._words_in(_HAN)

    @cached_property
    def _latin(self) -> tuple[list[str], Vectors]:
        return self._words_in(_LATIN)

    def _words_in(self, script: re.Pattern[str]) -> tuple[list[str], Vectors]:
        """Return the words of a script that occur in the articles, and their unit vectors."""
        texts = self._encoder.spellings(self._tokens)
        chosen = [at for at, text in enumerate(texts) if script.fullmatch(text)]
        return [texts[at] for at in chosen], units(
            self._encoder.token_vectors(self._tokens[chosen])
        )


def other_forms_of(
    near: NearWords, synonyms: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """Return the other forms of each term that count as the term itself."""
    other_forms = ABBREVIATED | {
        word: tuple(other for other, cosine in others.items() if cosine >= _MIN_SYNONYM_COSINE)
        for word, others in near.items()
    }
    for name, forms in synonyms.items():
        other_forms[name] = (*other_forms.get(name, ()), *forms)
    return other_forms


def _spelled_alike(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield words with what they are in the other script, and which of both is the Han name."""
    for word, names in names_spelled(words).items():
        yield from ((word, name, name) for name in names)
    for word in words:
        if latin := spelling(word):
            yield word, latin, word
