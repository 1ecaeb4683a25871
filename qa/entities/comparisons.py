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
from qa.answer_types import PATTERNS, AnswerType
from qa.entities.amount_forms import MINUS
from qa.entities.amounts import candidates
from qa.entities.parallel_clauses import value_of_clause
from qa.entities.written_numbers import WRITTEN, number_range

WORKED_OUT = PATTERNS - {AnswerType.DATE}
"""Types of answers that may be a difference, a sum or a ratio."""

_CHANGE = "增加|减少|增长|下降|提高|降低|上升|上涨|下跌|扩大|缩小"
_WORD = f"[多少高低长短快慢重轻贵大小早晚]|{_CHANGE}"
_LESS = re.compile("少|低|短|慢|轻|小|早|减|降|跌|缩")
# 落差 and 误差 are measured, not asked for as what lies between two values.
_APART = "(?<![落温时误偏公出逆顺])差"
_DIFFERENCE = re.compile(
    rf"相差|差距|{_APART}(?:了|出)?(?:多少|几)|之差"
    rf"|比.{{1,24}}(?:{_WORD})(?:了|出)?(?:多少|几|百分之几)"
)
_RATIO = re.compile("几倍|多少倍")
_SUM = re.compile("一共|总共|合计|总计|加起来|加在一起|之和")
_ASKS = {"difference": _DIFFERENCE, "ratio": _RATIO, "sum": _SUM}
_BY = r"(?:了|出|约|近|逾|达)?\s?$"
_STATED = {
    # A bare 高 tells the height itself: 高120米.
    "difference": re.compile(
        rf"(?:{_APART}|{_CHANGE}|领先|落后|净增|新增){_BY}|[多高长重快]出(?:约|近)?$"
    ),
    "sum": re.compile("(?:一共|总共|合计|总计|共计|共)(?:有|为|是|达|约)?$"),
}
_BESIDE = re.compile(
    r"(?:(?:(?<![同环占对相百])[比较]|[与和跟])(?P<other>[^，,。；;]{1,24}?)(?:相比[，,]?)?|同比)"
    rf"(?:{_WORD}){_BY}"
)
_YEAR_BEFORE = re.compile("上年|去年|上一年|前一年|同比")
_TIMES_OF = re.compile(
    r"(?:是|为|相当于|达到?)(?P<other>[^，,。；;是为]{1,16}?)的(?:约|近|将近|大约)?\s?$"
)
_FILLER = re.compile("同期|年[末底]|[的时年份约]")
_PIECE = re.compile(r"\d+|[A-Za-z]+|(?<![一-龥])[一-龥](?![一-龥])|(?=(?P<pair>[一-龥]{2}))")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_CLAUSE = re.compile(r"[，；;。]|,(?!\d{3})")
_MEASURE = re.compile("(?<![增提])(?P<of>[高长宽深厚重])[度量]?[为是达有约]{0,2}$")
_PARTIES = re.compile(
    r"^(?P<first>[^，,。]{1,20}?)(?:和|与|跟|同|比|、)(?P<second>[^，,。]{1,20}?)"
    rf"(?P<rest>(?:的|相差|差|一共|总共|合计|总计|加起来|之和|分别|各|共|有|{_WORD}).*)$"
)
_RATIO_PARTIES = re.compile(
    r"^(?P<first>[^，,。]{1,20}?)(?P<rest>的[^，,。是]{1,8})?是(?P<second>[^，,。]{1,20}?)的?(?:几|多少)倍"
)
_YEARS = re.compile(r"(?P<first>\d{4}年)(?:和|与|跟|比|到|至|、)(?P<second>\d{4}年)(?P<rest>.*)$")
_COMPARED = re.compile(rf"比(?P<other>[^，,。；;]{{2,12}}?)(?P<word>{_WORD})(?:了|出|约|近)?\s?$")
_COUNTED = re.compile("(?P<noun>[^，,。；;]{0,6})[，,]")
_NUMBER = re.compile(WRITTEN)
_MINUS = re.compile(f"^{MINUS}")
_PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SHORTEST = 2  # characters of a name that tell two names apart
_TWO = 2
_NAMED = {"difference": "相差", "ratio": "是其", "sum": "合计"}


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What is asked for: the range that states it, or else the figure worked out, or neither."""

    stated: Span | None
    figure: str | None


@dataclass(frozen=True, slots=True)
class _Parties:
    """The two that are compared or added up, and what a question about either alone asks."""

    first: str
    second: str
    before: str
    rest: str

    def named(self, text: str) -> list[bool]:
        """Return for either whether a text names it, if only by the end of its name."""
        ends = self.first[-_SHORTEST:], self.second[-_SHORTEST:]
        names = ends if ends[0] != ends[1] else (self.first, self.second)
        return [name in text for name in names]


def work_out(
    question: FoldedText, quote: str, answer_type: AnswerType = AnswerType.NUMBER
) -> WorkedOut | None:
    """Return what a question compares or adds up; None if it does neither.

    >>> quote = "甲厂有职工320人，乙厂有职工210人。"
    >>> work_out(FoldedText.of("甲厂比乙厂多多少职工?"), quote)
    WorkedOut(stated=None, figure='相差110人')
    """
    if answer_type not in WORKED_OUT:
        return None
    asked, plain = question.simplified.rstrip("?？ "), simplify(quote)
    amounts = _amounts(plain)
    for kind, pattern in _ASKS.items():
        if pattern.search(asked):
            parties = _parties(asked)
            if kind == "sum" and parties is None:
                return None
            return _asked_for(kind, asked, parties, plain, amounts)
    return _of_the_other(asked, plain, amounts)


def without_comparisons(question: FoldedText, quote: str, typed: Sequence[Span]) -> list[Span]:
    """Leave out amounts by which something differs from another: 比旧馆多六百个."""
    plain = simplify(quote)
    if re.search("[增减涨降升跌]|[比超差]", question.simplified):
        return list(typed)
    own = [span for span in typed if not _COMPARED.search(plain[: span.start])]
    return own or list(typed)


def _asked_for(
    kind: str, asked: str, parties: _Parties | None, text: str, amounts: Sequence[Span]
) -> WorkedOut | None:
    stated = [span for span in amounts if _states(kind, asked, parties, text, span)]
    if len(stated) == 1:
        return WorkedOut(stated[0], None)
    if len(amounts) <= 1 and parties is None:
        return None
    return WorkedOut(None, _figure(kind, parties, text, amounts) if parties else None)


def _states(kind: str, asked: str, parties: _Parties | None, text: str, amount: Span) -> bool:
    """Return whether an amount is said to be the difference, ratio or sum that is asked for."""
    before = text[: amount.start]
    if kind == "sum":
        return _STATED[kind].search(before) is not None and not _is_of_one(parties, before)
    if (amount.of(text)[-1] == "倍") != (kind == "ratio"):
        return False
    if beside := _BESIDE.search(before):
        return _is_asked(beside["other"] or "同比", asked, text)
    if kind == "ratio":
        times = _TIMES_OF.search(before)
        other = parties.second + parties.rest if parties else asked
        return times is None or _is_asked(times["other"], other, text)
    return _STATED[kind].search(before) is not None


def _is_of_one(parties: _Parties | None, before: str) -> bool:
    """Return whether an amount lies in a clause of one party alone, or goes on with such a one."""
    if parties is None:
        return False
    own = _CLAUSE.split(before)[-1]
    named = parties.named(own)
    return sum(named if any(named) else parties.named(before)) == 1


def _is_asked(other: str, asked: str, text: str) -> bool:
    """Return whether a question names what something is compared with in a text."""
    if _YEAR_BEFORE.search(other):
        years, told = sorted(set(_YEAR.findall(asked))), _YEAR.findall(text)
        adjacent = len(years) == _TWO and int(years[1]) - int(years[0]) == 1
        return _YEAR_BEFORE.search(asked) is not None or (
            adjacent and (not told or years[1] in told)
        )
    pieces = [match["pair"] or match.group() for match in _PIECE.finditer(_FILLER.sub(" ", other))]
    plain = _FILLER.sub(" ", asked)
    return bool(pieces) and all(piece in plain for piece in pieces)


def _figure(kind: str, parties: _Parties, text: str, amounts: Sequence[Span]) -> str | None:
    first, second = (
        value_of_clause(text, amounts, FoldedText.of(f"{parties.before}{party}{parties.rest}"))
        for party in (parties.first, parties.second)
    )
    if first is None or second is None or first == second:
        return None
    # The height of one and the width of the other have no difference.
    told = (_MEASURE.search(text[: span.start]) for span in (first, second))
    measures = {measure["of"] for measure in told if measure}
    return _computed(kind, first.of(text), second.of(text)) if len(measures) <= 1 else None


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
    if sign := _MINUS.match(amount):
        value = _in_unit(amount[sign.end() :])
        return (-value[0], value[1]) if value else None
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


def _parties(asked: str) -> _Parties | None:
    match = _RATIO_PARTIES.match(asked) or _YEARS.search(asked) or _PARTIES.match(asked)
    if match is None:
        return None
    before = asked[: match.start()]
    return _Parties(match["first"], match["second"], before, match["rest"] or "")


def _of_the_other(asked: str, text: str, amounts: Sequence[Span]) -> WorkedOut | None:
    """Return the value of what a sentence only compares its own subject with.

    Of `新库有一千五百个货架，比旧库多六百个` 旧库 has 900.
    """
    for own, by in pairwise(amounts):
        compared = _COMPARED.search(text[: by.start])
        if compared is None or compared["other"] not in asked or compared.start() < own.end:
            continue
        counted = _COUNTED.fullmatch(text, own.end, compared.start())
        if counted is None or counted["noun"] not in asked:
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
