"""Compare the figures and dates of a sentence with those of what it cites.

Amounts are equal if they mean the same (五千万美元 and US$50 million), dates if they name the same
days; what has no unit is compared by its number.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from index.article import Span
from index.text.folding import fold
from index.text.numbers import values, without_numbers
from qa.answer_types import AnswerType
from qa.entities.amount_forms import CURRENCIES
from qa.entities.amounts import candidates
from qa.entities.date_forms import folded_date
from qa.entities.folded_values import folded_value
from qa.entities.units import UNITS
from qa.entities.written_numbers import number_range

_MEASURED = (AnswerType.MONEY, AnswerType.PERCENT, AnswerType.PERIOD, AnswerType.NUMBER)
# Units that are said in so many ways that only their number is compared.
_OF_THINGS = frozenset("个 人 次 人次 个月 岁 倍".split())
_MEASURES = ({basic for basic, _ in UNITS.values()} - _OF_THINGS) | {
    name for _, name, _, _ in CURRENCIES
}
"""Basic units, and currencies, with which amounts are compared."""

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_HAN_RUN = re.compile("[〇零一二三四五六七八九十百千万亿两]+")
# Runs that count nothing: 一 of 统一, 十 of 十分.
_NO_COUNT = re.compile(r"十分|万一|千万(?=别|要|不)|[百千万]分之|两者|二者|百姓|一")
_ORDINAL = re.compile("第([〇零一二三四五六七八九十百千两\\d]+)")
_WORDS = {
    word: str(at)
    for at, words in (
        (2, "two second twice double doubled"),
        (3, "three third triple tripled"),
        (4, "four fourth"),
        (5, "five fifth"),
        (6, "six sixth"),
        (7, "seven seventh"),
        (8, "eight eighth"),
        (9, "nine ninth"),
        (12, "dozen"),
    )
    for word in words.split()
}
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")
_HALF = re.compile(r"半|\bhalf\b|\bhalves\b")
_TIMES = re.compile(r"翻[一两]?番|翻倍")
# 几十 and 上百: no value, but a figure all the same.
_VAGUE = re.compile("(?:[几数]|(?<![以之])上|成)[十百千万亿]+")
_SCORE = re.compile(r"(?<![\d.,:-])(\d{1,3})\s?[-–:比]\s?(\d{1,3})(?![\d:-]|[.,]\d)")
_WEEKDAY = re.compile(
    r"(?:周|星期|礼拜)(?P<han>[一二三四五六日天])"
    r"|\b(?P<latin>mon|tues|wednes|thurs|fri|satur|sun)days?\b"
)
_WEEK = "一二三四五六日"
_WEEK_EN = "mon tues wednes thurs fri satur sun".split()
_ENGLISH_UNITS = {
    "km2": "square kilomet(?:re|er)s?|sq km", "m2": "square met(?:re|er)s?|sq m",
    "km": "kilomet(?:re|er)s?", "cm": "centimet(?:re|er)s?", "mm": "millimet(?:re|er)s?",
    "m": "met(?:re|er)s?", "kg": "kilogram(?:me)?s?", "g": "gram(?:me)?s?",
    "t": "(?:metric )?ton(?:ne)?s?", "ha": "hectares?", "h": "hours?", "min": "minutes?",
    "feet": "foot",
}  # fmt: skip
_SPELLED_UNIT = re.compile(
    r"(?<=\d)[ -]?(?:"
    + "|".join(f"(?P<{unit}>{spelled})" for unit, spelled in _ENGLISH_UNITS.items())
    + r")\b",
    re.IGNORECASE,
)
_ENGLISH_NUMBER = (
    r"(?:(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|one|hundred|thousand|million|billion)\b)"
)
_SPELLED_NUMBER = re.compile(
    rf"\b{_ENGLISH_NUMBER}(?:(?: and |[ -]){_ENGLISH_NUMBER})*(?=[ -](?:miles?|feet|inch(?:es)?|"
    rf"{'|'.join(_ENGLISH_UNITS.values())})\b)",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"\d{1,2}年")
_WHOLE_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?(?P<rest>.*)")
_PART_OF_DATE = re.compile(r"(?:(?P<month>\d+)月)?(?:(?P<day>\d+)日)?(?P<rest>.*)")


@dataclass(frozen=True, slots=True)
class _Day:
    """What a date says; None for what it leaves open."""

    year: int | None
    month: int | None
    day: int | None
    rest: str

    @classmethod
    def of(cls, form: str) -> "_Day":
        match = _WHOLE_DATE.fullmatch(form) or _PART_OF_DATE.fullmatch(form)
        assert match is not None  # the second pattern takes any text
        groups = match.groupdict()

        def number(name: str) -> int | None:
            return int(groups[name]) if groups.get(name) else None

        return cls(number("year"), number("month"), number("day"), groups["rest"].strip())

    def is_said_by(self, other: "_Day") -> bool:
        """Return whether another date says all that this one says."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(own is None or own == its for own, its in pairs) and self.rest in {
            "",
            other.rest,
        }


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a text: amounts with units, numbers, dates."""

    amounts: frozenset[str]
    numbers: frozenset[str]
    days: frozenset[_Day]
    scores: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[tuple[str, str | None]]) -> "Figures":
        """Read cited texts, each with the date of its article."""
        amounts, numbers, days = set[str](), set[str](), set[_Day]()
        scores = set[str]()
        for text, published in texts:
            plain = _plain_form(text)
            amounts |= {value for value, _ in _amounts(plain)}
            numbers |= numbers_in(plain)
            scores |= _scores(plain)
            days |= {day for forms, _ in _dates(plain, published) for day in forms}
            days |= {day for forms, _ in _dates(plain, None) for day in forms}
        return cls(frozenset(amounts), frozenset(numbers), frozenset(days), frozenset(scores))

    def lack(self, sentence: str) -> bool:
        """Return whether a sentence has a figure or date that is not among these."""
        plain = _plain_form(sentence)
        if self.scores and not _scores(plain) <= self.scores:
            return True
        checked = list[Span]()
        for forms, span in _dates(plain, None):
            if not all(any(map(day.is_said_by, self.days)) for day in forms):
                return True
            checked.append(span)
        for value, span in _amounts(plain):
            if any(map(span.overlaps, checked)):
                continue
            if value not in self.amounts:
                return True
            checked.append(span)
        return not numbers_in(_without(plain, checked)) <= self.numbers


def _dates(text: str, published: str | None) -> Iterator[tuple[list[_Day], Span]]:
    """Yield the dates of a text that can be read, a range with both of its ends."""
    for span in candidates(AnswerType.DATE, text):
        if _SHORT_YEAR.fullmatch(span.of(text)):
            continue  # 12年 may be twelve years; its number is compared
        form = folded_date(span.of(text), published)
        if form is not None:
            yield [_Day.of(part) for part in form.split("/")], span


def _amounts(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the amounts of a text that have a unit of their own: money, shares, measures."""
    for answer_type in _MEASURED:
        for span in candidates(answer_type, text):
            value = folded_value(answer_type, span.of(text))
            if value is not None and _has_unit(value):
                yield value, span


def _has_unit(value: str) -> bool:
    """Return whether an amount is one of money or measure, or a share."""
    number, _, unit = value.partition(" ")
    if not unit:
        return number.endswith("%") and number[:1].isdigit()
    basic = unit.partition("/")[0]
    return basic in _MEASURES


def _plain_form(text: str) -> str:
    """Return a text of one width, with units as Chinese texts write them: `55 metres` is 55m."""
    plain = unicodedata.normalize("NFKC", "".join(map(_digits_of, text)))
    plain = _SPELLED_NUMBER.sub(lambda match: _digits_of_words(match[0]), plain)
    return _SPELLED_UNIT.sub(lambda match: str(match.lastgroup), plain)


def _digits_of_words(words: str) -> str:
    """Return a number that is spelled in English before a unit in digits: `fifty-five`."""
    number, *others = values(fold(words)) or (words,)
    return words if others else number


def _digits_of(char: str) -> str:
    """Return the digits of a numeral that is a letter, so that Ⅴ is 5."""
    is_letter = unicodedata.category(char) == "Nl" and char != "〇"
    return format(unicodedata.numeric(char), "g") if is_letter else char


def _scores(text: str) -> set[str]:
    """Return the results and ratios of a text, whose order counts: 2-1."""
    return {"-".join(pair) for pair in _SCORE.findall(text)}


def numbers_in(text: str) -> set[str]:
    """Return all numbers in a text as digits, however they are written."""
    folded = fold(text)
    numbers = {*values(folded), *_VAGUE.findall(folded)}
    numbers |= {f"day {_weekday_of(match)}" for match in _WEEKDAY.finditer(folded)}
    rest = without_numbers(_WEEKDAY.sub(" ", folded))
    numbers |= {_plain(digits) for digits in _DIGITS.findall(rest)}
    numbers |= {_WORDS[word] for word in _WORD.findall(rest)}
    # 第一 is a figure, though 一 alone is not.
    numbers |= {f"第{_of_run(run)}" for run in _ORDINAL.findall(rest)}
    numbers |= {_of_run(run) for run in _HAN_RUN.findall(_NO_COUNT.sub(" ", rest))}
    if _HALF.search(rest):
        numbers.add("half")
    if _TIMES.search(rest):
        numbers.add("2")
    return numbers


def _weekday_of(match: re.Match[str]) -> int:
    """Return a day of the week, from 0: 周一 and Monday are the same."""
    if match["latin"]:
        return _WEEK_EN.index(match["latin"])
    return _WEEK.index(match["han"].replace("天", "日"))


def _of_run(run: str) -> str:
    """Return the value of Han digits as digits; the run itself if it has none: 五六七."""
    bounds = number_range(run)
    if bounds is None or bounds[0] != bounds[1]:
        return run
    return _plain(str(bounds[0]))


def _plain(digits: str) -> str:
    """Return a number in one form: `09` and `9.0` are `9`."""
    return format(Decimal(digits).normalize(), "f")


def _without(text: str, spans: Iterable[Span]) -> str:
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = " " * (span.end - span.start)
    return "".join(characters)
