"""The bounds of an article, so that none takes all of a machine: of its text, and of its fields.

A long novel has a million characters, the longest field of 100,000 news articles 200.
"""

from index.article import Article
from index.errors import ArticleError

MAX_CHARS = 3_000_000
MAX_LINES = 100_000
MAX_SECTIONS = 10_000
MAX_CELLS = 20_000
"""Cells of tables, blank ones included, that are known as such; further rows are lines only."""

MAX_FIELD = 500
"""Characters of a source, an author, a date, a heading."""

_MOST = {"id": 1000, "title": 1000, "url": 2000}


def is_storable(text: str) -> bool:
    r"""Return whether a text can be stored and sent.

    NUL ends strings in other programs, and UTF-8 lacks lone surrogates.

    >>> is_storable("大桥"), is_storable("\ud800"), is_storable("a\0b")
    (True, False, False)
    """
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def check_text(text: str) -> None:
    """Refuse a text that is too long, or has too many lines, before more is done with it.

    Raises:
        ArticleError: it is beyond a bound.
    """
    if len(text) > MAX_CHARS:
        raise ArticleError(f"holds more than {MAX_CHARS:,} characters; split it.")
    if text.count("\n") > MAX_LINES:
        raise ArticleError(f"holds more than {MAX_LINES:,} lines; split it.")


def check_article(article: Article) -> None:
    """Refuse an article whose text, sections or fields are beyond a bound.

    Raises:
        ArticleError: one is.
    """
    check_text(article.text)
    if len(article.sections) > MAX_SECTIONS:
        raise ArticleError(f"holds more than {MAX_SECTIONS:,} headings; split it.")
    for name, value in (
        ("title", article.title),
        ("source", article.source),
        ("author", article.author),
        ("published", article.published),
        ("url", article.url),
    ):
        check_field(name, value)


def check_field(name: str, value: str | None) -> None:
    """Refuse a field that is too long; `name` is its key in JSON.

    Raises:
        ArticleError: it is.
    """
    most = most_of(name)
    if value is not None and len(value) > most:
        raise ArticleError(f'has a "{name}" of more than {most:,} characters; shorten it.')


def fitting(name: str, value: str | None) -> str | None:
    """Return a field that a file states of itself, None if it is too long to be one.

    >>> fitting("source", "百方网"), fitting("source", "长" * 501)
    ('百方网', None)
    """
    return value if value is not None and len(value) <= most_of(name) else None


def most_of(name: str) -> int:
    """Return the most characters that a field may have."""
    return _MOST.get(name, MAX_FIELD)
