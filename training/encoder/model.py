"""The model in training: token vectors, embedded bags, sparse Adam."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.sparse import csr_matrix
from torch import Tensor
from torch.nn.functional import normalize

from index.arrays import Int64Array, Ragged
from training.encoder.initial_vectors import Mask, Table
from training.errors import CheckpointError


class _BagSums(torch.autograd.Function):
    """Sums of rows by a sparse matrix: far cheaper than the gradient of `EmbeddingBag`."""

    @staticmethod
    def forward(ctx: Any, rows: Tensor, matrix: csr_matrix) -> Tensor:  # noqa: ANN401
        ctx.matrix = matrix
        return torch.from_numpy(matrix @ rows.detach().numpy())

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:  # noqa: ANN401
        return torch.from_numpy(ctx.matrix.T @ gradients[0].numpy()), None


class Batch:
    """Several groups of texts, embedded together.

    `used` are the tokens in them, ascending; `rows` their vectors, which collect the gradient;
    `vectors` the unit vectors of each group, shape `(texts, dim)`.
    """

    def __init__(self, table: Table, groups: Sequence[Ragged]) -> None:
        texts = Ragged.joined(groups)
        used, places = np.unique(texts.values, return_inverse=True)
        self.used: Int64Array = used.astype(np.int64)
        counts = np.ones(len(places), dtype=np.float32)
        matrix = csr_matrix((counts, places, texts.starts), shape=(len(texts), len(used)))
        self.rows = torch.from_numpy(table[self.used]).requires_grad_()
        units = normalize(_BagSums.apply(self.rows, matrix), dim=1)
        self.vectors = torch.split(units, [len(group) for group in groups])

    @property
    def gradient(self) -> Table:
        """The gradient of `rows`, after the backward pass of a loss."""
        assert self.rows.grad is not None
        return self.rows.grad.numpy()


class LateInteractionScorer:
    """Late interaction between texts of a batch: weighted MaxSim over token vectors.

    Khattab and Zaharia 2020, https://arxiv.org/abs/2004.12832. Only the first `longest` tokens of a
    left and of a right text count.
    """

    def __init__(self, batch: Batch, texts: Mapping[str, Ragged], longest: tuple[int, int]) -> None:
        self._texts = texts
        self._longest = longest
        self._tokens = np.unique(np.concatenate([text.values for text in texts.values()]))
        rows = batch.rows[torch.from_numpy(np.searchsorted(batch.used, self._tokens))]
        self._norms = rows.norm(dim=1).clamp_min(1e-6)
        self._units = rows / self._norms[:, None]

    def __call__(self, left: str, right: str) -> Tensor:
        """Return the weighted mean over left tokens of their highest cosine in each right text.

        Shape `(left texts, right texts)`; the weight of a token is the norm of its vector.
        """
        rows, in_left = self._padded(left, self._longest[0])
        columns, in_right = self._padded(right, self._longest[1])
        near = _MaxSim.apply(self._units, rows.ravel(), columns, in_right)
        weights = self._norms[torch.from_numpy(rows)] * torch.from_numpy(in_left)
        weights = weights / weights.sum(dim=1, keepdim=True).clamp_min(1e-6)
        return torch.einsum("lt,ltr->lr", weights, near.view(*rows.shape, -1))

    def _padded(self, name: str, longest: int) -> tuple[Int64Array, Mask]:
        """Return the rows of a group's tokens, padded, and the mask; both `(texts, longest)`."""
        texts = self._texts[name]
        there = np.arange(longest) < texts.lengths[:, None]
        places = np.zeros(there.shape, dtype=np.int64)
        spots = (texts.starts[:-1, None] + np.arange(longest))[there]
        places[there] = np.searchsorted(self._tokens, texts.values[spots])
        return places, there


class _MaxSim(torch.autograd.Function):
    """The highest cosine of each token to any token of each text, `(tokens, texts)`."""

    @staticmethod
    def forward(
        ctx: Any,  # noqa: ANN401
        units: Tensor,
        rows: Int64Array,
        columns: Int64Array,
        there: Mask,
    ) -> Tensor:
        table = units.detach().numpy()
        cosines = table[rows] @ table[columns.ravel()].T
        cosines[:, ~there.ravel()] = -1
        cosines = cosines.reshape(len(rows), *columns.shape)
        places = cosines.argmax(axis=2)
        ctx.table, ctx.rows = table, rows
        ctx.nearest = columns[np.arange(len(columns)), places]
        return torch.from_numpy(np.take_along_axis(cosines, places[..., None], axis=2)[..., 0])

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None, None]:  # noqa: ANN401
        # Each cosine touches two rows. A sparse matrix costs a hundredth of indexed addition.
        touched = csr_matrix(
            (gradients[0].numpy().ravel(), (np.repeat(ctx.rows, ctx.nearest.shape[1]),
             ctx.nearest.ravel())), shape=(len(ctx.table), len(ctx.table)),
        )  # fmt: skip
        return torch.from_numpy(touched @ ctx.table + touched.T @ ctx.table), None, None, None


class SparseAdam:
    """Adam (Kingma and Ba 2015, https://arxiv.org/abs/1412.6980) on the rows of a batch."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.mean = np.zeros_like(table)
        self.square = np.zeros_like(table)
        self.steps = 0

    def step(self, rows: Int64Array, gradient: Table, rate: float) -> None:
        """Update the given rows; `rate` is roughly the change of a component."""
        self.steps += 1
        mean = self.mean[rows] * 0.9 + gradient * 0.1
        square = self.square[rows] * 0.999 + gradient**2 * 0.001
        self.mean[rows], self.square[rows] = mean, square
        corrected = mean / (1 - 0.9**self.steps)
        scale = np.sqrt(square / (1 - 0.999**self.steps)) + 1e-8
        self.table[rows] -= rate * corrected / scale

    def save(self, path: Path, inputs: str) -> None:
        """Write a checkpoint atomically; `inputs` identifies everything it depends on."""
        part = path.with_suffix(".part.npz")
        np.savez(
            part,
            table=self.table,
            mean=self.mean,
            square=self.square,
            steps=np.array(self.steps),
            inputs=np.array(inputs),
        )
        part.replace(path)

    def load(self, path: Path, inputs: str) -> None:
        """Read a checkpoint written by `save`.

        Raises:
            CheckpointError: it was written with other inputs.
        """
        with np.load(path) as file:
            if str(file["inputs"]) != inputs:
                raise CheckpointError(
                    f"{path} was written with another start, other pairs or other settings. Put it "
                    "away to begin anew, or go back to what it was made with."
                )
            self.table, self.mean, self.square = file["table"], file["mean"], file["square"]
            self.steps = int(file["steps"])
