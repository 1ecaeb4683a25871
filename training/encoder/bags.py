"""Texts as a static model sees them: bags of tokens, rows of a ragged array."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from index.arrays import Ragged


def bags(texts: Iterable[str], tokenizer: Tokenizer) -> Ragged:
    """Tokenized texts; one without any token is the unknown token alone."""
    encoded = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return Ragged.of([one.ids or [0] for one in encoded])


def dropped(texts: Ragged, share: float, random: np.random.Generator) -> Ragged:
    """The texts without a random share of their tokens; every text keeps its first."""
    keep = random.random(len(texts.values)) >= share
    keep[texts.starts[:-1]] = True
    return texts.where(keep)


def save(texts: Ragged, path: Path) -> None:
    """Writes both arrays into one file."""
    np.savez(path, values=texts.values, starts=texts.starts)


def load(path: Path) -> Ragged:
    """Reads what `save` has written."""
    with np.load(path) as file:
        return Ragged(file["values"], file["starts"])
