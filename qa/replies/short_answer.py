"""Choose the short answer: the span that answers, if clearly best."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.article import Span
from index.search.query import QueryTerms
from index.text.folding import fold, simplify
from qa.answer_types import OF_ARTICLE, PATTERNS, AnswerType
from qa.entities.amount_forms import MINUS, MINUS_OF_COUNT
from qa.entities.amounts import names_unit
from qa.entities.comparisons import without_comparisons
from qa.entities.distribution import distributed, share_of
from qa.entities.parallel_clauses import is_of_another, value_of_clause, value_of_namesake
from qa.evidence.sentence_ranker import Evidence
from qa.question.understand import Question
from qa.replies.one_amount import one_amount
from qa.replies.tidy_span import fitting, whole_span

_NO_SPAN = OF_ARTICLE | {AnswerType.LIST, AnswerType.YES_NO, AnswerType.MANNER}
"""Answer types whose answer is a sentence or a list rather than a span."""

_CLEARER = 2.0
"""How many times likelier than the next a span of the answer type must be."""

_SURE = 0.15
"""The least probability, within its sentence, of a span that the reader chose."""

_YEAR_WEIGHT = 3.0
"""A year says more about a clause than a name, which is often left out there."""

_NOT_OF_NAME = re.compile("[为為是由任在于於向对對被给給把将將让讓叫：:，,]")
"""What may stand between a name and words before it that are no part of it."""

# Three characters, of which the last is none that may follow a name of two.
_PERSON_NAME = re.compile(
    "[\u4e00-\u9fff]{2}[^\x00-\u33ff说說称稱为為是在的等和与與任就也并並将將又曾从從到以因]"
)
_NUMERAL = re.compile(
    r"[0-9０-９零一二三四五六七八九十百千万亿两半几数]|\b(?:an?|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|twelve|\w+teen|\w+ty|half|first|several)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[，；;]|,(?!\d{3})")
_FINER = re.compile(r"[，；;、]|,(?!\d{3})|\sand\s")
_BEFORE = re.compile(
    r"(?:将近|接近|大约|大概|超过|不到|不足|不少于|不超过|不低于|不高于|至少|至多|最多|最少|多达|高达|"
    r"约为|(?<![附最邻临将远])近|(?<![签节预相制条合大])约|[逾超])\s*$"
    r"|\b(?:between|nearly|almost|about|around|roughly|approximately|some|over|under|at least|"
    r"at most|up to|more than|less than|fewer than|no more than|no fewer than)\s+$",
    re.IGNORECASE,
)
_MINUS = re.compile(MINUS)
_AFTER = re.compile(
    r"^(?:以上|以下|以内|左右|上下|[余多])|^\s(?:or more|or less|or so)\b", re.IGNORECASE
)
_RANGE_BEGINS = re.compile(
    rf"(?P<from>{MINUS_OF_COUNT}?"
    r"(?:(?:\bfrom\s)?第?(?<![\d:.])(?!(?:1[5-9]|20)\d\d\s)(?:US|HK)?[$€£¥]?\d[\d,.]*\s?[%％百千万亿]*\s*(?:至|到|—+|–|-|~|～|\sto\s)"
    r"|\bbetween\s[$€£¥]?\d[\d,.]*\s?%?\sand\s))\s*$",
    re.IGNORECASE,
)


def best_span(question: Question, evidence: Evidence) -> Span | None:
    """Return the range that answers best, however unsure; None if unread.

    The reader alone chooses better than the answer type does, but less tidily: it gives `在1995年`
    instead of 1995年. It does not know whose amount is whose.
    """
    if question.answer_type in OF_ARTICLE:
        return None
    typed = evidence.typed_spans
    shared = share_of(evidence.quote, typed, question.forms) if typed else None
    if shared or evidence.read is None:
        return shared
    return whole_span(evidence.quote, evidence.read.span)


def short_answer(question: Question, terms: QueryTerms, evidence: Evidence) -> Span | None:
    """Return the range that answers; None if unclear or the whole sentence."""
    if question.answer_type in _NO_SPAN:
        return None
    evidence = _of_itself(question, evidence)
    typed = evidence.typed_spans
    amounts = distributed(evidence.quote, typed) if typed else None
    read = None if amounts else _read_fitting(question, evidence)
    if read and _has_named_unit(question, read, typed):
        return _whole(question, evidence.quote, read)
    if not typed:
        return None
    if amounts:
        span = share_of(evidence.quote, typed, question.forms) or _beside(amounts, evidence)
    else:
        span = _of_clause(question, terms, evidence)
    if question.answer_type not in PATTERNS:
        return span or _read_as_typed(evidence) or _likeliest(evidence, terms)
    if span is None and not amounts:
        span = _likeliest(evidence, terms)
    return _whole(question, evidence.quote, span) if span else None


def _has_named_unit(question: Question, read: Span, typed: Sequence[Span]) -> bool:
    """Return whether a range may be of the unit that the question names, if it names one (多少吨).

    The patterns know units better than the reader does.
    """
    return not typed or not names_unit(question.forms) or any(map(read.overlaps, typed))


def _whole(question: Question, quote: str, span: Span) -> Span:
    """Return an amount with its qualifiers, anything else as it is."""
    return whole_amount(quote, span) if question.answer_type in PATTERNS else span


def _of_itself(question: Question, evidence: Evidence) -> Evidence:
    """Return the evidence without amounts by which something differs from another."""
    own = without_comparisons(question.forms, evidence.quote, evidence.typed_spans)
    return replace(evidence, typed=tuple(pair for pair in evidence.typed if pair[0] in own))


def _of_clause(question: Question, terms: QueryTerms, evidence: Evidence) -> Span | None:
    """Return the value of the clause about what is asked, or that has the names and years."""
    quote, typed = evidence.quote, evidence.typed_spans
    if len({value.of(quote) for value in typed}) > 1 and (
        span := value_of_clause(quote, typed, question.forms)
    ):
        return span
    required = {fold(name): _YEAR_WEIGHT if name.isdigit() else 1.0 for name in question.required}
    return _in_clause(quote, typed, QueryTerms(required, terms.other_forms))


def whole_amount(quote: str, span: Span) -> Span:
    """Extend an amount by its qualifiers: `近百家`, `三成以上`, `20至30人`, `more than 5%`.

    >>> whole_amount("每场有20至30人观看", Span(6, 9))
    Span(start=3, end=9)
    """
    quote, end = simplify(quote), span.end
    start = next(
        (sign.start() for sign in _MINUS.finditer(quote) if sign.end() == span.start), span.start
    )
    if match := _RANGE_BEGINS.search(quote[:start]):
        start = match.start("from")
    if match := _BEFORE.search(quote[:start]):
        start = match.start()
    if match := _AFTER.match(quote[end:]):
        end += match.end()
    return Span(start, end)


def _beside(amounts: Sequence[Span], evidence: Evidence) -> Span | None:
    """Return the likeliest span unless it is one of the distributed amounts."""
    best, _ = max(evidence.typed, key=_probability)
    return None if any(best.overlaps(amount) for amount in amounts) else best


def _likeliest(evidence: Evidence, terms: QueryTerms) -> Span | None:
    """Return the typed span that is clearly likeliest to the reader."""
    quote, typed = evidence.quote, evidence.typed_spans
    ordered = sorted(evidence.typed, key=_probability, reverse=True)
    if len({span.of(quote) for span in typed}) == 1:
        return ordered[0][0]
    best, likely = ordered[0]
    others = [share for span, share in ordered if span.of(quote) != best.of(quote)]
    if likely >= _CLEARER * max(others):
        return best
    return _in_clause(quote, typed, terms) or _in_clause(quote, typed, terms, _FINER)


def _probability(typed: tuple[Span, float]) -> float:
    return typed[1]


def _in_clause(
    quote: str, typed: Sequence[Span], terms: QueryTerms, marks: re.Pattern[str] = _CLAUSE
) -> Span | None:
    """Return the only span of the clause with most coverage; None if tied."""
    edges = [0, *(match.end() for match in marks.finditer(quote)), len(quote)]
    clauses: list[tuple[float, list[Span]]] = []
    for start, end in pairwise(edges):
        own = [span for span in typed if start <= span.start < end]
        clauses.append((terms.covered_weight(fold(quote[start:end])), own))
    best = max(weight for weight, _ in clauses)
    chosen = [own for weight, own in clauses if weight == best]
    return chosen[0][0] if best and len(chosen) == 1 and len(chosen[0]) == 1 else None


def _read_as_typed(evidence: Evidence) -> Span | None:
    """Return the reader's span, its ends put right, if it is clear and overlaps a typed span."""
    read = _read(evidence)
    typed = [span for span in evidence.typed_spans if read and read.overlaps(span)]
    if read is None or not typed:
        return None
    first, last = typed[0], typed[-1]
    gap = evidence.quote[read.start : first.start]
    start = first.start if _NOT_OF_NAME.search(gap) else min(read.start, first.start)
    return Span(start, max(read.end, last.end))


def _read_fitting(question: Question, evidence: Evidence) -> Span | None:
    """Return the reader's span, put right, if it is clear and may answer."""
    read = _read(evidence)
    if read is None:
        return None
    span = fitting(question.forms, question.answer_type, evidence.quote, read)
    if span is None or question.answer_type not in PATTERNS:
        return span and _whole_name(evidence, span)
    if not _NUMERAL.search(span.of(evidence.quote)):
        return None
    quote, typed = evidence.quote, evidence.typed_spans
    if own := value_of_namesake(quote, typed, question.forms, span):
        return own
    if question.answer_type is not AnswerType.DATE:
        of_clause = value_of_clause(quote, typed, question.forms)
        if of_clause and is_of_another(quote, typed, question.forms, span):
            return of_clause
        span = one_amount(question.forms, evidence.quote, span, evidence.typed, of_clause)
    return _without_asked(question, evidence, span)


def _whole_name(evidence: Evidence, span: Span) -> Span:
    """Return 王小明 of a person's name that was cut to 王小."""
    for name in evidence.typed_spans:
        is_cut = name.start == span.start and name.end == span.end + 1
        if is_cut and _PERSON_NAME.fullmatch(name.of(evidence.quote)):
            return name
    return span


def _without_asked(question: Question, evidence: Evidence, span: Span) -> Span:
    """Return 20 of `20 pilots` if the pilots are asked for: the only candidate in a range."""
    inside = [typed for typed in evidence.typed_spans if span.contains(typed)]
    if len(inside) != 1 or inside[0] == span:
        return span
    quote = evidence.quote
    amount = whole_amount(quote, inside[0])
    beside = quote[span.start : amount.start], quote[amount.end : span.end]
    is_asked = all(fold(part).strip() in question.forms.folded for part in beside)
    return amount if is_asked else span


def _read(evidence: Evidence) -> Span | None:
    """Return the reader's span if it is clear in its sentence."""
    read = evidence.read
    return read.span if read and read.share >= _SURE else None
