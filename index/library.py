"""The library: articles, passages and embeddings in SQLite, the truth that indexes derive from.

Only a rebuild writes here. What a running server reads of one generation is in `catalogue`.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np

from index.article import Article
from index.encoder import Vectors
from index.errors import MismatchError, StoreError
from index.passages import SPLITTER, split

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a generation holds it: its id, its content, the file it came from.

    `file_hash` is empty when part of the file failed, so that it is read again next time.
    """

    article: str
    content: str
    path: str
    file_hash: str
    reader: str


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its number and the words it is found by."""

    id: int
    text: str
    text_hash: bytes
    context: str


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Tells in plain words what SQLite stumbles over: a damaged, locked or read-only file."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a mistake of ours, not of the file's
    except sqlite3.Error as error:
        raise StoreError(
            f"{path} can't be used: {error}. Restore it from a copy, or move it away and make a "
            "new index with: yiju rebuild FOLDER"
        ) from error


def connect(path: Path, *, readonly: bool = False) -> sqlite3.Connection:
    """Opens the library's file and makes sure that this version of Yiju can read it.

    Raises:
        MismatchError: a newer or foreign file.
    """
    if readonly and not path.is_file():
        raise MismatchError(
            f"{path} is missing. Restore it, or make a new index: yiju rebuild FOLDER"
        )
    mode = "ro" if readonly else "rwc"
    with told(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,  # SQLite is built serialised: threads may share a connection
        )
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and not readonly:
            connection.execute("PRAGMA journal_mode = WAL")
            schema = files("index").joinpath("schema.sql").read_text(encoding="utf-8")
            connection.executescript(
                f"BEGIN; {schema} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )
            version = SCHEMA_VERSION
        connection.execute("PRAGMA synchronous = FULL")
    if version != SCHEMA_VERSION:
        connection.close()
        raise MismatchError(
            f"{path} has schema version {version}, this Yiju reads version {SCHEMA_VERSION}. "
            "Use the Yiju that made it, or rebuild into a new store."
        )
    return connection


def content_hash(article: Article) -> str:
    """The name of an article's content: equal for equal words, whatever the file is called."""
    everything = [article.title, article.source, article.published, article.url, article.text]
    packed = json.dumps([*everything, _layout(article)], ensure_ascii=False)
    return hashlib.sha256(packed.encode("utf-8")).hexdigest()


class Library:
    """The writing side."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = connect(path)

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing."""
        with told(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def add(self, article: Article) -> str:
        """Stores an article's content and passages, where new; returns the content's name."""
        name = content_hash(article)
        row = (name, article.title, article.source, article.published, article.url, article.text)
        self._db.execute(
            "INSERT OR IGNORE INTO contents VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, _layout(article))
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO passages (content, splitter, start, end, heading, text_hash) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [
                (name, SPLITTER, p.start, p.end, p.heading, _digest(article.text[p.start : p.end]))
                for p in split(article.text, article.sections)
            ],
        )
        return name

    def entries(self, generation: int) -> dict[str, Entry]:
        """What a generation holds, by article id."""
        rows = self._db.execute(
            "SELECT article, content, path, file_hash, reader FROM entries WHERE generation = ?",
            (generation,),
        )
        return {row[0]: Entry(*row) for row in rows}

    def record(self, generation: int, entries: Iterable[Entry]) -> None:
        """Writes down what a new generation holds. It counts once it becomes current."""
        with self.transaction():
            self._db.execute("INSERT INTO generations VALUES (?, ?)", (generation, SPLITTER))
            self._db.executemany(
                "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)",
                ((generation, *astuple(entry)) for entry in entries),
            )

    def forget(self, generation: int) -> None:
        """Drops what was written down for a generation."""
        with self.transaction():
            self._db.execute("DELETE FROM entries WHERE generation = ?", (generation,))
            self._db.execute("DELETE FROM generations WHERE number = ?", (generation,))

    def recorded(self) -> list[int]:
        """All generations that are written down."""
        return [row[0] for row in self._db.execute("SELECT number FROM generations")]

    def passage_hashes(self, generation: int) -> dict[int, bytes]:
        """The number of each passage of a generation, ascending, with the hash of its text."""
        rows = self._db.execute(
            "SELECT p.id, p.text_hash FROM passages p JOIN generations g ON g.number = ? "
            "AND p.splitter = g.splitter WHERE p.content IN "
            "(SELECT content FROM entries WHERE generation = g.number) ORDER BY p.id",
            (generation,),
        )
        return dict(rows.fetchall())

    def passages(self, numbers: Sequence[int]) -> Iterator[StoredPassage]:
        """Passages by number, one at a time."""
        for number in numbers:
            text_hash, heading, title, text = self._db.execute(
                "SELECT p.text_hash, p.heading, c.title, "
                "substr(c.text, p.start + 1, p.end - p.start) "
                "FROM passages p JOIN contents c ON c.hash = p.content WHERE p.id = ?",
                (number,),
            ).fetchone()
            context = "\n".join(filter(None, (title, heading)))
            yield StoredPassage(number, text, text_hash, context)

    def texts(self, generation: int) -> Iterator[str]:
        """The texts of a generation's articles, each content once."""
        query = (
            "SELECT text FROM contents WHERE hash IN "
            "(SELECT content FROM entries WHERE generation = ?)"
        )
        return (row[0] for row in self._db.execute(query, (generation,)))

    def embedded(self, model: str) -> set[bytes]:
        """The hashes of all texts that have a vector of this model."""
        rows = self._db.execute("SELECT text_hash FROM embeddings WHERE model = ?", (model,))
        return {row[0] for row in rows}

    def add_vectors(self, model: str, hashes: Sequence[bytes], vectors: Vectors) -> None:
        """Stores vectors of shape `(len(hashes), dim)`; they survive a rebuild that is killed."""
        with self.transaction():
            self._db.executemany(
                "INSERT OR IGNORE INTO embeddings VALUES (?, ?, ?)",
                (
                    (model, text_hash, vector.astype("<f4").tobytes())
                    for text_hash, vector in zip(hashes, vectors, strict=True)
                ),
            )

    def vectors(self, model: str, hashes: Iterable[bytes]) -> Vectors:
        """The vectors of texts that have one, in order, shape `(n, dim)`."""
        query = "SELECT vector FROM embeddings WHERE model = ? AND text_hash = ?"
        blobs = [self._db.execute(query, (model, value)).fetchone()[0] for value in hashes]
        return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), -1)


def _layout(article: Article) -> str:
    """All that an article has beside its words, as JSON."""
    places = (article.title_at, article.source_at, article.published_at)
    return json.dumps(
        {
            "sections": [asdict(section) for section in article.sections],
            "removed": [asdict(removed) for removed in article.removed],
            "places": [astuple(place) if place else None for place in places],
        },
        ensure_ascii=False,
    )


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()
