"""Publish the current generation of a store to Milvus, beside what is there, then switch.

Written → verified → switched by moving an alias → tidied up. Killed at any instant, what was
current stays so; the next time, what is half written is dropped, and what is whole is switched to.
"""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime

import numpy as np

from index.batches import batches
from index.build.passage_processor import Outputs, PassageProcessor
from index.errors import StoreError
from index.library.library_file import LibraryFile
from index.milvus import record_keys
from index.milvus.generation_records import GenerationRecords
from index.milvus.milvus_generation import open_published
from index.milvus.milvus_server import MilvusServer
from index.milvus.passage_rows import write_passages
from index.milvus.published import PublishedManifest, PublishedVersions, name_of, records_of
from index.milvus.record_store import RecordStore
from index.milvus.term_weights import TermWeigher
from index.models.encoder import Encoder
from index.progress import Progress, silent
from index.search.generation import Generation
from index.search.lexical import stemmer
from index.search.lexical_index import LexicalQuery
from index.store.store import Store
from index.text.analyzer import Analyzer, bigrams_of_folded
from index.text.folding import fold

_AT_ONCE = 500  # passages
_SAMPLED = 16  # passages that are read back
_SEARCHED = 20  # bigrams


class Publisher:
    """Publishes the generations of one store."""

    def __init__(
        self,
        store: Store,
        server: MilvusServer,
        encoder: Encoder,
        analyzer: Analyzer,
        progress: Progress = silent,
    ) -> None:
        self._store = store
        self._server = server
        self._encoder = encoder
        self._analyzer = analyzer
        self._progress = progress
        self._versions = PublishedVersions(server)

    def publish(self, wait: float = 0) -> str:
        """Publish the current generation if it is not there yet, and switch to it.

        Return the name of its collection. The store is locked meanwhile; `wait` is the time in
        seconds that another writer may take to end.

        Raises:
            BusyError: another writer is at work.
            StoreError: the server does not answer, or what it has is not what was written.
        """
        with self._store.lock(wait):
            version = self._store.current()
            opened = Generation.open(self._store, version, self._encoder, self._analyzer)
            with closing(opened) as generation:
                name, before = name_of(generation.manifest), self._versions.current()
                for left in self._versions.half_written():
                    self._versions.drop(left)
                if self._versions.manifest(name) is None:
                    self._write(generation, name)
                self._verify(generation, name)
            if before != name:
                self._versions.switch(name)
            self._versions.tidy(before)
            return name

    def _write(self, generation: Generation, name: str) -> None:
        """Write an index version, its manifest last."""
        folder = self._store.folder(generation.manifest.version)
        source = GenerationRecords(generation, folder, self._encoder)
        passages, articles = len(source.numbers), generation.manifest.articles
        total = passages + articles

        def done(count: int) -> None:
            self._progress("publishing", count, total)

        records = RecordStore(self._server, records_of(name))
        with tempfile.TemporaryFile(dir=self._store.root) as file:
            weigher = TermWeigher(stemmer(), file)
            self._count_terms(generation, source, weigher)
            self._server.create_records(records_of(name))
            rows, vectors = source.passages(weigher), generation.vectors.vectors
            dim = generation.manifest.dim
            write_passages(self._server, name, dim, rows, vectors, passages, done)
            written = records.put(source.records(weigher, lambda count: done(passages + count)))
        self._server.finish(records_of(name))
        published = PublishedManifest(
            manifest=generation.manifest,
            published_at=datetime.now(UTC).isoformat(),
            rows=(passages, written),
            bytes=source.bytes,
        )
        records.put([(record_keys.MANIFEST, published.model_dump_json())])
        self._server.finish(records_of(name))

    def _count_terms(
        self, generation: Generation, source: GenerationRecords, weigher: TermWeigher
    ) -> None:
        process = PassageProcessor(generation.analyzer, self._encoder)
        done, total = 0, len(source.numbers)
        with closing(LibraryFile(self._store.library, readonly=True)) as library:
            for passages in batches(library.passages(source.numbers), _AT_ONCE):
                self._progress("weighing", done, total)
                processed = process((passages, Outputs(terms=True, vectors=False)))
                for passage, terms in zip(passages, processed.terms, strict=True):
                    weigher.add(passage.id, terms)
                done += len(passages)
        self._progress("weighing", total, total)

    def _verify(self, generation: Generation, name: str) -> None:
        """Open a version as a server does, and read a sample of it back.

        Raises:
            StoreError: it is not what was written; it must not become current.
        """
        there, published = open_published(self._server, name, self._encoder, self._analyzer)
        counts = self._server.count(name), self._server.count(records_of(name))
        passages, records = published.rows
        wanted = passages, records + 1  # and the manifest
        numbers, _ = generation.catalogue.owners()
        at = np.linspace(0, len(numbers) - 1, min(_SAMPLED, len(numbers)), dtype=np.int64)
        sample = numbers[at].tolist()
        is_same = counts == wanted and (not sample or _reads_alike(there, generation, sample))
        if not is_same:
            if name != self._versions.current():
                self._versions.drop(name)
            raise StoreError(
                f"{name} in Milvus has not what was written to it: {counts} rows instead of "
                f"{wanted}, or other ones. It was not made current; publish it again with: yiju "
                "rebuild --engine milvus"
            )


def _reads_alike(there: Generation, here: Generation, sample: Sequence[int]) -> bool:
    """Return whether passages have the same texts and vectors, and are found by words.

    The first search also has the server load what the first question would wait for.
    """
    records = here.catalogue.passages(sample)
    pairs = [pair for record in records.values() for pair in bigrams_of_folded(fold(record.text))]
    searched = LexicalQuery([], pairs[:_SEARCHED])
    first = there.lexical.search(searched, 1)
    return (
        there.catalogue.passages(sample) == records
        and len(first) == len(here.lexical.search(searched, 1))
        and np.allclose(there.vectors.vectors(sample), here.vectors.vectors(sample), atol=1e-6)
    )
