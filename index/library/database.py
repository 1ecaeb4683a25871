"""The library's file: opening, schema version, migration."""

import itertools
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any
from weakref import finalize

from index.errors import FULL, RIGHTS, MismatchError, StoreError

SCHEMA_VERSION = 4
_BASE = ("schema.sql", "entries.sql")
_ADDED = ("web.sql", "suggestions.sql")  # in version 3
_ENTRIES = ("migrations/3-before.sql", "entries.sql", "migrations/3-after.sql")
# What makes a library of this version of an empty file, or of one of an earlier version.
_STEPS = {
    0: (*_BASE, *_ADDED),
    1: ("migrations/1-before.sql", *_BASE, "migrations/1-after.sql", *_ADDED),
    2: (*_ADDED, *_ENTRIES),
    3: _ENTRIES,
}
_EARLIER = _STEPS.keys() - {0}
# What lets a reader take one of these versions for that of today: tables and views of its own.
_VIEWED = {2: (*_ADDED, "migrations/3-views.sql"), 3: ("migrations/3-views.sql",)}
_CACHED_STATEMENTS = 128
_LONGEST_PATH = 504  # bytes: SQLite takes 512, and its journal's name is longer
_REBUILD = "Restore it from a copy, or move it away and make a new index with: yiju rebuild FOLDER"
_CACHE = -8_000  # KiB: the system keeps what is read, once for all processes
_WRITER_CACHE = -128_000  # KiB: those of a million, which come in no order
_CHECKPOINT = 16_000  # pages: what is written often goes from the log to the file once


class Database:
    """An open library file: statements, and transactions whose errors name a remedy."""

    def __init__(self, path: Path, *, readonly: bool = False, create: bool = False) -> None:
        self.path = path
        self._readonly = readonly
        self._connect(create=create)

    def _connect(self, *, create: bool = False) -> None:
        self._connection = connect(self.path, readonly=self._readonly, create=create)
        self._version = _version(self._connection)
        # A connection and its cache of statements refer to each other: without this the file would
        # stay open until the garbage collector comes.
        finalize(self, self._connection.close)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        """Execute one statement."""
        return self._connection.execute(sql, values)

    def rows(
        self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[tuple[Any, ...]]:
        """Return all rows of a query.

        Raises:
            StoreError: the file can't be read.
        """
        with translated_errors(self.path):
            try:
                return self._connection.execute(sql, values).fetchall()
            except sqlite3.OperationalError:
                # A rebuild has migrated the file, of which this connection had views of its own.
                if _version(self._connection) == self._version:
                    raise
                self._connect()
                return self._connection.execute(sql, values).fetchall()

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Execute one statement for each row of values."""
        self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run a block in one transaction, rolled back on any exception."""
        with translated_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself rolls back on a full disk
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


@contextmanager
def translated_errors(path: Path, cure: str = _REBUILD) -> Iterator[None]:
    """Translate SQLite's errors into StoreError with a remedy.

    An IntegrityError is a bug of ours if the file is whole.
    `cure` is what to do about a damaged file.
    """
    try:
        yield
    except sqlite3.IntegrityError as error:
        if _is_whole(path):
            raise
        raise damaged(path, cure) from error
    except (sqlite3.Error, UnicodeDecodeError) as error:
        remedy = _remedy(error, path) or cure
        raise StoreError(f"{path} can't be used: {_reason(error)}. {remedy}", path) from error


def damaged(path: Path, cure: str = _REBUILD) -> StoreError:
    """Return the error of a library whose bytes were changed."""
    return StoreError(f"{path} can't be used: it is damaged. {cure}", path)


def _is_whole(path: Path) -> bool:
    """Return whether a file's tables and indexes agree, which takes long if it is large."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            return bool(file.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def _reason(error: sqlite3.Error | UnicodeDecodeError) -> str:
    """Return what SQLite says, without what it quotes of a damaged file."""
    # Python fails to decode either a column or, in a garbled schema, SQLite's own message.
    is_text = isinstance(error, UnicodeDecodeError) or "decode to UTF-8" in str(error)
    return "text in it is no UTF-8" if is_text else str(error)


def connect(path: Path, *, readonly: bool = False, create: bool = False) -> sqlite3.Connection:
    """Open the library's file and check its schema version.

    With `create`, which is for a rebuild alone, a missing or empty file becomes a library. Unless
    `readonly`, one of an earlier version is migrated in one transaction: a kill leaves it as it
    was. One of version 2 or 3 can be read as it is.

    Raises:
        MismatchError: the file is missing, empty, of a newer or an unknown version, or of version
            1 and `readonly`.
        StoreError: SQLite can't use the file.
    """
    if not create and not path.is_file():
        raise MismatchError(
            f"{path} is missing. Restore it, or make a new index: yiju rebuild FOLDER", path
        )
    if create and not path.is_file():
        _keep_log(path)
    mode = "ro" if readonly else "rwc" if create else "rw"
    with translated_errors(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,  # SQLite is built serialised: threads may share a connection
            # Python's cache of statements they may not share (CPython #118172).
            cached_statements=0 if readonly else _CACHED_STATEMENTS,
        )
        try:
            version = _prepare(connection, readonly=readonly, create=create)
        except (sqlite3.Error, UnicodeDecodeError):
            connection.close()
            raise
    if version != SCHEMA_VERSION:
        connection.close()
        raise MismatchError(_other_version(path, version), path)
    return connection


def _keep_log(path: Path) -> None:
    """Rename the log of a library that was moved away, which SQLite would delete.

    It may have the last things that were written to that library, if the writer was killed.
    """
    log = path.with_name(f"{path.name}-wal")
    if log.is_file() and log.stat().st_size:
        numbers = itertools.count(1)
        kept = (log.with_name(f"{log.name}.kept{number}") for number in numbers)
        log.rename(next(name for name in kept if not name.exists()))


def _prepare(connection: sqlite3.Connection, *, readonly: bool, create: bool) -> int:
    """Configure a connection, migrate the file if that may be; return its schema version."""
    # Overwrite what is deleted: an article may have been deleted so that nobody can read it.
    # FAST would leave the overflow pages of long texts.
    connection.execute("PRAGMA secure_delete = ON")
    version = _version(connection)
    if readonly and version in _VIEWED:
        # The tables are empty: nobody has noted anything in them yet.
        viewed = " ".join(map(_sql, _VIEWED[version]))
        connection.executescript(viewed.replace("CREATE TABLE", "CREATE TEMP TABLE"))
        version = SCHEMA_VERSION
    elif (version == 0 and create) or (version in _EARLIER and not readonly):
        connection.execute("PRAGMA journal_mode = WAL")
        _migrate(connection, version)
        version = _version(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = {_CACHE if readonly else _WRITER_CACHE}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT}")
    return version


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    """Create the tables and move an earlier version's rows, all or nothing."""
    connection.create_function("from_hex", 1, bytes.fromhex, deterministic=True)
    steps = " ".join(map(_sql, _STEPS[version]))
    script = f"BEGIN IMMEDIATE; {steps} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
    try:
        connection.executescript(script)
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if _version(connection) != SCHEMA_VERSION:  # else another process was faster
            raise


def _sql(name: str) -> str:
    return files("index.library").joinpath(name).read_text(encoding="utf-8")


def _other_version(path: Path, version: int) -> str:
    if version == 0:
        return (
            f"{path} is empty. Restore it from a copy, or make a new index with: yiju rebuild "
            "FOLDER"
        )
    if version in _EARLIER:
        return (
            f"{path} was made by an earlier Yiju (schema version {version}). Bring it up to date "
            "with: yiju rebuild FOLDER. Nothing that was embedded is embedded again."
        )
    return (
        f"{path} has schema version {version}, this Yiju reads version {SCHEMA_VERSION}. "
        "Use the Yiju that made it, or rebuild into a new store."
    )


def _remedy(error: sqlite3.Error | UnicodeDecodeError, path: Path) -> str | None:
    """Return what the user can do, by SQLite's name of the error; None if the file is damaged."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL"):
        return FULL
    if name.startswith("SQLITE_IOERR"):  # a full disk too, if there is no room for the WAL index
        return f"The disk may be full, or it fails. {FULL}"
    if name.startswith("SQLITE_CANTOPEN") and len(os.fsencode(path.absolute())) > _LONGEST_PATH:
        return (
            f"Its path has more than the {_LONGEST_PATH} bytes that SQLite takes: move the store."
        )
    if name.startswith("SQLITE_READONLY") or name.startswith("SQLITE_CANTOPEN"):
        return RIGHTS
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "Another program is writing; try again in a moment."
    return None
