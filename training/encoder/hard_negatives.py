"""Hard negatives: wrong paragraphs that lexical retrieval would return for a question."""

import numpy as np
from scipy.sparse import csr_matrix

from index.arrays import Int64Array, Ragged
from training.encoder.initial_vectors import Table

_CHUNK = 1024


def hard_negatives(
    questions: Ragged, paragraphs: Ragged, owners: Int64Array, count: int
) -> Int64Array:
    """Return the `count` most similar wrong paragraphs of each question, `(questions, count)`.

    `owners` has the row of each question's own paragraph. Similarity is the cosine of TF-IDF
    vectors, with the square root of term frequency.
    """
    tokens = int(max(questions.values.max(), paragraphs.values.max())) + 1
    left, right = _counts(questions, tokens), _counts(paragraphs, tokens)
    idf = np.log((len(paragraphs) + 1) / (np.bincount(right.indices, minlength=tokens) + 1))
    for matrix in (left, right):
        matrix.data *= idf.astype(np.float32)[matrix.indices]
    norms = np.sqrt(np.asarray(right.multiply(right).sum(axis=1)).ravel()) + 1e-6
    nearest = []
    for at in range(0, len(questions), _CHUNK):
        similarity: Table = (left[at : at + _CHUNK] @ right.T).toarray() / norms
        similarity[np.arange(len(similarity)), owners[at : at + _CHUNK]] = -1
        nearest.append(np.argpartition(-similarity, count, axis=1)[:, :count])
    return np.concatenate(nearest)


def same_rows(texts: Ragged) -> tuple[Int64Array, Int64Array]:
    """Give distinct texts numbers; return each row's number and the first row of each number."""
    edges = zip(texts.starts[:-1], texts.starts[1:], strict=True)
    keys = [texts.values[a:b].tobytes() for a, b in edges]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    owners = np.array([numbers[key] for key in keys])
    return owners, np.unique(owners, return_index=True)[1]


def _counts(texts: Ragged, tokens: int) -> csr_matrix:
    counts = np.ones(len(texts.values), dtype=np.float32)
    matrix = csr_matrix((counts, texts.values, texts.starts), shape=(len(texts), tokens))
    matrix.sum_duplicates()
    matrix.data = np.sqrt(matrix.data)
    return matrix
