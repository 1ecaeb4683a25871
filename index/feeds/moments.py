"""When a page changed, as feeds and sitemaps say it: a moment in UTC, or a day."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def moment_of(text: str) -> str:
    """Return a moment in UTC, or a day, in ISO 8601; empty if it is neither. Texts sort by time.

    >>> moment_of("2024-05-01"), moment_of("Wed, 01 May 2024 08:00:00 +0800"), moment_of("2024")
    ('2024-05-01', '2024-05-01T00:00:00.000000Z', '')
    """
    text = text.strip()
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
        return _in_utc(_parsed(text))
    except (ValueError, TypeError, OverflowError):
        return ""


def is_unchanged(updated: str, before: str, fetched: str) -> bool:
    """Return whether a page is what it was on the day it was `fetched`, by its feed's word alone.

    `before` is what the feed said then. A day says nothing of what came later on the same day.

    >>> is_unchanged("2024-05-01", "2024-05-01", fetched="2024-05-02")
    True
    >>> is_unchanged("2024-05-01", "2024-05-01", fetched="2024-05-01")
    False
    """
    if not updated or updated > before:
        return False
    return not _DAY.fullmatch(updated) or updated < fetched


def today() -> str:
    """Return the day in UTC."""
    return datetime.now(UTC).date().isoformat()


def _parsed(text: str) -> datetime:
    # `fromisoformat` takes more than dates that anybody means: 20240501, 2024-W18-3.
    return datetime.fromisoformat(text) if _DAY.match(text) else parsedate_to_datetime(text)


def _in_utc(moment: datetime) -> str:
    # One without a zone is compared with others of its own site only, so that any will do.
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
