"""bm25s: BM25 whose scores are computed while indexing."""

from collections.abc import Callable, Sequence
from typing import Any

import bm25s

from bench.peers.retriever import TOP, Collection, words

Tokens = Callable[[Sequence[str]], Any]


class Bm25s:
    """An index of bm25s over the tokens that a function makes."""

    def __init__(self, collection: Collection, tokens: Tokens) -> None:
        self._tokens = tokens
        self._top = min(TOP, len(collection.passages))
        self._index = bm25s.BM25()
        self._index.index(tokens(collection.passages), show_progress=False)

    def find(self, question: str) -> list[int]:
        """Return the positions of the passages that score above nothing."""
        found, scores = self._index.retrieve(
            self._tokens([question]), k=self._top, show_progress=False
        )
        return [int(at) for at, score in zip(found[0], scores[0], strict=True) if score > 0]


def as_it_comes(collection: Collection) -> Bm25s:
    """Return it with its own tokens: runs of two word characters or more, no stop words."""
    return Bm25s(collection, lambda texts: bm25s.tokenize(list(texts), show_progress=False))


def segmented(collection: Collection) -> Bm25s:
    """Return it with jieba's words."""
    return Bm25s(collection, lambda texts: [words(text) for text in texts])
