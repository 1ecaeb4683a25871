"""Verify a new generation: it opens, and counts and vectors agree."""

import numpy as np

from index.build.generation_writer import BuildContext, GenerationWriter
from index.errors import StoreError
from index.library.library_file import LibraryFile
from index.search.generation import Generation
from index.store.store import Store

_SAMPLED = 16  # passages embedded again
_NEAR = 0.999  # cosine: a model's arithmetic differs a little from batch to batch


def verify(
    store: Store, writer: GenerationWriter, library: LibraryFile, context: BuildContext
) -> Generation:
    """Open a new generation, embed a sample again, and return the generation.

    Raises:
        StoreError: something disagrees; the generation must not become current.
    """
    version, encoder = writer.version, context.encoder
    generation = Generation.open(
        store, version, encoder, context.analyzer, context.sums, writer.folder
    )
    numbers = writer.numbers
    if not len(numbers):
        return generation
    sampled = numbers[np.linspace(0, len(numbers) - 1, min(_SAMPLED, len(numbers)), dtype=np.int64)]
    texts = [passage.text for passage in library.passages(sampled)]
    again, stored = encoder.embed_passages(texts), generation.vectors.vectors(sampled.tolist())
    cosines = np.einsum("nd,nd->n", again, stored)
    # A text without any known word has the zero vector, whose cosine is 0 even with itself.
    empty = ~again.any(axis=1) & ~stored.any(axis=1)
    if not np.all((cosines >= _NEAR) | empty):
        generation.close()
        library.register_encoder(encoder.id).clear()  # else the next rebuild would reuse them
        raise StoreError(
            f"The vectors of index version {version} are not those of the model {encoder.id} "
            f"(cosine {cosines.min():.3f}); it was not made current, and the vectors kept for this "
            "model were dropped. Make all of it anew with: yiju rebuild FOLDER --full"
        )
    return generation
