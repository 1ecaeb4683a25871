"""Finds passages: the candidates of both legs, ranked by their best sentence and their words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.best_sentence import BestSentence, Compared
from index.catalogue import Filter, Place
from index.duplicates import spread
from index.encoder import Encoder
from index.generation import Generation
from index.lexical import Alternatives, Wanted
from index.models import static_one
from index.neighbours import Neighbours
from index.sentence_index import Sentences
from index.words import bigrams, holds

CANDIDATES = 50
"""How many passages each leg hands to the second stage."""

_WORDS_COUNT = 0.3
"""What the words' score counts beside the best sentence's: chosen on held-out questions."""

_HIGHEST = 2.5
"""The best sentence's highest score."""

Ranked = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. Ranks count from 1 and are None where a leg did not find it.

    `score` does not depend on what else was found: 0 for a passage that has nothing of the
    question, 1 for one that has all of it in one sentence.
    """

    number: int
    place: Place
    score: float
    dense_rank: int | None
    lexical_rank: int | None


class Searcher:
    """Searches one generation. Threads may share it."""

    def __init__(self, generation: Generation, encoder: Encoder) -> None:
        self._generation = generation
        self._encoder = encoder
        self.words = generation.words
        self._static = static_one(encoder)
        self.catalogue = generation.catalogue
        self.manifest = generation.manifest

    def search(self, question: str, k: int = 10, chosen: Filter | None = None) -> list[Hit]:
        """The `k` best passages for a question, best first; what repeats another comes last."""
        allowed = self.catalogue.allowed(chosen) if chosen else None
        dense = self.dense(question, CANDIDATES, allowed)
        lexical = self.lexical(question, CANDIDATES, allowed)
        fused = self._fused(question, self.rescored(question, dense, lexical), lexical)
        numbers = spread([number for number, _ in fused], self._sentences, k)
        places = self.catalogue.places(numbers)
        scores, dense_ranks, lexical_ranks = dict(fused), _ranks(dense), _ranks(lexical)
        return [
            Hit(
                number,
                places[number],
                scores[number],
                dense_ranks.get(number),
                lexical_ranks.get(number),
            )
            for number in numbers
        ]

    def dense(self, question: str, k: int, allowed: Collection[int] | None = None) -> Ranked:
        """The dense leg alone: passage numbers with cosines."""
        return self._generation.vectors.search(self._encoder.questions([question]), k, allowed)

    def lexical(self, question: str, k: int, allowed: Collection[int] | None = None) -> Ranked:
        """The lexical leg alone: passage numbers with BM25 scores."""
        wanted = Wanted(self._alternatives(question), bigrams(question))
        return self._generation.lexical.search(wanted, k, allowed)

    def rescored(self, question: str, dense: Ranked, lexical: Ranked) -> Ranked:
        """The candidates of both legs by their best sentence, best first."""
        numbers = list(dict.fromkeys(number for number, _ in [*dense, *lexical]))
        scores = map(float, self.compared(question, numbers).scores)
        return sorted(zip(numbers, scores, strict=True), key=_best_first)

    def compared(self, question: str, numbers: Sequence[int]) -> Compared:
        """A question beside the sentences of some passages, in the order given."""
        return BestSentence(question, self._static).compared(self._sentences(numbers))

    def weights(self, question: str) -> dict[str, float]:
        """The terms of a question and how much each tells: its inverse document frequency."""
        return {term: self._generation.lexical.idf(term) for term in self.words.content(question)}

    def _fused(self, question: str, alike: Ranked, lexical: Ranked) -> Ranked:
        """Both scores in one.

        BM25 is measured by what the question's words could bring at most, so that it weighs as
        much as it matched: an English question that next to nothing answers by its letters is
        ranked by its meaning alone.
        """
        highest = sum(self.weights(question).values())
        words = dict(lexical) if highest else {}
        fused = (
            (number, score + _WORDS_COUNT * words.get(number, 0.0) / (highest or 1.0))
            for number, score in alike
        )
        most = _HIGHEST + _WORDS_COUNT
        return sorted(
            ((number, min(1.0, score / most)) for number, score in fused), key=_best_first
        )

    def _alternatives(self, question: str) -> list[Alternatives]:
        """Each word of the question in all ways that the articles may write it.

        Names that the articles or the user define as one stand beside the words they are made of.
        """
        words = self.words.content(question)
        near = self._neighbours.of(words) if self._neighbours else {}
        ways: list[Alternatives] = [{(word,): 1.0} | _single(near.get(word, {})) for word in words]
        for forms in self._generation.synonyms.alternatives(question).values():
            ways.append({tuple(self.words.terms(form)): 1.0 for form in forms})
        return ways

    @cached_property
    def _neighbours(self) -> Neighbours | None:
        """Only an index of a static model knows which words of its vocabulary it has."""
        sentences = self._generation.sentences
        if sentences is None:
            return None
        return Neighbours(self._static, sentences.vocabulary(), self._generation.lexical)

    def _sentences(self, numbers: Iterable[int]) -> Sentences:
        """The sentences of passages; cut here where the index has none, as its model isn't ours."""
        if self._generation.sentences is not None:
            return self._generation.sentences.take(numbers)
        texts = [place.text for place in self.catalogue.places(numbers).values()]
        return Sentences.of(texts, self._static)


def _single(words: Mapping[str, float]) -> dict[tuple[str, ...], float]:
    return {(word,): near for word, near in words.items()}


def coverage(weights: Mapping[str, float], folded: str) -> float:
    """The share, by weight, of terms that a folded text holds; 0 where there are none."""
    total = sum(weights.values())
    if total == 0:
        return 0.0
    return sum(weight for term, weight in weights.items() if holds(folded, term)) / total


def _best_first(item: tuple[int, float]) -> tuple[float, int]:
    return -item[1], item[0]


def _ranks(leg: Ranked) -> dict[int, int]:
    return {number: rank for rank, (number, _) in enumerate(leg, 1)}
