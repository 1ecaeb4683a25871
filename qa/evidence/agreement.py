"""Add up the same value from several sentences, in whatever writing.

What several articles say is surer than what one says: redundancy is evidence (Clarke et al. 2001,
https://doi.org/10.1145/383952.384024).
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Span
from qa.answer_types import AnswerType
from qa.entities.folded_values import folded_value

_DAY = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)|(?:(?P<month2>\d{1,2})月)?(?P<day2>\d{1,2})日"
)


@dataclass(frozen=True, slots=True)
class ValueOfSentence:
    """The likeliest short answer of a sentence, folded to what it means, with its probability.

    `value` is None if the sentence was not read.
    """

    value: str | None
    probability: float
    article: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How sentences agree with one of them.

    `shared` is the probability of its `value` in all sentences together, `rival` that of the
    likeliest other value, each 0 to 1; `articles` counts the articles that have the value.
    """

    value: str | None
    shared: float
    rival: float
    articles: int


def value_of(
    answer_type: AnswerType,
    quote: str,
    typed: Sequence[tuple[Span, float]],
    read: tuple[Span, float] | None,
    article: str,
) -> ValueOfSentence:
    """Return the value of a sentence: its likeliest span of the answer type, else the one read."""
    best = max(typed, key=lambda pair: pair[1], default=None) or read
    if best is None:
        return ValueOfSentence(None, 0.0, article)
    span, probability = best
    return ValueOfSentence(folded_value(answer_type, span.of(quote)), probability, article)


def is_same(value: str, other: str) -> bool:
    """Return whether two folded values can be the same: a day may lack its year or its month.

    >>> is_same("2031-07-25", "25日"), is_same("7月25日", "26日"), is_same("5 米", "5 米")
    (True, False, True)
    """
    if value == other:
        return True
    days = _DAY.fullmatch(value), _DAY.fullmatch(other)
    if days[0] is None or days[1] is None:
        return False
    pairs = zip(_numbers(days[0]), _numbers(days[1]), strict=True)
    return all(own is None or its is None or own == its for own, its in pairs)


def _numbers(day: re.Match[str]) -> list[int | None]:
    """Return year, month and day of a date, None for what it lacks."""
    groups = day.groupdict()
    written = [groups[name] or groups.get(f"{name}2") for name in ("year", "month", "day")]
    return [int(number) if number else None for number in written]


def agreements(values: Sequence[ValueOfSentence]) -> list[Agreement]:
    """Return how the sentences agree with each of them.

    >>> two = [ValueOfSentence("5 米", 0.3, "a"), ValueOfSentence("5 米", 0.4, "b")]
    >>> agreements([*two, ValueOfSentence("7 米", 0.1, "c")])[0]
    Agreement(value='5 米', shared=0.7, rival=0.1, articles=2)
    """
    total: dict[str, float] = defaultdict(float)
    articles: dict[str, set[str]] = defaultdict(set)
    for item in values:
        if item.value is not None:
            total[item.value] += item.probability
            articles[item.value].add(item.article)
    found = []
    for item in values:
        rival = max((share for value, share in total.items() if value != item.value), default=0.0)
        value = item.value or ""
        count = len(articles.get(value, ()))
        found.append(Agreement(item.value, min(total.get(value, 0.0), 1.0), rival, count))
    return found
