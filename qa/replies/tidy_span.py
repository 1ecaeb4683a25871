"""Put right the range that the reader chose: no cut number, name or code, no word of the question.

The reader knows tokens and probabilities, not where an amount ends or what was asked already.
"""

import re

from index.article import Span
from index.text.folding import FoldedText, fold, simplify
from qa.answer_types import AnswerType
from qa.entities.amounts import candidates
from qa.entities.date_forms import has_day, with_plain_dates
from qa.entities.measures import codes

_EDGE = "，。、；：,;:!！?？ \t\n\u3000"
_PAIRS = tuple(map(tuple, "“” ‘’ 《》 「」 『』 （） () 【】".split()))
_PART = re.compile(r"[A-Za-z0-9]")
_DIGITS = re.compile(r"\d[.．·,:：]\d")
_AMOUNTS = (AnswerType.MONEY, AnswerType.PERCENT, AnswerType.DATE, AnswerType.NUMBER)
_NAMES = frozenset({AnswerType.PERSON, AnswerType.WHO, AnswerType.ORG, AnswerType.PLACE})
_CUE = re.compile("[为为是由叫任]")
_DATED = re.compile(r"^(?:[\d年月日号/.\-\s零〇○一二三四五六七八九十]+)[，,：:\s]*")
_SENTENCE = 16
"""Characters from which a range that is its whole sentence is no short answer."""

_HALF = 2


def whole_span(quote: str, span: Span) -> Span:
    """Return a range without marks at its ends, and with all of what its ends cut.

    >>> quote = "泵的型号为KX-450S，功率为3.6千瓦。"
    >>> whole_span(quote, Span(5, 8)).of(quote), whole_span(quote, Span(16, 17)).of(quote)
    ('KX-450S', '3.6千瓦')
    """
    if span.start == span.end:
        return span
    plain = simplify(quote)
    wholes = [Span(*match.span()) for match in codes(plain)]
    for answer_type in _AMOUNTS:
        wholes += candidates(answer_type, plain)
    for whole in wholes:
        # 2031年 of 2031年4月6日 is whole by itself.
        is_part = whole.start >= span.start and quote[span.end - 1] in "年月"
        if span.overlaps(whole) and not span.contains(whole) and not is_part:
            span = Span(min(span.start, whole.start), max(span.end, whole.end))
    span = _stripped(quote, _uncut(quote, span))
    return _balanced(quote, span) if span.start < span.end else span


def fitting(question: FoldedText, answer_type: AnswerType, quote: str, span: Span) -> Span | None:
    """Return a range put right, None if it can't be the answer: asked already, or of another type.

    >>> question, quote = FoldedText.of("议事会定了什么?"), "议事会定了，扩建码头。"
    >>> fitting(question, AnswerType.OTHER, quote, Span(0, 4)) is None
    True
    """
    span = whole_span(quote, _without_date(question, quote, span))
    if answer_type in _NAMES and _CUE.match(quote, span.start) and span.end - span.start > _HALF:
        span = Span(span.start + 1, span.end)
    text = fold(span.of(quote))
    asked = question.folded
    if not text or text in asked or fold(with_plain_dates(simplify(span.of(quote)))) in asked:
        return None
    if len(text) > _SENTENCE and span == _stripped(quote, Span(0, len(quote))):
        return None
    return span if answer_type not in _NAMES or _may_be_a_name(quote, span) else None


def _may_be_a_name(quote: str, span: Span) -> bool:
    """Return whether a range is no amount or date, nor more than one clause."""
    plain = simplify(quote)
    length = span.end - span.start
    amounts = (amount for answer_type in _AMOUNTS for amount in candidates(answer_type, plain))
    covered = sum(
        min(amount.end, span.end) - max(amount.start, span.start)
        for amount in amounts
        if amount.overlaps(span)
    )
    return covered * _HALF < length and not re.search("[，。；;]", span.of(quote))


def _without_date(question: FoldedText, quote: str, span: Span) -> Span:
    """Leave out a date at the start of a range if the question says it."""
    if not has_day(question.folded):
        return span
    date = _DATED.match(span.of(quote))
    said = date and fold(with_plain_dates(date.group().strip("，,：: \t"))) in question.folded
    return Span(span.start + date.end(), span.end) if date and said else span


def _stripped(quote: str, span: Span) -> Span:
    text = span.of(quote)
    start = span.start + len(text) - len(text.lstrip(_EDGE))
    return Span(start, max(start, span.start + len(text.rstrip(_EDGE))))


def _uncut(quote: str, span: Span) -> Span:
    """Extend a range to whole Latin words and numbers."""
    start, end = span.start, span.end
    while start > 0 and _joins(quote, start):
        start -= 1
    while end < len(quote) and _joins(quote, end):
        end += 1
    return Span(start, end)


def _joins(quote: str, at: int) -> bool:
    """Return whether the characters before and after a place belong to one word or number."""
    if _PART.match(quote[at - 1]) and _PART.match(quote[at]):
        return quote[at - 1].isdigit() == quote[at].isdigit() or quote[at].isdigit()
    return any(
        _DIGITS.fullmatch(quote[max(begin, 0) : begin + 3]) is not None
        for begin in (at - 1, at - 2)
    )


def _balanced(quote: str, span: Span) -> Span:
    """Take in or leave out a bracket or quotation mark whose other half is missing."""
    text = span.of(quote)
    for opening, closing in _PAIRS:
        if text.count(opening) > text.count(closing):
            if quote[span.end : span.end + 1] == closing:
                return Span(span.start, span.end + 1)
            if text[0] == opening:
                return Span(span.start + 1, span.end)
        if text.count(closing) > text.count(opening):
            if text[-1] == closing:
                return Span(span.start, span.end - 1)
            if quote[max(span.start - 1, 0) : span.start] == opening:
                return Span(span.start - 1, span.end)
    return span
