"""Memory and files that a server holds, with the processes that serve for it."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Held:
    """Memory in MB (what is shared is divided among those who share it), and open files."""

    memory: float
    files: int

    def __str__(self) -> str:
        return f"{self.memory:.0f} MB, {self.files} open files"


def held_by(server: int) -> Held:
    """Return what a server and its workers hold; a rebuild that they started is left out.

    It is known by its session, which is its own.
    """
    processes = [process for process in _tree(server) if _field(process, 3) == _field(server, 3)]
    memory = sum(_memory(process) for process in processes)
    return Held(memory / 1024, sum(_open_files(process) for process in processes))


def _tree(process: int) -> list[int]:
    """Return a process and its descendants."""
    processes = [process]
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                processes += _tree(int(child))
    return processes


def _field(process: int, number: int) -> str:
    """Return a field of a process's state, counted after its name; empty if it has ended."""
    with suppress(OSError):
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        return state.rpartition(")")[2].split()[number]
    return ""


def _memory(process: int) -> int:
    """Return the proportional memory of a process in KiB."""
    with suppress(OSError):
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return 0


def _open_files(process: int) -> int:
    with suppress(OSError):
        return len(list(Path(f"/proc/{process}/fd").iterdir()))
    return 0
