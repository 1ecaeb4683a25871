"""Ways to put a store wrong under a server, and to put it right again as the docs say."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

LIBRARY = "library.sqlite"
_LOGS = (f"{LIBRARY}-wal", f"{LIBRARY}-shm")
_POINTER = "CURRENT"


class Bench:
    """A store with a folder beside it, where what is taken away is kept."""

    def __init__(self, store: Path, aside: Path, foreign: Path) -> None:
        """Prepare the folder.

        Args:
            store: The store that is put wrong.
            aside: A new folder on the same disk.
            foreign: The library of another store.
        """
        aside.mkdir()
        self.store = store
        self._aside = aside
        self._foreign = foreign
        self._older = aside / "older.sqlite"

    def copy_library(self) -> None:
        """Copy the library as it is now, to be an older one later."""
        self._older.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(f"file:{self.store / LIBRARY}?mode=ro", uri=True)) as library,
            closing(sqlite3.connect(self._older)) as copy,
        ):
            library.backup(copy)

    def take_library(self) -> None:
        """Move the library's file away, and leave its log."""
        (self.store / LIBRARY).rename(self._aside / LIBRARY)

    def return_library(self) -> None:
        """Move the library's file back.

        Raises:
            FileExistsError: something has made another library there.
        """
        _return(self._aside / LIBRARY, self.store / LIBRARY)

    def exchange_library(self, copy: Path | None) -> None:
        """Put a copy in the library's place, or an empty file."""
        new = self._aside / "new.sqlite"
        if copy is None:
            new.touch()
        else:
            shutil.copy(copy, new)
        for name in (LIBRARY, *_LOGS):
            _move(self.store / name, self._aside / name)
        new.rename(self.store / LIBRARY)

    def put_older(self) -> None:
        """Put the older copy in the library's place."""
        self.exchange_library(self._older)

    def put_foreign(self) -> None:
        """Put another store's library in this one's place."""
        self.exchange_library(self._foreign)

    def put_empty(self) -> None:
        """Put an empty file in the library's place."""
        self.exchange_library(None)

    def restore_library(self) -> None:
        """Put the library back in place of a copy, the file itself last; nothing may write."""
        for name in (LIBRARY, *_LOGS):
            (self.store / name).unlink(missing_ok=True)
        for name in (*_LOGS, LIBRARY):
            _move(self._aside / name, self.store / name)

    def take_pointer(self) -> None:
        """Move CURRENT away."""
        (self.store / _POINTER).rename(self._aside / _POINTER)

    def return_pointer(self) -> None:
        """Move CURRENT back, unless what was at work has written a newer one."""
        try:
            _return(self._aside / _POINTER, self.store / _POINTER)
        except FileExistsError:
            (self._aside / _POINTER).unlink()


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault: what puts the store wrong, and what puts it right.

    `stops_writers` tells that files are exchanged, in which moment nothing may write; `bars_edits`
    that no edit may be accepted that is sent meanwhile; `bars_reading` that questions may be
    refused.
    """

    name: str
    wrong: Callable[[Bench], None]
    right: Callable[[Bench], None]
    stops_writers: bool = True
    bars_edits: bool = True
    bars_reading: bool = False


FAULTS = (
    Fault("library away", Bench.take_library, Bench.return_library, stops_writers=False),
    Fault("library older", Bench.put_older, Bench.restore_library),
    Fault("library empty", Bench.put_empty, Bench.restore_library),
    Fault("library of another store", Bench.put_foreign, Bench.restore_library),
    Fault(
        "CURRENT away", Bench.take_pointer, Bench.return_pointer,
        stops_writers=False, bars_edits=False, bars_reading=True,
    ),
)  # fmt: skip


def drawn(chance: random.Random, count: int) -> list[tuple[Fault, bool]]:
    """Return that many faults in random order, each kind as often, every second for an instant."""
    faults = [(FAULTS[number % len(FAULTS)], number % 2 == 1) for number in range(count)]
    chance.shuffle(faults)
    return faults


def _move(source: Path, target: Path) -> None:
    if source.exists():
        source.rename(target)


def _return(source: Path, target: Path) -> None:
    """Move a file to a place where there is none."""
    target.hardlink_to(source)
    source.unlink()
