"""Query expansion across scripts, from the encoder's own vocabulary and by pinyin.

Lexical retrieval compares spellings. With the words of the articles whose vectors are nearest to
those of the question's words, it finds Chinese passages for English questions and the other way
round. Names that are spelled alike in pinyin count as the same: Beidou is 北斗. Where several names
share a spelling (Suzhou is 苏州 and 宿州), each is only near, unless the encoder knows better.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, islice

from index.batches import batches
from index.models.encoder import SentenceEncoder
from index.models.static import units
from index.search.dense.known_words import KnownWords
from index.search.lexical_index import Alternatives, LexicalIndex
from index.search.query import ABBREVIATED
from index.text.pinyin import names_spelled, shares_spelling, spelling
from index.text.scripts import HAN_BASIC_PLANE

_HAN = re.compile(f"[{HAN_BASIC_PLANE}]+")
_LATIN = re.compile(r"[a-z][a-z'-]+")
_MAX_NEAR_WORDS = 16
_MAX_OF_KNOWN = 4
_MIN_SYNONYM_COSINE = 0.5
"""Least cosine of a word of the other script that counts as the word itself, as names do."""

_SHARED_SPELLING = 0.45
"""Least cosine of a name with a spelling that other names have as well.

It is below the half from which on a near word counts as the word itself.
"""

_REMEMBERED = 4096
"""Words whose near words are kept, about 6 MB; of the words of new questions, two thirds are."""

NearWords = dict[str, dict[str, float]]
"""For each word those of the other script that mean nearly the same, with their cosines."""


class Neighbours:
    """Nearest words in the other script, among those of a generation. Threads may share it."""

    def __init__(self, encoder: SentenceEncoder, words: KnownWords, lexical: LexicalIndex) -> None:
        self._encoder = encoder
        self._words = words
        self._lexical = lexical
        self._remembered: dict[str, dict[str, float]] = {}

    def of(self, words: Sequence[str]) -> NearWords:
        """Map each folded word to its nearest in the other script, with cosines.

        For `["bicycle"]`: `{"bicycle": {"自行车": 0.91, "单车": 0.87, …}}`.
        """
        near: NearWords = {}
        for script, other in ((_LATIN, _HAN), (_HAN, _LATIN)):
            near |= self._near([word for word in words if script.fullmatch(word)], other)
        return near | self._spelled(words, near)

    def _near(self, words: Sequence[str], other: re.Pattern[str]) -> NearWords:
        """Return the words of the other script nearest to each word, remembered or found now."""
        remembered = ((word, self._remembered.get(word)) for word in words)
        near = {word: nearest for word, nearest in remembered if nearest is not None}
        new = [word for word in words if word not in near]
        if new:
            vectors = units(self._encoder.sum_vectors(self._encoder.tokens(new)))
            near |= zip(new, map(self._occurring, self._words.nearest(vectors, other)), strict=True)
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered |= near
        return near

    def _spelled(self, words: Sequence[str], near: NearWords) -> NearWords:
        """Return the names of the other script that are spelled alike, in place of near words."""
        spelled: NearWords = defaultdict(dict)
        alike = list(_spelled_alike(words))
        frequencies = self._lexical.frequencies([other for _, other, _ in alike])
        for (word, other, name), frequency in zip(alike, frequencies, strict=True):
            if frequency:
                own = near.get(word, {}).get(other, 0.0)
                spelled[word][other] = max(own, _SHARED_SPELLING) if shares_spelling(name) else 1.0
        return {
            word: dict(sorted(cosines.items(), key=lambda pair: -pair[1]))
            for word, cosines in spelled.items()
        }

    def _occurring(self, nearest: Iterable[tuple[str, float]]) -> dict[str, float]:
        """Return those that passages have as words."""
        occurring: dict[str, float] = {}
        for batch in batches(nearest, _MAX_NEAR_WORDS):
            occurring |= dict(
                compress(batch, self._lexical.frequencies([text for text, _ in batch]))
            )
            if len(occurring) >= _MAX_NEAR_WORDS:
                break
        return dict(islice(occurring.items(), _MAX_NEAR_WORDS))


def alternatives_of(word: str, near: Mapping[str, float], *, is_known: bool) -> list[Alternatives]:
    """Return the spellings of a word and those near to it, of which the best counts.

    A Chinese word that articles have needs little of the others: its nearest are sought as further
    words, which is as good there and takes half the time of a choice among all.
    """
    spellings: dict[tuple[str, ...], float] = {(word,): 1.0}
    spellings |= {(form,): cosine for form, cosine in near.items()}
    if is_known and _HAN.fullmatch(word):
        return [{form: cosine} for form, cosine in islice(spellings.items(), 1 + _MAX_OF_KNOWN)]
    return [spellings]


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
