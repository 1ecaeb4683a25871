"""Finds figures for the same thing that differ, so that none of them is silently the answer."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from index.search.query import QueryTerms
from index.text.folding import fold
from index.text.numbers import values
from qa.answer_types import AnswerType
from qa.evidence.sentence_ranker import Evidence
from qa.question.understand import Question
from qa.replies.short_answer import short_answer

_FIGURES = frozenset({AnswerType.MONEY, AnswerType.NUMBER, AnswerType.PERCENT})
_YEAR = re.compile(
    r"(?<!\d)(?:1[5-9]|20)\d\d(?=年|[-/]\d)|\b(?:1[5-9]|20)\d\d\b(?!,\d)(?=\W|$)(?![年-龥])"
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_AT_MOST = 3
_MATCHED = 0.9
_MATCHED_HERE = 0.4
"""What is around another sentence, and it itself, must hold so much of what the first one holds."""

_LIKELY = 0.2
"""And be so sure an answer beside the first one, were it alone."""


def differing(
    question: Question,
    terms: QueryTerms,
    evidence: Sequence[Evidence],
    sure: Callable[[Sequence[Evidence]], float],
) -> list[Evidence]:
    """Sentences with different figures for what is asked, of different times, the newest first.

    Nothing where all agree, or where the question itself says which time it means. `sure` tells
    how sure the first of some evidence is.
    """
    first = evidence[0]
    if (
        question.answer_type not in _FIGURES
        or _YEAR.search(question.text)
        or time_of(first) is None
    ):
        return []
    found = {_figure(question, terms, first): first}
    enough = _LIKELY * sure(evidence)
    for one in evidence[1:]:
        figure = _figure(question, terms, one)
        times = {time_of(other) for other in found.values()}
        if (
            figure is not None
            and _is_new(figure, found)
            and time_of(one) not in {None, *times}
            and _is_same(one, first)
            and sure(_without(evidence, one, list(found.values()))) >= enough
        ):
            found[figure] = one
    if None in found or len(found) == 1 or len(found) > _AT_MOST:
        return []
    return sorted(found.values(), key=lambda one: time_of(one) or "", reverse=True)


def _without(
    evidence: Sequence[Evidence], one: Evidence, others: Sequence[Evidence]
) -> list[Evidence]:
    """One sentence before all but some others, as if these were not there."""
    left = [other for other in evidence if other is not one and other not in others]
    return [each.without(others) for each in (one, *left)]


def time_of(evidence: Evidence) -> str | None:
    """The year that a sentence is about, or else the day its article appeared."""
    years = _YEAR.findall(evidence.quote)
    if years:
        return str(max(years)) if len(set(years)) == 1 else None
    return evidence.passage.published


def says_when(evidence: Evidence) -> bool:
    """Whether the sentence itself tells its year."""
    return _YEAR.search(evidence.quote) is not None


def _is_same(one: Evidence, first: Evidence) -> bool:
    """Whether two sentences tell of the same thing, as far as the question asks for it.

    Those of one article must tell their years themselves.
    """
    if one.passage.article_id == first.passage.article_id and not (
        says_when(one) and says_when(first)
    ):
        return False
    return (
        all(
            one.features[name] >= _MATCHED * first.features[name]
            for name in ("around", "required_around")
        )
        and one.features["matched"] >= _MATCHED_HERE * first.features["matched"]
    )


def _is_new(
    figure: tuple[Decimal, str], found: Mapping[tuple[Decimal, str] | None, Evidence]
) -> bool:
    """Whether a figure has the unit of those found and another value."""
    return all(
        known is not None and figure[1] == known[1] and figure[0] != known[0] for known in found
    )


def _figure(
    question: Question, terms: QueryTerms, evidence: Evidence
) -> tuple[Decimal, str] | None:
    """The value and the unit of a sentence's figure; None where it has no single one."""
    span = short_answer(question, terms, evidence)
    if span is None or not evidence.typed:
        return None
    folded = fold(span.of(evidence.quote))
    known = values(folded) or _FIGURE.findall(folded)
    numbers = [_FIGURE.search(value) for value in known]
    unit = re.sub(r"[\d.\s]|[十百千万亿]|thousand|million|billion|trillion", "", folded)
    return (Decimal(numbers[0].group()), unit[-1:]) if len(numbers) == 1 and numbers[0] else None
