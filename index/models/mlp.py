"""A small feed-forward network: weights in a JSON file, run by numpy.

The networks of Yiju see some tens of features and have some hundreds of weights: torch would take
seconds to load for what takes microseconds to compute. `training/rankers` makes the files.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.models.encoder import Vectors

_CLIP = 5.0
"""Standardised features beyond this say no more: what is far from all that was seen stays sane."""


@dataclass(frozen=True, slots=True)
class MLP:
    """Standardises its inputs, which have names, and puts them through layers with ReLU between.

    `layers` are pairs of weights of shape `(outputs, inputs)` and biases of shape `(outputs,)`;
    the last one has one output.
    """

    inputs: tuple[str, ...]
    mean: Vectors
    scale: Vectors
    layers: tuple[tuple[Vectors, Vectors], ...]

    def __call__(self, features: Vectors) -> Vectors:
        """The output for each row of features of shape `(n, inputs)`: shape `(n,)`, a logit."""
        values = np.clip((features - self.mean) / self.scale, -_CLIP, _CLIP)
        for number, (weights, bias) in enumerate(self.layers):
            values = (np.maximum(values, 0) if number else values) @ weights.T + bias
        return np.asarray(values[:, 0], dtype=np.float32)

    @classmethod
    def read(cls, path: Path, inputs: Sequence[str]) -> "MLP":
        """Reads a file that was written for exactly these inputs.

        Raises:
            ValueError: it was made for other features.
        """
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["inputs"] != list(inputs):
            raise ValueError(f"{path.name} was made for {told['inputs']}, not for {list(inputs)}.")
        layers = tuple((_array(one["weights"]), _array(one["bias"])) for one in told["layers"])
        return cls(tuple(inputs), _array(told["mean"]), _array(told["scale"]), layers)

    def write(self, path: Path) -> None:
        """Writes the file, numbers with six digits."""
        told = {
            "inputs": list(self.inputs),
            "mean": _list(self.mean),
            "scale": _list(self.scale),
            "layers": [
                {"weights": _list(weights), "bias": _list(bias)} for weights, bias in self.layers
            ],
        }
        path.write_text(json.dumps(told) + "\n", encoding="utf-8")


def sigmoid(logits: Vectors) -> Vectors:
    """Probabilities of logits, without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * logits)), dtype=np.float32)


def _array(values: Sequence[float] | Sequence[Sequence[float]]) -> Vectors:
    return np.asarray(values, dtype=np.float32)


def _list(values: Vectors) -> list[Any]:
    if values.ndim > 1:
        return [_list(row) for row in values]
    return [float(f"{value:.6g}") for value in values]
