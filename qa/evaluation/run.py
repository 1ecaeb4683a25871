"""Asks the questions of a reading set and keeps what came of each."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from index.search.searcher import CANDIDATES, Searcher
from index.text.folding import FoldedText
from qa.answer import Answer
from qa.answerer import Answerer, Request, Retrieved
from qa.evaluation.metrics import Rank, holds
from qa.evaluation.squad import Asked, ReadingSet
from qa.evaluation.temporary_store import FOLDS, TemporaryStore, article_id, fold_of

LEGS = ("dense", "best_sentence", "lexical", "fusion")
_DEPTH = 100  # passages looked at for the rank of an article


@dataclass(frozen=True, slots=True)
class Given:
    """What was given for one question, as if no threshold were set (`"decide": false`).

    `answered` is what the threshold makes of it. A right first citation holds a gold answer.
    """

    short_answer: str | None
    quote: str | None
    article_id: str | None
    confidence: float
    answered: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question whose article is in the store.

    `ranks` are those of its article, by leg; times are milliseconds of a whole ask and of its
    retrieval. `left_out` is what was given without the article, where that was asked.
    """

    asked: Asked
    ranks: dict[str, Rank]
    given: Given
    ask_ms: float
    retrieve_ms: float
    left_out: Given | None = None

    @property
    def fault(self) -> str:
        """What went wrong: empty where the first citation holds a gold answer."""
        if self.given.right:
            return ""
        if self.ranks["fusion"] is None:
            return "article not found"
        is_there = self.given.article_id == article_id(self.asked.context)
        return "another sentence" if is_there else "another article"


def ask_all(reading_set: ReadingSet, shelf: TemporaryStore, answerer: Answerer) -> list[Outcome]:
    """Asks every question with its article in the store; fills the shelf for it."""
    searcher = shelf.fill(reading_set.contexts)
    answerer.ask(Request(reading_set.asked[0].question), searcher)  # loads what loads late
    outcomes = []
    for done, asked in enumerate(reading_set.asked):
        shelf.progress("asking", done, len(reading_set.asked))
        began = time.perf_counter()
        found = answerer.retrieve(Request(asked.question), searcher)
        answer = answerer.answer(found)
        taken = (time.perf_counter() - began) * 1000
        given = _given(asked, found, answer, answerer, shelf.same)
        ranks = _ranks(found.question.text, article_id(asked.context), searcher, shelf.same)
        outcomes.append(Outcome(asked, ranks, given, taken, answer.timings_ms.retrieve))
    shelf.progress("asking", len(reading_set.asked), len(reading_set.asked))
    return outcomes


def ask_left_out(
    reading_set: ReadingSet, outcomes: Iterable[Outcome], shelf: TemporaryStore, answerer: Answerer
) -> list[Outcome]:
    """Asks every question once more, in a store that lacks its article.

    A tenth of the contexts is away at a time, and the questions about it are asked. Whatever is
    said then is wrong, even where another article happens to hold the same words.
    """
    parts = {text: fold_of(position) for position, text in enumerate(reading_set.contexts)}
    by_part: dict[int, list[Outcome]] = {part: [] for part in range(FOLDS)}
    for outcome in outcomes:
        by_part[parts[outcome.asked.context]].append(outcome)
    total = sum(map(len, by_part.values()))
    asked_again: list[Outcome] = []
    for part, members in by_part.items():
        searcher = shelf.without(part) if members else None
        for outcome in members:
            shelf.progress("asking without the article", len(asked_again), total)
            assert searcher is not None
            found = answerer.retrieve(Request(outcome.asked.question), searcher)
            answer = answerer.answer(found)
            given = _given(outcome.asked, found, answer, answerer, shelf.same)
            asked_again.append(replace(outcome, left_out=replace(given, right=False)))
    shelf.progress("asking without the article", total, total)
    order = {asked.id: position for position, asked in enumerate(reading_set.asked)}
    return sorted(asked_again, key=lambda outcome: order[outcome.asked.id])


def _given(
    asked: Asked,
    found: Retrieved,
    answer: Answer,
    answerer: Answerer,
    same: Callable[[str], str],
) -> Given:
    """The answer as if no threshold were set; what was answered anyway is read only once."""
    best = answer
    if not answer.answered:
        best = answerer.answer(replace(found, request=replace(found.request, decide=False)))
    first = best.citations[0] if best.citations else None
    quote = first.quote if first else None
    return Given(
        best.short_answer,
        quote,
        same(first.article_id) if first else None,
        answer.confidence,
        answer.answered,
        holds(quote, asked.golds),
    )


def _ranks(
    question: str, right: str, searcher: Searcher, same: Callable[[str], str]
) -> dict[str, Rank]:
    """The rank of the right article in each leg, and in their fusion."""
    query = searcher.query(FoldedText.of(question))
    dense = searcher.dense(query, _DEPTH)
    lexical = searcher.lexical(query, _DEPTH)
    rescored = searcher.rescored(query, dense[:CANDIDATES], lexical[:CANDIDATES])
    fused = [hit.passage.article_id for hit in searcher.search(query, _DEPTH)]
    found = {}
    for leg, ranked in zip(LEGS, (dense, rescored, lexical), strict=False):
        places = searcher.catalogue.places(number for number, _ in ranked)
        found[leg] = rank_of(right, [same(place.article_id) for place in places.values()])
    return {**found, "fusion": rank_of(right, list(map(same, fused)))}


def rank_of(right: str, articles: Iterable[str]) -> Rank:
    """The rank of an article among those of the passages found, each article kept once."""
    kept = list(dict.fromkeys(articles))
    return kept.index(right) + 1 if right in kept else None
