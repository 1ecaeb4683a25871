"""Try drafted questions, and keep those that Yiju surely answers from the expected sentence."""

from collections.abc import Callable
from dataclasses import dataclass

from index.article import Article, Span
from index.errors import StoreError
from index.library.content import Suggestion
from index.search.searcher import Searcher
from index.text.folding import fold_answer
from qa.answer import Answer
from qa.answer_types import PATTERNS
from qa.answerer import Answerer
from qa.entities.folded_values import folded_value
from qa.entities.names import Names
from qa.evidence.agreement import is_same
from qa.retrieval import Request
from qa.suggestions.drafting import Candidate, drafted

_SURE = 0.75
"""Least confidence of an answer for its question to be suggested."""

_KEPT = 4
"""Suggestions of one article."""

_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Asking:
    """What a question is asked with: an answerer, and a searcher over the current index."""

    answerer: Answerer
    searcher: Searcher


class Suggester:
    """Makes suggestions of articles; it tries them over the index that is current."""

    def __init__(self, names: Names, opened: Callable[[], Asking]) -> None:
        """Take what opens the answerer, which is not called before there is something to ask."""
        self._names = names
        self._opened = opened

    def make(self, article: Article, version: str, most: int) -> tuple[list[Suggestion], int]:
        """Return questions that an article surely answers, and how many were tried.

        Args:
            article: An article of the index.
            version: The index version that must be current.
            most: How many questions may be tried.

        Raises:
            StoreError: the index can't be read, or another version is current.
        """
        drafts = drafted(article, self._names)[:most]
        if not drafts:
            return [], 0
        asking = self._opened()
        current = asking.searcher.manifest.version
        if current != version:
            raise StoreError(f"Index version {current} is open instead of {version}.")
        kept: list[Suggestion] = []
        for tried, candidate in enumerate(drafts, 1):
            answer = asking.answerer.ask(Request(candidate.draft.question), asking.searcher)
            if is_sure(candidate, article, answer):
                kept.append(_suggestion(candidate, answer))
            if len(kept) == _KEPT:
                return kept, tried
        return kept, len(drafts)


def is_sure(candidate: Candidate, article: Article, answer: Answer) -> bool:
    """Return whether an answer gives what was expected, from the sentence that was expected."""
    if not answer.answered or answer.short_answer is None or answer.confidence < _SURE:
        return False
    first = answer.citations[0]
    is_cited = first.article_id == article.id and candidate.sentence.overlaps(
        Span(first.start, first.end)
    )
    expected = candidate.draft.answer.of(candidate.sentence.of(article.text))
    return is_cited and _agree(candidate, expected, answer.short_answer)


def _agree(candidate: Candidate, expected: str, short: str) -> bool:
    """Return whether two answers mean the same, or most of one is the other."""
    answer_type = candidate.draft.answer_type
    own, other = folded_value(answer_type, expected), folded_value(answer_type, short)
    if answer_type in PATTERNS and own is not None and other is not None:
        return is_same(own, other)
    shorter, longer = sorted((fold_answer(expected), fold_answer(short)), key=len)
    return shorter in longer and len(shorter) >= _SHARE * len(longer)


def _suggestion(candidate: Candidate, answer: Answer) -> Suggestion:
    draft = candidate.draft
    return Suggestion(
        draft.question, draft.subject, answer.short_answer or "", draft.answer_type.value
    )
