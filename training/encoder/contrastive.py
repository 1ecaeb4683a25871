"""Stage 5: contrastive training of the token vectors (InfoNCE with hard negatives)."""

import hashlib
import time
from pathlib import Path

import numpy as np
import torch

from training.encoder import config
from training.encoder.batches import Batches
from training.encoder.code_switching import CodeSwitcher
from training.encoder.losses import late_losses, losses
from training.encoder.model import Batch, SparseAdam
from training.encoder.validation import Validation

_LOG_EVERY = 50  # steps


def make(data: Path, work: Path, settings: config.Contrastive, seed: int) -> None:
    """Write `table.npy`; resume from the last checkpoint if there is one."""
    switcher = CodeSwitcher.of(data, work)
    batches = Batches(work / "pairs", switcher, settings, seed)
    validation = Validation(data, work, switcher)
    optimizer = SparseAdam(np.load(work / "start.npy"))
    checkpoint, inputs = work / "checkpoint.npz", _inputs_digest(work, settings, seed)
    if checkpoint.exists():
        optimizer.load(checkpoint, inputs)
        print(f"contrastive: going on from step {optimizer.steps}", flush=True)
    else:
        print(f"contrastive: before the first step: {validation(optimizer.table)}", flush=True)
    began = time.monotonic()
    while optimizer.steps < settings.steps:
        losses_text = _step(optimizer, batches, settings)
        if optimizer.steps % _LOG_EVERY == 1:
            seconds = time.monotonic() - began
            print(f"{optimizer.steps:6} {seconds:6.0f} s  {losses_text}", flush=True)
        if optimizer.steps % settings.checkpoint == 0 or optimizer.steps == settings.steps:
            optimizer.save(checkpoint, inputs)
            print(f"{optimizer.steps:6} {validation(optimizer.table)}", flush=True)
    np.save(work / "table.npy", optimizer.table)


def _inputs_digest(work: Path, settings: config.Contrastive, seed: int) -> str:
    """Return a digest of everything the steps depend on, except their number, which may grow."""
    values = settings.model_dump_json(exclude={"steps", "checkpoint"})
    digest = hashlib.sha256(f"{seed} {values}".encode())
    for path in [work / "start.npy", *sorted((work / "pairs").glob("*.npz"))]:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _step(optimizer: SparseAdam, batches: Batches, settings: config.Contrastive) -> str:
    """Make one step; return the losses as text."""
    drawn = batches.draw(optimizer.steps)
    batch = Batch(optimizer.table, list(drawn.texts.values()))
    parts = losses(batch, drawn, settings) | late_losses(batch, drawn, settings)
    loss = torch.stack(list(parts.values())).sum()
    loss.backward()
    rate = settings.rate * (1 - optimizer.steps / settings.steps)
    optimizer.step(batch.used, batch.gradient, rate)
    listed = ", ".join(f"{name} {part.item():.2f}" for name, part in parts.items())
    return f"loss {loss.item():.2f} ({listed})"
