"""Parse dates in articles to ISO 8601: `2016年9月30日` → `2016-09-30`.

Impossible dates (2016-02-30) are skipped. Which date is that of publication is left to `byline`.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.article import Span

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_MONTH = (
    r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?P<{0}>(?:1[89]|20)\d\d)"
# One alternative per notation; the numbers of the groups say which of them matched.
_DATE = re.compile(
    r"(?<![\d.])(?:"
    + _YEAR.format("y1")
    + r"(?:\s*年\s*(?P<m1>\d{1,2})\s*月(?:\s*(?P<d1>\d{1,2})(?:\s*[日号號]|(?=\s|$)))?"
    + r"|(?P<sep>[-/.])(?P<m2>\d{1,2})(?:(?P=sep)(?P<d2>\d{1,2}))?(?![-/.]?\d))"
    + r"|\b"
    + _MONTH.format("m3")
    + r"\s+(?P<d3>\d{1,2})(?:st|nd|rd|th)?,?\s+"
    + _YEAR.format("y3")
    + r"(?!\d)|\b(?P<d4>\d{1,2})(?:st|nd|rd|th)?\s+"
    + _MONTH.format("m4")
    + r",?\s+"
    + _YEAR.format("y4")
    + r"(?!\d))",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ]\d{2}:\d{2}.*)?")
# As databases write it, alone or with a time: 20160930, 20160930083000.
_COMPACT = re.compile(r"((?:1[89]|20)\d\d)(\d{2})(\d{2})(?:[T ]?\d{2}:?\d{2}(?::?\d{2})?\D*)?")
_MONTH_ALONE = re.compile(r"((?:1[89]|20)\d\d)[/.](\d{1,2})")
_HAN_DIGITS = "〇一二三四五六七八九"
_HAN_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号號])?"
)
_WEEKDAY = (
    r"(?:(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?\.?,?"
    r"|[（(]?(?:星期|周|週|礼拜)[一二三四五六日天][）)]?)"
)
_LEADING_WEEKDAY = re.compile(rf"{_WEEKDAY}\s*(?=[\dA-Z])", re.IGNORECASE)
_TIME = re.compile(
    rf"[\s,，T]*(?:{_WEEKDAY}\s*)?(?:(?:上午|下午|at)?\s*\d{{1,2}}[:：时時]\d{{1,2}}"
    r"(?:[:：分]\d{1,2}(?:\.\d+)?秒?)?分?)?"
    r"\s*(?:[ap]\.?m\.?)?\s*(?:Z|GMT|UTC|CST|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in ISO 8601 with its span in the text."""

    iso: str
    span: Span


def find_dates(text: str) -> Iterator[DateMention]:
    """Yield the dates in a text, in order.

    >>> list(find_dates("Sept. 30, 2016"))
    [DateMention(iso='2016-09-30', span=Span(start=0, end=14))]
    """
    for match in _DATE.finditer(text):
        iso = _of_match(match)
        if iso:
            yield DateMention(iso, Span(match.start(), match.end()))


def to_iso(value: str) -> str | None:
    """Parse a string that consists of a date and optionally a time; None for any other.

    >>> [to_iso(value) for value in ("2016", "20160930", "Fri, 30 Sep 2016 08:00:00 +0800")]
    ['2016', '2016-09-30', '2016-09-30']
    """
    value = value.strip()
    forms = (_ISO, _COMPACT, _MONTH_ALONE)
    match = next(filter(None, (form.fullmatch(value) for form in forms)), None)
    if match:
        return iso_of(*match.groups())
    value = _HAN_DATE.sub(_in_figures, value, count=1)
    value = _LEADING_WEEKDAY.sub("", value, count=1)
    date = next(find_dates(value), None)
    whole = date and date.span.start == 0 and _TIME.fullmatch(value[date.span.end :])
    return date.iso if date and whole else None


def iso_of(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """Format a date in ISO 8601, None for an impossible one.

    >>> iso_of("2016", "9"), iso_of("2016", "2", "30")
    ('2016-09', None)
    """
    try:
        date = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return date.isoformat()[: 10 if day else 7 if month else 4]


def _in_figures(match: re.Match[str]) -> str:
    """Write a date of Chinese numerals in figures: `二〇一六年九月三十日` → `2016年9月30日`."""
    year = "".join(_figure(digit) for digit in match[1])
    day = f"{_number(match[3])}日" if match[3] else ""
    return f"{year}年{_number(match[2])}月{day}"


def _figure(digit: str) -> str:
    return str(max(0, _HAN_DIGITS.find(digit)))


def _number(numeral: str) -> int:
    """Return the value of a numeral up to 九十九; one that is none becomes no day or month."""
    tens, ten, ones = numeral.rpartition("十")
    return int(_figure(tens or "一")) * (10 if ten else 0) + int(_figure(ones or "〇"))


def _of_match(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    if parts["y1"]:
        # 2016.9 may be a number and 2016/9 half of 2016/9/x: without a day only - and 年 are clear.
        if parts["sep"] and not parts["d2"] and parts["sep"] != "-":
            return None
        return iso_of(parts["y1"], parts["m1"] or parts["m2"], parts["d1"] or parts["d2"])
    month = parts["m3"] or parts["m4"]
    number = str(_MONTHS[month[:3].lower()])
    return iso_of(parts["y3"] or parts["y4"], number, parts["d3"] or parts["d4"])
