"""Turns examples into padded rows for the network, rows of like length together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from index.models.encoder import Vectors
from index.models.static import StaticEncoder, units
from qa.reader.features import Layout, layout
from qa.reader.inputs import ReaderInput
from qa.reader.network import LONGEST
from qa.reader.tokens import PADDING, special
from training.reader.examples import ReaderExample
from training.reader.network import FAR, SpanNetwork, span_scores


@dataclass(frozen=True, slots=True)
class Rows:
    """Padded rows: ids, segments, features and real tokens, and the piece of each token.

    `owners` `(r,)` is the example of each row; `right` and `unsure` `(r, t, LONGEST)` are spans.
    """

    ids: Tensor
    segments: Tensor
    features: Tensor
    real: Tensor
    pieces: Tensor
    owners: Tensor
    right: Tensor
    unsure: Tensor


@dataclass(frozen=True, slots=True)
class RowSums:
    """For each row the logsumexp of all spans, of the right and of no unsure ones, and none."""

    owners: Tensor
    every: Tensor
    right: Tensor
    none: Tensor


class Collator:
    """Makes batches of rows; word vectors are looked up in the encoder's table."""

    def __init__(self, encoder: StaticEncoder, rarity: Vectors) -> None:
        self._table = torch.tensor(units(encoder.token_vectors(np.arange(len(encoder)))))
        self._rarity = rarity

    def vectors(self, ids: Tensor, network: SpanNetwork) -> Tensor:
        """Return the vectors of tokens: those of the table, or the network's own."""
        known = ids >= 0
        own = network.body.extra((-1 - ids).clamp(min=0))
        return torch.where(known[..., None], self._table[ids.clamp(min=0)], own)

    def __call__(self, examples: Sequence[ReaderExample], chunks: int) -> Iterator[Rows]:
        """Yield the rows of all examples in chunks of like length."""
        rows = [(number, at) for number, item in enumerate(examples) for at in _numbers(item)]
        rows.sort(key=lambda row: _length(examples[row[0]].inputs, row[1]))
        size = -(-len(rows) // chunks)
        for begin in range(0, len(rows), size):
            yield self._chunk(examples, rows[begin : begin + size])

    def _chunk(self, examples: Sequence[ReaderExample], rows: Sequence[tuple[int, int]]) -> Rows:
        parts = [self._row(examples[number], at) for number, at in rows]
        longest = max(part.ids.shape[1] for part in parts)

        def padded(name: str) -> Tensor:
            values = [getattr(part, name)[0] for part in parts]
            fill = special(PADDING) if name == "ids" else 0
            out = np.full((len(parts), longest, *values[0].shape[1:]), fill, values[0].dtype)
            for at, value in enumerate(values):
                out[at, : len(value)] = value
            return torch.tensor(out)

        pieces = torch.full((len(parts), longest), -1)
        right = torch.zeros(len(parts), longest, LONGEST, dtype=torch.bool)
        unsure = torch.zeros_like(right)
        for place, (number, at) in enumerate(rows):
            example, head = examples[number], parts[place].heads[0]
            own = torch.tensor(example.inputs.rows[at].tokens.pieces)
            pieces[place, head : head + len(own)] = own
            for spans, ranges in ((right, example.right), (unsure, example.unsure)):
                weak = example.weak and spans is right
                for _, first, last in ranges[ranges[:, 0] == at].tolist():
                    _mark(spans[place], head + first, head + last, weak=weak)
        owners = torch.tensor([number for number, _ in rows])
        return Rows(
            padded("ids"),
            padded("segments"),
            padded("features"),
            padded("real"),
            pieces,
            owners,
            right,
            unsure & ~right,
        )

    def _row(self, example: ReaderExample, at: int) -> Layout:
        inputs = ReaderInput(example.inputs.asked, [example.inputs.rows[at]])
        return layout(inputs, [example.candidates[at]], self._rarity)


def row_sums(network: SpanNetwork, collate: Collator, rows: Rows) -> RowSums:
    """Return what the loss needs of each row."""
    with torch.autocast("cpu", torch.bfloat16):
        vectors = collate.vectors(rows.ids, network)
        scores = network(vectors, rows.segments, rows.features, rows.real)
    spans = span_scores(scores, network.len, rows.pieces)
    spans = spans.masked_fill(rows.unsure, FAR).flatten(1)
    right = spans.masked_fill(~rows.right.flatten(1), FAR)
    return RowSums(
        rows.owners, torch.logsumexp(spans, 1), torch.logsumexp(right, 1), scores.none.float()
    )


def _mark(spans: Tensor, first: int, last: int, *, weak: bool) -> None:
    """Mark a span as right, or all inside it; of a long one, its longest beginning."""
    if weak:
        for begin in range(first, last + 1):
            spans[begin, : min(last - begin + 1, LONGEST)] = True
    else:
        spans[first, min(last - first, LONGEST - 1)] = True


def _numbers(example: ReaderExample) -> range:
    return range(len(example.inputs.rows))


def _length(inputs: ReaderInput, at: int) -> int:
    return len(inputs.rows[at].head) + len(inputs.rows[at].tokens.rows)
