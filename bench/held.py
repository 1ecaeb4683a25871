"""Memory and files that a program holds, with the processes that work for it."""

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


def _tree(process: int) -> list[psutil.Process]:
    try:
        first = psutil.Process(process)
        return [first, *first.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
