"""Work out what a question compares or adds up: 相差多少, 一共多少, 几倍.

A figure that the sentence states (比上年增加0.4亿元) is the short answer. Otherwise it is worked
out from the two values asked about, where both are surely in the sentence; no short answer is
given then, as it stands in no article. One of the two values alone is never the answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from index.article import Span
from index.text.folding import FoldedText, simplify
from qa.answer_types import AnswerType
from qa.entities.amounts import candidates
from qa.entities.parallel_clauses import value_of_clause
from qa.entities.written_numbers import WRITTEN, number_range

_WORD = "[多少高低长短快慢重轻贵大小早晚]|增加|减少|增长|下降|提高|降低|上升|上涨|下跌|扩大|缩小"
_LESS = re.compile("少|低|短|慢|轻|小|早|减|降|跌|缩")
_DIFFERENCE = re.compile(
    r"相差|差距|差(?:了|出)?(?:多少|几)|之差"
    rf"|比.{{1,24}}(?:{_WORD})(?:了|出)?(?:多少|几|百分之几)"
)
_RATIO = re.compile("几倍|多少倍")
_SUM = re.compile("一共|总共|合计|总计|加起来|加在一起|之和")
_ASKS = {"difference": _DIFFERENCE, "ratio": _RATIO, "sum": _SUM}
_STATED = {
    "difference": re.compile(
        rf"(?:相差|差|{_WORD}|超过|领先|落后|净增|新增)(?:了|出|约|近|逾|达)?\s?$"
    ),
    "sum": re.compile("(?:一共|总共|合计|总计|共计|共)(?:有|为|是|达|约)?$"),
}  # fmt: skip
_PARTIES = re.compile(
    r"^(?P<first>[^，,。]{1,20}?)(?:和|与|跟|同|比|、)(?P<second>[^，,。]{1,20}?)"
    rf"(?P<rest>(?:的|相差|差|一共|总共|合计|总计|加起来|之和|分别|各|共|有|{_WORD}).*)$"
)
_RATIO_PARTIES = re.compile(
    r"^(?P<first>[^，,。]{1,20}?)(?P<rest>的[^，,。是]{1,8})?是(?P<second>[^，,。]{1,20}?)的?(?:几|多少)倍"
)
_YEARS = re.compile(r"(?P<first>\d{4}年)(?:和|与|跟|比|到|至|、)(?P<second>\d{4}年)(?P<rest>.*)$")
_COMPARED = re.compile(rf"比(?P<other>[^，,。；;]{{2,12}}?)(?P<word>{_WORD})(?:了|出|约|近)?\s?$")
_NUMBER = re.compile(WRITTEN)
_PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NAMED = {"difference": "相差", "ratio": "是其", "sum": "合计"}


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What is asked for: the range that states it, or else the figure worked out, or neither."""

    stated: Span | None
    figure: str | None


def work_out(question: FoldedText, quote: str) -> WorkedOut | None:
    """Return what a question compares or adds up; None if it does neither.

    >>> quote = "甲厂有职工320人，乙厂有职工210人。"
    >>> work_out(FoldedText.of("甲厂比乙厂多多少职工?"), quote)
    WorkedOut(stated=None, figure='相差110人')
    """
    asked, plain = question.simplified.rstrip("?？ "), simplify(quote)
    amounts = _amounts(plain)
    for kind, pattern in _ASKS.items():
        if pattern.search(asked):
            parties = _parties(asked)
            if kind == "sum" and parties is None:
                return None
            return _asked_for(kind, parties, plain, amounts)
    return _of_the_other(asked, plain, amounts)


def without_comparisons(question: FoldedText, quote: str, typed: Sequence[Span]) -> list[Span]:
    """Leave out amounts by which something differs from another: 比旧馆多六百个."""
    plain = simplify(quote)
    if re.search("[增减涨降升跌]|[比超差]", question.simplified):
        return list(typed)
    own = [span for span in typed if not _COMPARED.search(plain[: span.start])]
    return own or list(typed)


def _asked_for(
    kind: str, parties: tuple[str, str] | None, text: str, amounts: Sequence[Span]
) -> WorkedOut | None:
    stated = [
        span
        for span in amounts
        if (
            span.of(text).endswith("倍")
            if kind == "ratio"
            else _STATED[kind].search(text[: span.start])
        )
    ]
    if len(stated) == 1:
        return WorkedOut(stated[0], None)
    if len(amounts) <= 1 and parties is None:
        return None
    return WorkedOut(None, _figure(kind, parties, text, amounts) if parties else None)


def _figure(kind: str, parties: tuple[str, str], text: str, amounts: Sequence[Span]) -> str | None:
    values = [value_of_clause(text, amounts, FoldedText.of(party)) for party in parties]
    first, second = values
    if first is None or second is None or first == second:
        return None
    return _computed(kind, first.of(text), second.of(text))


def _computed(kind: str, first: str, second: str) -> str | None:
    """Return the difference, sum or ratio of two exact amounts of one unit; else None."""
    pair = _of_one_unit(first, second)
    if pair is None:
        return None
    one, other, unit = pair
    if kind == "ratio":
        if not other or one / other != round(one / other, 2):
            return None
        return f"{_NAMED[kind]}{_written(one / other)}倍"
    return (
        f"{_NAMED[kind]}{_written(abs(one - other) if kind == 'difference' else one + other)}{unit}"
    )


def _of_one_unit(first: str, second: str) -> tuple[Decimal, Decimal, str] | None:
    """Return two exact amounts and their unit; None if either is vague or in another unit."""
    one, other = _in_unit(first), _in_unit(second)
    if one is None or other is None or one[1] != other[1]:
        return None
    return one[0], other[0], one[1]


def _in_unit(amount: str) -> tuple[Decimal, str] | None:
    """Return an exact amount as a number and the rest: 1.7 and 万吨, 900 and 个."""
    plain = _PLAIN.match(amount)
    if plain and not re.match("[余多来]", amount[plain.end() :]):
        return Decimal(plain.group().replace(",", "")), amount[plain.end() :].strip()
    number = _NUMBER.match(amount)
    bounds = number_range(number.group()) if number else None
    if (
        number is None
        or bounds is None
        or bounds[0] != bounds[1]
        or re.search("[余多来]", number[0])
    ):
        return None
    return bounds[0], amount[number.end() :].strip()


def _written(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"


def _parties(asked: str) -> tuple[str, str] | None:
    """Return the questions about either of two parties: 甲厂有多少职工, 乙厂有多少职工."""
    match = _RATIO_PARTIES.match(asked) or _YEARS.search(asked) or _PARTIES.match(asked)
    if match is None:
        return None
    rest = match["rest"] or ""
    before = asked[: match.start()]
    return f"{before}{match['first']}{rest}", f"{before}{match['second']}{rest}"


def _of_the_other(asked: str, text: str, amounts: Sequence[Span]) -> WorkedOut | None:
    """Return the value of what a sentence only compares its own subject with.

    Of `新库有一千五百个货架，比旧库多六百个` 旧库 has 900.
    """
    for own, by in pairwise(amounts):
        compared = _COMPARED.search(text[: by.start])
        if compared is None or compared["other"] not in asked or compared.start() < own.end:
            continue
        pair = _of_one_unit(own.of(text), by.of(text))
        if pair is None:
            return WorkedOut(None, None)
        value, step, unit = pair
        other = value + step if _LESS.search(compared["word"]) else value - step
        return WorkedOut(None, f"{compared['other']}{_written(other)}{unit}")
    return None


def _amounts(text: str) -> list[Span]:
    """Return all amounts of a text, whatever their unit, in order."""
    found: list[Span] = []
    for answer_type in (AnswerType.MONEY, AnswerType.PERCENT, AnswerType.NUMBER):
        found += [
            span for span in candidates(answer_type, text) if not any(map(span.overlaps, found))
        ]
    return sorted(found, key=lambda span: span.start)
