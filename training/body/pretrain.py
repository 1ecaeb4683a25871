"""The pretraining loop: masked words, the word vectors frozen."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from index.arrays import Int64Array
from index.models.static import StaticEncoder, units
from qa.reader.features import FEATURES
from training.body.masking import hide
from training.errors import CheckpointError
from training.reader.network import WIDTH, Body

_LOG_EVERY = 20  # steps
_SAVE_EVERY = 200  # steps
_CLIP = 1.0
_LEAST_RATE = 0.02


@dataclass(frozen=True, slots=True)
class PretrainSettings:
    """The hyperparameters; `output` counts the commonest tokens that are to be found again.

    The share that is hidden falls from `most_hidden` to `least_hidden` (arXiv 2410.24159).
    """

    steps: int = 20_000
    batch: int = 64
    length: int = 256
    rate: float = 2e-3
    warm: int = 100
    decay: float = 0.05
    output: int = 40_000
    most_hidden: float = 0.3
    least_hidden: float = 0.15
    seed: int = 1


class Pretraining:
    """The state of a run, which can be saved and resumed at any step."""

    def __init__(
        self, texts: Sequence[Int64Array], encoder: StaticEncoder, settings: PretrainSettings
    ) -> None:
        torch.manual_seed(settings.seed)
        self._settings = settings
        self._texts = texts
        self._table = torch.tensor(units(encoder.token_vectors(np.arange(len(encoder)))))
        self.body = Body(0.0)
        self._common = _common(texts, settings.output)
        self._output = nn.Sequential(
            nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Linear(WIDTH, len(self._common))
        )
        parameters = [*self.body.parameters(), *self._output.parameters()]
        self._optimizer = torch.optim.AdamW(
            parameters, lr=settings.rate, betas=(0.9, 0.98), weight_decay=settings.decay
        )
        self.steps = 0

    def step(self) -> float:
        """Make one step; return the loss."""
        settings = self._settings
        done = self.steps / settings.steps
        rate = min((self.steps + 1) / settings.warm, 1) * max(_LEAST_RATE, 1 - done)
        for group in self._optimizer.param_groups:
            group["lr"] = settings.rate * rate
        share = settings.most_hidden + done * (settings.least_hidden - settings.most_hidden)
        loss = self._loss(self._drawn(), share)
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.body.parameters(), _CLIP)
        self._optimizer.step()
        self.steps += 1
        return float(loss.detach())

    def save(self, path: Path) -> None:
        """Write a checkpoint atomically."""
        state = {
            "settings": asdict(self._settings),
            "steps": self.steps,
            "body": self.body.state_dict(),
            "output": self._output.state_dict(),
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
        self.body.load_state_dict(state["body"])
        self._output.load_state_dict(state["output"])
        self._optimizer.load_state_dict(state["optimizer"])

    def export(self, path: Path) -> None:
        """Write the body in half precision."""
        save_file({name: values.half() for name, values in self.body.state_dict().items()}, path)

    def _drawn(self) -> Tensor:
        """Return a batch of stretches of the texts put one after the other."""
        settings = self._settings
        chance = np.random.default_rng((settings.seed, self.steps))
        rows = []
        for _ in range(settings.batch):
            row = np.zeros(0, dtype=np.int64)
            while len(row) < settings.length:
                row = np.concatenate([row, self._texts[int(chance.integers(len(self._texts)))]])
            begin = chance.integers(len(row) - settings.length + 1)
            rows.append(row[begin : begin + settings.length])
        return torch.tensor(np.stack(rows))

    def _loss(self, ids: Tensor, share: float) -> Tensor:
        places = torch.searchsorted(self._common, ids).clamp(max=len(self._common) - 1)
        known = self._common[places] == ids
        generator = torch.Generator().manual_seed(self._settings.seed * 1_000_003 + self.steps)
        seen = hide(ids, share, known, generator)
        with torch.autocast("cpu", torch.bfloat16):
            values = self.body(
                self._vectors(seen.ids),
                torch.ones_like(ids),
                torch.zeros(*ids.shape, len(FEATURES)),
                torch.ones(ids.shape, dtype=torch.bool),
            )
            logits = self._output(values[seen.hidden])
        return functional.cross_entropy(logits.float(), places[seen.hidden])

    def _vectors(self, ids: Tensor) -> Tensor:
        own = self.body.extra((-1 - ids).clamp(min=0))
        return torch.where((ids >= 0)[..., None], self._table[ids.clamp(min=0)], own)


def pretrain(training: Pretraining, checkpoint: Path, settings: PretrainSettings) -> None:
    """Train to the last step, from a checkpoint if any; print losses."""
    if checkpoint.exists():
        training.resume(checkpoint)
        print(f"pretraining: going on from step {training.steps}", flush=True)
    total = 0.0
    while training.steps < settings.steps:
        total += training.step()
        if training.steps % _LOG_EVERY == 0:
            print(f"{training.steps:6} {total / _LOG_EVERY:.3f}", flush=True)
            total = 0.0
        if training.steps % _SAVE_EVERY == 0 or training.steps == settings.steps:
            training.save(checkpoint)


def _common(texts: Sequence[Int64Array], count: int) -> Tensor:
    """Return the commonest tokens, ascending."""
    tokens, counts = np.unique(np.concatenate(list(texts)), return_counts=True)
    return torch.tensor(np.sort(tokens[np.argsort(-counts, kind="stable")[:count]]))
