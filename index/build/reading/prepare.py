"""Prepare articles for the library: hashes, passages and MinHash bands."""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.article import Article, Failure, Unread
from index.ingest.boilerplate.edge_lines import edge_lines
from index.library.content import ContentRecord, LibraryEntry, layout_of
from index.text.minhash import bands
from index.text.splitter import split


class ReadArticle(ABC):
    """An article of a file, new or known."""

    @property
    @abstractmethod
    def id(self) -> str:
        """The article's id."""

    @abstractmethod
    def entry(self, read: "FileRead") -> LibraryEntry:
        """Return its entry in a new generation."""


@dataclass(frozen=True, slots=True)
class NewArticle(ReadArticle):
    """A newly read article, prepared for the library; `part` hashes its line."""

    article: str
    record: ContentRecord
    unread: Sequence[Unread]
    part: str = ""

    @classmethod
    def of(cls, article: Article, folder: str | None = None, part: str = "") -> "NewArticle":
        """Prepare an article, as `prepare` does."""
        return cls(article.id, prepare(article, folder), article.unread, part)

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article

    def entry(self, read: "FileRead") -> LibraryEntry:
        """Return its entry, from the file that was read."""
        return self.kept().entry(read)

    def kept(self) -> "KeptArticle":
        """Return what has to be remembered once its record is in the library."""
        return KeptArticle(self.article, self.record.content, self.unread, self.part)


@dataclass(frozen=True, slots=True)
class KeptArticle(ReadArticle):
    """A newly read article without its text, of which there may be too much to be remembered."""

    article: str
    content: str
    unread: Sequence[Unread]
    part: str

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article

    def entry(self, read: "FileRead") -> LibraryEntry:
        """Return its entry, from the file that was read."""
        file_hash = read.file_hash or ""
        return LibraryEntry(
            self.article, self.content, read.path, file_hash, read.reader, self.part
        )


@dataclass(frozen=True, slots=True)
class KnownArticle(ReadArticle):
    """An article that the library has already, with its earlier entry."""

    earlier: LibraryEntry

    @property
    def id(self) -> str:
        """The article's id."""
        return self.earlier.article

    def entry(self, read: "FileRead") -> LibraryEntry:
        """Return its earlier entry under the file's present hash."""
        known, file_hash = self.earlier, read.file_hash or ""
        return LibraryEntry(
            known.article, known.content, known.path, file_hash, known.reader, known.part
        )


@dataclass(slots=True)
class FileRead:
    """The articles and failures of a file, or of a page of the web.

    `reader` names how it was read; `file_hash` is None if it could not be opened. If it is
    `unchanged`, all its earlier articles stay, and are not among the `pieces`. Failures are located
    by paths or addresses that a user knows.
    """

    path: str
    reader: str
    file_hash: str | None
    pieces: Sequence[ReadArticle] = ()
    failed: Sequence[Failure] = ()
    unchanged: bool = False


def prepare(article: Article, folder: str | None = None) -> ContentRecord:
    """Return an article's content, named by a hash of all except its id.

    A cleaned article comes with its `folder`, and its edge lines are included. They are compared
    among the articles of one source; the folder stands in for a source that is not known.
    """
    text, layout = article.text, layout_of(article)
    record = ContentRecord(
        content=_name_of(article, layout),
        title=article.title,
        source=article.source,
        author=article.author,
        published=article.published,
        url=article.url,
        text=text,
        layout=layout,
        passages=[
            (part.start, part.end, part.heading, _digest(part.of(text)))
            for part in split(text, article.sections)
        ],
        bands=bands(text),
    )
    if folder is None:
        return record
    edges = [line_hash(line) for line in edge_lines(article)]
    return record._replace(site=article.source or _host(article.url) or folder, edges=edges)


def line_hash(line: str) -> bytes:
    """Return 8 bytes that identify an edge line, without its white space."""
    return _digest("".join(line.split()))[:8]


def _host(url: str | None) -> str:
    return (urlsplit(url).hostname or "") if url else ""


def _name_of(article: Article, layout: str) -> str:
    metadata = [article.title, article.source, article.author, article.published, article.url]
    packed = json.dumps([*metadata, article.text, layout], ensure_ascii=False)
    return hashlib.sha256(packed.encode("utf-8")).hexdigest()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()
