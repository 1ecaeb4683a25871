"""The library's file: opening it, its schema version, and the steps that bring an old one up."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from index.errors import FULL, MismatchError, StoreError

SCHEMA_VERSION = 2
_UPGRADED_FROM = 1
_CACHE = -32_000  # KiB: a rebuild of 100,000 passages looks up as many hashes


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Tells in plain words what SQLite stumbles over: a damaged, locked or read-only file."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a mistake of ours, not of the file's
    except sqlite3.Error as error:
        raise StoreError(f"{path} can't be used: {error}. {_cure(error)}") from error


def connect(path: Path, *, readonly: bool = False) -> sqlite3.Connection:
    """Opens the library's file and makes sure that this version of Yiju can read it.

    One of an earlier version is brought up to date unless `readonly`: in one transaction, which
    may be killed.

    Raises:
        MismatchError: a newer or foreign file, or an older one that may only be read.
        StoreError: SQLite can't use the file.
    """
    if readonly and not path.is_file():
        raise MismatchError(
            f"{path} is missing. Restore it, or make a new index: yiju rebuild FOLDER"
        )
    mode = "ro" if readonly else "rwc"
    with translated_errors(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,  # SQLite is built serialised: threads may share a connection
        )
        # Deleted articles are overwritten, not only unlisted: they may have been deleted for that.
        # FAST would leave what of a long text lay on pages of its own.
        connection.execute("PRAGMA secure_delete = ON")
        version = _version(connection)
        if version in (0, _UPGRADED_FROM) and not readonly:
            connection.execute("PRAGMA journal_mode = WAL")
            _bring_up(connection, version)
            version = _version(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = {_CACHE}")
    if version != SCHEMA_VERSION:
        connection.close()
        raise MismatchError(_other_version(path, version))
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _bring_up(connection: sqlite3.Connection, version: int) -> None:
    """Makes the tables, and moves the rows of an earlier version into them: all or nothing."""
    connection.create_function("from_hex", 1, bytes.fromhex, deterministic=True)
    steps = [_sql("schema.sql")]
    if version == _UPGRADED_FROM:
        steps = [_sql("migrations/1-before.sql"), *steps, _sql("migrations/1-after.sql")]
    script = f"BEGIN IMMEDIATE; {' '.join(steps)} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
    try:
        connection.executescript(script)
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if _version(connection) != SCHEMA_VERSION:  # another process may have been faster
            raise


def _sql(name: str) -> str:
    return files("index.store").joinpath(name).read_text(encoding="utf-8")


def _other_version(path: Path, version: int) -> str:
    if version == 0:
        return (
            f"{path} is empty. Restore it from a copy, or make a new index with: yiju rebuild "
            "FOLDER"
        )
    if version == _UPGRADED_FROM:
        return (
            f"{path} was made by an earlier Yiju (schema version {version}). Bring it up to date "
            "with: yiju rebuild FOLDER. Nothing that was embedded is embedded again."
        )
    return (
        f"{path} has schema version {version}, this Yiju reads version {SCHEMA_VERSION}. "
        "Use the Yiju that made it, or rebuild into a new store."
    )


def _cure(error: sqlite3.Error) -> str:
    """What to do, by SQLite's own name for what happened."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL"):
        return FULL
    if name.startswith("SQLITE_IOERR"):  # so SQLite calls a full disk that lacks room for its index
        return f"The disk may be full, or it fails. {FULL}"
    if name.startswith("SQLITE_READONLY") or name.startswith("SQLITE_CANTOPEN"):
        return "Give this user the right to write in the store's folder."
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "Another program is writing; try again in a moment."
    return "Restore it from a copy, or move it away and make a new index with: yiju rebuild FOLDER"
