"""Prepare articles for the library: hashes, passages and MinHash bands."""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from index.article import Article, Failure
from index.ingest.boilerplate.edge_lines import edge_lines
from index.store.content import ContentRecord, LibraryEntry, layout_of
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

    record: ContentRecord
    part: str = ""

    @property
    def id(self) -> str:
        """The article's id."""
        return self.record.article.id

    def entry(self, read: "FileRead") -> LibraryEntry:
        """Return its entry, from the file that was read."""
        file_hash = read.file_hash or ""
        content = self.record.content
        return LibraryEntry(self.id, content, read.path, file_hash, read.reader, self.part)


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
        return replace(self.earlier, file_hash=read.file_hash or "")


@dataclass(slots=True)
class FileRead:
    """The articles and failures of a file, or of a page of the web.

    `reader` names how it was read; `file_hash` is None if it could not be opened. Failures are
    located by paths or addresses that a user knows.
    """

    path: str
    reader: str
    file_hash: str | None
    pieces: Sequence[ReadArticle] = ()
    failed: Sequence[Failure] = ()


def prepare(article: Article, folder: str | None = None) -> ContentRecord:
    """Return an article's content, named by a hash of all except its id.

    A cleaned article comes with its `folder`, and its edge lines are included. They are compared
    among the articles of one source; the folder stands in for a source that is not known.
    """
    text, layout = article.text, layout_of(article)
    passages = [(part, _digest(part.of(text))) for part in split(text, article.sections)]
    record = ContentRecord(article, _name_of(article, layout), layout, passages, bands(text))
    if folder is None:
        return record
    edges = [line_hash(line) for line in edge_lines(article)]
    return replace(record, source=article.source or _host(article.url) or folder, edges=edges)


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
