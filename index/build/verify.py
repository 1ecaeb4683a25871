"""Proves a new generation before it becomes current: it opens, it counts, its vectors are true."""

import numpy as np

from index.build.generation_writer import BuildContext, GenerationWriter
from index.errors import StoreError
from index.search.generation import Generation
from index.store.embeddings import Embeddings
from index.store.library import Library
from index.store.manifest import FileSums
from index.store.store import Store

_SAMPLED = 16  # passages embedded once more
_NEAR = 0.999  # cosine: a model's arithmetic differs a little from batch to batch


def verify(
    store: Store, making: GenerationWriter, library: Library, made: BuildContext, sums: FileSums
) -> Generation:
    """Opens a generation in the making as a reader would, and samples it; gives it open.

    Raises:
        StoreError: it is not what it should be; it must not become current.
    """
    version = making.version
    generation = Generation.open(store, version, made.encoder, made.analyzer, sums, making.folder)
    numbers = library.numbers(int(version))
    generation.manifest.expect("number of passages", len(generation.vectors), len(numbers))
    if not len(numbers):
        return generation
    sampled = numbers[np.linspace(0, len(numbers) - 1, min(_SAMPLED, len(numbers)), dtype=np.int64)]
    texts = [passage.text for passage in library.passages(sampled)]
    again, stored = made.encoder.passages(texts), generation.vectors.vectors(sampled.tolist())
    alike = np.einsum("nd,nd->n", again, stored)
    # A text without any known word has the zero vector: like nothing, even itself.
    empty = ~again.any(axis=1) & ~stored.any(axis=1)
    if not np.all((alike >= _NEAR) | empty):
        generation.close()
        Embeddings(library, made.encoder.id).clear()  # else they would come back
        raise StoreError(
            f"The vectors of index version {version} are not those of the model {made.encoder.id} "
            f"(cosine {alike.min():.3f}); it was not made current, and the vectors kept for this "
            "model were dropped. Make all of it anew with: yiju rebuild FOLDER --full"
        )
    return generation
