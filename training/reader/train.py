"""The reader's training loop: one softmax over all spans of all rows, and no span.

Sharing the softmax among passages makes their scores comparable (Clark and Gardner 2018,
https://arxiv.org/abs/1710.10723).
"""

import copy
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from index.models.encoder import Vectors
from index.models.loading import bundled
from training.errors import CheckpointError
from training.reader.batches import Collator, row_sums
from training.reader.examples import ReaderExample
from training.reader.network import LAYERS, SpanNetwork
from training.reader.sampling import ReaderSettings, Sampler
from training.reader.shipped import shipped_weights

_LOG_EVERY = 50  # steps
_SAVE_EVERY = 200  # steps
_AVERAGE_WARMUP = 50  # steps
_CHUNKS = 5
_CLIP = 1.0  # norm of the gradient
_MOST = 12.0  # loss of one example
_LEAST_RATE = 0.03


class Training:
    """The state of a training run, which can be saved and resumed at any step."""

    def __init__(self, body: Path, rarity: Vectors, settings: ReaderSettings) -> None:
        """Begin from the weights of a body, or from a reader's folder.

        `rarity` is that of each row of the table.
        """
        torch.manual_seed(settings.seed)
        self._settings = settings
        self.rarity = rarity
        self._collate = Collator(bundled(), rarity)
        self._network = SpanNetwork(settings.dropout)
        if body.is_dir():
            self._network.load_state_dict(shipped_weights(body))
        else:
            self._network.take(_body_weights(body))
        self.averaged = copy.deepcopy(self._network).eval()
        """The moving average of the network's weights, which is exported."""
        self._optimizer = torch.optim.AdamW(
            _groups(self._network, settings), lr=settings.rate, betas=(0.9, 0.98)
        )
        self.steps = 0

    def step(self, examples: Sequence[ReaderExample]) -> float:
        """Make one step; return the loss."""
        settings = self._settings
        self.steps += 1
        left = max(_LEAST_RATE, 1 - self.steps / settings.steps)
        rate = min(self.steps / settings.warm, 1) * left
        for group in self._optimizer.param_groups:
            group["lr"] = settings.rate * rate * group["scale"]
        losses, _, _ = self._losses(self._network, examples)
        loss = losses.clamp(max=_MOST).mean()
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), _CLIP)
        self._optimizer.step()
        share = 1 - min(settings.averaged, self.steps / (self.steps + _AVERAGE_WARMUP))
        with torch.no_grad():
            pairs = zip(self.averaged.parameters(), self._network.parameters(), strict=True)
            for mean, newest in pairs:
                mean.lerp_(newest, share)
        return float(loss.detach())

    def _losses(
        self, network: SpanNetwork, examples: Sequence[ReaderExample]
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return for each example its loss, and the log-probabilities of no span and the right."""
        parts = [
            row_sums(network, self._collate, rows) for rows in self._collate(examples, _CHUNKS)
        ]
        owners = torch.cat([part.owners for part in parts])
        every = _by_example(torch.cat([part.every for part in parts]), owners, len(examples))
        right = _by_example(torch.cat([part.right for part in parts]), owners, len(examples))
        none = -_by_example(torch.cat([-part.none for part in parts]), owners, len(examples))
        none = none + network.null
        whole = torch.logaddexp(every, none)
        answered = torch.tensor([len(example.right) > 0 for example in examples])
        return whole - torch.where(answered, right, none), none - whole, right - whole

    def held_out(self, examples: Sequence[ReaderExample]) -> dict[str, float]:
        """Return figures of examples that are not trained on: the mean loss of each group."""
        losses: dict[str, list[float]] = {}
        with torch.no_grad():
            for begin in range(0, len(examples), 50):
                part = examples[begin : begin + 50]
                found, _, _ = self._losses(self.averaged, part)
                for example, loss in zip(part, found.clamp(max=_MOST).tolist(), strict=True):
                    losses.setdefault(example.group, []).append(loss)
        return {group: float(np.mean(values)) for group, values in sorted(losses.items())}

    def save(self, path: Path) -> None:
        """Write a checkpoint atomically."""
        state = {
            "settings": asdict(self._settings),
            "rarity": torch.tensor(self.rarity),
            "steps": self.steps,
            "network": self._network.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }
        partial = path.with_suffix(".new")
        torch.save(state, partial)
        partial.replace(path)

    def resume(self, path: Path) -> None:
        """Go on from a checkpoint.

        Raises:
            CheckpointError: it was written with other settings.
        """
        state = torch.load(path, weights_only=True)
        if state["settings"] != asdict(self._settings):
            raise CheckpointError(f"{path} was made by another recipe: remove it to begin anew.")
        self.steps = state["steps"]
        self._network.load_state_dict(state["network"])
        self.averaged.load_state_dict(state["averaged"])
        self._optimizer.load_state_dict(state["optimizer"])


def train(
    training: Training,
    examples: Sequence[ReaderExample],
    held_out: Sequence[ReaderExample],
    checkpoint: Path,
    settings: ReaderSettings,
) -> None:
    """Train to the last step, from a checkpoint if any; print losses."""
    if checkpoint.exists():
        training.resume(checkpoint)
        print(f"reading: going on from step {training.steps}", flush=True)
    sampler, began, total = Sampler(examples, settings), time.monotonic(), 0.0
    while training.steps < settings.steps:
        total += training.step(sampler.draw(training.steps))
        if training.steps % _LOG_EVERY == 0:
            seconds = time.monotonic() - began
            print(f"{training.steps:6} {seconds:6.0f} s  {total / _LOG_EVERY:.3f}", flush=True)
            total = 0.0
        if training.steps % _SAVE_EVERY == 0 or training.steps == settings.steps:
            training.save(checkpoint)
            figures = training.held_out(held_out).items()
            print(
                "       held out:", *(f"{name} {value:.3f}" for name, value in figures), flush=True
            )


def _body_weights(path: Path) -> dict[str, Tensor]:
    """Return the weights of a file; those of a body alone get their place in the network."""
    weights = load_file(path)
    alone = not any(name.startswith("body.") for name in weights)
    return {f"body.{name}" if alone else name: values for name, values in weights.items()}


def _by_example(values: Tensor, owners: Tensor, count: int) -> Tensor:
    """Return the logsumexp of the rows of each example."""
    highest = torch.full((count,), -1e9).scatter_reduce(0, owners, values.detach(), "amax")
    sums = torch.zeros(count).index_add(0, owners, torch.exp(values - highest[owners]))
    return highest + torch.log(sums)


def _groups(network: SpanNetwork, settings: ReaderSettings) -> list[dict[str, object]]:
    """Return the parameters in groups: lower layers learn more slowly, vectors do not decay."""
    return list(_grouped(network, settings))


def _grouped(network: SpanNetwork, settings: ReaderSettings) -> Iterator[dict[str, object]]:
    for name, values in network.named_parameters():
        depth = LAYERS
        if name.startswith("body.blocks."):
            depth = int(name.split(".")[2])
        elif name.startswith("body.") and not name.startswith("body.norm"):
            depth = 0 if "feat" not in name else LAYERS
        decays = values.ndim >= 2 and "extra" not in name
        yield {
            "params": [values],
            "weight_decay": settings.decay if decays else 0.0,
            "scale": settings.layer_decay ** (LAYERS - depth),
        }
