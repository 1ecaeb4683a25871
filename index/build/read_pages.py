"""Fetches the pages that lists of addresses name, and makes what is new ready for the library.

Only ever done when it was asked for: nothing else in Yiju goes out to a network.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.article import Failure
from index.build.read_files import FileRead, Piece, reader_of
from index.fetch.crawler import fetch_all
from index.fetch.fetch import FetchedPage, FetchLimits
from index.fetch.media_types import suffix_of
from index.fetch.urls import read_url_list
from index.ingest.read import read_file
from index.progress import Progress, counted
from index.store.content import prepare
from index.store.library import LibraryEntry


@dataclass(frozen=True, slots=True)
class Web:
    """Lists of addresses, and whether pages of the own network may be fetched."""

    lists: tuple[Path, ...] = ()
    private_allowed: bool = False


def place_of(listed: Path, address: str) -> str:
    """What stands for the path of a page: below its list, so that it is gone when that is."""
    return f"{listed}/{address}"


def read_pages(
    web: Web, known: Mapping[str, Sequence[LibraryEntry]], progress: Progress
) -> Iterator[FileRead]:
    """Each page of the lists as it comes in; `known` are entries by their path.

    A line that names no page comes as one that failed, a list that can't be read as one above all
    its pages: so they keep their earlier versions.
    """
    limits = FetchLimits(private_allowed=web.private_allowed)
    for listed in web.lists:
        found = read_url_list(listed)
        for failure in found.failures:
            yield FileRead(failure.where, failure.where, None, failed=[failure])
        pages = fetch_all(found.urls, limits)
        for address, outcome in counted(pages, len(found.urls), "fetching", progress):
            place = place_of(listed, address)
            if isinstance(outcome, Failure):
                yield FileRead(place, address, None, failed=[replace(outcome, where=address)])
            else:
                yield _read(place, address, outcome, known.get(place, ()))


def _read(place: str, address: str, page: FetchedPage, known: Sequence[LibraryEntry]) -> FileRead:
    """A page's article, under its address."""
    name = f"page{suffix_of(page.media_type, page.url)}"
    reader, file_hash = reader_of(name), hashlib.sha256(page.data).hexdigest()
    if known and all((one.file_hash, one.reader) == (file_hash, reader) for one in known):
        return FileRead(place, reader, file_hash, [Piece(None, one) for one in known])
    articles, failed = read_file(name, _in_unicode(page))
    pieces = [
        Piece(prepare(replace(one, id=address, url=one.url or page.url), place), None)
        for one in articles
    ]
    told = [replace(failure, where=address) for failure in failed]
    return FileRead(place, reader, file_hash, pieces, told)


def _in_unicode(page: FetchedPage) -> bytes:
    """The page's bytes, in UTF-8 with a mark where the server's word for their encoding holds."""
    if page.charset is None or not page.media_type.startswith(("text/", "application/xhtml")):
        return page.data
    try:
        return page.data.decode(page.charset).encode("utf-8-sig")
    except (UnicodeError, LookupError):  # it was wrong: the bytes themselves tell better
        return page.data
