"""What a library is to the measuring: something that finds passages, made from a collection."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import jieba

TOP = 10
"""Passages that are found for a question."""

CANDIDATES = 50
"""Passages that each part of a peer proposes where two are fused; Yiju's own number."""


@dataclass(frozen=True, slots=True)
class Collection:
    """The texts to index: passages, known by their positions, and the file they were cut from.

    `articles` are JSON lines, which Yiju reads, cleans and splits itself.
    """

    articles: str
    passages: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> "Collection":
        """Read what `write` wrote."""
        fields = json.loads(path.read_text(encoding="utf-8"))
        return cls(fields["articles"], tuple(fields["passages"]))

    def write(self, path: Path) -> None:
        """Write the texts for a worker, which gets no more than this and questions."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")


class Retriever(Protocol):
    """An index of a collection."""

    def find(self, question: str) -> list[int]:
        """Return the positions of the likeliest passages, best first, at most `TOP`."""


Build = Callable[[Collection], Retriever]
"""Makes the index of a collection, with everything that it needs to find."""


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, by jieba, as users of a peer would have to.

    >>> words("经度5号")
    ['经度', '5', '号']
    """
    return [word for word in jieba.lcut(text.lower()) if not word.isspace()]


def spaced(text: str) -> str:
    """Return the words of a text with spaces between them."""
    return " ".join(words(text))
