"""Protocol of lexical retrieval, independent of the engine; `lexical` implements it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

Alternatives = Mapping[tuple[str, ...], float]
"""Spellings of a word, each as a tuple of terms, with its similarity to the word: 1 for itself."""


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """The words of a question, each with its alternative spellings, and its character bigrams."""

    words: Sequence[Alternatives]
    bigrams: Sequence[str]


class LexicalIndex(Protocol):
    """Inverted index of a generation's passages, addressed by passage number. Thread-safe.

    A passage has three fields: words, bigrams, and the words of title and heading (weight 0.4).
    English words are compared by their stems.
    """

    def __len__(self) -> int:
        """Return the number of passages."""

    def search(
        self, query: LexicalQuery, limit: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return the numbers of the `limit` best passages with their scores, best first.

        A score is the sum of BM25 (k1 = 1.2, b = 0.75) over words, bigrams and fields. Of a word's
        spellings the best counts, times its similarity; the terms of a spelling share its weight.
        With `allowed`, the search is restricted to these passage numbers.
        """

    def idf(self, word: str) -> float:
        """Return the inverse document frequency of BM25, at least 0, highest for unknown words."""

    def frequency(self, word: str) -> int:
        """Return how many passages have a word among the words of their text."""

    def mentions(self, name: str) -> bool:
        """Return whether a folded name may occur: all its Han bigrams and Latin words do.

        There are no false negatives: if False, no passage contains the name.
        """

    def has_title(self, terms: Sequence[str]) -> bool:
        """Return whether every term occurs in some title or heading; False without terms."""
