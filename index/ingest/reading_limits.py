"""What reading a file may take, in a rebuild and in an upload."""

from index.processes.limits import Limits

UPLOAD_LIMITS = Limits(cpu=20, wall=25, memory=500_000_000, output=100_000_000)
"""What reading the files of an upload may take: the memory each, the time in all together."""

# Of honest files the slowest, pages full of tables, take 1 s a MB; an archive unpacks to five times
# its size.
_SECONDS, _SECONDS_A_MB = 20, 10
_WALL = 4  # seconds in all, for one of processor time: the machine may be busy
_MEMORY = 2_000_000_000
_OUTPUT = 1_000_000_000


def limits_of(size: int) -> Limits:
    """Return what reading a file, or a part of one, of so many bytes may take in a rebuild.

    >>> limits_of(4_000_000).cpu
    60
    """
    seconds = _SECONDS + _SECONDS_A_MB * size // 1_000_000
    return Limits(seconds, _WALL * seconds, _MEMORY, _OUTPUT)
