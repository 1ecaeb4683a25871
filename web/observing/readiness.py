"""Why a server can't answer, and what else is wrong in its store."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import FULL, AwayError, BlankStoreError, MismatchError, NoIndexError, StoreError
from index.store.lock import WriterStatus

_LITTLE = 100_000_000  # bytes
_CODES: dict[type[StoreError], str] = {
    BlankStoreError: "no_index",
    NoIndexError: "no_current_index",
    MismatchError: "other_index",
    AwayError: "engine_away",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that is wrong, in a word for programs and a sentence for people."""

    code: str
    detail: str


def reason_of(error: StoreError) -> Reason:
    """Return what keeps a server from answering."""
    text = error.public
    if FULL in text:
        return Reason("disk_full", text)
    codes = (code for kind, code in _CODES.items() if isinstance(error, kind))
    return Reason(next(codes, "store_unusable"), text)


def warnings_of(store: Path, rebuild: WriterStatus | None) -> Iterator[Reason]:
    """Yield what does not keep a server from answering, but needs its owner."""
    if rebuild is not None and rebuild.reason is not None:
        yield Reason("rebuild_failed", f"The last rebuild failed: {rebuild.reason}")
    if store.is_dir() and (free := shutil.disk_usage(store).free) < _LITTLE:
        megabytes = free // 1_000_000
        detail = f"The disk of the store has {megabytes} MB left; changes and rebuilds may fail."
        yield Reason("disk_full", detail)
