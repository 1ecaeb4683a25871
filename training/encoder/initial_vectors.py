"""Stage 3: the initial vectors, from the teacher's vectors of glosses and token frequencies."""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from training.dictionaries import HAN
from training.encoder import config
from training.encoder.bags import bags
from training.encoder.vocabulary import probabilities

Table = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


def make(work: Path, settings: config.Start, seed: int) -> None:
    """Write `start.npy`, shape `(tokens, dim)`.

    Rows are scaled by s / (s + p(token)) (Arora, Liang and Ma 2017, "A simple but tough-to-beat
    baseline for sentence embeddings"), so that particles don't dominate the mean of a text.
    """
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    vocabulary: dict[str, int] = tokenizer.get_vocab()
    table, known = _meanings(work, vocabulary)
    table = _reduced(table, known, settings.dim)
    _fill_from_parts(table, known, vocabulary)
    random = np.random.default_rng(seed)
    missing = np.flatnonzero(~known)
    table[missing] = settings.unknown * _random_units(random, (len(missing), settings.dim))
    shares = np.array(probabilities(tokenizer), dtype=np.float32)
    weights = settings.smoothing / (settings.smoothing + shares)
    marks = _random_units(random, table.shape)
    table = _units(table + settings.mark * _inherited(work, tokenizer, marks, weights))
    table *= weights[:, None]
    table[0] = 0
    np.save(work / "start.npy", table)
    print(f"start: {len(table)} rows, {known.mean():.1%} with a meaning")


def _meanings(work: Path, vocabulary: dict[str, int]) -> tuple[Table, Mask]:
    glosses = json.loads((work / "glosses.json").read_text(encoding="utf-8"))
    with np.load(work / "meanings.npz") as file:
        place = {text: number for number, text in enumerate(file["texts"].tolist())}
        vectors = file["vectors"].astype(np.float32)
    table = np.zeros((len(vocabulary), vectors.shape[1]), dtype=np.float32)
    for token, row in vocabulary.items():
        texts = glosses.get(token, [token])
        places = [place[text] for text in texts if text in place]
        if places:
            table[row] = vectors[places].mean(axis=0)
    return table, np.any(table, axis=1)


def _inherited(work: Path, tokenizer: Tokenizer, marks: Table, weights: Table) -> Table:
    """Return random vectors `(tokens, dim)`; a Chinese word gets those of its glosses.

    They make a bus and its translation alike, but not a bus and a tram.
    """
    glosses = json.loads((work / "glosses.json").read_text(encoding="utf-8"))
    vocabulary = tokenizer.get_vocab()
    result = marks.copy()
    for word, senses in glosses.items():
        texts = bags(senses, tokenizer)
        weighted = weights[texts.values, None] * marks[texts.values]
        each = _units(np.add.reduceat(weighted, texts.starts[:-1]))
        result[vocabulary[word]] = _units((each / np.arange(1, len(each) + 1)[:, None]).sum(axis=0))
    return result


def _reduced(table: Table, known: Mask, dim: int) -> Table:
    """Return the first `dim` principal components of the centred rows, as unit vectors."""
    centred = table[known] - table[known].mean(axis=0)
    _, components = np.linalg.eigh(centred.T @ centred)
    reduced = np.zeros((len(table), dim), dtype=np.float32)
    reduced[known] = _units(centred @ components[:, ::-1][:, :dim])
    return reduced


def _fill_from_parts(table: Table, known: Mask, vocabulary: dict[str, int]) -> None:
    """Give a Chinese word without a gloss the mean of its halves or characters."""
    meant = {token for token, row in vocabulary.items() if known[row]}
    for token, row in vocabulary.items():
        if known[row] or len(token) < 2 or not HAN.fullmatch(token):
            continue
        middle = len(token) // 2
        halves = [part for part in (token[:middle], token[middle:]) if part in meant]
        parts = halves or [character for character in token if character in meant]
        if parts:
            table[row] = _units(table[[vocabulary[part] for part in parts]].mean(axis=0))
            known[row] = True


def _random_units(random: np.random.Generator, shape: tuple[int, ...]) -> Table:
    return _units(random.standard_normal(shape).astype(np.float32))


def _units(vectors: Table) -> Table:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)
