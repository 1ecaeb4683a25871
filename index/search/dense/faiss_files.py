"""Files of FAISS."""

from pathlib import Path
from typing import BinaryIO

import faiss
import numpy as np
import numpy.typing as npt


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


def mapped_vectors(index: faiss.Index) -> npt.NDArray[np.floating]:
    """Return the vectors of a flat index as it has them, shape `(n, dim)`, without a copy.

    They are of half precision, or of single precision where an earlier version wrote them. FAISS
    takes ten times as long to give out some of them.
    """
    flat = faiss.downcast_index(index)
    numbers = faiss.rev_swig_ptr(flat.codes.data(), flat.codes.size())  # type: ignore[attr-defined]
    kind = np.float16 if flat.sa_code_size() == 2 * flat.d else np.float32
    return np.asarray(numbers.view(kind).reshape(-1, flat.d))


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
