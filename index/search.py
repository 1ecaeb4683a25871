"""Finds passages: both legs, rescored and fused; what a question's words weigh here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from index.best_sentence import BestSentence
from index.catalogue import Filter, Place
from index.encoder import Encoder
from index.folding import fold
from index.generation import Generation
from index.lexical import Terms
from index.static import StaticEncoder
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
        alike = self.rescored(question, dense, lexical)
        matched = self._matched(question, lexical)
        fused = fuse((alike, self._trust(matched)), (lexical, matched))[:k]
        places = self.catalogue.places(number for number, _ in fused)
        dense_ranks, lexical_ranks = _ranks(dense), _ranks(lexical)
        return [
            Hit(places[number], score, dense_ranks.get(number), lexical_ranks.get(number))
            for number, score in fused
        ]

    def dense(self, question: str, k: int, allowed: Collection[int] | None = None) -> Ranked:
        """The dense leg alone: passage numbers with cosines."""
        return self._generation.vectors.search(self._encoder.questions([question]), k, allowed)

    def rescored(self, question: str, dense: Ranked, lexical: Ranked) -> Ranked:
        """The candidates of both legs by their best sentence, best first.

        A model that is not static has no second stage: what the dense leg has found stays as it is.
        """
        sentences = self._generation.sentences
        if sentences is None or not isinstance(self._encoder, StaticEncoder):
            return dense
        numbers = list(dict.fromkeys(number for number, _ in [*dense, *lexical]))
        scores = BestSentence(question, self._encoder).scores(sentences.take(numbers))
        scored = zip(numbers, map(float, scores), strict=True)
        return sorted(scored, key=lambda item: (-item[1], item[0]))

    def lexical(self, question: str, k: int, allowed: Collection[int] | None = None) -> Ranked:
        """The lexical leg alone: passage numbers with BM25 scores."""
        terms = Terms(self._words.content(question), bigrams(question))
        return self._generation.lexical.search(terms, k, allowed)

    def weights(self, question: str) -> dict[str, float]:
        """The terms of a question and how much each tells: its inverse document frequency."""
        return {term: self._generation.lexical.idf(term) for term in self._words.content(question)}

    def _trust(self, matched: float) -> float:
        """What the dense leg weighs where the lexical leg weighs as much as it `matched`.

        A question in another language than the articles matches next to nothing, and its lexical
        ranking is noise. Scored by the best sentence, the dense leg counts in full: on held-out
        questions that is best. One vector a passage tells less, and another model may not know the
        language at all: it counts by half the square of what is left.
        """
        if self._generation.sentences is not None:
            return 1.0
        return 0.5 * (1 - matched) ** 2

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


def fuse(*legs: tuple[Ranked, float]) -> list[tuple[int, float]]:
    """One ranking of several, each with its weight, best first.

    Scores are scaled to 0..1 within each leg, and their weighted mean is between 0 and 1 again.
    """
    total = sum(weight for _, weight in legs) or 1.0
    scores: dict[int, float] = {}
    for leg, weight in legs:
        for number, score in _scaled(leg).items():
            scores[number] = scores.get(number, 0.0) + weight / total * score
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _scaled(leg: Ranked) -> dict[int, float]:
    if not leg:
        return {}
    low, high = min(score for _, score in leg), max(score for _, score in leg)
    spread = high - low
    return {number: (score - low) / spread if spread else 1.0 for number, score in leg}


def _ranks(leg: Ranked) -> dict[int, int]:
    return {number: rank for rank, (number, _) in enumerate(leg, 1)}
