"""The span reader in torch: a small transformer over the encoder's frozen word vectors.

Rotary positions, RMSNorm before each part and gated feed-forward parts, without biases (Touvron et
al. 2023, https://arxiv.org/abs/2302.13971). A span is scored by its ends, by how they go together,
and by its length; a row also by whether it has no answer.
"""

from collections.abc import Mapping
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from qa.reader.features import FEATURES
from qa.reader.network import ENDS, LONGEST
from qa.reader.tokens import SPECIAL

WIDTH, LAYERS, HEADS, INNER = 256, 8, 4, 704
_POSITIONS = 1024
_EPSILON = 1e-6
FAR = -1e4


class RowScores(NamedTuple):
    """What the network says of `r` rows of `t` tokens.

    `starts` and `ends` have shape `(r, t)`, `firsts` and `lasts`, whose products score pairs of
    ends, `(r, t, ENDS)`, `none` `(r,)`.
    """

    starts: Tensor
    ends: Tensor
    firsts: Tensor
    lasts: Tensor
    none: Tensor


class RootMeanSquare(nn.Module):
    """Normalise by the root mean square, in operations that onnxruntime merges into one."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(WIDTH))

    def forward(self, values: Tensor) -> Tensor:
        """Normalise the last dimension."""
        wide = values if values.dtype == torch.float32 else values.float()
        normed = wide / torch.sqrt(torch.pow(wide, 2.0).mean(-1, keepdim=True) + _EPSILON)
        normed = normed if values.dtype == torch.float32 else normed.to(values.dtype)
        scaled: Tensor = normed * self.weight
        return scaled


class Block(nn.Module):
    """Attention and a gated feed-forward part, each beside a path that leaves out both."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.n1, self.n2 = RootMeanSquare(), RootMeanSquare()
        # Of tokens, whose random numbers cost a hundredth of those of all numbers.
        self.dropout = nn.Dropout1d(dropout)
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.o = nn.Linear(WIDTH, WIDTH, bias=False)
        self.up = nn.Linear(WIDTH, 2 * INNER, bias=False)
        self.down = nn.Linear(INNER, WIDTH, bias=False)
        nn.init.zeros_(self.o.weight)
        nn.init.zeros_(self.down.weight)

    def forward(self, values: Tensor, turns: tuple[Tensor, Tensor], hidden: Tensor) -> Tensor:
        """Map `(r, t, WIDTH)` to the same shape; `hidden` `(r, 1, 1, t)` is low for padding."""
        rows, tokens, _ = values.shape
        shape = rows, tokens, 3, HEADS, WIDTH // HEADS
        queries, keys, inner = self.qkv(self.n1(values)).view(shape).permute(2, 0, 3, 1, 4)
        # By hand: on a processor twice as fast as the fused kernel for rows as short as these.
        likeness = _turned(queries, turns) @ _turned(keys, turns).transpose(-1, -2)
        mixed = (likeness * (WIDTH // HEADS) ** -0.5 + hidden).softmax(-1) @ inner
        mixed = mixed.transpose(1, 2).reshape(rows, tokens, WIDTH)
        values = values + self.dropout(self.o(mixed))
        gate, wide = self.up(self.n2(values)).chunk(2, -1)
        added: Tensor = self.dropout(self.down(functional.silu(gate) * wide))
        return values + added


def _turned(values: Tensor, turns: tuple[Tensor, Tensor]) -> Tensor:
    """Turn pairs of dimensions by their position (Su et al. 2021, arXiv 2104.09864)."""
    cosines, sines = turns
    left, right = values.chunk(2, -1)
    return torch.cat([left * cosines - right * sines, left * sines + right * cosines], -1)


class Body(nn.Module):
    """The transformer: from word vectors to vectors of words in their context."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.extra = nn.Embedding(SPECIAL, WIDTH)
        self.inp = nn.Linear(WIDTH, WIDTH, bias=False)
        self.seg = nn.Embedding(2, WIDTH)
        self.feat = nn.Linear(len(FEATURES), WIDTH, bias=False)
        self.blocks = nn.ModuleList(Block(dropout) for _ in range(LAYERS))
        self.norm = RootMeanSquare()
        half = WIDTH // HEADS // 2
        turn = torch.arange(_POSITIONS).float()[:, None] / 10000 ** (torch.arange(half) / half)
        self.cosines: Tensor
        self.sines: Tensor
        self.register_buffer("cosines", turn.cos(), persistent=False)
        self.register_buffer("sines", turn.sin(), persistent=False)

    def forward(self, vectors: Tensor, segments: Tensor, features: Tensor, real: Tensor) -> Tensor:
        """Return vectors in context `(r, t, WIDTH)` of unit vectors `(r, t, WIDTH)`."""
        values = self.inp(vectors) + self.seg(segments) + self.feat(features)
        tokens = vectors.shape[1]
        turns = self.cosines[:tokens].to(values.dtype), self.sines[:tokens].to(values.dtype)
        hidden = ((~real)[:, None, None, :] * FAR).to(values.dtype)
        for block in self.blocks:
            values = block(values, turns, hidden)
        return self.norm(values)  # type: ignore[no-any-return]


class SpanNetwork(nn.Module):
    """The body with the scores of spans on it."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.body = Body(dropout)
        self.se = nn.Linear(WIDTH, 2)
        self.a = nn.Linear(WIDTH, ENDS)
        self.b = nn.Linear(WIDTH, ENDS)
        self.len = nn.Parameter(torch.zeros(LONGEST))
        self.none = nn.Linear(WIDTH, 1)
        self.null = nn.Parameter(torch.zeros(1))
        nn.init.zeros_(self.none.weight)
        nn.init.zeros_(self.none.bias)

    def forward(
        self, vectors: Tensor, segments: Tensor, features: Tensor, real: Tensor
    ) -> RowScores:
        """Score rows of unit vectors `(r, t, WIDTH)`; see `qa.reader.features.Layout`."""
        values = self.body(vectors, segments, features, real)
        starts, ends = self.se(values).unbind(-1)
        none = self.none(values[:, 0]).squeeze(-1)
        return RowScores(starts, ends, self.a(values), self.b(values), none)

    def take(self, weights: Mapping[str, Tensor]) -> None:
        """Take over the weights of a body or of an earlier reader, as far as they fit.

        New features begin without an effect.
        """
        own = self.state_dict()
        for name, values in weights.items():
            if name.startswith("none."):
                continue
            if name.endswith("feat.weight"):
                widened = torch.zeros_like(own[name])
                widened[:, : values.shape[1]] = values
                own[name] = widened
            elif name in own:
                own[name] = values.float()
        self.load_state_dict(own)


def span_scores(scores: RowScores, lengths: Tensor, text: Tensor) -> Tensor:
    """Return the scores of spans by first token and length, `(r, t, LONGEST)`.

    `text` `(r, t)` has the piece of each token, negative where none may be an answer; a span lies
    in one piece.
    """

    def windows(values: Tensor, fill: float) -> Tensor:
        return functional.pad(values, (0, LONGEST - 1), value=fill).unfold(1, LONGEST, 1)

    tokens = text.shape[1]
    # A product of all pairs of tokens, of which each row keeps the band behind its own.
    every = functional.pad(scores.firsts @ scores.lasts.transpose(1, 2), (0, LONGEST - 1)).float()
    reach = torch.arange(tokens)[:, None] + torch.arange(LONGEST)
    pairs = every.gather(2, reach.expand(len(text), -1, -1))
    ends = windows(scores.ends.float(), 0.0)
    spans = scores.starts.float()[..., None] + ends + pairs / ENDS**0.5 + lengths
    fits = (windows(text, -1) == text[..., None]) & (text >= 0)[..., None]
    masked: Tensor = spans.masked_fill(~fits, FAR)
    return masked
