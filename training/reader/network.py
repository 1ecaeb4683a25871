"""The span reader in torch; `qa/reader/network.py` runs the same network in numpy.

Gated convolutions with growing dilation (Dauphin et al. 2017, https://arxiv.org/abs/1612.08083; Wu
et al. 2019 for reading without recurrence) over frozen word vectors of the bundled encoder. A span
is scored by its ends, by each word in it, and by its length given the question.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from qa.reader.features import ASKED, FEATURES, KINDS
from qa.reader.network import HEADS, LENGTHS, STEPS

FAR = -1e4


@dataclass(frozen=True, slots=True)
class Batch:
    """A padded batch of questions: `m` words asked, `t` words read.

    `vectors` `(b, t, 256)` are unit word vectors, `common` are ids of frequent words (0: none), and
    `real` is 0 for padding.
    """

    asked_vectors: Tensor
    asked_common: Tensor
    asked_features: Tensor
    asked_real: Tensor
    kinds: Tensor
    vectors: Tensor
    common: Tensor
    features: Tensor
    real: Tensor


class Convolution(nn.Module):
    """A residual gated convolution over three words, `step` apart."""

    def __init__(self, width: int, step: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.inner = nn.Conv1d(width, 2 * width, 3, padding=step, dilation=step)
        self.dropout = nn.Dropout(dropout)

    def forward(self, values: Tensor, real: Tensor) -> Tensor:
        """Map `(b, t, width)` to the same shape; `real` `(b, t, 1)` is 0 for padding."""
        plain = self.norm(values) * real
        mixed = self.inner(self.dropout(plain).transpose(1, 2)).transpose(1, 2)
        return values + nn.functional.glu(mixed, dim=-1)


class SpanNetwork(nn.Module):
    """Scores first, last and inner words, lengths, and the absence of a span."""

    def __init__(self, width: int, common: int, dimensions: int, dropout: float) -> None:
        super().__init__()
        self.vectors = nn.Linear(dimensions, width, bias=False)
        self.common = nn.Embedding(common, width, padding_idx=0)
        nn.init.zeros_(self.common.weight)
        self.asked = nn.Linear(len(ASKED), width)
        self.features = nn.Linear(len(FEATURES), width)
        self.asked_convolution = Convolution(width, 1, dropout)
        self.heads = nn.Linear(width, HEADS)
        self.kinds = nn.Embedding(len(KINDS), width)
        self.bid = nn.Linear(HEADS * width + width, width)
        self.meet_asked = nn.Linear(width, width)
        self.meet = nn.Linear(width, width)
        self.merge = nn.Linear(3 * width, width)
        self.convolutions = nn.ModuleList(Convolution(width, step, dropout) for step in STEPS)
        self.norm = nn.LayerNorm(width)
        self.out = nn.Linear(2 * width, width)
        self.words = nn.Linear(width, 3)
        self.lengths = nn.Linear(width, LENGTHS)
        self.none = nn.Linear(2 * width, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Return scores of words `(b, t, 3)`, of lengths `(b, LENGTHS)`, and of no span `(b,)`."""
        asked = self.vectors(batch.asked_vectors) + self.common(batch.asked_common)
        asked = torch.relu(asked + self.asked(batch.asked_features))
        asked_real = batch.asked_real.unsqueeze(-1)
        asked = self.asked_convolution(asked, asked_real)
        bid = self._bid(asked, asked_real, batch.kinds)
        read = self.vectors(batch.vectors) + self.common(batch.common)
        read = torch.relu(read + self.features(batch.features))
        attended = self.meet(read) @ self.meet_asked(asked).transpose(1, 2) / read.shape[-1] ** 0.5
        attended = attended.masked_fill(batch.asked_real.unsqueeze(1) == 0, FAR).softmax(-1) @ asked
        real = batch.real.unsqueeze(-1)
        merged = self.merge(torch.cat([read, attended, read * attended], -1))
        values = torch.relu(merged) + bid.unsqueeze(1)
        for convolution in self.convolutions:
            values = convolution(values, real)
        values = self.norm(values)
        values = torch.cat([values, values * bid.unsqueeze(1)], -1)
        values = torch.relu(self.out(self.dropout(values)))
        highest = values.masked_fill(real == 0, 0).amax(1)
        none = self.none(torch.cat([highest, bid], -1)).squeeze(-1)
        return self.words(values), self.lengths(bid), none

    def _bid(self, asked: Tensor, real: Tensor, kinds: Tensor) -> Tensor:
        """Return the pooled question with its answer type, shape `(b, width)`."""
        shares = self.heads(asked).masked_fill(real == 0, FAR).softmax(1)
        pooled = torch.einsum("bmh,bmw->bhw", shares, asked).flatten(1)
        return torch.relu(self.bid(torch.cat([pooled, self.kinds(kinds)], -1)))


def span_scores(words: Tensor, lengths: Tensor, pieces: Tensor, buckets: Tensor) -> Tensor:
    """Return the scores of spans by first word and length, shape `(b, t, longest)`.

    A span must lie in one piece. `pieces` `(b, t)` is negative for gaps and padding; `buckets`
    `(longest,)` maps a length to its length score.
    """
    firsts, lasts, inner = words.unbind(-1)
    longest = len(buckets)
    summed = torch.cat([torch.zeros_like(inner[:, :1]), inner.cumsum(1)], 1)
    ends = nn.functional.pad(lasts + summed[:, 1:], (0, longest - 1)).unfold(1, longest, 1)
    same = nn.functional.pad(pieces, (0, longest - 1), value=-1).unfold(1, longest, 1)
    scores = (firsts - summed[:, :-1]).unsqueeze(-1) + ends + lengths[:, buckets].unsqueeze(1)
    fits = (same == pieces.unsqueeze(-1)) & (pieces >= 0).unsqueeze(-1)
    return scores.masked_fill(~fits, FAR)


def stacked(parts: Sequence[Tensor], fill: float = 0.0) -> Tensor:
    """Stack parts of unequal length, padded."""
    return nn.utils.rnn.pad_sequence(list(parts), batch_first=True, padding_value=fill)
