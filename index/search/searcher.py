"""Finds passages: the candidates of both legs, ranked by their sentences."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from index.arrays import Int64Array
from index.models.encoder import Encoder, Reranker
from index.models.loading import static_one
from index.search.deduplicate import spread
from index.search.generation import Generation
from index.search.late_interaction import LateInteraction, SentenceScores
from index.search.lexical import Alternatives, LexicalQuery
from index.search.query import ABBREVIATED, QueryTerms
from index.search.query_expansion import Neighbours
from index.search.ranking import CandidateLists, Ranked, Scored, ranks, score
from index.search.sentence_index import Sentences
from index.store.catalogue import Filter, PassageRecord
from index.text.analyzer import bigrams
from index.text.folding import fold

CANDIDATES = 50
"""How many passages each leg hands to the second stage."""

_REMEMBERED = 64  # questions

_SAME = 0.5
"""The cosine from which on two words of different scripts say the same; names lie above it."""

RERANKED = 20
"""How many passages a cross-encoder reads, where there is one."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. Ranks count from 1 and are None where a leg did not find it.

    `score` is how likely the passage holds the answer, 0 to 1; `sentences` are the logits of that
    for each of its sentences.
    """

    number: int
    passage: PassageRecord
    score: float
    sentences: tuple[float, ...]
    dense_rank: int | None
    lexical_rank: int | None


class Searcher:
    """Searches one generation. Threads may share it."""

    def __init__(
        self, generation: Generation, encoder: Encoder, reranker: Reranker | None = None
    ) -> None:
        self._generation = generation
        self._encoder = encoder
        self._reranker = reranker
        self.words = generation.analyzer
        self._static = static_one(encoder)
        self.catalogue = generation.catalogue
        self.manifest = generation.manifest
        # An answer asks for these several times.
        self._content = lru_cache(_REMEMBERED)(self._content_of)
        self._near = lru_cache(_REMEMBERED)(self._near_of)

    def search(self, question: str, k: int = 10, chosen: Filter | None = None) -> list[Hit]:
        """The `k` best passages for a question, best first; what repeats another comes last."""
        return self.among(question, k, self.catalogue.allowed(chosen) if chosen else None)

    def among(self, question: str, k: int, allowed: Collection[int] | None) -> list[Hit]:
        """The `k` best of some passages, by their numbers, or of all."""
        legs = self.legs(question, allowed)
        candidates = legs.numbers
        scored = score(self.compared(question, candidates), legs)
        ranked = np.argsort(-scored.passages, kind="stable")
        if self._reranker is not None and len(ranked):
            scored = self._reranked(self._reranker, question, scored, candidates, ranked)
            best = ranked[:RERANKED]
            ranked = np.concatenate([best[np.argsort(-scored.passages[best])], ranked[RERANKED:]])
        rows = dict(zip([candidates[row] for row in ranked], ranked.tolist(), strict=True))
        numbers = spread(list(rows), self._sentences, k)
        places = self.catalogue.places(numbers)
        likely, dense, lexical = scored.probabilities, ranks(legs.dense), ranks(legs.lexical)
        return [
            Hit(
                number,
                places[number],
                float(likely[rows[number]]),
                scored.of(rows[number]),
                dense.get(number),
                lexical.get(number),
            )
            for number in numbers
        ]

    def _reranked(
        self,
        reranker: Reranker,
        question: str,
        scored: Scored,
        numbers: Sequence[int],
        ranked: Int64Array,
    ) -> Scored:
        """The best passages as the cross-encoder judges them."""
        best = ranked[:RERANKED].tolist()
        places = self.catalogue.places(numbers[row] for row in best)
        texts = [f"{place.title}\n{place.text}" for place in places.values()]
        return scored.moved(best, reranker.logits(question, texts))

    def legs(self, question: str, allowed: Collection[int] | None = None) -> CandidateLists:
        """The candidates of both legs."""
        return CandidateLists(
            self.dense(question, CANDIDATES, allowed),
            self.lexical(question, CANDIDATES, allowed),
            sum(self.weights(question).values()),
        )

    def dense(self, question: str, k: int, allowed: Collection[int] | None = None) -> Ranked:
        """The dense leg alone: passage numbers with cosines."""
        return self._generation.vectors.search(self._encoder.questions([question]), k, allowed)

    def lexical(self, question: str, k: int, allowed: Collection[int] | None = None) -> Ranked:
        """The lexical leg alone: passage numbers with BM25 scores."""
        wanted = LexicalQuery(self._alternatives(question), bigrams(question))
        return self._generation.lexical.search(wanted, k, allowed)

    def rescored(self, question: str, dense: Ranked, lexical: Ranked) -> Ranked:
        """The candidates of both legs by their best sentence, best first."""
        numbers = CandidateLists(dense, lexical, 0.0).numbers
        scores = map(float, self.compared(question, numbers).scores)
        return sorted(zip(numbers, scores, strict=True), key=_best_first)

    def compared(self, question: str, numbers: Sequence[int]) -> SentenceScores:
        """A question beside the sentences of some passages, in the order given."""
        return LateInteraction(question, self._static).compared(self._sentences(numbers))

    def weights(self, question: str) -> dict[str, float]:
        """The terms of a question and how much each tells: its inverse document frequency."""
        return {term: self._generation.lexical.idf(term) for term in self._content(question)}

    def terms(self, question: str) -> QueryTerms:
        """The terms of a question with all ways that the articles may write them."""
        weights, near = self.weights(question), self._near(question)
        ways = ABBREVIATED | {
            word: tuple(other for other, cosine in found.items() if cosine >= _SAME)
            for word, found in near.items()
        }
        for name, forms in self._generation.synonyms.alternatives(question).items():
            ways[name] = (*ways.get(name, ()), *map(fold, forms))
        return QueryTerms(weights, ways)

    def mentions(self, name: str) -> bool:
        """Whether any article may hold a name, in any way to write it that is known here."""
        ways = self.terms(name).ways.get(fold(name), ())
        lexical = self._generation.lexical
        # Titles and headings are known by their words alone.
        return any(map(lexical.mentions, (fold(name), *ways))) or lexical.titled(
            self.words.terms(name)
        )

    def _alternatives(self, question: str) -> list[Alternatives]:
        """Each word of the question in all ways that the articles may write it.

        Names that the articles or the user define as one stand beside the words they are made of.
        """
        words, near = self._content(question), self._near(question)
        ways: list[Alternatives] = [{(word,): 1.0} | _single(near.get(word, {})) for word in words]
        for forms in self._generation.synonyms.alternatives(question).values():
            ways.append({tuple(self.words.terms(form)): 1.0 for form in forms})
        return ways

    def _content_of(self, question: str) -> list[str]:
        return self.words.content(question)

    def _near_of(self, question: str) -> dict[str, dict[str, float]]:
        """The words of the other script that are near each word of a question."""
        return self._neighbours.of(self._content(question)) if self._neighbours else {}

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


def _best_first(item: tuple[int, float]) -> tuple[float, int]:
    return -item[1], item[0]
