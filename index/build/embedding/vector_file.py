"""A file of vectors by the hash of their text, which travels from one machine to another.

It is a SQLite file: one row says which model made the vectors, and each further row is a batch of
them with its SHA-256, so that what was written before a kill counts, and damage shows.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from index.errors import UsageError
from index.models.encoder import Vectors

_TABLES = """
    CREATE TABLE vectors_of (format INTEGER NOT NULL, model TEXT NOT NULL, dim INTEGER NOT NULL);
    CREATE TABLE batches (hashes BLOB NOT NULL, vectors BLOB NOT NULL, sum BLOB NOT NULL);
"""
_FORMAT = 1
_HASH = 32  # bytes

Batch = tuple[list[bytes], Vectors]
"""Hashes of texts and their vectors, shape `(n, dim)`."""


class VectorFile:
    """A file of the vectors of one model."""

    def __init__(self, path: Path, model: str, dim: int) -> None:
        self.path = path
        self._model, self._dim = model, dim

    def begin(self) -> None:
        """Create the file where it is missing; one that is there is gone on with.

        Raises:
            UsageError: it is no file of vectors, or of another model.
            OSError: it can't be created.
        """
        if self.path.exists():
            self.hashes()
            return
        with self.path.open("xb"):  # an OSError says more than SQLite does
            pass
        with self._opened("rw") as db, db:
            db.executescript(_TABLES)
            db.execute("INSERT INTO vectors_of VALUES (?, ?, ?)", (_FORMAT, self._model, self._dim))

    def add(self, hashes: Sequence[bytes], vectors: Vectors) -> None:
        """Add a batch, durably."""
        written, numbers = b"".join(hashes), vectors.astype("<f4").tobytes()
        with self._opened("rw") as db, db:
            sums = self._sum(written, numbers)
            db.execute("INSERT INTO batches VALUES (?, ?, ?)", (written, numbers, sums))

    def hashes(self) -> set[bytes]:
        """Return the hashes of the texts whose vectors it has, after looking at every sum.

        Raises:
            UsageError: it is no file of vectors, of another model, or damaged.
        """
        return {digest for hashes, _ in self.batches() for digest in hashes}

    def batches(self) -> Iterator[Batch]:
        """Yield what was added.

        Raises:
            UsageError: it is no file of vectors, of another model, or damaged.
        """
        with self._opened("ro") as db:
            self._check_model(db)
            for hashes, vectors, digest in db.execute("SELECT hashes, vectors, sum FROM batches"):
                if self._sum(hashes, vectors) != digest:
                    raise sqlite3.DatabaseError("a sum differs")
                texts = [hashes[at : at + _HASH] for at in range(0, len(hashes), _HASH)]
                yield texts, np.frombuffer(vectors, dtype="<f4").reshape(len(texts), self._dim)

    def _check_model(self, db: sqlite3.Connection) -> None:
        [row] = db.execute("SELECT format, model, dim FROM vectors_of").fetchall()
        if row != (_FORMAT, self._model, self._dim):
            raise UsageError(
                f"{self.path} has vectors of the model {row[1]}, but now it is {self._model}. "
                "Embed anew with this model into another file, or set YIJU_MODEL to that one."
            )

    def _sum(self, hashes: bytes, vectors: bytes) -> bytes:
        return hashlib.sha256(b"\n".join((self._model.encode(), hashes, vectors))).digest()

    @contextmanager
    def _opened(self, mode: str) -> Iterator[sqlite3.Connection]:
        if not self.path.is_file():
            raise UsageError(f"{self.path} is not there; make it with: yiju embed")
        try:
            address = f"{self.path.absolute().as_uri()}?mode={mode}"
            with closing(sqlite3.connect(address, uri=True)) as db:
                yield db
        except (sqlite3.DatabaseError, ValueError) as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_FULL"):
                raise OSError(None, "the disk is full") from error
            raise UsageError(
                f"{self.path} is damaged, or no file of vectors. Copy it again, or make it anew "
                "with: yiju embed"
            ) from error


def vector_files(paths: Sequence[Path], model: str, dim: int) -> list[VectorFile]:
    """Return the files of vectors that are meant: a folder stands for the files in it.

    Raises:
        UsageError: one is missing, of another model, or damaged.
    """
    files = [
        file
        for path in paths
        for file in (sorted(path.iterdir()) if path.is_dir() else [path])
        if file.is_file() or not file.exists()
    ]
    opened = [VectorFile(file, model, dim) for file in files]
    for vectors in opened:
        for _ in vectors.batches():  # looked at as a whole before anything is changed
            pass
    return opened
