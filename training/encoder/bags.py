"""Texts as bags of tokens, the rows of a ragged array."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from index.arrays import Ragged


def bags(texts: Iterable[str], tokenizer: Tokenizer) -> Ragged:
    """Tokenize texts; a text without tokens becomes the unknown token alone."""
    encodings = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return Ragged.of([encoding.ids or [0] for encoding in encodings])


def dropped(texts: Ragged, share: float, random: np.random.Generator) -> Ragged:
    """Return the texts without a random share of their tokens; every text keeps its first."""
    keep = random.random(len(texts.values)) >= share
    keep[texts.starts[:-1]] = True
    return texts.where(keep)


def save(texts: Ragged, path: Path) -> None:
    """Write both arrays into one file."""
    np.savez(path, values=texts.values, starts=texts.starts)


def load(path: Path) -> Ragged:
    """Read a file written by `save`."""
    with np.load(path) as file:
        return Ragged(file["values"], file["starts"])
