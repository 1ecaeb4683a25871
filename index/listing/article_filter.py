"""Which articles a search is restricted to, and the days that a date in ISO 8601 can mean."""

import re
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of articles by source, by an inclusive range of ISO dates, and by id.

    An article dated by a month or a year passes if that overlaps the range; one without a date
    passes only if no date is asked for. Ids that no article has let nothing pass.
    """

    source: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    articles: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.source, self.published_from, self.published_to, self.articles))


def is_date(text: str) -> bool:
    """Return whether a text is a year, a month or a day in ISO 8601 that exists.

    >>> is_date("2016"), is_date("2016-02-29"), is_date("2016-02-30"), is_date("16/2")
    (True, True, False, False)
    """
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def first_day(day: str) -> int:
    """Return a number for the first day that a date can mean, or for a time just before it.

    >>> first_day("2016-09"), first_day("2016-09-30")
    (20160900, 20160930)
    """
    return int(day.replace("-", "").ljust(8, "0"))


def last_day(day: str) -> int:
    """Return a number for the last day that a date can mean, or for a time just after it.

    >>> last_day("2016-09"), last_day("2016-09-30")
    (20160999, 20160930)
    """
    return int(day.replace("-", "").ljust(8, "9"))
