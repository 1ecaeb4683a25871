"""Stage 5: what belongs together moves together, what does not moves apart."""

import hashlib
import time
from pathlib import Path

import numpy as np
import torch

from training.encoder import config
from training.encoder.batches import Batches
from training.encoder.code_switching import Switch
from training.encoder.losses import late_losses, losses
from training.encoder.model import Batch, SparseAdam
from training.encoder.validation import Validation

_TOLD_EVERY = 50


def make(data: Path, work: Path, settings: config.Contrastive, seed: int) -> None:
    """Writes `table.npy`. Killed, it goes on from its last checkpoint when it is run again."""
    switch = Switch.of(data, work)
    batches = Batches(work / "pairs", switch, settings, seed)
    validation = Validation(data, work, switch)
    optimizer = SparseAdam(np.load(work / "start.npy"))
    checkpoint, recipe = work / "checkpoint.npz", _recipe(work, settings, seed)
    if checkpoint.exists():
        optimizer.load(checkpoint, recipe)
        print(f"contrastive: going on from step {optimizer.steps}", flush=True)
    else:
        print(f"contrastive: before the first step: {validation(optimizer.table)}", flush=True)
    began = time.monotonic()
    while optimizer.steps < settings.steps:
        told = _step(optimizer, batches, settings)
        if optimizer.steps % _TOLD_EVERY == 1:
            print(f"{optimizer.steps:6} {time.monotonic() - began:6.0f} s  {told}", flush=True)
        if optimizer.steps % settings.checkpoint == 0 or optimizer.steps == settings.steps:
            optimizer.save(checkpoint, recipe)
            print(f"{optimizer.steps:6} {validation(optimizer.table)}", flush=True)
    np.save(work / "table.npy", optimizer.table)


def _recipe(work: Path, settings: config.Contrastive, seed: int) -> str:
    """A digest of all that the steps depend on, but for their number: one may add some."""
    told = settings.model_dump_json(exclude={"steps", "checkpoint"})
    digest = hashlib.sha256(f"{seed} {told}".encode())
    for path in [work / "start.npy", *sorted((work / "pairs").glob("*.npz"))]:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _step(optimizer: SparseAdam, batches: Batches, settings: config.Contrastive) -> str:
    """One step; gives the losses in words."""
    drawn = batches.draw(optimizer.steps)
    batch = Batch(optimizer.table, list(drawn.texts.values()))
    parts = losses(batch, drawn, settings) | late_losses(batch, drawn, settings)
    loss = torch.stack(list(parts.values())).sum()
    loss.backward()
    rate = settings.rate * (1 - optimizer.steps / settings.steps)
    optimizer.step(batch.used, batch.gradient, rate)
    shown = ", ".join(f"{name} {part.item():.2f}" for name, part in parts.items())
    return f"loss {loss.item():.2f} ({shown})"
