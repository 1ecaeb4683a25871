"""A small feed-forward network: weights in a JSON file, run by numpy.

The networks have tens of features and hundreds of weights: torch would take seconds to load for
what takes microseconds to compute. `training/rankers` writes the files.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.models.encoder import Vectors

_CLIP = 5.0
"""Bound of standardised features, so that inputs unlike the training data do no harm."""


@dataclass(frozen=True, slots=True)
class MLP:
    """A network that standardises its named inputs and applies layers with ReLU between them.

    `layers` are pairs of weights of shape `(outputs, inputs)` and biases of shape `(outputs,)`;
    the last one has one output.
    """

    inputs: tuple[str, ...]
    mean: Vectors
    scale: Vectors
    layers: tuple[tuple[Vectors, Vectors], ...]

    def __call__(self, features: Vectors) -> Vectors:
        """Return a logit, shape `(n,)`, for each row of features, shape `(n, inputs)`."""
        values = np.clip((features - self.mean) / self.scale, -_CLIP, _CLIP)
        for number, (weights, bias) in enumerate(self.layers):
            values = (np.maximum(values, 0) if number else values) @ weights.T + bias
        return np.asarray(values[:, 0], dtype=np.float32)

    @classmethod
    def read(cls, path: Path, inputs: Sequence[str]) -> "MLP":
        """Read a file that was written for exactly these inputs.

        Raises:
            ValueError: it was written for other inputs.
        """
        file = json.loads(path.read_text(encoding="utf-8"))
        if file["inputs"] != list(inputs):
            raise ValueError(f"{path.name} was made for {file['inputs']}, not for {list(inputs)}.")
        layers = tuple(
            (_array(layer["weights"]), _array(layer["bias"])) for layer in file["layers"]
        )
        return cls(tuple(inputs), _array(file["mean"]), _array(file["scale"]), layers)

    def write(self, path: Path) -> None:
        """Write the file, numbers with six digits."""
        file = {
            "inputs": list(self.inputs),
            "mean": _list(self.mean),
            "scale": _list(self.scale),
            "layers": [
                {"weights": _list(weights), "bias": _list(bias)} for weights, bias in self.layers
            ],
        }
        path.write_text(json.dumps(file) + "\n", encoding="utf-8")


def sigmoid(logits: Vectors) -> Vectors:
    """Return the probabilities of logits, without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * logits)), dtype=np.float32)


def _array(values: Sequence[float] | Sequence[Sequence[float]]) -> Vectors:
    return np.asarray(values, dtype=np.float32)


def _list(values: Vectors) -> list[Any]:
    if values.ndim > 1:
        return [_list(row) for row in values]
    return [float(f"{value:.6g}") for value in values]
