"""Numbers that all processes of a server add to, and that any of them can tell.

They are in memory that the processes share, each in a part of its own, so that none waits for
another one; a process that is killed leaves what it had added. Files would do as well, but who
writes to a mapped file on a full disk is killed.
"""

import logging
import mmap
import os
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping

_log = logging.getLogger(__name__)
_PARTS = 200  # for the most processes that can be set, thrice while they are replaced
_CELLS = 2048  # numbers of a part
_KEY = 152  # bytes of a name
_VALUE = 8
_PART = _CELLS * (_KEY + _VALUE)
_PROCESS, _USED, _FIRST = 0, 1, 2  # cells: whose the part is, how many are in use, and the first


class SharedCounts:
    """Numbers by name. Make it before the processes are forked; what is unused takes nothing."""

    def __init__(self, parts: int = _PARTS) -> None:
        self._memory = memoryview(mmap.mmap(-1, parts * _PART))
        self._parts = parts
        self._creator = os.getpid()
        self._lock = threading.Lock()
        self._cells: dict[str, int] = {}
        self._is_full = False
        self._use(0)

    def begin(self, part: int) -> None:
        """Take a part that no living process has; the numbers in it go on."""
        self._lock = threading.Lock()  # that of the parent may have been held as it forked
        self._use(part)

    def add(self, name: str, amount: float = 1.0) -> None:
        """Add to a number."""
        with self._lock:
            cell = self._cells.get(name) or self._new_cell(name)
            if cell is not None:
                self._values[cell] += amount

    def totals(self) -> Mapping[str, float]:
        """Return the sums over all processes."""
        sums: dict[str, float] = defaultdict(float)
        for part in range(self._parts):
            values = self._values_of(part)
            for name, cell in self._names(part):
                sums[name] += values[cell]
        return sums

    def processes(self) -> list[int]:
        """Return the processes that made this, and that count; some may have ended."""
        owners = (int(self._values_of(part)[_PROCESS]) for part in range(self._parts))
        return sorted({self._creator, *filter(None, owners)})

    def _use(self, part: int) -> None:
        if not 0 <= part < self._parts:
            raise ValueError(f"there are {self._parts} parts, and none has the number {part}")
        self._part = part
        self._values = self._values_of(part)
        self._values[_PROCESS] = os.getpid()
        self._cells = dict(self._names(part))

    def _new_cell(self, name: str) -> int | None:
        """Return where a number goes that is new; None, told once, if there is no room for it."""
        used = int(self._values[_USED])
        cell = _FIRST + used
        key = name.encode()
        if len(key) > _KEY or cell >= _CELLS:
            if not self._is_full:
                self._is_full = True
                _log.error("Some metrics are left out: there is no room for %s.", name[:_KEY])
            return None
        start = self._part * _PART + _CELLS * _VALUE + cell * _KEY
        self._memory[start : start + len(key)] = key
        self._cells[name] = cell
        self._values[_USED] = used + 1  # last: others read only what is in use
        return cell

    def _values_of(self, part: int) -> "memoryview[float]":
        start = part * _PART
        return self._memory[start : start + _CELLS * _VALUE].cast("d")

    def _names(self, part: int) -> Iterator[tuple[str, int]]:
        keys = part * _PART + _CELLS * _VALUE
        for cell in range(_FIRST, _FIRST + int(self._values_of(part)[_USED])):
            start = keys + cell * _KEY
            yield bytes(self._memory[start : start + _KEY]).rstrip(b"\0").decode(), cell
