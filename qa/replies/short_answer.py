"""Chooses the short answer in a sentence: the span that answers, where one is clear."""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.article import Span
from index.search.query import QueryTerms
from index.text.folding import fold, simplify
from qa.answer_types import OF_ARTICLE, PATTERNS, AnswerType
from qa.entities.distribution import distributed, share_of
from qa.evidence.sentence_ranker import Evidence
from qa.question.understand import Question

_NO_SPAN = OF_ARTICLE | {AnswerType.LIST, AnswerType.YES_NO, AnswerType.MANNER}
"""Kinds whose answer is rather a sentence or a list than a span."""

_CLEARER = 2.0
"""So many times likelier than the next one a span of the kind asked for must be."""

_SURE = 0.15
"""The probability, in its sentence, from which on a span of no certain kind is given."""

_YEARLY = 3.0
_CLAUSE = re.compile(r"[，；;]|,(?!\d{3})")
_FINER = re.compile(r"[，；;、]|,(?!\d{3})|\sand\s")
_BEFORE = re.compile(
    r"(?:将近|接近|大约|大概|超过|不到|不足|不少于|不超过|不低于|不高于|至少|至多|最多|最少|多达|高达|"
    r"约为|(?<![附最邻临将远])近|(?<![签节预相制条合大])约|[逾超])\s*$"
    r"|\b(?:nearly|almost|about|around|roughly|approximately|some|over|under|at least|at most|"
    r"up to|more than|less than|fewer than|no more than|no fewer than)\s+$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^(?:以上|以下|以内|左右|上下|[余多])|^\s(?:or more|or less|or so)\b", re.IGNORECASE
)
_RANGE_BEGINS = re.compile(
    r"(?P<from>(?:(?:\bfrom\s)?第?(?<![\d:.])(?!(?:1[5-9]|20)\d\d\s)(?:US|HK)?[$€£¥]?\d[\d,.]*\s?[%％百千万亿]*\s*(?:至|到|—+|–|-|~|～|\sto\s)"
    r"|\bbetween\s[$€£¥]?\d[\d,.]*\s?%?\sand\s))\s*$",
    re.IGNORECASE,
)


def best_span(question: Question, evidence: Evidence) -> Span | None:
    """The range of the quote that answers best, however unsure; None only where none was read.

    The reader alone chooses better than what is of the kind asked for, but less tidily: it tells
    `在1995年` where 1995年 would do. Whose amount is whose it does not know.
    """
    if question.answer_type in OF_ARTICLE:
        return None
    typed = [span for span, _ in evidence.typed]
    shared = share_of(evidence.quote, typed, question.text) if typed else None
    return shared or (evidence.read.span if evidence.read else None)


def short_answer(question: Question, terms: QueryTerms, evidence: Evidence) -> Span | None:
    """The range of the quote that answers; None where the answer is a sentence, or none is clear.

    `terms` are those of the question.
    """
    if question.answer_type in _NO_SPAN:
        return None
    typed = [span for span, _ in evidence.typed]
    if not typed:
        return None if question.answer_type in PATTERNS else _read(evidence)
    amounts = distributed(evidence.quote, typed)
    if amounts:
        found = share_of(evidence.quote, typed, question.text) or _beside(amounts, evidence)
    else:
        # What a clause is about counts most by its year: names are often left out there.
        required = {fold(name): _YEARLY if name.isdigit() else 1.0 for name in question.required}
        found = _in_clause(evidence.quote, typed, QueryTerms(required, terms.ways))
    if question.answer_type not in PATTERNS:
        return found or _read_as_typed(evidence) or _likeliest(evidence, terms)
    if found is None and not amounts:
        found = _likeliest(evidence, terms)
    return whole_amount(evidence.quote, found) if found else None


def whole_amount(quote: str, span: Span) -> Span:
    """An amount with what qualifies it: `近百家`, `三成以上`, `20至30人`, `more than 5%`."""
    quote, start, end = simplify(quote), span.start, span.end
    if match := _RANGE_BEGINS.search(quote[:start]):
        start = match.start("from")
    if match := _BEFORE.search(quote[:start]):
        start = match.start()
    if match := _AFTER.match(quote[end:]):
        end += match.end()
    return Span(start, end)


def _beside(amounts: Sequence[Span], evidence: Evidence) -> Span | None:
    """The likeliest span where it is none of the amounts that are distributed."""
    best, _ = max(evidence.typed, key=lambda one: one[1])
    shared = any(best.start < one.end and one.start < best.end for one in amounts)
    return None if shared else best


def _likeliest(evidence: Evidence, terms: QueryTerms) -> Span | None:
    """The span of the kind asked for that the reader finds likeliest, if it stands out."""
    ordered = sorted(evidence.typed, key=lambda one: -one[1])
    texts = {span.of(evidence.quote) for span, _ in ordered}
    if len(texts) == 1:
        return ordered[0][0]
    best, likely = ordered[0]
    others = [one for span, one in ordered if span.of(evidence.quote) != best.of(evidence.quote)]
    if likely >= _CLEARER * max(others):
        return best
    typed = [span for span, _ in evidence.typed]
    return _in_clause(evidence.quote, typed, terms) or _in_clause(
        evidence.quote, typed, terms, _FINER
    )


def _in_clause(
    quote: str, typed: Sequence[Span], terms: QueryTerms, marks: re.Pattern[str] = _CLAUSE
) -> Span | None:
    """The only span in the clause that holds most of the terms, where one does."""
    edges = [0, *(match.end() for match in marks.finditer(quote)), len(quote)]
    held: list[tuple[float, list[Span]]] = []
    for start, end in pairwise(edges):
        folded = fold(quote[start:end])
        own = [span for span in typed if start <= span.start < end]
        held.append((terms.met(folded), own))
    best = max(share for share, _ in held)
    chosen = [own for share, own in held if share == best]
    return chosen[0][0] if best and len(chosen) == 1 and len(chosen[0]) == 1 else None


def _read_as_typed(evidence: Evidence) -> Span | None:
    """The span that was read, where it stands out and is of the kind asked for in part."""
    read = _read(evidence)
    if read is None:
        return None
    typed = any(read.start < span.end and span.start < read.end for span, _ in evidence.typed)
    return read if typed else None


def _read(evidence: Evidence) -> Span | None:
    """The span that was read, where it stands out in its sentence."""
    read = evidence.read
    if read is None or read.share < _SURE:
        return None
    return read.span
