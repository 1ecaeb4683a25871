"""Understand a question, and retrieve passages for it and for each of its parties."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from index.search.query import Query
from index.search.searcher import Hit, Searcher
from index.store.catalogue import Filter
from qa.answer import FoundPassage
from qa.entities.names import Names
from qa.question.decompose import Part, asks_each, parts, parts_among
from qa.question.understand import Question, Turn, understand

READ = 8
"""How many passages are read."""

_PARTIES = 8
_NAMING = 3  # passages that name the parties of `各市`


@dataclass(frozen=True, slots=True)
class Request:
    """A question with its history, and how to answer it."""

    question: str
    history: Sequence[Turn] = ()
    k: int = 5
    articles: Filter | None = None
    decide: bool = True


@dataclass(frozen=True, slots=True)
class Retrieval:
    """A question as understood, and its hits."""

    question: Question
    query: Query
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class Party:
    """One of several parties, with the retrieval for its own question."""

    name: str
    retrieval: Retrieval


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Everything retrieved for a question and its parties."""

    request: Request
    searcher: Searcher
    retrieval: Retrieval
    parties: Sequence[Party]
    seconds: float

    @property
    def question(self) -> Question:
        """The question as understood."""
        return self.retrieval.question

    @property
    def passages(self) -> list[FoundPassage]:
        """The passages to show, best first."""
        return [
            FoundPassage(
                hit.passage.article_id,
                hit.passage.title,
                hit.passage.start,
                hit.passage.end,
                hit.passage.text,
                round(hit.score, 4),
            )
            for hit in self.retrieval.hits[: self.request.k]
        ]


def retrieve(request: Request, searcher: Searcher, names: Names) -> Retrieved:
    """Understand the question; retrieve passages for it and its parties."""
    began = time.perf_counter()
    question = understand(request.question, request.history, names)
    retrieval = _retrieval(question, request, searcher)
    parties = []
    for part in _parts(retrieval):
        alone = understand(part.question, (), names)
        parties.append(Party(part.party, _retrieval(alone, request, searcher)))
    return Retrieved(request, searcher, retrieval, parties, time.perf_counter() - began)


def _retrieval(question: Question, request: Request, searcher: Searcher) -> Retrieval:
    query = searcher.query(question.forms)
    return Retrieval(
        question, query, searcher.search(query, max(request.k, READ), request.articles)
    )


def _parts(retrieval: Retrieval) -> list[Part]:
    """Return the parties named by the question or, for `各市`, by its passages; [] if too many."""
    text = retrieval.question.text
    noun = asks_each(text)
    texts = [hit.passage.text for hit in retrieval.hits[:_NAMING]]
    named = parts_among(text, noun, texts) if noun else parts(text)
    return named if 1 < len(named) <= _PARTIES else []
