"""Lexical retrieval as a search needs it, whatever engine does it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

Alternatives = Mapping[tuple[str, ...], float]
"""The ways to write a word, each as its terms, with its likeness to the word: 1 for itself."""


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """The words of a question, each in all ways to write it, and its character bigrams."""

    words: Sequence[Alternatives]
    bigrams: Sequence[str]


class LexicalIndex(Protocol):
    """The terms of a generation's passages, each known by its passage's number.

    A passage has three fields: its words, its bigrams, and the words of its title and heading,
    which weigh 0.4. English words are compared by their stems. Threads may share it.
    """

    def __len__(self) -> int:
        """Return the number of passages."""

    def search(
        self, query: LexicalQuery, limit: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return the passages with the highest scores, best first.

        A score is the sum of BM25 (k1 = 1.2, b = 0.75) over words, bigrams and fields. Of the ways
        to write a word the best one counts, times its likeness; the terms of a way share its
        weight. With `allowed`, only passages of these numbers count.
        """

    def idf(self, word: str) -> float:
        """Return the inverse document frequency of BM25, at least 0, highest for unknown words."""

    def has_word(self, word: str) -> bool:
        """Return whether any passage has a word among its own."""

    def mentions(self, name: str) -> bool:
        """Return whether a folded name may occur: each pair of Han characters, each Latin word.

        False is certain: no passage contains the name.
        """

    def has_title(self, terms: Sequence[str]) -> bool:
        """Return whether each term occurs in a title or heading, at least one of them."""
