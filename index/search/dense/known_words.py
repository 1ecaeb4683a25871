"""The words of the articles, found by their vectors.

They are those of the encoder's table that occur. An index version that differs in a few of them
from the one before goes on with what was made for that.
"""

import re
from collections.abc import Iterator, Sequence
from heapq import merge

import numpy as np

from index.arrays import Int64Array
from index.models.encoder import SentenceEncoder, Vectors
from index.models.static import units
from index.search.dense.codes import Codes

_POOL_SIZE = (
    32  # more than `_MAX_NEAR_WORDS`: pieces of words, which no passage has as words, are dropped
)
_MIN_COSINE = 0.3
"""Least cosine of words that mean nearly the same, chosen on held-out questions."""

_MANY_WORDS = 512
"""Words from which on they have codes: to compare fewer with a word takes 0.2 ms."""

_SAMPLE = 1024  # words that the coding is made for; four times as many miss as many
_TOGETHER = 4096  # words that get their codes together
_COMPARED = 4  # words for each one wanted; of 7,632 that comparing all found, 16 were missed

_FEW_GONE = 100  # of so many words one may be gone: a word of no passage only takes up room

Near = Iterator[tuple[str, float]]
"""Words with their cosines, best first."""


class KnownWords:
    """The words that occur in the articles, by script. Threads may share them."""

    def __init__(
        self, encoder: SentenceEncoder, tokens: Int64Array, former: "KnownWords | None" = None
    ) -> None:
        """Take the tokens that occur, ascending, as rows of the encoder's table.

        Of `former` words those are used that were made for them, if nearly all are the same.
        """
        self._encoder = encoder
        self._whole, self._new = self, tokens
        if former is not None and former.has_nearly(tokens):
            self._whole = former._whole
            self._new = np.setdiff1d(tokens, self._whole._new, assume_unique=True)
        self._words: dict[re.Pattern[str], Words] = {}

    def has_nearly(self, tokens: Int64Array) -> bool:
        """Return whether these tokens, in their whole, are nearly the same as some others."""
        own = self._whole._new
        common = int(np.isin(tokens, own, assume_unique=True).sum())
        is_large = len(own) >= _MANY_WORDS * _FEW_GONE
        return is_large and (
            len(tokens) - common < _MANY_WORDS and (len(own) - common) * _FEW_GONE <= len(own)
        )

    def nearest(self, vectors: Vectors, script: re.Pattern[str]) -> Iterator[Near]:
        """Yield for each vector the words of a script near enough, with their cosines."""
        parts = [self._of_script(script)]
        if self._whole is not self:
            parts.append(self._whole._of_script(script))
        for near in zip(*(part.nearest(vectors) for part in parts), strict=True):
            yield merge(*near, key=lambda word: -word[1])

    def _of_script(self, script: re.Pattern[str]) -> "Words":
        """Return the new words of a script, made when they are first asked for."""
        if script not in self._words:
            texts = self._encoder.spellings(self._new)
            chosen = [at for at, text in enumerate(texts) if script.fullmatch(text)]
            new = Words(self._encoder, [texts[at] for at in chosen], self._new[chosen])
            self._words[script] = new
        return self._words[script]


class Words:
    """Words with their tokens, ascending. If they are many, their codes find the likely nearest."""

    def __init__(self, encoder: SentenceEncoder, texts: Sequence[str], tokens: Int64Array) -> None:
        self._encoder = encoder
        self._texts = texts
        self._tokens = tokens
        self._codes = self._coded() if len(texts) >= _MANY_WORDS else None

    def __len__(self) -> int:
        return len(self._texts)

    def nearest(self, vectors: Vectors) -> Iterator[Iterator[tuple[str, float]]]:
        """Yield for each vector the words near enough, with their cosines, best first."""
        if self._codes is None:
            rows = np.broadcast_to(np.arange(len(self)), (len(vectors), len(self)))
        else:
            rows = self._codes.nearest(vectors, _COMPARED * _POOL_SIZE)
        return map(self._best_of, rows, vectors)

    def _best_of(self, rows: Int64Array, vector: Vectors) -> Iterator[tuple[str, float]]:
        """Compare the words at some rows."""
        known = self._encoder.token_vectors(self._tokens[rows])
        lengths = np.sqrt(np.vecdot(known, known))
        cosines = (known @ vector) / np.maximum(lengths, 1e-9)
        best = np.argsort(-cosines, kind="stable")[:_POOL_SIZE]
        best = best[cosines[best] > _MIN_COSINE]
        texts = (self._texts[row] for row in rows[best].tolist())
        return zip(texts, cosines[best].tolist(), strict=True)

    def _coded(self) -> Codes:
        sample = self._tokens[:: max(1, len(self) // _SAMPLE)]
        codes = Codes.trained_on(self._vectors(sample))
        for part in np.array_split(self._tokens, max(1, len(self) // _TOGETHER)):
            codes.add(self._vectors(part))
        return codes

    def _vectors(self, tokens: Int64Array) -> Vectors:
        return units(self._encoder.token_vectors(tokens))
