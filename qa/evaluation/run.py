"""Ask the questions of a reading set and record the outcome of each."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from index.search.query import Query
from index.search.ranking import CandidateLists, Ranked
from index.search.searcher import CANDIDATES, Searcher
from index.text.folding import FoldedText
from qa.answer import Answer
from qa.answerer import Answerer
from qa.evaluation.metrics import Rank, contains_gold
from qa.evaluation.squad import GoldQuestion, ReadingSet
from qa.evaluation.temporary_store import FOLDS, TemporaryStore, article_id, fold_of
from qa.evaluation.written_scores import WrittenTally
from qa.retrieval import Request, Retrieved

RANKINGS = ("dense", "best_sentence", "lexical", "fusion")
_DEPTH = 100  # passages in which the rank of an article is looked up


@dataclass(frozen=True, slots=True)
class Prediction:
    """The best answer to a question, regardless of the threshold (`"decide": false`).

    `answered` says whether confidence reaches the threshold, `correct` whether the first citation
    contains a gold answer.
    """

    short_answer: str | None
    quote: str | None
    article_id: str | None
    confidence: float
    answered: bool
    correct: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a question whose article is in the store.

    `ranks` are those of its article, by ranking; times are milliseconds of a whole ask and of its
    retrieval. `left_out` is the prediction without the article, if the evaluation asked for it.
    """

    gold: GoldQuestion
    ranks: dict[str, Rank]
    prediction: Prediction
    ask_ms: float
    retrieve_ms: float
    left_out: Prediction | None = None

    @property
    def fault(self) -> str:
        """The kind of error: empty if the first citation contains a gold answer."""
        if self.prediction.correct:
            return ""
        if self.ranks["fusion"] is None:
            return "article not found"
        in_article = self.prediction.article_id == article_id(self.gold.context)
        return "another sentence" if in_article else "another article"


def ask_all(
    reading_set: ReadingSet,
    store: TemporaryStore,
    answerer: Answerer,
    tally: WrittenTally | None = None,
) -> list[Outcome]:
    """Fill the store with the contexts and ask every question; `tally` has a model write, too."""
    questions = reading_set.questions
    searcher = store.fill(reading_set.contexts)
    answerer.ask(Request(questions[0].question), searcher)  # loads the lazily loaded parts
    outcomes = []
    for done, gold in enumerate(questions):
        store.progress("asking", done, len(questions))
        began = time.perf_counter()
        retrieved = answerer.retrieve(Request(gold.question), searcher)
        answer = answerer.answer(retrieved)
        milliseconds = (time.perf_counter() - began) * 1000
        if tally:
            tally.add(retrieved, answer, gold.answers)
        prediction = _prediction(gold, retrieved, answer, answerer, store.canonical_id)
        ranks = _ranks(
            retrieved.question.text, article_id(gold.context), searcher, store.canonical_id
        )
        retrieve_ms = answer.timings_ms.retrieve
        outcomes.append(Outcome(gold, ranks, prediction, milliseconds, retrieve_ms))
    store.progress("asking", len(questions), len(questions))
    return outcomes


def ask_left_out(
    reading_set: ReadingSet, outcomes: Iterable[Outcome], store: TemporaryStore, answerer: Answerer
) -> list[Outcome]:
    """Ask every question again in a store without its article.

    A tenth of the contexts is removed at a time, and the questions about it are asked. Every answer
    is wrong then, even if another article happens to contain the same words.
    """
    folds = {text: fold_of(position) for position, text in enumerate(reading_set.contexts)}
    by_fold: dict[int, list[Outcome]] = {fold: [] for fold in range(FOLDS)}
    for outcome in outcomes:
        by_fold[folds[outcome.gold.context]].append(outcome)
    total = sum(map(len, by_fold.values()))
    asked_again: list[Outcome] = []
    for fold, members in by_fold.items():
        searcher = store.without(fold) if members else None
        for outcome in members:
            store.progress("asking without the article", len(asked_again), total)
            assert searcher is not None
            retrieved = answerer.retrieve(Request(outcome.gold.question), searcher)
            answer = answerer.answer(retrieved)
            prediction = _prediction(outcome.gold, retrieved, answer, answerer, store.canonical_id)
            asked_again.append(replace(outcome, left_out=replace(prediction, correct=False)))
    store.progress("asking without the article", total, total)
    order = {gold.id: position for position, gold in enumerate(reading_set.questions)}
    return sorted(asked_again, key=lambda outcome: order[outcome.gold.id])


def _prediction(
    gold: GoldQuestion,
    retrieved: Retrieved,
    answer: Answer,
    answerer: Answerer,
    canonical_id: Callable[[str], str],
) -> Prediction:
    """Return the answer regardless of the threshold; an answered question is not read again."""
    best = answer
    if not answer.answered:
        request = replace(retrieved.request, decide=False)
        best = answerer.answer(replace(retrieved, request=request))
    first = best.citations[0] if best.citations else None
    quote = first.quote if first else None
    return Prediction(
        best.short_answer,
        quote,
        canonical_id(first.article_id) if first else None,
        answer.confidence,
        answer.answered,
        contains_gold(quote, gold.answers),
    )


def _ranks(
    question: str, right: str, searcher: Searcher, canonical_id: Callable[[str], str]
) -> dict[str, Rank]:
    """Return the rank of the right article in each ranking."""
    query = searcher.query(FoldedText.of(question))
    dense = searcher.dense(query, _DEPTH)
    lexical = searcher.lexical(query, _DEPTH)
    lists = CandidateLists(dense[:CANDIDATES], lexical[:CANDIDATES], 0.0)
    rescored = by_best_sentence(searcher, query, lists)
    fused = [hit.passage.article_id for hit in searcher.search(query, _DEPTH)]
    ranks = {}
    for name, ranked in zip(RANKINGS, (dense, rescored, lexical), strict=False):
        passages = searcher.catalogue.passages(number for number, _ in ranked).values()
        ranks[name] = rank_of(right, [canonical_id(passage.article_id) for passage in passages])
    return {**ranks, "fusion": rank_of(right, list(map(canonical_id, fused)))}


def by_best_sentence(searcher: Searcher, query: Query, lists: CandidateLists) -> Ranked:
    """Rank candidates by late interaction with their best sentence alone, best first."""
    scores = map(float, searcher.compare(query, lists.numbers).scores)
    return sorted(zip(lists.numbers, scores, strict=True), key=lambda hit: (-hit[1], hit[0]))


def rank_of(right: str, articles: Iterable[str]) -> Rank:
    """Return an article's rank among the passages' articles, each counted once.

    >>> rank_of("b", ["a", "a", "b"])
    2
    """
    distinct = list(dict.fromkeys(articles))
    return distinct.index(right) + 1 if right in distinct else None
