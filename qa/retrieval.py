"""Understand a question, and retrieve passages for it and for each of its parties."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.listing.article_filter import Filter
from index.search.query import Query
from index.search.searcher import Hit, Searcher
from index.text.folding import FoldedText, fold
from qa.answer import FoundPassage, Rewriting, SearchResult
from qa.entities.names import Names
from qa.language import language_of
from qa.question.article_clues import ArticleClues
from qa.question.decompose import Part, asks_each, parts, parts_among
from qa.question.institution import named
from qa.question.overview_request import Subject, subject_of
from qa.question.spelling import respelled
from qa.question.understand import Question, Turn, understand, understand_folded
from qa.talk.page_answer import page_answer
from qa.talk.small_talk import is_small_talk

LONGEST_QUESTION = 2000
"""Characters that a question may have, whoever asks it."""

READ = 8
"""How many passages are read."""

_PARTIES = 8
_NAMING = 3  # passages that name the parties of `各市`
_BEARING_OUT = 3  # passages that tell whether a slip is one
_BORNE_OUT = 0.65  # of the words asked, by weight
_BARE = 2  # words of a question that says nothing of what it is about
_LEANING = re.compile(
    r"它|[他她]们?(?![国人])|其(?![他它中实余次间])|[该这那](?!么)|上述|前者|后者|刚才|呢[?？]?$|"
    r"\b(?:it|its|they|them|their|he|she|him|his|her|that|this|these|those|there|former|latter|"
    r"ones?|same|else)\b"
)


@dataclass(frozen=True, slots=True)
class Request:
    """A question with its history, and how to answer it; `rewriting` is what a model made of it."""

    question: str
    history: Sequence[Turn] = ()
    k: int = 5
    articles: Filter | None = None
    decide: bool = True
    rewriting: Rewriting | None = None

    @property
    def turns(self) -> list[Turn]:
        """The history without greetings and thanks, after which a question leans as before."""
        return [
            turn for turn in self.history if turn.role != "user" or not is_small_talk(turn.content)
        ]

    @property
    def earlier(self) -> list[str]:
        """The questions before this one, oldest first."""
        return [turn.content for turn in self.turns if turn.role == "user"]


@dataclass(frozen=True, slots=True)
class Retrieval:
    """A question as understood, and its hits; `subject` is what it asks an overview of.

    `articles` is the number of articles that were asked.
    """

    question: Question
    query: Query
    hits: list[Hit]
    articles: int
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One of several parties, with the retrieval for its own question."""

    name: str
    retrieval: Retrieval


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Everything retrieved for a question and its parties.

    `page_answer` is what Yiju itself says, if the articles are not asked; there are no hits then.
    """

    request: Request
    searcher: Searcher
    retrieval: Retrieval
    parties: Sequence[Party]
    seconds: float
    page_answer: str | None = None

    @property
    def question(self) -> Question:
        """The question as understood."""
        return self.retrieval.question

    @property
    def passages(self) -> list[FoundPassage]:
        """The passages to show, best first."""
        return list(map(_passage_of, self.retrieval.hits[: self.request.k]))


def search_passages(text: str, k: int, articles: Filter | None, searcher: Searcher) -> SearchResult:
    """Return the `k` best passages for a query, as it stands."""
    hits = searcher.search(searcher.query(FoldedText.of(text)), k, articles)
    return SearchResult(list(map(_passage_of, hits)), searcher.manifest.version)


def _passage_of(hit: Hit) -> FoundPassage:
    return FoundPassage(
        hit.passage.article_id,
        hit.passage.title,
        hit.passage.start,
        hit.passage.end,
        hit.passage.text,
        round(hit.score, 4),
        hit.dense_rank,
        hit.lexical_rank,
        hit.passage.source,
        hit.passage.published,
        hit.passage.url,
        hit.passage.heading,
    )


def retrieve(request: Request, searcher: Searcher, names: Names) -> Retrieved:
    """Understand the question; retrieve passages for it and its parties."""
    began = time.perf_counter()
    asked = FoldedText.of(request.question)
    earlier = request.earlier
    if said := page_answer(asked, earlier, searcher, request.articles):
        question = understand_folded(asked, (), names)
        nothing = Retrieval(question, searcher.query(question.forms), [], 0)
        return Retrieved(request, searcher, nothing, (), time.perf_counter() - began, said)
    clues = ArticleClues(searcher)
    question = _understood(request, asked, names, clues)
    subject = subject_of(question.forms, earlier)
    retrieval = _retrieval(question, request, searcher, subject)

    def reworded(whole: str) -> Retrieval:
        about = understand(whole, (), names)
        about = replace(about, language=question.language, interpreted=whole)
        return _retrieval(about, request, searcher, subject_of(about.forms, earlier))

    if mended := respelled(question.forms, searcher.vocabulary, names):
        likely = reworded(mended)
        retrieval = likely if _bears_out(likely, retrieval) else retrieval
    if whole := named(retrieval.question.forms, _texts(retrieval.hits), names):
        retrieval = reworded(whole)
    parties = []
    for part in _parts(retrieval, names):
        alone = understand(part.question, (), names)
        parties.append(Party(part.party, _retrieval(alone, request, searcher)))
    return Retrieved(request, searcher, retrieval, parties, time.perf_counter() - began)


def leans(request: Request, searcher: Searcher, names: Names) -> bool:
    """Return whether a question leans on the history, and the rules leave it as it is."""
    asked, earlier = FoldedText.of(request.question), request.earlier
    if not earlier or page_answer(asked, earlier, searcher, request.articles):
        return False
    alone = understand_folded(asked, (), names)
    read = understand_folded(asked, request.turns, names, ArticleClues(searcher).together)
    if read.text != alone.text:
        return False
    is_bare = not alone.required and len(names.parts(asked.text)) <= _BARE
    return _LEANING.search(asked.folded) is not None or is_bare


def _understood(request: Request, asked: FoldedText, names: Names, clues: ArticleClues) -> Question:
    """Understand a question as a model rewrote it, or else by the rules."""
    whole = request.rewriting.question if request.rewriting else None
    if whole is None:
        return understand_folded(asked, request.turns, names, clues.together)
    rewritten = understand(whole, (), names)
    return replace(rewritten, language=language_of(asked), interpreted=whole)


def _retrieval(
    question: Question, request: Request, searcher: Searcher, subject: Subject | None = None
) -> Retrieval:
    forms = question.forms
    if subject is not None and subject.text and not subject.is_bare:
        forms = FoldedText.of(subject.text)  # `介绍一下` says nothing of what is sought
    query = searcher.query(forms)
    hits = searcher.search(query, max(request.k, READ), request.articles)
    if subject is None and any(_is_title(question, hit) for hit in hits):
        subject = Subject(question.text, is_bare=True)
    return Retrieval(question, query, hits, searcher.count(request.articles), subject)


def _bears_out(mended: Retrieval, unmended: Retrieval) -> bool:
    """Return whether passages have most of a mended question, and less of the unmended one."""
    covered = _best_coverage(mended)
    return covered >= _BORNE_OUT and covered > _best_coverage(unmended)


def _best_coverage(retrieval: Retrieval) -> float:
    """Return the most that one passage has of what is asked."""
    contexts = (hit.passage.context for hit in retrieval.hits[:_BEARING_OUT])
    return max(map(retrieval.query.terms.coverage, map(fold, contexts)), default=0.0)


def _texts(hits: Sequence[Hit]) -> dict[str, list[str]]:
    """Return the titles and texts of the passages found, by article."""
    texts: dict[str, list[str]] = {}
    for hit in hits:
        texts.setdefault(hit.passage.article_id, []).extend((hit.passage.title, hit.passage.text))
    return texts


def _is_title(question: Question, hit: Hit) -> bool:
    """Return whether a question is the title of an article, which may read like a question."""
    return question.text == hit.passage.title


def _parts(retrieval: Retrieval, names: Names) -> list[Part]:
    """Return the parties named by the question or, for `各市`, by its passages; [] if too many."""
    text = retrieval.question.text
    noun = asks_each(text)
    texts = [hit.passage.text for hit in retrieval.hits[:_NAMING]]
    parties = parts_among(text, noun, texts) if noun else parts(text, names)
    return parties if 1 < len(parties) <= _PARTIES else []
