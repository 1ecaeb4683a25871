"""Reads numpy's files, from several threads at once."""

import threading
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

# numpy reads a file's header with Python's parser, which is not safe for threads before 3.12
# (python/cpython#106905): two generations opened at once would fail now and then.
_ONE_BY_ONE = threading.Lock()


def read_array(path: Path, *, mapped: bool = False) -> npt.NDArray[Any]:
    """The array in a file; `mapped` leaves it on disk until it is used.

    Raises:
        OSError: it can't be opened.
        ValueError: it is none.
    """
    with _ONE_BY_ONE:
        found: npt.NDArray[Any] = np.load(path, mmap_mode="r" if mapped else None)
    return found
