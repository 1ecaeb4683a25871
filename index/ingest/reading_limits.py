"""What reading a file may take, in a rebuild and in an upload."""

from index.processes.limits import Limits

UPLOAD_LIMITS = Limits(cpu=20, wall=25, memory=500_000_000, output=100_000_000)
"""What reading the files of an upload may take: the memory each, the time in all together."""

UPLOAD_OCR_LIMITS = Limits(cpu=120, wall=240, memory=2_500_000_000, output=100_000_000)
"""The same where scans are recognised: the times begin anew with each scanned page."""

MOST_SCANS = 20
"""Scanned pages in one upload: others wait for it."""

# Of honest files the slowest, pages full of tables, take 1 s a MB; an archive unpacks to five times
# its size.
_SECONDS, _SECONDS_A_MB = 20, 10
_WALL = 4  # seconds in all, for one of processor time: the machine may be busy
_MEMORY = 2_000_000_000
_OUTPUT = 1_000_000_000
# Of scanned pages: a full one takes 15 s. The networks take a gigabyte of addresses, and stay.
_OCR_SECONDS = 120
_OCR_MEMORY = 3_000_000_000


def limits_of(size: int, *, ocr: bool = False) -> Limits:
    """Return what reading a file, or a part of one, of so many bytes may take in a rebuild.

    Where scans are recognised (`ocr`) the times begin anew with each scanned page.

    >>> limits_of(4_000_000).cpu, limits_of(4_000_000, ocr=True).cpu
    (60, 160)
    """
    seconds = (_OCR_SECONDS if ocr else _SECONDS) + _SECONDS_A_MB * size // 1_000_000
    return Limits(seconds, _WALL * seconds, _OCR_MEMORY if ocr else _MEMORY, _OUTPUT)
