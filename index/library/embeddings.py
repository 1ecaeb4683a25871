"""Stored vectors of one model by the hash of their text, which survive a killed rebuild."""

from collections.abc import Iterator, Sequence

import numpy as np

from index.library.database import Database
from index.models.encoder import Vectors


class Embeddings:
    """The vectors of one model in the library."""

    def __init__(self, db: Database, model: int) -> None:
        self._db = db
        self._model = model

    @classmethod
    def register(cls, db: Database, encoder_id: str) -> "Embeddings":
        """Register an encoder, if it is new, in a transaction; return its vectors.

        The id includes all that changes a vector, so vectors of two models are never mixed.
        """
        with db.transaction():
            db.execute("INSERT OR IGNORE INTO models (name) VALUES (?)", (encoder_id,))
        query = "SELECT id FROM models WHERE name = ?"
        return cls(db, int(db.execute(query, (encoder_id,)).fetchone()[0]))

    def __len__(self) -> int:
        query = "SELECT COUNT(*) FROM embeddings WHERE model = ?"
        return int(self._db.execute(query, (self._model,)).fetchone()[0])

    def clear(self) -> None:
        """Delete all vectors of the model."""
        with self._db.transaction():
            self._db.execute("DELETE FROM embeddings WHERE model = ?", (self._model,))

    def of(self, hashes: Sequence[bytes]) -> dict[bytes, Vectors]:
        """Return the stored vectors of texts, shape `(dim,)` each, by the text's hash."""
        rows = self._db.execute(
            "SELECT text_hash, vector FROM embeddings WHERE model = ? AND text_hash IN "
            f"({','.join('?' * len(hashes))})",
            (self._model, *hashes),
        )
        return {digest: np.frombuffer(vector, dtype="<f4") for digest, vector in rows}

    def take_in(self, hashes: Sequence[bytes], vectors: Vectors) -> None:
        """Store vectors made elsewhere, of texts that passages have, in one transaction."""
        with self._db.transaction():
            self._db.executemany(
                "INSERT OR IGNORE INTO embeddings (model, text_hash, vector) SELECT ?1, ?2, ?3 "
                "WHERE EXISTS (SELECT 1 FROM passages WHERE text_hash = ?2)",
                self._rows(hashes, vectors),
            )

    def add(self, hashes: Sequence[bytes], vectors: Vectors) -> None:
        """Store vectors of shape `(len(hashes), dim)`, in one transaction."""
        with self._db.transaction():
            self._db.executemany(
                "INSERT OR IGNORE INTO embeddings (model, text_hash, vector) VALUES (?, ?, ?)",
                self._rows(hashes, vectors),
            )

    def _rows(
        self, hashes: Sequence[bytes], vectors: Vectors
    ) -> Iterator[tuple[int, bytes, bytes]]:
        for digest, vector in zip(hashes, vectors, strict=True):
            yield self._model, digest, vector.astype("<f4").tobytes()
