"""Numbers that are looked up when they are asked for: the index, its rebuilds, the processes."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from index.errors import StoreError
from index.search.live import IndexSource
from index.store.lock import WriterStatus
from web.observing.meter import Family, head_of

_GAUGES = {
    "yiju_index_ready": "Whether an index can be answered from.",
    "yiju_index_generation": "Number of the index version that is answered from.",
    "yiju_index_age_seconds": "Seconds since it was made.",
    "yiju_articles": "Articles in it.",
    "yiju_passages": "Passages in it.",
    "yiju_rebuild_running": "Whether a rebuild is at work.",
    "yiju_rebuild_failed": "Whether the last rebuild failed; /readyz tells why.",
    "yiju_rebuild_seconds": "Seconds that the last rebuild took, if it did not fail.",
    "yiju_store_free_bytes": "Bytes that are free where the store is.",
    "yiju_processes": "Processes of this server.",
    "yiju_memory_bytes": "Memory of all of them; what they share counts once.",
}


class Rebuilds(Protocol):
    """Tells of the rebuilds of a store."""

    @property
    def folder(self) -> Path:
        """The folder of the store."""

    def under_way(self) -> WriterStatus | None:
        """Return the status of the current rebuild or of the last failed one, None if idle."""

    def last_seconds(self) -> float | None:
        """Return how long the last rebuild took, None if it failed or never was."""


def state_lines(
    version: str, live: IndexSource, rebuilds: Rebuilds, processes: list[int]
) -> Iterator[str]:
    """Yield the lines of the numbers that hold now; those that can't be told are left out."""
    yield from head_of(Family("yiju_info", "gauge", "The version of Yiju."))
    yield f'yiju_info{{version="{version}"}} 1'
    values = {**_index_values(live), **_rebuild_values(rebuilds), **_process_values(processes)}
    for name, value in values.items():
        yield from head_of(Family(name, "gauge", _GAUGES[name]))
        yield f"{name} {value:.15g}"


def _index_values(live: IndexSource) -> dict[str, float]:
    try:
        manifest = live.searcher().manifest
    except StoreError:
        return {"yiju_index_ready": 0}
    made = datetime.fromisoformat(manifest.rebuilt_at)
    return {
        "yiju_index_ready": 1,
        "yiju_index_generation": int(manifest.version),
        "yiju_index_age_seconds": (datetime.now(UTC) - made).total_seconds(),
        "yiju_articles": manifest.articles,
        "yiju_passages": manifest.passages,
    }


def _rebuild_values(rebuilds: Rebuilds) -> dict[str, float]:
    values: dict[str, float] = {}
    # A store that is away, or a lock that is a folder: nothing can be told, and /readyz says why.
    with suppress(StoreError):
        status = rebuilds.under_way()
        values["yiju_rebuild_running"] = bool(status and status.is_at_work)
        values["yiju_rebuild_failed"] = bool(status and not status.is_at_work)
        seconds = rebuilds.last_seconds()
        if seconds is not None:
            values["yiju_rebuild_seconds"] = seconds
    with suppress(OSError):
        values["yiju_store_free_bytes"] = shutil.disk_usage(rebuilds.folder).free
    return values


def _process_values(processes: list[int]) -> dict[str, float]:
    memory = list(filter(None, map(_memory, processes)))
    return {"yiju_processes": len(memory), "yiju_memory_bytes": sum(memory)}


def _memory(process: int) -> int | None:
    """Return the bytes that a process takes, with its share of what is shared; None if it ended."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return None
    return next(
        int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")
    )
