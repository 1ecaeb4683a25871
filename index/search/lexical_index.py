"""Protocol of lexical retrieval, independent of the engine; `lexical` implements it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from index.arrays import Float32Array, Int64Array

Alternatives = Mapping[tuple[str, ...], float]
"""Spellings of a word, each as a tuple of terms, with its similarity to the word: 1 for itself."""


FIELDS = {"words": 1.0, "bigrams": 1.0, "context": 0.4}
"""The fields of a passage with their weights: title and heading count less than its own words."""


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """The words of a question, each with its alternative spellings, and its character bigrams."""

    words: Sequence[Alternatives]
    bigrams: Sequence[str]


class PassageTerms(NamedTuple):
    """The terms of a passage: words, bigrams, words of title and heading.

    Each is separated by spaces: a few long strings travel between processes far faster than many
    short ones, and a tuple faster than a dataclass.
    """

    words: str
    bigrams: str
    context: str = ""

    @classmethod
    def of(
        cls, words: Sequence[str], bigrams: Sequence[str], context: Sequence[str] = ()
    ) -> "PassageTerms":
        """Join single terms."""
        return cls(" ".join(words), " ".join(bigrams), " ".join(context))


class LexicalIndex(Protocol):
    """Inverted index of a generation's passages, addressed by passage number. Thread-safe.

    A passage has three fields: words, bigrams, and the words of title and heading (weight 0.4).
    English words are compared by their stems.
    """

    def __len__(self) -> int:
        """Return the number of passages."""

    def search(
        self, query: LexicalQuery, limit: int, allowed: Int64Array | None = None
    ) -> list[tuple[int, float]]:
        """Return the numbers of the `limit` best passages with their scores, best first.

        A score is the sum of BM25 (k1 = 1.2, b = 0.75) over words, bigrams and fields. Of a word's
        spellings the best counts, times its similarity; the terms of a spelling share its weight.
        One that is only similar is not sought in titles and headings.
        With `allowed`, the search is restricted to these passage numbers, ascending.
        """

    def frequencies(self, words: Sequence[str]) -> list[int]:
        """Return how many passages have each of some words among the words of their text.

        They are asked for together, as the index may be on another machine.
        """

    def stem(self, word: str) -> str:
        """Return the form in which a folded word is compared: `bridges` as `bridg`."""

    def containing(self, parts: Sequence[str]) -> tuple[Int64Array, Float32Array]:
        """Return the passages that have all `parts` in their text, in any order, and their scores.

        A part is a folded run of Han characters, of which a passage must have all bigrams, or a
        word, compared by its stem. The score is the sum of BM25 of these; no parts, no passages.
        """

    def mentions(self, name: str) -> bool:
        """Return whether a folded name may occur: all its Han bigrams and Latin words do.

        There are no false negatives: if False, no passage contains the name.
        """

    def has_title(self, terms: Sequence[str]) -> bool:
        """Return whether every term occurs in some title or heading; False without terms."""


def inverse_frequency(frequency: int, passages: int) -> float:
    """Return the inverse document frequency of BM25, at least 0, highest for unknown words.

    `frequency` is in how many of all `passages` the word is.
    """
    containing = min(passages, frequency)
    return math.log(1 + (passages - containing + 0.5) / (containing + 0.5))
