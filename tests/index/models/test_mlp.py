"""A network computes the same in numpy as in torch, and refuses other inputs."""

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from index.models.mlp import MLP, sigmoid


def network(seed: int, hidden: int = 3) -> MLP:
    chance = np.random.default_rng(seed)

    def normal(*shape: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
        return chance.normal(size=shape).astype(np.float32)

    layers = ((normal(hidden, 2), normal(hidden)), (normal(1, hidden), normal(1)))
    scale = np.asarray(np.abs(normal(2)) + 0.1, dtype=np.float32)
    return MLP(("one", "other"), normal(2), scale, layers)


def test_a_worked_network() -> None:
    first = (np.array([[1, 0], [0, -1]], np.float32), np.array([0, 1], np.float32))
    last = (np.array([[2, 3]], np.float32), np.array([0.5], np.float32))
    mlp = MLP(("a", "b"), np.array([1, 0], np.float32), np.ones(2, np.float32), (first, last))
    # (3 - 1, 4) → relu(2, -3) → 2 * 2 + 0 + 0.5; (0 - 1, 0) → relu(-1, 1) → 3 + 0.5
    assert mlp(np.array([[3, 4], [0, 0]], np.float32)).tolist() == [4.5, 3.5]


@given(st.integers(0, 99))
def test_it_is_what_torch_computes(seed: int) -> None:
    mlp = network(seed)
    rows = np.random.default_rng(seed).normal(size=(5, 2)).astype(np.float32)
    values = torch.tensor(((rows - mlp.mean) / mlp.scale).clip(-5, 5))
    (first, first_bias), (last, last_bias) = mlp.layers
    hidden = torch.relu(torch.nn.functional.linear(values, *map(torch.tensor, (first, first_bias))))
    wanted = torch.nn.functional.linear(hidden, *map(torch.tensor, (last, last_bias)))
    np.testing.assert_allclose(mlp(rows), wanted.squeeze(-1).numpy(), rtol=1e-4, atol=1e-4)


def test_it_is_the_same_once_written_and_read_and_refuses_other_inputs(tmp_path: Path) -> None:
    mlp, rows = network(1), np.array([[0.5, -2]], np.float32)
    mlp.write(tmp_path / "net.json")
    again = MLP.read(tmp_path / "net.json", ("one", "other"))
    np.testing.assert_allclose(again(rows), mlp(rows), rtol=1e-4)
    with pytest.raises(ValueError, match=r"net\.json was made for \['one', 'other'\], not for"):
        MLP.read(tmp_path / "net.json", ("other", "one"))


@given(st.floats(-1e4, 1e4))
def test_a_sigmoid_is_a_probability(logit: float) -> None:
    [share] = sigmoid(np.array([logit], np.float32))
    assert 0 <= share <= 1
    assert (share > 0.5) == (logit > 0) or abs(logit) < 1e-3
