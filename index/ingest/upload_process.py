"""Program that reads uploads in a process of its own, started by `UploadReader`."""

from collections.abc import Mapping
from typing import Any

from index.article import Failure
from index.errors import ArticleError
from index.ingest.formats.converted.libre_office import LibreOffice
from index.ingest.formats.jsonl import article_of_record
from index.ingest.read import Reading, read_file
from index.processes.worker_process import serve_started

MAX_ARTICLES = 10_000
"""Articles in one upload."""

MAX_CHARS = 5_000_000
"""Characters of all articles in one upload."""

Uploaded = tuple[str, bytes | Mapping[str, Any], LibreOffice | None]
"""A file's name and bytes, or a name and an article as JSON; and what converts old kinds."""


def read_uploaded(uploaded: Uploaded) -> Reading:
    """Return the articles of a file or a record, and the failures.

    Raises:
        BeyondLimitsError: it takes LibreOffice too long.
    """
    name, content, office = uploaded
    if isinstance(content, bytes):
        return within_bounds(name, read_file(name, content, office=office))
    try:
        return [article_of_record(content)], []
    except ArticleError as error:
        return [], [Failure(name, str(error))]


def within_bounds(name: str, reading: Reading, articles: int = 0, chars: int = 0) -> Reading:
    """Refuse a file that holds too much for one upload, beside what it holds already."""
    articles += len(reading[0])
    chars += sum(len(article.text) for article in reading[0])
    if articles > MAX_ARTICLES:
        return _refused(name, f"{MAX_ARTICLES:,} articles")
    return _refused(name, f"{MAX_CHARS:,} characters") if chars > MAX_CHARS else reading


def _refused(name: str, bound: str) -> Reading:
    reason = f"is more than the {bound} of one upload; send it in parts, or use yiju rebuild."
    return [], [Failure(name, reason)]


if __name__ == "__main__":
    serve_started(read_uploaded)
