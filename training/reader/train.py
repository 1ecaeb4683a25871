"""Trains the reader: one softmax over all spans of all that is read, and having none.

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
from training.encoder.model import RecipeError
from training.reader.batches import Batches, frequent, right_spans
from training.reader.examples import Lesson
from training.reader.network import FAR, Batch, SpanNetwork, span_scores
from training.reader.sampling import Recipe, Sampler

_TOLD_EVERY = 50
_KEPT_EVERY = 200
_TESTED = 50  # lessons at once
_CLIP = 5.0  # the longest gradient


class Training:
    """A network on its way: it can be kept and gone on with at any step."""

    def __init__(self, common: Int64Array, recipe: Recipe) -> None:
        """`common` are the rows of frequent words."""
        torch.manual_seed(recipe.seed)
        encoder = bundled()
        self._recipe = recipe
        self._common = common
        self._batches = Batches(encoder, common)
        self._network = SpanNetwork(recipe.width, len(common) + 1, encoder.dim, recipe.dropout)
        self.averaged = copy.deepcopy(self._network).eval()
        """The mean of the last networks, which is the one to use."""
        self._optimizer = torch.optim.AdamW(
            self._network.parameters(), lr=recipe.rate, weight_decay=recipe.decay
        )
        self.steps = 0

    def step(self, lessons: Sequence[Lesson]) -> float:
        """Goes one step; the loss."""
        recipe = self._recipe
        self.steps += 1
        rate = min(self.steps / recipe.warm, 1) * max(0.02, 1 - self.steps / recipe.steps)
        for group in self._optimizer.param_groups:
            group["lr"] = recipe.rate * rate
        told = self._loss(lessons)
        self._optimizer.zero_grad()
        told.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), _CLIP)
        self._optimizer.step()
        share = 1 - min(recipe.averaged, self.steps / (self.steps + _TOLD_EVERY))
        with torch.no_grad():
            pairs = zip(self.averaged.parameters(), self._network.parameters(), strict=True)
            for mean, newest in pairs:
                mean.lerp_(newest, share)
        return float(told.detach())

    def _loss(self, lessons: Sequence[Lesson]) -> Tensor:
        """How unlikely what is right is, a mean over lessons."""
        batch, pieces = self._batches(lessons)
        scores, none = _scores(self._network, batch, pieces)
        right = right_spans(lessons, pieces.shape[1]).flatten(1) & (scores > FAR / 2)
        every = torch.logsumexp(torch.cat([scores, none[:, None]], 1), 1)
        good = torch.logsumexp(scores.masked_fill(~right, FAR), 1)
        return (every - torch.where(right.any(1), good, none)).mean()

    def tested(self, lessons: Sequence[Lesson]) -> tuple[float, float]:
        """For how many lessons the likeliest span is in the right sentence, and is right."""
        found = []
        for at in range(0, len(lessons), _TESTED):
            part = lessons[at : at + _TESTED]
            batch, pieces = self._batches(part)
            with torch.no_grad():
                scores, _ = _scores(self.averaged, batch, pieces)
            for one, best in zip(part, scores.argmax(1).tolist(), strict=True):
                first, length = divmod(best, len(BUCKETS))
                of_piece = one.told.words.pieces[one.right[:, 0]] == one.told.words.pieces[first]
                exact = (one.right == [first, first + length]).all(axis=1)
                found.append((bool(of_piece.any()), bool(exact.any())))
        sentence, exact = np.mean(found, axis=0)
        return float(sentence), float(exact)

    def save(self, path: Path) -> None:
        """Keeps all, so that `load` can go on."""
        state = {
            "recipe": asdict(self._recipe),
            "common": torch.tensor(self._common),
            "steps": self.steps,
            "network": self._network.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }
        waiting = path.with_suffix(".new")
        torch.save(state, waiting)
        waiting.replace(path)

    @classmethod
    def load(cls, path: Path, recipe: Recipe) -> "Training":
        """Goes on from what was kept.

        Raises:
            RecipeError: it was made by another recipe.
        """
        state = torch.load(path, weights_only=True)
        if state["recipe"] != asdict(recipe):
            raise RecipeError(f"{path} was made by another recipe: remove it to begin anew.")
        training = cls(state["common"].numpy(), recipe)
        training.steps = state["steps"]
        training._network.load_state_dict(state["network"])
        training.averaged.load_state_dict(state["averaged"])
        training._optimizer.load_state_dict(state["optimizer"])
        return training

    def export(self, path: Path) -> None:
        """Writes the file that the product reads, numbers in half precision."""
        weights = {name: one.numpy() for name, one in self.averaged.state_dict().items()}
        halves = {name: one.astype(np.float16) for name, one in weights.items()}
        with path.open("wb") as file:
            np.savez(file, common_rows=self._common.astype(np.int32), **halves)


def train(
    lessons: Sequence[Lesson], held: Sequence[Lesson], checkpoint: Path, recipe: Recipe
) -> Training:
    """Trains to the end, from the checkpoint where there is one; prints how it goes."""
    if checkpoint.exists():
        training = Training.load(checkpoint, recipe)
        print(f"reading: going on from step {training.steps}", flush=True)
    else:
        training = Training(frequent(lessons, recipe.common), recipe)
    sampler, began, told = Sampler(lessons, recipe), time.monotonic(), 0.0
    while training.steps < recipe.steps:
        told += training.step(sampler.draw(training.steps))
        if training.steps % _TOLD_EVERY == 0:
            seconds = time.monotonic() - began
            print(f"{training.steps:6} {seconds:6.0f} s  {told / _TOLD_EVERY:.3f}", flush=True)
            told = 0.0
        if training.steps % _KEPT_EVERY == 0 or training.steps == recipe.steps:
            training.save(checkpoint)
            sentence, exact = training.tested(held)
            print(
                f"{training.steps:6} held out: sentence {sentence:.3f}, exact {exact:.3f}",
                flush=True,
            )
    return training


def _scores(network: SpanNetwork, batch: Batch, pieces: Tensor) -> tuple[Tensor, Tensor]:
    """The scores of all spans, flat, and of none."""
    words, lengths, none = network(batch)
    spans = span_scores(words, lengths, pieces, torch.tensor(BUCKETS))
    return spans.flatten(1), none
