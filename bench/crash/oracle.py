"""What of a store can be seen from outside: files, rows, locks and processes; and what is wrong."""

import fcntl
import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.crash.workload import Book
from bench.service import ROOT
from index.errors import YijuError
from index.models.encoder import Encoder
from index.search.generation import Generation
from index.store.store import Store
from index.text.analyzer import Analyzer

_ENDS_WITHIN = 60  # seconds, generous: what has not ended by then never will


@dataclass(frozen=True, slots=True)
class Before:
    """What lay in a store when a rebuild began."""

    current: str
    versions: frozenset[str]
    began: int  # nanoseconds

    @classmethod
    def of(cls, root: Path) -> "Before":
        """Looks."""
        return cls(current(root), frozenset(versions(root)), time.time_ns())


def current(root: Path) -> str:
    """What CURRENT says; nothing before the first rebuild."""
    with suppress(FileNotFoundError):
        return (root / "CURRENT").read_text(encoding="ascii").strip()
    return ""


def versions(root: Path) -> list[str]:
    """The whole generations."""
    folder = root / "generations"
    return sorted(one.name for one in folder.iterdir() if one.name.isdigit())


def half_made(root: Path) -> Path | None:
    """The folder of a generation in the making."""
    with suppress(FileNotFoundError):
        return next((root / "generations").glob(".[0-9]*[0-9]"), None)
    return None


def leftovers(root: Path) -> list[str]:
    """What no finished rebuild may leave lying about."""
    names = [one.relative_to(root).as_posix() for one in root.rglob("*")]
    return [
        one
        for one in names
        if one.endswith((".part", ".gone", ".next", ".tmp")) or "generations/." in one
    ]


def stage(root: Path, before: Before) -> str:
    """How far a rebuild came, told by what it left."""
    if current(root) != before.current:
        return "clearing away"
    if set(versions(root)) - before.versions:
        return "renamed, not current"
    lock, made = root / "rebuild.lock", half_made(root)
    if not lock.exists() or lock.stat().st_mtime_ns < before.began:
        return "loading"
    if made is None or made.stat().st_ctime_ns < before.began:
        return "reading"
    return "verifying, syncing" if (made / "manifest.json").exists() else "indexing"


def rows(root: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Rows of the library, by SQL of our own."""
    with closing(sqlite3.connect(f"file:{root / 'library.sqlite'}?mode=ro", uri=True)) as db:
        return db.execute(query, values).fetchall()


def paid_for(root: Path) -> set[bytes]:
    """The texts that have a vector."""
    return {row[0] for row in rows(root, "SELECT text_hash FROM embeddings")}


_OF = (
    "FROM entries e JOIN contents c ON c.id = e.content "
    "JOIN passages p ON p.content = c.id JOIN generations g ON g.number = e.generation "
    "AND g.splitter = p.splitter WHERE e.generation = ?"
)


def needed(root: Path) -> set[bytes]:
    """The texts of the current generation's passages."""
    return {row[0] for row in rows(root, f"SELECT p.text_hash {_OF}", int(current(root)))}


def held(root: Path) -> dict[str, str]:
    """The articles of the current generation."""
    query = (
        "SELECT e.article, c.text FROM entries e JOIN contents c ON c.id = e.content "
        "WHERE e.generation = ?"
    )
    return dict(rows(root, query, int(current(root))))


def wrong_with_status(root: Path) -> str | None:
    """What `yiju status` says that the library does not."""
    command = [sys.executable, "-m", "yiju", "status", "--store", str(root), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"status failed: {done.stderr}"
    told = json.loads(done.stdout)
    now = current(root)
    query = f"SELECT COUNT(DISTINCT e.article), COUNT(DISTINCT p.id) {_OF}"
    [(articles, passages)] = rows(root, query, int(now))
    wanted = (now, articles, passages, passages)
    found = (told["index_version"], told["articles"], told["passages"], told["vectors"])
    return None if found == wanted else f"status says {found} instead of {wanted}"


def wrong_with_generation(
    root: Path, encoder: Encoder, analyzer: Analyzer, book: Book | None
) -> str | None:
    """Opens the current generation, checksums and all, and compares its articles."""
    try:
        store = Store(root)
        Generation.open(store, store.current(), encoder, analyzer).close()
    except YijuError as error:
        return f"the store does not open: {error}"
    if book is None:
        return f"{current(root)} is current, which no rebuild was to make"
    texts = held(root)
    differing = [one for one in texts.keys() | book.texts if texts.get(one) != book.texts.get(one)]
    return f"articles differ: {sorted(differing)[:3]}" if differing else None


def seconds_until_free(root: Path) -> float | None:
    """How long the lock of a rebuild that is gone is still held; None where it stays so."""
    began = time.monotonic()
    with (root / "rebuild.lock").open("a") as file:
        while time.monotonic() - began < _ENDS_WITHIN:
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return time.monotonic() - began
            time.sleep(0.001)
    return None


def children(process: int) -> list[int]:
    """The worker processes of a rebuild."""
    with suppress(OSError):
        told = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
        return [int(one) for one in told.split()]
    return []


def living(session: int) -> list[int]:
    """The processes of a session that have not ended."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                if int(fields[3]) == session and fields[0] not in "ZX":
                    found.append(int(folder.name))
    return found


def wait_for_orphans(session: int) -> list[int]:
    """Waits until all of a session have ended; gives those that do not, and ends them."""
    until = time.monotonic() + _ENDS_WITHIN
    while time.monotonic() < until:
        if not (left := living(session)):
            return []
        time.sleep(0.005)
    for process in left:
        with suppress(ProcessLookupError):
            os.kill(process, 9)
    return left
