"""Puts lessons side by side for the network."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch

from index.arrays import Int64Array
from index.models.static import StaticEncoder, units
from qa.reader.network import LONGEST
from qa.reader.tokens import MARK
from training.reader.examples import Lesson
from training.reader.network import Batch, stacked


def frequent(lessons: Sequence[Lesson], count: int) -> Int64Array:
    """The rows of the words that occur most often, marks left out."""
    seen: Counter[int] = Counter()
    for one in lessons:
        seen.update(one.told.asked.tolist())
        seen.update(set(one.told.words.rows.tolist()))
    del seen[MARK]
    return np.array([row for row, _ in seen.most_common(count)], dtype=np.int64)


class Batches:
    """Makes batches; word vectors are looked up in the encoder's table."""

    def __init__(self, encoder: StaticEncoder, common: Int64Array) -> None:
        """`common` are the rows of frequent words."""
        size = len(encoder)
        table = units(encoder.rows(np.arange(size)))
        # The last row stands for marks and padding.
        self._table = torch.cat([torch.tensor(table), torch.zeros(1, encoder.dim)])
        self._common = torch.zeros(size + 1, dtype=torch.long)
        self._common[torch.tensor(common)] = torch.arange(1, len(common) + 1)

    def __call__(self, lessons: Sequence[Lesson]) -> tuple[Batch, torch.Tensor]:
        """The lessons as a batch, and the piece of each word, -1 for gaps and padding."""
        told = [one.told for one in lessons]
        asked = stacked([torch.tensor(one.asked) for one in told], MARK).long()
        rows = stacked([torch.tensor(one.words.rows) for one in told], MARK).long()
        pieces = stacked([torch.tensor(one.words.pieces) for one in told], -1).long()
        batch = Batch(
            self._table[asked],
            self._common[asked],
            stacked([torch.tensor(one.asked_features) for one in told]),
            stacked([torch.ones(len(one.asked)) for one in told]),
            torch.tensor([one.kind for one in told]),
            self._table[rows],
            self._common[rows],
            stacked([torch.tensor(one.features) for one in told]),
            stacked([torch.ones(len(one.words.rows)) for one in told]),
        )
        return batch, pieces


def right_spans(lessons: Sequence[Lesson], words: int) -> torch.Tensor:
    """Which spans are right, by first word and length less one: bool `(b, words, LONGEST)`."""
    right = torch.zeros(len(lessons), words, LONGEST, dtype=torch.bool)
    for at, one in enumerate(lessons):
        for first, last in one.right.tolist():
            if one.weak:
                for begin in range(first, last + 1):
                    right[at, begin, : min(last - begin + 1, LONGEST)] = True
            elif last - first < LONGEST:
                right[at, first, last - first] = True
    return right
