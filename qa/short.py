"""Chooses the short answer in a sentence: the span that answers, where one is clear."""

import re
from collections.abc import Mapping

from index.article import Span
from qa.evidence import Evidence
from qa.kinds import OF_ARTICLE, PATTERNS, SHORT, Kind
from qa.question import Question
from qa.respectively import distributed, share_of

_NO_SPAN = OF_ARTICLE | {Kind.LIST, Kind.YES_NO}
"""Kinds whose answer is no span of a sentence."""

_CLEARER = 2.0
"""So many times likelier than the next one a span of the kind asked for must be."""

_SURE = 0.15
"""The probability, in its sentence, from which on a span of no certain kind is given."""

_HAN_NUMBER = re.compile(r"[一二两三四五六七八九十百千万亿半数几]")
_BEFORE = re.compile(
    r"(?:将近|接近|大约|大概|超过|不到|不足|不少于|不超过|不低于|不高于|至少|至多|最多|最少|多达|高达|"
    r"约为|[近约逾超])\s*$"
    r"|\b(?:nearly|almost|about|around|roughly|approximately|some|over|under|at least|at most|"
    r"up to|more than|less than|fewer than|no more than|no fewer than)\s+$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^(?:以上|以下|以内|左右|上下|[余多])|^\s(?:or more|or less|or so)\b", re.IGNORECASE
)
_RANGE_BEGINS = re.compile(
    r"(?P<from>(?:\bbetween\s|\bfrom\s)?[$€£¥]?\d[\d,.]*\s?[%％百千万亿]*"
    r"\s*(?:至|到|—+|–|-|~|～|\sto\s|\sand\s))\s*$",
    re.IGNORECASE,
)


def short_answer(
    question: Question, weights: Mapping[str, float], evidence: Evidence
) -> Span | None:
    """The range of the quote that answers; None where the answer is a sentence, or none is clear.

    `weights` are the terms of the question and how much each tells.
    """
    if question.kind in _NO_SPAN:
        return None
    typed = [span for span, _ in evidence.typed]
    if not typed:
        return None if question.kind in PATTERNS else _read(evidence)
    amounts = distributed(evidence.quote, typed)
    if amounts and question.kind in SHORT:
        found = share_of(evidence.quote, amounts, weights)
    else:
        found = _likeliest(evidence)
    return found and whole_amount(evidence.quote, found)


def whole_amount(quote: str, span: Span) -> Span:
    """An amount with what qualifies it: `近百家`, `三成以上`, `20至30人`, `more than 5%`."""
    start, end = span.start, span.end
    if not any(char.isdigit() for char in span.of(quote)) and not _HAN_NUMBER.match(span.of(quote)):
        return span
    if match := _RANGE_BEGINS.search(quote[:start]):
        start = match.start("from")
    if match := _BEFORE.search(quote[:start]):
        start = match.start()
    if match := _AFTER.match(quote[end:]):
        end += match.end()
    return Span(start, end)


def _likeliest(evidence: Evidence) -> Span | None:
    """The span of the kind asked for that the reader finds likeliest, if it stands out."""
    ordered = sorted(evidence.typed, key=lambda one: -one[1])
    texts = {span.of(evidence.quote) for span, _ in ordered}
    if len(texts) == 1:
        return ordered[0][0]
    best, likely = ordered[0]
    others = [one for span, one in ordered if span.of(evidence.quote) != best.of(evidence.quote)]
    return best if likely >= _CLEARER * max(others) else None


def _read(evidence: Evidence) -> Span | None:
    """The span that was read, where it stands out in its sentence."""
    read = evidence.read
    if read is None or read.share < _SURE:
        return None
    return read.span
