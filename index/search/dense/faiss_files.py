"""Files of FAISS."""

from pathlib import Path
from typing import BinaryIO

import faiss


def write_index(index: faiss.Index, path: Path) -> None:
    """Write an index of FAISS.

    Raises:
        OSError: the file can't be written, as on a full disk.
    """
    with path.open("wb") as file:
        sink = _Sink(file)
        faiss.write_index(index, faiss.PyCallbackIOWriter(sink))  # type: ignore[attr-defined]
        if sink.error:
            raise sink.error


class _Sink:
    """File-like target for FAISS that keeps the `OSError`, which FAISS would drop."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: OSError | None = None

    def __call__(self, data: bytes) -> int:
        if not self.error:
            try:
                self._file.write(data)
            except OSError as error:  # must not cross FAISS
                self.error = error
        return len(data)
