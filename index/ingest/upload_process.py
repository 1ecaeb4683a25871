"""Program that reads uploads in a process of its own, started by `UploadReader`."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from index.article import Failure
from index.errors import ArticleError
from index.ingest.formats.jsonl import article_of_record
from index.ingest.read import Reading, read_file
from index.ingest.reading_aids import ReadingAids
from index.processes.worker_loop import Tell, Work, serve_started

MAX_ARTICLES = 10_000
"""Articles in one upload."""

MAX_CHARS = 5_000_000
"""Characters of all articles in one upload."""


class Uploaded(NamedTuple):
    """A file's name and bytes, or a name and an article as JSON.

    `scans` is how many scanned pages may be recognised.
    """

    name: str
    content: bytes | Mapping[str, Any]
    scans: int = 0


class UploadWork:
    """Reads uploads with aids that last: what recognises scans is loaded once."""

    def __init__(self, aids: ReadingAids) -> None:
        self._aids = aids

    def read(self, uploaded: Uploaded, tell: Tell) -> Reading:
        """Return the articles of a file or a record, and the failures.

        Raises:
            BeyondLimitsError: it takes LibreOffice too long.
        """
        name, content, scans = uploaded
        if isinstance(content, bytes):
            aids = self._aids.at_work(tell, scans)
            return within_bounds(name, read_file(name, content, aids=aids))
        try:
            return [article_of_record(content)], []
        except ArticleError as error:
            return [], [Failure(name, str(error))]


def work_of(aids: ReadingAids) -> Work[Uploaded, Reading]:
    """Return the work of the process that is started with aids."""
    return UploadWork(aids).read


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
    serve_started(work_of)
