"""The state of a store as seen from outside, and its violations."""

import fcntl
import json
import os
import sqlite3
import subprocess
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.crash.workload import Contents
from bench.processes import ROOT, yiju_command
from index.errors import YijuError
from index.models.encoder import Encoder
from index.search.generation import Generation
from index.store.store import Store
from index.text.analyzer import Analyzer

_ENDS_WITHIN = 60  # seconds, generous: a process still alive by then will never end


@dataclass(frozen=True, slots=True)
class StoreState:
    """The versions in a store at the start of a rebuild, and that instant in nanoseconds."""

    current: str
    versions: frozenset[str]
    began: int

    @classmethod
    def of(cls, root: Path) -> "StoreState":
        """Return the state of a store now."""
        return cls(current_version(root), frozenset(versions(root)), time.time_ns())


def current_version(root: Path) -> str:
    """Return the version that CURRENT names; empty before the first rebuild."""
    with suppress(FileNotFoundError):
        return (root / "CURRENT").read_text(encoding="ascii").strip()
    return ""


def versions(root: Path) -> list[str]:
    """Return the versions of all complete generations."""
    folder = root / "generations"
    return sorted(path.name for path in folder.iterdir() if path.name.isdigit())


def partial_generation(root: Path) -> Path | None:
    """Return the folder of a generation that is being written."""
    with suppress(FileNotFoundError):
        return next((root / "generations").glob(".[0-9]*[0-9]"), None)
    return None


def leftovers(root: Path) -> list[str]:
    """Return what may not outlive a finished rebuild: temporary files, and questions of nothing."""
    names = [path.relative_to(root).as_posix() for path in root.rglob("*")]
    left = [
        name
        for name in names
        if name.endswith((".part", ".gone", ".next", ".tmp")) or "generations/." in name
    ]
    orphans = "SELECT content FROM suggestions WHERE content NOT IN (SELECT id FROM contents)"
    return left + [f"the questions of content {number}" for (number,) in rows(root, orphans)]


def stage(root: Path, before: StoreState) -> str:
    """Return the stage that a killed rebuild had reached, inferred from the files it left."""
    if current_version(root) != before.current:
        noted = (root / "rebuild.lock").read_text(encoding="utf-8")
        return "suggesting" if '"suggesting"' in noted else "clearing away"
    if set(versions(root)) - before.versions:
        return "renamed, not current"
    lock, partial = root / "rebuild.lock", partial_generation(root)
    if not lock.exists() or lock.stat().st_mtime_ns < before.began:
        return "loading"
    if partial is None or partial.stat().st_ctime_ns < before.began:
        return "reading"
    return "verifying, syncing" if (partial / "manifest.json").exists() else "indexing"


def rows(root: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Return rows of the library, by SQL that shares nothing with the product's."""
    with closing(sqlite3.connect(f"file:{root / 'library.sqlite'}?mode=ro", uri=True)) as db:
        return db.execute(query, values).fetchall()


def embedded_texts(root: Path) -> set[bytes]:
    """Return the hashes of the texts that have a vector."""
    return {row[0] for row in rows(root, "SELECT text_hash FROM embeddings")}


_OF_GENERATION = (
    "FROM entries e JOIN contents c ON c.id = e.content "
    "JOIN passages p ON p.content = c.id JOIN generations g ON g.splitter = p.splitter "
    "AND e.since <= g.number AND g.number < e.until WHERE g.number = ?"
)


def passage_texts(root: Path) -> set[bytes]:
    """Return the hashes of the texts of the current generation's passages."""
    query = f"SELECT p.text_hash {_OF_GENERATION}"
    return {row[0] for row in rows(root, query, int(current_version(root)))}


def articles(root: Path) -> dict[str, str]:
    """Return the text of each article of the current generation, by id."""
    query = (
        "SELECT e.article, c.text FROM entries e JOIN contents c ON c.id = e.content "
        "WHERE e.since <= ?1 AND ?1 < e.until"
    )
    return dict(rows(root, query, int(current_version(root))))


def status_violation(root: Path) -> str | None:
    """Return how `yiju status` contradicts the library, or None."""
    command = yiju_command("status", "--store", root, "--json")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"status failed: {done.stderr}"
    status = json.loads(done.stdout)
    version = current_version(root)
    query = f"SELECT COUNT(DISTINCT e.article), COUNT(DISTINCT p.id) {_OF_GENERATION}"
    [(article_count, passages)] = rows(root, query, int(version))
    expected = (version, article_count, passages, passages)
    actual = (status["index_version"], status["articles"], status["passages"], status["vectors"])
    return None if actual == expected else f"status says {actual} instead of {expected}"


def generation_violation(
    root: Path, encoder: Encoder, analyzer: Analyzer, expected: Contents | None
) -> str | None:
    """Open the current generation with its checksums and compare its articles.

    Returns:
        The violation, or None. `expected` is None for a version that no rebuild was to write.
    """
    try:
        store = Store(root)
        Generation.open(store, store.current(), encoder, analyzer).close()
    except YijuError as error:
        return f"the store does not open: {error}"
    if expected is None:
        return f"{current_version(root)} is current, which no rebuild was to make"
    texts = articles(root)
    differing = [
        article
        for article in texts.keys() | expected.texts
        if texts.get(article) != expected.texts.get(article)
    ]
    return f"articles differ: {sorted(differing)[:3]}" if differing else None


def seconds_until_free(root: Path) -> float | None:
    """Return the seconds until a dead rebuild's lock is free; None if never."""
    began = time.monotonic()
    with (root / "rebuild.lock").open("a") as file:
        while time.monotonic() - began < _ENDS_WITHIN:
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return time.monotonic() - began
            time.sleep(0.001)
    return None


def children(process: int) -> list[int]:
    """Return the worker processes of a rebuild."""
    with suppress(OSError):
        path = Path(f"/proc/{process}/task/{process}/children")
        return [int(child) for child in path.read_text(encoding="ascii").split()]
    return []


def living(session: int) -> list[int]:
    """Return the live processes of a session."""
    processes = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                if int(fields[3]) == session and fields[0] not in "ZX":
                    processes.append(int(folder.name))
    return processes


def wait_for_orphans(session: int) -> list[int]:
    """Wait for the processes of a session to end; kill and return those that do not."""
    until = time.monotonic() + _ENDS_WITHIN
    while time.monotonic() < until:
        if not (left := living(session)):
            return []
        time.sleep(0.005)
    for process in left:
        with suppress(ProcessLookupError):
            os.kill(process, 9)
    return left
