"""Search one generation: prepare, retrieve, rank, demote near-duplicates.

The steps are in `query_expansion`, `candidate_search`, `late_interaction`, `ranking` and
`deduplicate`; following a changing index is left to `live`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.arrays import Int64Array
from index.library.catalogue import PassageRecord
from index.listing.article_filter import Filter
from index.listing.article_finder import ArticleFinder
from index.listing.article_table import ArticleTable
from index.models.encoder import (
    Encoder,
    Reranker,
    SentenceEncoder,
    Vectors,
    scores_sentences,
)
from index.models.loading import bundled
from index.search.candidate_search import CandidateSearch
from index.search.deduplicate import demote_duplicates
from index.search.dense.known_words import KnownWords
from index.search.generation import Generation
from index.search.late_interaction import LateInteraction, SentenceScores
from index.search.lexical_index import Alternatives, inverse_frequency
from index.search.query import Query, QueryTerms
from index.search.query_expansion import NearWords, Neighbours, alternatives_of, other_forms_of
from index.search.ranking import CandidateLists, CandidateScores, PassageRanker, Ranked, ranks
from index.search.sentence_index import Sentences
from index.search.vocabulary import Vocabulary
from index.text.analyzer import bigrams_of_folded
from index.text.folding import FoldedText

CANDIDATES = 50
"""Number of passages that dense and lexical retrieval propose each."""

RERANKED = 20
"""Number of passages that a cross-encoder reads, if there is one."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked passage.

    `score` is its probability to answer, 0 to 1, and `sentences` are the logits of its sentences.
    Ranks count from 1; None means that dense or lexical retrieval did not propose it.
    """

    number: int
    passage: PassageRecord
    score: float
    sentences: tuple[float, ...]
    dense_rank: int | None
    lexical_rank: int | None


@dataclass(frozen=True, slots=True)
class SearchModels:
    """The models that a search needs. Threads may share them.

    Sentences are scored by the vectors of their tokens, which not every encoder has.
    """

    encoder: Encoder
    sentence_encoder: SentenceEncoder
    ranker: PassageRanker
    reranker: Reranker | None = None

    @classmethod
    def of(
        cls,
        encoder: Encoder,
        reranker: Reranker | None = None,
        fallback: SentenceEncoder | None = None,
    ) -> "SearchModels":
        """Put the encoder beside the shipped ranker.

        Sentences are scored by `fallback`, by default the bundled encoder, if the encoder itself
        can't.
        """
        own = encoder if scores_sentences(encoder) else (fallback or bundled())
        return cls(encoder, own, PassageRanker(), reranker)

    def load_shared(self) -> None:
        """Load what may be loaded before processes are forked, which then share it."""
        self.sentence_encoder.embed_questions(["warm up"])

    def load(self) -> None:
        """Load the lazily loaded parts now, so that the first question does not wait."""
        for encoder in (self.encoder, self.sentence_encoder):
            encoder.embed_questions(["warm up"])
        self.ranker.load()


class Searcher:
    """Search over one generation; `known` are words of an earlier one. Threads may share it."""

    def __init__(
        self, generation: Generation, models: SearchModels, known: KnownWords | None = None
    ) -> None:
        self.known_words = known
        self._generation = generation
        self._models = models
        self._candidates = CandidateSearch(generation)
        self.catalogue = generation.catalogue
        self.manifest = generation.manifest

    def query(self, question: FoldedText) -> Query:
        """Prepare a question for search in this generation."""
        words = self._generation.analyzer.content_terms_of_folded(question)
        near = self._near_words(words)
        synonyms = self._generation.synonyms.alternatives(question)
        lexical = self._generation.lexical
        frequencies = dict(zip(words, lexical.frequencies(words), strict=True))
        passages = len(lexical)
        weights = {word: inverse_frequency(count, passages) for word, count in frequencies.items()}
        return Query(
            question,
            QueryTerms(weights, other_forms_of(near, synonyms), passages),
            self._alternatives(frequencies, near, synonyms),
            bigrams_of_folded(question.folded),
            self._models.encoder.embed_questions([question.text]),
        )

    def search(self, query: Query, k: int = 10, articles: Filter | None = None) -> list[Hit]:
        """Return the `k` best passages, best first, with near-duplicates moved last.

        With `articles`, only passages of the articles that pass the filter are searched.
        """
        if not articles:
            return self.search_among(query, k, None)
        allowed = self.articles.passages_of(articles)
        return self.search_among(query, k, allowed, articles.articles)

    def search_among(
        self, query: Query, k: int, allowed: Int64Array | None, among: Sequence[str] = ()
    ) -> list[Hit]:
        """Search as `search` does, among the passage numbers `allowed` or, if None, all.

        A passage that several articles have is that of the first of them or, if given, of those
        `among` which is searched.
        """
        lists = self.candidates(query, allowed)
        candidates = lists.numbers
        sentences = self._sentences(candidates)
        scored = self._models.ranker.score(self._compared(query, sentences), lists)
        ranked = np.argsort(-scored.passages, kind="stable")
        if self._models.reranker is not None and len(ranked):
            scored = self._reranked(self._models.reranker, query, scored, candidates, ranked)
            best = ranked[:RERANKED]
            ranked = np.concatenate([best[np.argsort(-scored.passages[best])], ranked[RERANKED:]])
        rows = {candidates[row]: row for row in demote_duplicates(ranked, sentences, k)}
        passages = self.catalogue.passages(rows, among)
        likely, dense, lexical = scored.probabilities, ranks(lists.dense), ranks(lists.lexical)
        return [
            Hit(
                number,
                passages[number],
                float(likely[row]),
                scored.of(row),
                dense.get(number),
                lexical.get(number),
            )
            for number, row in rows.items()
        ]

    def _reranked(
        self,
        reranker: Reranker,
        query: Query,
        scored: CandidateScores,
        numbers: Sequence[int],
        ranked: Int64Array,
    ) -> CandidateScores:
        """Replace the scores of the best passages by the cross-encoder's."""
        best = ranked[:RERANKED].tolist()
        passages = self.catalogue.passages(numbers[row] for row in best)
        texts = [f"{passage.title}\n{passage.text}" for passage in passages.values()]
        return scored.with_passage_logits(best, reranker.logits(query.text, texts))

    def candidates(self, query: Query, allowed: Int64Array | None = None) -> CandidateLists:
        """Retrieve the candidates of dense and lexical retrieval."""
        return self._candidates.search(query, CANDIDATES, allowed)

    def dense(self, query: Query, k: int, allowed: Int64Array | None = None) -> Ranked:
        """Run dense retrieval alone: passage numbers with cosines."""
        return self._candidates.dense(query, k, allowed)

    def lexical(self, query: Query, k: int, allowed: Int64Array | None = None) -> Ranked:
        """Run lexical retrieval alone: passage numbers with BM25 scores."""
        return self._candidates.lexical(query, k, allowed)

    def compare(self, query: Query, numbers: Sequence[int]) -> SentenceScores:
        """Compare the question with the sentences of some passages, in the order given."""
        return self._compared(query, self._sentences(numbers))

    def _compared(self, query: Query, sentences: Sentences) -> SentenceScores:
        encoder = self._models.sentence_encoder
        vector = query.vector if self._models.encoder is encoder else None
        return LateInteraction(query.text, encoder, vector).compare(sentences)

    @cached_property
    def articles(self) -> ArticleTable:
        """The articles of the generation."""
        return ArticleTable(self.catalogue)

    @cached_property
    def finder(self) -> ArticleFinder:
        """The search for articles of the generation."""
        return ArticleFinder(self.articles, self._generation.lexical, self.catalogue)

    def count(self, articles: Filter | None = None) -> int:
        """Return how many articles there are, or how many pass a filter."""
        if not articles:
            return self.manifest.articles
        return int(self.articles.passing(articles).sum())

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the articles and of the encoder."""
        return Vocabulary(self._generation.lexical, self._models.sentence_encoder)

    def sentence_vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of sentences, `(n, dim)`; zero for one without a known token."""
        return self._models.sentence_encoder.embed_passages(texts)

    def mentions(self, name: str) -> bool:
        """Return whether any article may mention a name, in any known form of it."""
        folded_name = FoldedText.of(name)
        near = self._near_words(self._generation.analyzer.content_terms_of_folded(folded_name))
        synonyms = self._generation.synonyms.alternatives(folded_name)
        other_forms = other_forms_of(near, synonyms).get(folded_name.folded, ())
        lexical = self._generation.lexical
        # The index has only the words of titles and headings, not their bigrams.
        return any(map(lexical.mentions, (folded_name.folded, *other_forms))) or lexical.has_title(
            self._generation.analyzer.terms_of_folded(folded_name.folded)
        )

    def _alternatives(
        self, words: Mapping[str, int], near: NearWords, synonyms: Mapping[str, Sequence[str]]
    ) -> list[Alternatives]:
        """Return a question's words, given with frequencies, and their spellings in the articles.

        Synonyms of names are added as alternatives of their own, beside the words of the names.
        """
        alternatives = [
            choice
            for word, frequency in words.items()
            for choice in alternatives_of(word, near.get(word, {}), is_known=frequency > 0)
        ]
        terms_of = self._generation.analyzer.terms_of_folded
        for forms in synonyms.values():
            alternatives.append({tuple(terms_of(form)): 1.0 for form in forms})
        return alternatives

    def _near_words(self, words: Sequence[str]) -> NearWords:
        """Return, per word of a question, the near words of the other script."""
        return self._neighbours.of(words) if self._neighbours else {}

    @cached_property
    def _neighbours(self) -> Neighbours | None:
        """The vocabulary of the articles; None if the index has no sentences."""
        sentences, encoder = self._generation.sentences, self._models.sentence_encoder
        if sentences is None:
            return None
        self.known_words = KnownWords(encoder, sentences.vocabulary(), self.known_words)
        return Neighbours(encoder, self.known_words, self._generation.lexical)

    def _sentences(self, numbers: Iterable[int]) -> Sentences:
        """Return the sentences of passages, split here if the index has none."""
        if self._generation.sentences is not None:
            return self._generation.sentences.take(numbers)
        texts = [passage.text for passage in self.catalogue.passages(numbers).values()]
        return Sentences.of(texts, self._models.sentence_encoder)
