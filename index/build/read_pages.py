"""Fetch the pages of address lists, and prepare the new ones.

Only ever done when the user asks for it: nothing else in Yiju goes out to a network.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.article import Failure
from index.build.prepare import FileRead, KnownArticle, NewArticle, prepare
from index.fetch.crawler import fetch_all
from index.fetch.fetch import FetchedPage, FetchLimits
from index.fetch.media_types import suffix_of
from index.fetch.urls import read_url_list
from index.ingest.read import read_file, reader_of
from index.ingest.reading_limits import limits_of
from index.processes.limits import BeyondLimitsError, Limits
from index.processes.worker_pool import Guard, in_order
from index.progress import Progress, counted
from index.store.content import LibraryEntry


@dataclass(frozen=True, slots=True)
class Web:
    """Lists of addresses, and whether pages of private networks may be fetched."""

    lists: tuple[Path, ...] = ()
    private_allowed: bool = False


def page_path(listed: Path, address: str) -> str:
    """Return the path of a page: below its list, to be deleted with it."""
    return f"{listed}/{address}"


def read_pages(
    web: Web, known: Mapping[str, Sequence[LibraryEntry]], progress: Progress
) -> Iterator[FileRead]:
    """Yield each page of the lists as it arrives; `known` are entries by their path.

    A line that names no page is a failure; a list that can't be read is one above all its pages,
    so that they keep their earlier versions.
    """
    limits = FetchLimits(private_allowed=web.private_allowed)
    for listed in web.lists:
        url_list = read_url_list(listed)
        for failure in url_list.failures:
            yield FileRead(failure.where, failure.where, None, failed=[failure])
        fetched = fetch_all(url_list.urls, limits)
        pages = (
            _Page(page_path(listed, address), address, outcome)
            for address, outcome in counted(fetched, len(url_list.urls), "fetching", progress)
        )
        asked = ((page, known.get(page.path, ())) for page in pages)
        for _, read in in_order(_read, asked, 1, Guard(_limits, _lost)):
            yield read


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that was fetched, or the failure to, and the path under which it is noted."""

    path: str
    address: str
    outcome: FetchedPage | Failure


_Asked = tuple[_Page, Sequence[LibraryEntry]]
"""A page, and its entries of earlier rebuilds."""


def _read(asked: _Asked) -> FileRead:
    """Return a page's article, with its address as id."""
    page, known = asked
    path, address, outcome = page.path, page.address, page.outcome
    if isinstance(outcome, Failure):
        return FileRead(path, address, None, failed=[replace(outcome, where=address)])
    name = f"page{suffix_of(outcome.media_type, outcome.url)}"
    reader, file_hash = reader_of(name), hashlib.sha256(outcome.data).hexdigest()
    if known and all((entry.file_hash, entry.reader) == (file_hash, reader) for entry in known):
        return FileRead(path, reader, file_hash, [KnownArticle(entry) for entry in known])
    articles, failed = read_file(name, _as_utf8(outcome))
    return FileRead(
        path,
        reader,
        file_hash,
        [
            NewArticle(prepare(replace(article, id=address, url=article.url or outcome.url), path))
            for article in articles
        ],
        [replace(failure, where=address) for failure in failed],
    )


def _limits(asked: _Asked) -> Limits:
    outcome = asked[0].outcome
    return limits_of(0 if isinstance(outcome, Failure) else len(outcome.data))


def _lost(asked: _Asked, error: BeyondLimitsError) -> FileRead:
    """Return the failure of a page that is beyond the limits."""
    page = asked[0]
    return FileRead(page.path, page.address, None, failed=[Failure(page.address, str(error))])


def _as_utf8(page: FetchedPage) -> bytes:
    """Return the page's bytes, as UTF-8 with a BOM if the server's charset is right."""
    if page.charset is None or not page.media_type.startswith(("text/", "application/xhtml")):
        return page.data
    try:
        return page.data.decode(page.charset).encode("utf-8-sig")
    except (UnicodeError, LookupError):  # the charset is wrong: detection does better
        return page.data
