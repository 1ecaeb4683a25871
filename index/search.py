"""Finds passages: both legs, fused; what a question's words weigh in this collection."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from index.catalogue import Filter, Place
from index.encoder import Encoder
from index.folding import fold
from index.generation import Generation
from index.lexical import Terms
from index.words import Words, bigrams, holds

CANDIDATES = 50
"""How many passages each leg hands to the fusion."""

Ranked = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. Ranks count from 1 and are None where a leg did not find it."""

    place: Place
    score: float
    dense_rank: int | None
    lexical_rank: int | None


class Searcher:
    """Searches one generation. Threads may share it."""

    def __init__(self, generation: Generation, encoder: Encoder, words: Words) -> None:
        self._generation = generation
        self._encoder = encoder
        self._words = words
        self.catalogue = generation.catalogue
        self.manifest = generation.manifest

    def search(self, question: str, k: int = 10, chosen: Filter | None = None) -> list[Hit]:
        """The `k` best passages for a question, best first. Scores are between 0 and 1."""
        allowed = self.catalogue.allowed(chosen) if chosen else None
        dense = self.dense(question, CANDIDATES, allowed)
        lexical = self.lexical(question, CANDIDATES, allowed)
        fused = fuse(dense, lexical, self._matched(question, lexical))[:k]
        places = self.catalogue.places(number for number, _ in fused)
        dense_ranks, lexical_ranks = _ranks(dense), _ranks(lexical)
        return [
            Hit(places[number], score, dense_ranks.get(number), lexical_ranks.get(number))
            for number, score in fused
        ]

    def dense(self, question: str, k: int, allowed: Collection[int] | None = None) -> Ranked:
        """The dense leg alone: passage numbers with cosines."""
        return self._generation.vectors.search(self._encoder.questions([question]), k, allowed)

    def lexical(self, question: str, k: int, allowed: Collection[int] | None = None) -> Ranked:
        """The lexical leg alone: passage numbers with BM25 scores."""
        terms = Terms(self._words.content(question), bigrams(question))
        return self._generation.lexical.search(terms, k, allowed)

    def weights(self, question: str) -> dict[str, float]:
        """The terms of a question and how much each tells: its inverse document frequency."""
        return {term: self._generation.lexical.idf(term) for term in self._words.content(question)}

    def _matched(self, question: str, lexical: Ranked) -> float:
        """How much of the question the lexical leg's best passages hold, 0 to 1."""
        weights = self.weights(question)
        best = self.catalogue.places(number for number, _ in lexical[:3])
        return max(
            (
                coverage(weights, fold(f"{place.title}\n{place.heading or ''}\n{place.text}"))
                for place in best.values()
            ),
            default=0.0,
        )


def coverage(weights: Mapping[str, float], folded: str) -> float:
    """The share, by weight, of terms that a folded text holds; 0 where there are none."""
    total = sum(weights.values())
    if total == 0:
        return 0.0
    return sum(weight for term, weight in weights.items() if holds(folded, term)) / total


def fuse(dense: Ranked, lexical: Ranked, matched: float) -> list[tuple[int, float]]:
    """One ranking of two, best first.

    Scores are scaled to 0..1 within each leg. The lexical leg weighs as much as the share of the
    question that it `matched`, the dense leg by the square of what is left: a question in another
    language than the articles matches next to nothing, and its lexical ranking is noise. The square
    and the half keep a model that does not know the language from doing harm.
    """
    unmatched = 0.5 * (1 - matched) ** 2
    scores: dict[int, float] = {}
    for leg, weight in ((_scaled(dense), unmatched), (_scaled(lexical), matched)):
        for number, score in leg.items():
            scores[number] = scores.get(number, 0.0) + weight * score
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _scaled(leg: Ranked) -> dict[int, float]:
    if not leg:
        return {}
    low, high = min(score for _, score in leg), max(score for _, score in leg)
    spread = high - low
    return {number: (score - low) / spread if spread else 1.0 for number, score in leg}


def _ranks(leg: Ranked) -> dict[int, int]:
    return {number: rank for rank, (number, _) in enumerate(leg, 1)}
