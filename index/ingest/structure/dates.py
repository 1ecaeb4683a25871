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

    >>> [to_iso(value) for value in ("2016", "2016-09-30T08:00:00+08:00", "30 September 2016")]
    ['2016', '2016-09-30', '2016-09-30']
    """
    value = value.strip()
    match = _ISO.fullmatch(value)
    if match:
        return iso_of(*match.groups())
    date = next(find_dates(value), None)
    whole = date and date.span.start == 0 and _is_time(value[date.span.end :])
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


def _is_time(rest: str) -> bool:
    return re.fullmatch(r"\s*(?:\d{1,2}[:：时]\d{2}(?:[:：分]\d{2}秒?)?分?)?", rest) is not None


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
