"""What server processes share about those who come: counters, sessions, last uses of keys.

It is `access.sqlite` in the store. Whoever deletes it signs everybody out and lets all counters
begin anew; nothing else is lost, so that nothing waits for the disk here.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from index.errors import unusable
from index.library.database import translated_errors

SCHEMA_VERSION = 1
_PATIENCE = 1.0  # seconds for other processes that write
_CURE = "Delete it: it is made anew, and those who were signed in sign in again."
_SWEEP = 500  # counts between two deletions of what is over
_NOTED_EVERY = 60.0  # seconds: the last use of a key is told no finer
_COUNT = """
    INSERT INTO counters VALUES (:name, max(:amount, 0), :now + :seconds)
    ON CONFLICT (name) DO UPDATE SET
        count = max(CASE WHEN ends <= :now THEN 0 ELSE count END + :amount, 0),
        ends = CASE WHEN ends <= :now THEN :now + :seconds ELSE ends END
    RETURNING count
"""


class AccessState:
    """The file, opened when it is first needed. Threads may share it, forked processes may not."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.path = folder / "access.sqlite"
        self._clock = clock
        self._turn = threading.Lock()
        self._db: sqlite3.Connection | None = None
        self._inode = 0
        self._counted = 0
        self._noted: dict[str, float] = {}

    # Counters; all methods raise StoreError if the file can't be used.

    def count(self, name: str, seconds: float, amount: int = 1) -> int:
        """Add to a counter, which begins anew some seconds after it began; return it.

        It never falls below nothing.
        """
        self._counted += 1
        if self._counted % _SWEEP == 0:
            self._run("DELETE FROM counters WHERE ends <= :now")
        values = {"name": name, "amount": amount, "seconds": seconds}
        return int(self._run(_COUNT, values)[0][0])

    def counted(self, name: str) -> tuple[int, float]:
        """Return a counter and when it begins anew: nothing, and now, if it is over."""
        query = "SELECT count, ends FROM counters WHERE name = :name AND ends > :now"
        rows = self._run(query, {"name": name})
        return (int(rows[0][0]), float(rows[0][1])) if rows else (0, self._clock())

    def forget_counter(self, name: str) -> None:
        """Let a counter begin anew."""
        self._run("DELETE FROM counters WHERE name = :name", {"name": name})

    def forget_counters(self) -> None:
        """Let all counters begin anew."""
        self._run("DELETE FROM counters")

    # Sessions

    def begin_session(self, digest: str, key_id: str, seconds: float) -> None:
        """Remember a session of a key for some seconds, by the digest of its token."""
        self._run("DELETE FROM sessions WHERE ends <= :now")
        values = {"digest": digest, "key": key_id, "seconds": seconds}
        self._run("INSERT INTO sessions VALUES (:digest, :key, :now + :seconds)", values)

    def session_key(self, digest: str) -> str | None:
        """Return the id of the key of a session, None if there is none or it is over."""
        if not self.path.exists():
            return None
        query = "SELECT key_id FROM sessions WHERE digest = :digest AND ends > :now"
        rows = self._run(query, {"digest": digest})
        return str(rows[0][0]) if rows else None

    def end_session(self, digest: str) -> None:
        """Forget a session."""
        self._run("DELETE FROM sessions WHERE digest = :digest", {"digest": digest})

    # Uses of keys

    def note_use(self, key_id: str) -> None:
        """Note that a key is used now; a process does so once a minute."""
        now = self._clock()
        if now - self._noted.get(key_id, 0) < _NOTED_EVERY:
            return
        self._run("INSERT OR REPLACE INTO uses VALUES (:key, :now)", {"key": key_id})
        self._noted[key_id] = now

    def last_uses(self) -> dict[str, float]:
        """Return when keys were last used, in seconds since 1970, by their ids."""
        if not self.path.exists():
            return {}
        return {str(key): float(at) for key, at in self._run("SELECT key_id, at FROM uses")}

    def _run(self, sql: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        with self._turn, translated_errors(self.path, _CURE):
            given = {**(values or {}), "now": self._clock()}
            return self._opened().execute(sql, given).fetchall()

    def _opened(self) -> sqlite3.Connection:
        """Return the connection to the file that is in its place now."""
        try:
            if self._db is not None and self.path.stat().st_ino == self._inode:
                return self._db
        except FileNotFoundError:
            pass
        except OSError as error:
            raise unusable(self.path, error) from error
        self.close()
        self._db = self._connect()
        self._inode = self.path.stat().st_ino
        return self._db

    def _connect(self) -> sqlite3.Connection:
        try:
            # SQLite gives its log the same rights.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise unusable(self.path, error) from error
        db = sqlite3.connect(
            self.path, isolation_level=None, timeout=_PATIENCE, check_same_thread=False
        )
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = OFF")
        _make_tables(db)
        return db

    def close(self) -> None:
        """Close the file."""
        if self._db is not None:
            self._db.close()
            self._db = None


def _make_tables(db: sqlite3.Connection) -> None:
    """Make the tables of a new file, in the place of those of another version."""
    with db:
        db.execute("BEGIN IMMEDIATE")
        if int(db.execute("PRAGMA user_version").fetchone()[0]) == SCHEMA_VERSION:
            return
        for name in ("counters", "uses", "sessions"):
            db.execute(f"DROP TABLE IF EXISTS {name}")
        tables = files("index.access").joinpath("access_state.sql").read_text(encoding="utf-8")
        for table in filter(str.strip, tables.split(";")):
            db.execute(table)
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
