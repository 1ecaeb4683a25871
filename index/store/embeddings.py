"""The vectors of one model, by the text they stand for; they survive a rebuild that is killed."""

from collections.abc import Sequence

import numpy as np

from index.models.encoder import Vectors
from index.store.library import Library


class Embeddings:
    """What of a model's vectors the library holds."""

    def __init__(self, library: Library, model: str) -> None:
        """`model` is an encoder's id: it names the vectors, none other's are ever mixed in."""
        self._library = library
        with library.transaction():
            library.db.execute("INSERT OR IGNORE INTO models (name) VALUES (?)", (model,))
        query = "SELECT id FROM models WHERE name = ?"
        self._model = int(library.db.execute(query, (model,)).fetchone()[0])

    def __len__(self) -> int:
        query = "SELECT COUNT(*) FROM embeddings WHERE model = ?"
        return int(self._library.db.execute(query, (self._model,)).fetchone()[0])

    def clear(self) -> None:
        """Drops all vectors of the model."""
        with self._library.transaction():
            self._library.db.execute("DELETE FROM embeddings WHERE model = ?", (self._model,))

    def of(self, hashes: Sequence[bytes]) -> dict[bytes, Vectors]:
        """The vectors of some texts, shape `(dim,)` each, for those that have one."""
        rows = self._library.db.execute(
            "SELECT text_hash, vector FROM embeddings WHERE model = ? AND text_hash IN "
            f"({','.join('?' * len(hashes))})",
            (self._model, *hashes),
        )
        return {digest: np.frombuffer(vector, dtype="<f4") for digest, vector in rows}

    def add(self, hashes: Sequence[bytes], vectors: Vectors) -> None:
        """Stores vectors of shape `(len(hashes), dim)`, in one transaction."""
        with self._library.transaction():
            self._library.db.executemany(
                "INSERT OR IGNORE INTO embeddings (model, text_hash, vector) VALUES (?, ?, ?)",
                (
                    (self._model, digest, vector.astype("<f4").tobytes())
                    for digest, vector in zip(hashes, vectors, strict=True)
                ),
            )
