"""The reader's training loop: one softmax over all spans of all sentences, and no span.

Sharing the softmax among passages makes their scores comparable (Clark and Gardner 2018,
https://arxiv.org/abs/1710.10723).
"""

import copy
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from index.arrays import Int64Array
from index.models.loading import bundled
from qa.reader.network import BUCKETS
from training.errors import CheckpointError
from training.reader.batches import Collator, frequent, right_spans
from training.reader.examples import ReaderExample
from training.reader.network import FAR, Batch, SpanNetwork, span_scores
from training.reader.sampling import ReaderSettings, Sampler

_LOG_EVERY = 50  # steps
_SAVE_EVERY = 200  # steps
_AVERAGE_WARMUP = 50  # steps
_TEST_BATCH = 50  # examples
_CLIP = 5.0  # norm of the gradient


class Training:
    """The state of a training run, which can be saved and resumed at any step."""

    def __init__(self, common: Int64Array, settings: ReaderSettings) -> None:
        """Create a new network; `common` are the rows of frequent words."""
        torch.manual_seed(settings.seed)
        encoder = bundled()
        self._settings = settings
        self._common = common
        self._collate = Collator(encoder, common)
        self._network = SpanNetwork(settings.width, len(common) + 1, encoder.dim, settings.dropout)
        self.averaged = copy.deepcopy(self._network).eval()
        """The moving average of the network's weights, which is exported."""
        self._optimizer = torch.optim.AdamW(
            self._network.parameters(), lr=settings.rate, weight_decay=settings.decay
        )
        self.steps = 0

    def step(self, examples: Sequence[ReaderExample]) -> float:
        """Make one step; return the loss."""
        settings = self._settings
        self.steps += 1
        rate = min(self.steps / settings.warm, 1) * max(0.02, 1 - self.steps / settings.steps)
        for group in self._optimizer.param_groups:
            group["lr"] = settings.rate * rate
        loss = self._loss(examples)
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

    def _loss(self, examples: Sequence[ReaderExample]) -> Tensor:
        """Return the mean negative log-likelihood of the right spans, or of no span."""
        batch, pieces = self._collate(examples)
        scores, none = _scores(self._network, batch, pieces)
        right = right_spans(examples, pieces.shape[1]).flatten(1) & (scores > FAR / 2)
        every = torch.logsumexp(torch.cat([scores, none[:, None]], 1), 1)
        good = torch.logsumexp(scores.masked_fill(~right, FAR), 1)
        return (every - torch.where(right.any(1), good, none)).mean()

    def accuracy(self, examples: Sequence[ReaderExample]) -> tuple[float, float]:
        """Return the shares whose likeliest span is in the right sentence, and is exactly right."""
        outcomes = []
        for at in range(0, len(examples), _TEST_BATCH):
            part = examples[at : at + _TEST_BATCH]
            batch, pieces = self._collate(part)
            with torch.no_grad():
                scores, _ = _scores(self.averaged, batch, pieces)
            for example, best in zip(part, scores.argmax(1).tolist(), strict=True):
                first, length = divmod(best, len(BUCKETS))
                piece_of = example.inputs.tokens.pieces
                in_sentence = piece_of[example.right[:, 0]] == piece_of[first]
                exact = (example.right == [first, first + length]).all(axis=1)
                outcomes.append((bool(in_sentence.any()), bool(exact.any())))
        sentence, exact = np.mean(outcomes, axis=0)
        return float(sentence), float(exact)

    def save(self, path: Path) -> None:
        """Write a checkpoint atomically."""
        state = {
            "settings": asdict(self._settings),
            "common": torch.tensor(self._common),
            "steps": self.steps,
            "network": self._network.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }
        partial = path.with_suffix(".new")
        torch.save(state, partial)
        partial.replace(path)

    @classmethod
    def load(cls, path: Path, settings: ReaderSettings) -> "Training":
        """Resume from a checkpoint.

        Raises:
            CheckpointError: it was written with other settings.
        """
        state = torch.load(path, weights_only=True)
        if state["settings"] != asdict(settings):
            raise CheckpointError(f"{path} was made by another recipe: remove it to begin anew.")
        training = cls(state["common"].numpy(), settings)
        training.steps = state["steps"]
        training._network.load_state_dict(state["network"])
        training.averaged.load_state_dict(state["averaged"])
        training._optimizer.load_state_dict(state["optimizer"])
        return training

    def export(self, path: Path) -> None:
        """Write the file that the product reads, in half precision."""
        state = self.averaged.state_dict()
        halves = {name: values.numpy().astype(np.float16) for name, values in state.items()}
        with path.open("wb") as file:
            np.savez(file, common_rows=self._common.astype(np.int32), **halves)


def train(
    examples: Sequence[ReaderExample],
    held_out: Sequence[ReaderExample],
    checkpoint: Path,
    settings: ReaderSettings,
) -> Training:
    """Train to the last step, from a checkpoint if any; print losses."""
    if checkpoint.exists():
        training = Training.load(checkpoint, settings)
        print(f"reading: going on from step {training.steps}", flush=True)
    else:
        training = Training(frequent(examples, settings.common), settings)
    sampler, began, total = Sampler(examples, settings), time.monotonic(), 0.0
    while training.steps < settings.steps:
        total += training.step(sampler.draw(training.steps))
        if training.steps % _LOG_EVERY == 0:
            seconds = time.monotonic() - began
            print(f"{training.steps:6} {seconds:6.0f} s  {total / _LOG_EVERY:.3f}", flush=True)
            total = 0.0
        if training.steps % _SAVE_EVERY == 0 or training.steps == settings.steps:
            training.save(checkpoint)
            sentence, exact = training.accuracy(held_out)
            print(
                f"{training.steps:6} held out: sentence {sentence:.3f}, exact {exact:.3f}",
                flush=True,
            )
    return training


def _scores(network: SpanNetwork, batch: Batch, pieces: Tensor) -> tuple[Tensor, Tensor]:
    """Return the scores of all spans, flattened, and of no span."""
    words, lengths, none = network(batch)
    spans = span_scores(words, lengths, pieces, torch.tensor(BUCKETS))
    return spans.flatten(1), none
