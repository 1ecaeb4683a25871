"""Find where an article states its source and its date: in a byline, or in a line of its own."""

from collections.abc import Iterator, Sequence

from index.article import Span
from index.ingest.structure.byline import Byline
from index.ingest.structure.dates import find_dates


def values_of(about: Sequence[str]) -> Iterator[str]:
    """Yield what lines of names and values state: each value, and the dates in it.

    >>> list(values_of(["日期: 2016年9月30日"]))
    ['2016年9月30日', '2016-09-30']
    """
    for line in about:
        value = line.partition(": ")[2]
        yield value
        yield from (date.iso for date in find_dates(value) if date.iso != value)


def is_stated(about: str, byline: Byline) -> bool:
    """Return whether a byline states what a line of a name and its value does."""
    known = {byline.source, byline.published, byline.author}
    return not known.isdisjoint(values_of([about]))


def source_at(source: str | None, byline: Byline, text: str, below: int) -> Span | None:
    """Return where a text states its source: in its byline, else first `below` its title."""
    if source is None or byline.source == source:
        return byline.source_at
    # Our own lines are right below the title, so the first such words are in them.
    return _span_of(source, text, below)


def published_at(published: str | None, byline: Byline, text: str, below: int) -> Span | None:
    """Return where a text states its date: in its byline, else first `below` its title."""
    if published is None or byline.published == published:
        return byline.published_at
    if as_stated := _span_of(published, text, below):
        return as_stated
    spans = (date.span for date in find_dates(text[below:]) if date.iso == published)
    return next((Span(span.start + below, span.end + below) for span in spans), None)


def _span_of(value: str, text: str, below: int) -> Span | None:
    start = text.find(value, below)
    return None if start < 0 else Span(start, start + len(value))
