"""Lexical retrieval in Milvus: a `LexicalIndex` over sparse vectors of our own terms."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from index.arrays import Float32Array, Int64Array
from index.milvus.milvus_server import MOST_HITS, MilvusServer, SparseVector
from index.milvus.milvus_vectors import conditions
from index.milvus.term_table import NO_FIELD, FieldTerm, TermEntry, TermTable
from index.search.lexical_index import FIELDS, LexicalQuery, inverse_frequency
from index.text.analyzer import bigrams_of_folded
from index.text.scripts import LATIN_FOLDED

_WORD = re.compile(f"[{LATIN_FOLDED}]+")
_WIDER = 4  # times
_MOST_RESCORED = 3200
"""The most candidates whose terms are fetched; a search is exact unless it needs more."""

_ALL = range(2**63 - 1)
"""The numbers that passages may have."""


@dataclass(frozen=True, slots=True)
class WeighedQuery:
    """A query by dimension: for each word the weights of its spellings; and of the bigrams.

    Of a word's spellings the best counts, which no sum tells. `bound` is a vector whose product is
    never less than the score: of a dimension that several spellings of a word have, the highest.
    """

    words: Sequence[Sequence[SparseVector]]
    bigrams: SparseVector

    @property
    def is_sum(self) -> bool:
        """Whether no word has several spellings, so that the product is the score."""
        return all(len(spellings) == 1 for spellings in self.words)

    @property
    def bound(self) -> dict[int, float]:
        """The vector to search by."""
        total: dict[int, float] = defaultdict(float, self.bigrams)
        for spellings in self.words:
            highest: dict[int, float] = {}
            for weights in spellings:
                for dimension, weight in weights.items():
                    highest[dimension] = max(weight, highest.get(dimension, 0.0))
            for dimension, weight in highest.items():
                total[dimension] += weight
        return dict(total)

    def score(self, passage: SparseVector) -> float:
        """Return the score of a passage by the weights of its terms."""
        best = (max(_product(weights, passage) for weights in ways) for ways in self.words if ways)
        return sum(best) + _product(self.bigrams, passage)


class _Spelling(NamedTuple):
    """A spelling of a word: each term's share of its weight, the fields it is sought in, stems."""

    share: float
    fields: Sequence[str]
    stems: Sequence[str]


class MilvusLexicalIndex:
    """A `LexicalIndex` of a collection with `count` passages.

    `stems` is what the terms were stemmed with.
    """

    def __init__(
        self,
        server: MilvusServer,
        collection: str,
        terms: TermTable,
        count: int,
        stems: Callable[[str], list[str]],
    ) -> None:
        self._server = server
        self._collection = collection
        self._terms = terms
        self._count = count
        self._stems = stems

    def __len__(self) -> int:
        return self._count

    def search(
        self, query: LexicalQuery, limit: int, allowed: Int64Array | None = None
    ) -> list[tuple[int, float]]:
        """Return the passages with the highest scores, best first."""
        limit = min(limit, self._count, MOST_HITS)
        if limit < 1:
            return []
        weighed = self._weighed(query)
        bound = weighed.bound
        if not bound:
            return []
        find = self._sums if weighed.is_sum else self._rescored
        hits = [hit for condition in conditions(allowed) for hit in find(weighed, limit, condition)]
        return sorted(hits, key=lambda hit: -hit[1])[:limit]

    def _sums(self, query: WeighedQuery, limit: int, condition: str) -> list[tuple[int, float]]:
        hits = self._server.search(self._collection, "terms", query.bound, limit, condition)
        return [(number, score) for number, score, _ in hits]

    def _rescored(self, query: WeighedQuery, limit: int, condition: str) -> list[tuple[int, float]]:
        """Search by the bound, and score what is found by its terms.

        What is not found has a lower bound than the last that is. So nothing is missed once the
        score of the last one wanted is as high; until then more are fetched.
        """
        wanted = limit * _WIDER
        while True:
            found = self._server.search(
                self._collection, "terms", query.bound, wanted, condition, ["terms"]
            )
            scored = [(number, query.score(row["terms"])) for number, _, row in found]
            best = sorted(scored, key=lambda hit: -hit[1])[:limit]
            is_whole = len(found) < wanted or found[-1][1] <= best[-1][1]
            if is_whole or wanted >= max(_MOST_RESCORED, limit * _WIDER):
                return best
            wanted = min(wanted * _WIDER, max(_MOST_RESCORED, limit * _WIDER), MOST_HITS)

    def _weighed(self, query: LexicalQuery) -> WeighedQuery:
        stemmed = [
            [
                _Spelling(
                    likeness / len(terms),
                    ("words", "context") if likeness == 1 else ("words",),
                    list(dict.fromkeys(self._stems(" ".join(terms)))),
                )
                for terms, likeness in alternatives.items()
            ]
            for alternatives in query.words
        ]
        pairs = list(dict.fromkeys(query.bigrams))
        stems = [stem for spellings in stemmed for spelling in spellings for stem in spelling.stems]
        entries = self._terms.entries([*stems, *pairs])
        words = [
            list(filter(None, (self._weights(entries, spelling) for spelling in spellings)))
            for spellings in stemmed
        ]
        found = (entries[pair].get("bigrams", NO_FIELD) for pair in pairs)
        bigrams = {term.dimension: self._idf(term) for term in found if term.passages}
        return WeighedQuery([spellings for spellings in words if spellings], bigrams)

    def _weights(self, entries: Mapping[str, TermEntry], spelling: _Spelling) -> SparseVector:
        return {
            term.dimension: spelling.share * FIELDS[field] * self._idf(term)
            for stem in spelling.stems
            for field, term in entries[stem].items()
            if field in spelling.fields
        }

    def _idf(self, term: FieldTerm) -> float:
        return inverse_frequency(term.passages, self._count)

    def frequencies(self, words: Sequence[str]) -> list[int]:
        """Return how many passages have each of some words among their own."""
        stems = {word: self._stems(word) for word in words}
        entries = self._terms.entries(stem for parts in stems.values() for stem in parts)
        return [
            max((entries[stem].get("words", NO_FIELD).passages for stem in stems[word]), default=0)
            for word in words
        ]

    def stem(self, word: str) -> str:
        """Return the form in which a folded word is compared."""
        return " ".join(self._stems(word))

    def mentions(self, name: str) -> bool:
        """Return whether a folded name may occur: each pair of Han characters, each Latin word."""
        stems = [stem for word in _WORD.findall(name) for stem in self._stems(word)]
        parts = [*bigrams_of_folded(name), *stems]
        entries = self._terms.entries([name, *parts])
        return bool(entries[name]) or all(entries[part] for part in parts)

    def has_title(self, terms: Sequence[str]) -> bool:
        """Return whether each term occurs in a title or heading, at least one of them."""
        stems = [stem for term in terms for stem in self._stems(term)]
        entries = self._terms.entries(stems)
        return bool(stems) and all("context" in entries[stem] for stem in stems)

    def containing(self, parts: Sequence[str]) -> tuple[Int64Array, Float32Array]:
        """Return the passages with all `parts` in their text, and their scores."""
        wanted = [term for part in dict.fromkeys(parts) for term in self._part_terms(part)]
        scores: dict[int, float] | None = None if wanted else {}
        for terms in sorted(wanted, key=lambda terms: sum(term.passages for term in terms)):
            weights = {term.dimension: self._part_weight(terms) for term in terms if term.passages}
            if scores is None:
                scores = self._all_with(weights, _ALL) if weights else {}
            else:
                scores = dict(self._among(scores, weights)) if weights else {}
        numbers = np.fromiter(scores or {}, dtype=np.int64)
        return numbers, np.fromiter((scores or {}).values(), dtype=np.float32)

    def _part_terms(self, part: str) -> list[list[FieldTerm]]:
        """Return what a passage must have of a part: of each group at least one."""
        pairs = bigrams_of_folded(part)
        if not pairs:
            stem = self.stem(part)
            return [[self._terms.entries([stem])[stem].get("words", NO_FIELD)]]
        if len(part) == 1:  # it is alone, or the first or the second of a pair
            return [self._terms.bigrams_with(part)]
        entries = self._terms.entries(pairs)
        return [[entries[pair].get("bigrams", NO_FIELD)] for pair in pairs]

    def _part_weight(self, terms: Sequence[FieldTerm]) -> float:
        return self._idf(terms[0]) if len(terms) == 1 else 1.0

    def _all_with(self, weights: SparseVector, numbers: range) -> dict[int, float]:
        """Return all passages with any of some terms, by halves where they are too many at once."""
        within = f"id >= {numbers.start} and id < {numbers.stop}"
        condition = "" if numbers == _ALL else within
        hits = self._server.search(self._collection, "terms", weights, MOST_HITS, condition)
        if len(hits) < MOST_HITS:
            return {number: score for number, score, _ in hits}
        middle = sorted(number for number, _, _ in hits)[len(hits) // 2]
        halves = range(numbers.start, middle), range(middle, numbers.stop)
        return self._all_with(weights, halves[0]) | self._all_with(weights, halves[1])

    def _among(
        self, scores: Mapping[int, float], weights: SparseVector
    ) -> Iterator[tuple[int, float]]:
        """Yield those of some passages that have any of some terms, with the scores added."""
        for condition in conditions(np.fromiter(scores, dtype=np.int64)):
            for number, score, _ in self._server.search(
                self._collection, "terms", weights, MOST_HITS, condition
            ):
                yield number, scores[number] + score


def _product(first: SparseVector, second: SparseVector) -> float:
    """Return the inner product of two vectors."""
    return sum(
        weight * second[dimension] for dimension, weight in first.items() if dimension in second
    )
