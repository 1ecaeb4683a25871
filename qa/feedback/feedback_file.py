"""The file of feedback in a store: opening, schema, transactions, copying.

It is opened for each use and closed again, so that a copy may be put in its place at any time.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path

from index.errors import MismatchError, StoreError
from index.library.database import translated_errors
from index.store.store import Store

SCHEMA_VERSION = 1
_PATIENCE = 5.0  # seconds for other processes that write
_CURE = "Put a copy in its place, or move it away: a new one is made then."


class FeedbackFile:
    """The file `feedback.sqlite` of a store, which is made by the first that writes to it."""

    def __init__(self, store: Store) -> None:
        self.path = store.root / "feedback.sqlite"
        self._library = store.library

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open the file to read one state of it; one that is missing reads as empty.

        Raises:
            StoreError: it can't be read.
        """
        with self._opened(self._uri("rw") if self.path.exists() else ":memory:") as db:
            db.execute("BEGIN")
            yield db

    @contextmanager
    def writing(self, *, durable: bool) -> Iterator[sqlite3.Connection]:
        """Run a block in one transaction, on the disk at its end if `durable`.

        One that is not is there for other processes, but may be lost if the machine fails.

        Raises:
            StoreError: it can't be written.
        """
        if not self.path.exists() and not self._library.is_file():
            raise StoreError(f"There is no index beside {self.path}, so it is not made.", self.path)
        with self._opened(self._uri("rwc")) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                if db.in_transaction:  # SQLite itself rolls back on a full disk
                    db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def copy_into(self, folder: Path) -> Path | None:
        """Copy the file as of one instant, without what is remembered for a day only.

        Raises:
            StoreError: it can't be read.
        """
        if not self.path.exists():
            return None
        target = folder / self.path.name
        with self._opened(self._uri("rw")) as db, closing(sqlite3.connect(target)) as copy:
            db.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # a single file, without a log beside it
            copy.execute("DELETE FROM answers")
            copy.commit()
            copy.execute("VACUUM")
        target.chmod(0o644)
        return target

    def _uri(self, mode: str) -> str:
        return f"{self.path.absolute().as_uri()}?mode={mode}"

    @contextmanager
    def _opened(self, place: str) -> Iterator[sqlite3.Connection]:
        with (
            translated_errors(self.path, _CURE),
            closing(
                sqlite3.connect(place, uri=True, isolation_level=None, timeout=_PATIENCE)
            ) as db,
        ):
            # Overwrite what is deleted: questions are remembered for a day and no longer.
            db.execute("PRAGMA secure_delete = ON")
            db.execute("PRAGMA foreign_keys = ON")
            self._prepare(db)
            yield db

    def _prepare(self, db: sqlite3.Connection) -> None:
        """Create the tables of a new file; refuse one of another version."""
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version == 0:
            tables = files("qa.feedback").joinpath("feedback.sql").read_text(encoding="utf-8")
            # Another process may be as far: what is there already is left as it is.
            db.executescript(
                f"BEGIN IMMEDIATE; {tables} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )
        elif version != SCHEMA_VERSION:
            raise MismatchError(
                f"{self.path} has schema version {version}, this Yiju reads version "
                f"{SCHEMA_VERSION}. Use the Yiju that made it, or move it away.",
                self.path,
            )
