"""Write the rows of an index version's passages, and those of its terms."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from index.batches import batches
from index.milvus import record_keys
from index.milvus.milvus_server import MilvusServer
from index.milvus.milvus_vectors import LEAST_DIM, padded
from index.milvus.term_table import entry_text, field_text
from index.milvus.term_weights import TermWeigher
from index.models.encoder import Vectors

_AT_ONCE = 500
"""Rows inserted together: about 2 MB, of the 64 MB that a request may have."""

PassageRow = tuple[int, Mapping[int, float], str]
"""A passage's number, the weights of its terms by dimension, and its record."""


def write_passages(  # noqa: PLR0913, PLR0917 - what a row is made of
    server: MilvusServer,
    name: str,
    dim: int | None,
    rows: Iterable[PassageRow],
    vectors: Callable[[Sequence[int]], Vectors],
    count: int = 0,
    done: Callable[[int], None] = lambda _: None,
) -> None:
    """Create a collection and write the passages' rows, of which there will be `count`.

    `vectors` returns those of some passages; `done` is told how many rows are written.
    """
    server.create_passages(name, max(dim or 0, LEAST_DIM), count)
    written = 0
    for batch in batches(rows, _AT_ONCE):
        arrays = padded(vectors([number for number, _, _ in batch]))
        server.insert(
            name,
            [
                {"id": number, "vector": vector, "terms": dict(weights), "record": record}
                for (number, weights, record), vector in zip(batch, arrays, strict=True)
            ],
        )
        written += len(batch)
        done(written)
    server.finish(name)


def term_records(weigher: TermWeigher) -> Iterator[tuple[str, str]]:
    """Yield the records of terms, and of the Han characters that bigrams have."""
    bigrams: dict[str, list[str]] = defaultdict(list)
    for term, entry in weigher.entries():
        yield record_keys.of_term(term), entry_text(entry)
        if "bigrams" in entry:
            for character in dict.fromkeys(term):
                bigrams[character].append(field_text(entry["bigrams"]))
    for character, terms in bigrams.items():
        yield record_keys.of_character(character), " ".join(terms)
