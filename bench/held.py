"""Memory and files that a program holds, and processor time it spends, with all its processes."""

import os
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Held:
    """Memory in MB (what is shared is divided among those who share it), and open files."""

    memory: float
    files: int

    def __str__(self) -> str:
        return f"{self.memory:.0f} MB, {self.files} open files"


def held_by(process: int) -> Held:
    """Return what a process and its descendants hold; nothing once it has ended.

    A rebuild that a server started is left out. It is known by its session, which is its own.
    """
    memory = files = 0
    for member in _tree(process):
        try:
            if os.getsid(member.pid) == os.getsid(process):
                memory += member.memory_full_info().pss
                files += member.num_fds()
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue  # it ended meanwhile
    return Held(memory / 2**20, files)


def spent_by(process: int) -> float:
    """Return the seconds of processor time that a process and its descendants have spent."""
    times = (member.cpu_times() for member in _tree(process))
    return sum(time.user + time.system for time in times)


def _tree(process: int) -> list[psutil.Process]:
    try:
        first = psutil.Process(process)
        return [first, *first.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
