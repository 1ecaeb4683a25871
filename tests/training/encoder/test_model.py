"""The hand-written gradients are exact, and a step is that of Adam."""

from itertools import pairwise

import numpy as np
import torch

from index.arrays import Ragged
from training.encoder.model import Batch, LateInteractionScorer, SparseAdam

TABLE = np.random.default_rng(5).normal(size=(20, 6)).astype(np.float32)
LEFT = Ragged.of([[1, 2, 2], [3, 4, 5]])
RIGHT = Ragged.of([[2, 6], [7, 8, 9, 4], [10]])


def test_texts_are_embedded_as_the_mean_of_their_rows() -> None:
    batch = Batch(TABLE, [LEFT, RIGHT])
    mean = TABLE[[1, 2, 2]].mean(axis=0)
    expected = mean / np.linalg.norm(mean)
    np.testing.assert_allclose(batch.vectors[0][0].detach().numpy(), expected, atol=1e-6)
    assert [len(group) for group in batch.vectors] == [2, 3]


def test_the_gradient_is_that_of_the_plain_computation() -> None:
    batch = Batch(TABLE, [LEFT, RIGHT])
    goal = torch.arange(6.0).view(2, 3)
    late = LateInteractionScorer(batch, {"left": LEFT, "right": RIGHT}, (4, 4))("left", "right")
    ((batch.vectors[0] @ batch.vectors[1].T + late) * goal).sum().backward()
    table = torch.from_numpy(TABLE).requires_grad_()
    plain = torch.stack([torch.stack([score(table, a, b) for b in rows(RIGHT)])
                         for a in rows(LEFT)])  # fmt: skip
    (plain * goal).sum().backward()
    assert table.grad is not None
    np.testing.assert_allclose(batch.gradient, table.grad.numpy()[batch.used], atol=1e-4)


def test_unused_rows_stay_and_used_ones_go_as_adam_says() -> None:
    optimizer = SparseAdam(TABLE.copy())
    plain = torch.from_numpy(TABLE[[3, 7]]).requires_grad_()
    adam = torch.optim.Adam([plain], lr=0.01)
    for step in range(3):
        gradient = np.random.default_rng(step).normal(size=(2, 6)).astype(np.float32)
        optimizer.step(np.array([3, 7]), gradient, 0.01)
        plain.grad = torch.from_numpy(gradient)
        adam.step()
    np.testing.assert_allclose(optimizer.table[[3, 7]], plain.detach().numpy(), atol=1e-5)
    others = np.setdiff1d(np.arange(len(TABLE)), [3, 7])
    np.testing.assert_array_equal(optimizer.table[others], TABLE[others])


def score(table: torch.Tensor, left: list[int], right: list[int]) -> torch.Tensor:
    """Return the cosine of the means plus the weighted MaxSim, one pair of texts at a time."""
    cosine = torch.cosine_similarity(table[left].mean(dim=0), table[right].mean(dim=0), dim=0)
    norms = table[left].norm(dim=1)
    cosines = (table[left] / norms[:, None]) @ torch.nn.functional.normalize(table[right], dim=1).T
    max_sim: torch.Tensor = (norms * cosines.amax(dim=1)).sum() / norms.sum()
    return cosine + max_sim


def rows(texts: Ragged) -> list[list[int]]:
    """Return texts as Python lists."""
    edges = texts.starts.tolist()
    return [texts.values[a:b].tolist() for a, b in pairwise(edges)]
