"""Limits of one piece of work in a process of its own: time, memory, size of its result.

The kernel enforces time and memory: at its limit a process is ended, or gets no more memory.
"""

import os
import resource
from dataclasses import dataclass
from pathlib import Path

from index.errors import ArticleError


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take.

    `cpu` are seconds of processor time, `wall` seconds in all, for work that hangs without using
    any; `memory` bytes beyond what the process has as it starts; `output` bytes of the result.
    """

    cpu: int
    wall: float
    memory: int
    output: int


class BeyondLimitsError(ArticleError):
    """A piece of work took more than it may, or broke its process."""


TOO_LONG = "takes too long to read; split it, or save it anew in a simpler form."
TOO_MUCH_MEMORY = "takes too much memory to read; split it, or save it anew in a simpler form."
TOO_MUCH_OUTPUT = "holds too much to be read at once; split it."
BROKEN = "breaks the program that reads it; open it and save it anew."


def limit_work(limits: Limits, size: int) -> None:
    """Limit this process for its next piece of work; `size` is its `address_space` at its start."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.cpu
    lower(resource.RLIMIT_CPU, seconds)
    lower(resource.RLIMIT_AS, size + limits.memory)
    lower(resource.RLIMIT_CORE, 0)


def lower(kind: int, most: int) -> None:
    """Set a soft limit of this process, as far as the hard limit allows."""
    hard = resource.getrlimit(kind)[1]
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (allowed, hard))


def address_space() -> int:
    """Return the bytes of this process's address space, as the kernel limits it."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
