"""Hard negatives: other paragraphs that a search for words would find for a question as well."""

import numpy as np
from scipy.sparse import csr_matrix

from index.arrays import Int64Array, Ragged
from training.encoder.initial_vectors import Table

_CHUNK = 1024


def hard_negatives(
    questions: Ragged, paragraphs: Ragged, owners: Int64Array, count: int
) -> Int64Array:
    """For each question the `count` likeliest wrong paragraphs, shape `(questions, count)`.

    `owners` gives the row of each question's own paragraph. Alike is the cosine of term
    frequencies (square roots) weighted by inverse document frequency.
    """
    tokens = int(max(questions.values.max(), paragraphs.values.max())) + 1
    asked, told = _counts(questions, tokens), _counts(paragraphs, tokens)
    rarity = np.log((len(paragraphs) + 1) / (np.bincount(told.indices, minlength=tokens) + 1))
    for matrix in (asked, told):
        matrix.data *= rarity.astype(np.float32)[matrix.indices]
    lengths = np.sqrt(np.asarray(told.multiply(told).sum(axis=1)).ravel()) + 1e-6
    found = []
    for at in range(0, len(questions), _CHUNK):
        alike: Table = (asked[at : at + _CHUNK] @ told.T).toarray() / lengths
        alike[np.arange(len(alike)), owners[at : at + _CHUNK]] = -1
        found.append(np.argpartition(-alike, count, axis=1)[:, :count])
    return np.concatenate(found)


def same_rows(texts: Ragged) -> tuple[Int64Array, Int64Array]:
    """For each text the number of its kind, and the first text of each kind."""
    edges = zip(texts.starts[:-1], texts.starts[1:], strict=True)
    keys = [texts.values[a:b].tobytes() for a, b in edges]
    kinds = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    owners = np.array([kinds[key] for key in keys])
    return owners, np.unique(owners, return_index=True)[1]


def _counts(texts: Ragged, tokens: int) -> csr_matrix:
    ones = np.ones(len(texts.values), dtype=np.float32)
    matrix = csr_matrix((ones, texts.values, texts.starts), shape=(len(texts), tokens))
    matrix.sum_duplicates()
    matrix.data = np.sqrt(matrix.data)
    return matrix
