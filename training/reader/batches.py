"""Collates examples into padded batches for the network."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch

from index.arrays import Int64Array
from index.models.static import StaticEncoder, units
from qa.reader.network import LONGEST
from qa.reader.tokens import MARK
from training.reader.examples import ReaderExample
from training.reader.network import Batch, stacked


def frequent(examples: Sequence[ReaderExample], count: int) -> Int64Array:
    """Return the rows of the most frequent words, without marks."""
    counts: Counter[int] = Counter()
    for example in examples:
        counts.update(example.inputs.asked.tolist())
        counts.update(set(example.inputs.tokens.rows.tolist()))
    del counts[MARK]
    return np.array([row for row, _ in counts.most_common(count)], dtype=np.int64)


class Collator:
    """Makes batches of examples; word vectors are looked up in the encoder's table."""

    def __init__(self, encoder: StaticEncoder, common: Int64Array) -> None:
        """Take the encoder and the rows of frequent words."""
        size = len(encoder)
        table = units(encoder.token_vectors(np.arange(size)))
        # The last row is for marks and padding.
        self._table = torch.cat([torch.tensor(table), torch.zeros(1, encoder.dim)])
        self._common = torch.zeros(size + 1, dtype=torch.long)
        self._common[torch.tensor(common)] = torch.arange(1, len(common) + 1)

    def __call__(self, examples: Sequence[ReaderExample]) -> tuple[Batch, torch.Tensor]:
        """Return the batch and the piece of each word, -1 for gaps and padding."""
        inputs = [example.inputs for example in examples]
        asked = stacked([torch.tensor(item.asked) for item in inputs], MARK).long()
        rows = stacked([torch.tensor(item.tokens.rows) for item in inputs], MARK).long()
        pieces = stacked([torch.tensor(item.tokens.pieces) for item in inputs], -1).long()
        batch = Batch(
            self._table[asked],
            self._common[asked],
            stacked([torch.tensor(item.asked_features) for item in inputs]),
            stacked([torch.ones(len(item.asked)) for item in inputs]),
            torch.tensor([item.kind for item in inputs]),
            self._table[rows],
            self._common[rows],
            stacked([torch.tensor(item.features) for item in inputs]),
            stacked([torch.ones(len(item.tokens.rows)) for item in inputs]),
        )
        return batch, pieces


def right_spans(examples: Sequence[ReaderExample], words: int) -> torch.Tensor:
    """Return which spans are right, by first word and length - 1: bool `(b, words, LONGEST)`."""
    right = torch.zeros(len(examples), words, LONGEST, dtype=torch.bool)
    for at, example in enumerate(examples):
        for first, last in example.right.tolist():
            if example.weak:
                for begin in range(first, last + 1):
                    right[at, begin, : min(last - begin + 1, LONGEST)] = True
            elif last - first < LONGEST:
                right[at, first, last - first] = True
    return right
