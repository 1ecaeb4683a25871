"""Find conflicting figures, so that no single one becomes the answer."""

import re
from collections.abc import Callable, Collection, Sequence

from index.search.query import QueryTerms
from qa.answer_types import AnswerType
from qa.entities.folded_values import folded_value
from qa.evidence.sentence_ranker import Evidence
from qa.question.understand import Question
from qa.replies.short_answer import short_answer

_FIGURES = frozenset({AnswerType.MONEY, AnswerType.NUMBER, AnswerType.PERCENT})
_YEAR = re.compile(
    r"(?<!\d)(?:1[5-9]|20)\d\d(?=年|[-/]\d)|\b(?:1[5-9]|20)\d\d\b(?!,\d)(?=\W|$)(?![年-龥])"
)
_AT_MOST = 3
_CONTEXT_SHARE = 0.9
_SENTENCE_SHARE = 0.4
"""Shares of the first sentence's coverage that another's context and text must reach."""

_LIKELY = 0.2
"""Share of the first sentence's confidence that another must reach, if read alone."""

Figure = tuple[str, str]
"""A value and its basic unit, the same for all writings: 3亿元 and 三亿元 do not differ."""

Confidence = Callable[[Sequence[Evidence]], float]


def find_conflicts(
    question: Question,
    terms: QueryTerms,
    evidence: Sequence[Evidence],
    confidence: Confidence,
) -> list[Evidence]:
    """Return sentences with different figures of different times, the newest; else nothing.

    Nothing if the question itself says which time it means. `confidence` is that of the first
    of some evidence.
    """
    first = evidence[0]
    if (
        question.answer_type not in _FIGURES
        or _YEAR.search(question.text)
        or time_of(first) is None
    ):
        return []
    conflicting = {_figure(question, terms, first): first}
    enough = _LIKELY * confidence(evidence)
    for item in evidence[1:]:
        figure = _figure(question, terms, item)
        times = {time_of(other) for other in conflicting.values()}
        if (
            figure is not None
            and _is_new(figure, conflicting)
            and time_of(item) not in {None, *times}
            and _is_of_same(item, first)
            and confidence(_alone(evidence, item, list(conflicting.values()))) >= enough
        ):
            conflicting[figure] = item
    if None in conflicting or len(conflicting) == 1:
        return []
    ordered = sorted(conflicting.values(), key=lambda item: time_of(item) or "", reverse=True)
    return ordered[:_AT_MOST]


def _alone(
    evidence: Sequence[Evidence], first: Evidence, others: Sequence[Evidence]
) -> list[Evidence]:
    """Return a sentence and the rest, as if some others had not been read."""
    rest = [item for item in evidence if item is not first and item not in others]
    return [item.without(others) for item in (first, *rest)]


def time_of(evidence: Evidence) -> str | None:
    """Return the year that a sentence states, or else the date of its article."""
    years = _YEAR.findall(evidence.quote)
    if years:
        return str(max(years)) if len(set(years)) == 1 else None
    return evidence.passage.published


def says_when(evidence: Evidence) -> bool:
    """Return whether the sentence itself states a year."""
    return _YEAR.search(evidence.quote) is not None


def _is_of_same(evidence: Evidence, first: Evidence) -> bool:
    """Return whether two sentences are about the same thing in terms of the question.

    Two of one article must both state their years.
    """
    if evidence.passage.article_id == first.passage.article_id and not (
        says_when(evidence) and says_when(first)
    ):
        return False
    own, other = evidence.signals, first.signals
    return (
        own.coverage.around >= _CONTEXT_SHARE * other.coverage.around
        and own.entities.required_around >= _CONTEXT_SHARE * other.entities.required_around
        and own.coverage.matched >= _SENTENCE_SHARE * other.coverage.matched
    )


def _is_new(figure: Figure, known: Collection[Figure | None]) -> bool:
    """Return whether a figure has the unit of all known figures and another value."""
    return all(
        other is not None and figure[1] == other[1] and figure[0] != other[0] for other in known
    )


def _figure(question: Question, terms: QueryTerms, evidence: Evidence) -> Figure | None:
    """Return the figure of a sentence; None if it has no single one."""
    span = short_answer(question, terms, evidence)
    if span is None or not evidence.typed:
        return None
    folded = folded_value(question.answer_type, span.of(evidence.quote)) or ""
    number, _, unit = folded.partition(" ")
    return (number, unit) if number[:1].isdigit() else None
