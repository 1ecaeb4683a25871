"""Take one amount out of a range that holds several: 3万册 of `3万册、电脑360台`."""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.article import Span
from index.text.folding import FoldedText

_SEVERAL_ASKED = re.compile(
    r"分别|各[自是有为占]|依次|(?:几|多少).+(?:几(?!内亚)|多[少大长高重远久深宽快厚])|\brespectively\b|\beach\b"
)
_NUMBER = r"[\d一二两三四五六七八九十百千万]"
# Amounts joined by these alone are one answer if they are of one kind: 10%、15%.
_JOINT = re.compile(r"\s*[、,，]\s*")
_MARK = re.compile(r"[、，；;（(]|,(?!\d{3})|\s(?:and|or)\s")
_FAR = 5
"""Characters between two amounts that are not one answer."""

_BESIDE = re.compile(
    rf"(?!第).*(?:{_MARK.pattern}).*{_NUMBER}|(?!{_NUMBER}+[、，]$).*{_NUMBER}.*[、，；;]"
)


def one_amount(
    question: FoldedText,
    quote: str,
    span: Span,
    typed: Sequence[tuple[Span, float]],
    of_clause: Span | None,
) -> Span:
    """Return the one amount of a range that answers, or the range if it is one answer.

    `typed` are the amounts of the quote with the probability that each overlaps the answer;
    `of_clause` is the one whose clause is about what is asked, if any.

    >>> quote = "捐赠图书3万册、电脑360台。"
    >>> asked = FoldedText.of("捐赠了多少册图书?")
    >>> one_amount(asked, quote, Span(4, 13), [(Span(4, 7), 0.9)], None).of(quote)
    '3万册'
    """
    inside = [pair for pair in typed if span.contains(pair[0])]
    if not inside or _SEVERAL_ASKED.search(question.folded):
        return span
    amounts = [amount for amount, _ in inside]
    if any(_are_apart(quote, *pair) for pair in pairwise(amounts)):
        return of_clause if of_clause in amounts else max(inside, key=_probability)[0]
    left, right = quote[span.start : amounts[0].start], quote[amounts[-1].end : span.end]
    return Span(
        amounts[0].start if _BESIDE.match(left) else span.start,
        amounts[-1].end if _BESIDE.match(right) else span.end,
    )


def _are_apart(quote: str, first: Span, second: Span) -> bool:
    """Return whether two amounts can't be one answer."""
    gap = quote[first.end : second.start]
    if _JOINT.fullmatch(gap):
        return quote[first.end - 1] != quote[second.end - 1]
    return len(gap) >= _FAR or _MARK.search(gap) is not None


def _probability(pair: tuple[Span, float]) -> float:
    return pair[1]
