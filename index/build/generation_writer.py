"""Makes a new generation beside the current one, out of the library and of what still holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import numpy as np

from index.arrays import Int64Array
from index.batches import batches
from index.build.passage_processor import Outputs, PassageProcessor, ProcessedPassages
from index.build.worker_pool import in_order
from index.models.encoder import Encoder, Vectors
from index.progress import Progress
from index.search import synonyms
from index.search.lexical import LexicalWriter
from index.search.segments import Segments, SegmentWriter
from index.store.embeddings import Embeddings
from index.store.library import Library, StoredPassage
from index.store.manifest import FileSums, Manifest
from index.store.store import Store
from index.text.analyzer import Analyzer
from index.text.sentences import SENTENCES
from index.text.splitter import SPLITTER
from index.text.user_dictionary import UserWords

_BATCH = 512  # passages made ready and stored together: what a killed rebuild loses at most
_MANY = 2000  # passages from which on a second process pays

NOTHING: Int64Array = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class BuildContext:
    """What makes an index out of the library, who hears how far it is, and in how many processes.

    `words` have the words of `own` already.
    """

    encoder: Encoder
    analyzer: Analyzer
    own: UserWords
    progress: Progress
    processes: int = 1


@dataclass(frozen=True, slots=True)
class ReusableGeneration:
    """What of an earlier generation a new one can take over: its words, its vectors, or both.

    The sentences go with the vectors.
    """

    folder: Path
    manifest: Manifest
    words: bool
    vectors: bool

    @classmethod
    def of(
        cls, store: Store, version: str, made: BuildContext, sums: FileSums
    ) -> "ReusableGeneration":
        """Looks at a generation.

        Raises:
            MismatchError: it is damaged: nothing may be taken over.
        """
        folder = store.folder(version)
        manifest = Manifest.read(folder)
        manifest.check_files(folder, sums)
        return cls(
            folder,
            manifest,
            words=manifest.tokenizer == made.analyzer.id,
            vectors=manifest.model == made.encoder.id and manifest.sentences_by == SENTENCES,
        )

    def is_like(self, made: BuildContext) -> bool:
        """Whether it was made the way a new one would be."""
        return (
            (self.words and self.vectors)
            and self.manifest.splitter == SPLITTER
            and UserWords.of_generation(self.folder) == made.own
        )

    def not_reused(self, made: BuildContext) -> list[str]:
        """What has to be made anew, and why."""
        told = []
        if self.manifest.model != made.encoder.id:
            told.append(f"Vectors were made anew: {self.manifest.model} → {made.encoder.id}.")
        if not self.words:
            told.append(f"Words were made anew: {self.manifest.tokenizer} → {made.analyzer.id}.")
        if self.manifest.sentences_by != SENTENCES:
            told.append(f"Sentences were cut anew: {self.manifest.sentences_by} → {SENTENCES}.")
        if self.manifest.splitter != SPLITTER:
            told.append(f"Passages were cut anew: {self.manifest.splitter} → {SPLITTER}.")
        return told


class GenerationWriter:
    """One generation in the making."""

    def __init__(
        self,
        store: Store,
        version: str,
        library: Library,
        made: BuildContext,
        base: ReusableGeneration | None,
    ) -> None:
        self.version = version
        self._library = library
        self._made = made
        self._base = base
        self.folder = store.making(version)
        self.embedded = 0  # passages whose vectors were made for it

    def write(self, sums: FileSums, previous: str | None) -> Manifest:
        """Writes all of the generation's files, the manifest last; `previous` is current so far."""
        wanted = self._library.numbers(int(self.version))
        dim = self._write_indexes(wanted)
        self._made.progress("writing", 0, 1)
        self._made.own.write(self.folder)
        pairs = synonyms.of_generation(self._library, int(self.version), self._made.analyzer)
        synonyms.write(self.folder, pairs)
        manifest = Manifest(
            version=self.version,
            rebuilt_at=datetime.now(UTC).isoformat(timespec="seconds"),
            model=self._made.encoder.id,
            dim=dim,
            tokenizer=self._made.analyzer.id,
            splitter=SPLITTER,
            sentences=SENTENCES,
            articles=len(self._library.entries(int(self.version))),
            passages=len(wanted),
            previous=previous,
            files=sums.all(self.folder),
        )
        manifest.write(self.folder)
        self._made.progress("writing", 1, 1)
        return manifest

    def _write_indexes(self, wanted: Int64Array) -> int:
        """Both legs; gives the components of a vector."""
        earlier = Segments(self._base.folder) if self._base else None
        held = earlier.numbers if earlier else NOTHING
        words = held if self._base and self._base.words else NOTHING
        vectors = held if self._base and self._base.vectors else NOTHING
        lexical = LexicalWriter(
            self.folder / "lexical",
            self._base.folder / "lexical" if self._base and len(words) else None,
            np.setdiff1d(words, wanted, assume_unique=True),
        )
        segments = SegmentWriter(self.folder, self.version, earlier if len(vectors) else None)
        for passages, analysed in self._analysed(wanted, words, vectors):
            lexical.add(zip((one.id for one in passages), analysed.terms, strict=False))
            if analysed.wanted.vectors:
                numbers = np.array([one.id for one in passages], dtype=np.int64)
                segments.add(numbers, self._vectors(passages, analysed), analysed.sentences)
        lexical.finish()
        segments.finish(wanted)
        return self._made.encoder.dim

    def _analysed(
        self, wanted: Int64Array, words: Int64Array, vectors: Int64Array
    ) -> Iterator[tuple[list[StoredPassage], ProcessedPassages]]:
        """The passages that are new to one of the legs, made ready, a handful at a time."""
        new_words = np.setdiff1d(wanted, words, assume_unique=True)
        new_vectors = np.setdiff1d(wanted, vectors, assume_unique=True)
        portions = (
            (np.intersect1d(new_words, new_vectors, assume_unique=True), Outputs(True, True)),
            (np.setdiff1d(new_words, new_vectors, assume_unique=True), Outputs(True, False)),
            (np.setdiff1d(new_vectors, new_words, assume_unique=True), Outputs(False, True)),
        )
        total = sum(len(numbers) for numbers, _ in portions)
        many = total >= _MANY
        analyse = PassageProcessor(self._made.analyzer, self._made.encoder)
        if many:
            analyse.load()
        items = (
            (passages, what)
            for numbers, what in portions
            for passages in batches(self._library.passages(numbers), _BATCH)
        )
        done = 0
        self._made.progress("indexing", 0, total)
        for (passages, _), analysed in in_order(
            analyse, items, self._made.processes if many else 1
        ):
            yield passages, analysed
            done += len(passages)
            self._made.progress("indexing", done, total)

    def _vectors(self, passages: list[StoredPassage], analysed: ProcessedPassages) -> Vectors:
        """The vectors of some passages; those that the library lacks are stored there."""
        hashes = [one.text_hash for one in passages]
        known = self._embeddings.of(hashes)
        missing = {one.text_hash: at for at, one in enumerate(passages)}
        missing = {digest: at for digest, at in missing.items() if digest not in known}
        if missing:
            rows = list(missing.values())
            made = (
                analysed.vectors[rows]
                if analysed.vectors is not None
                else self._made.encoder.passages([passages[at].text for at in rows])
            )
            self._embeddings.add(list(missing), made)
            self.embedded += len(rows)
            known |= dict(zip(missing, made, strict=True))
        return np.stack([known[digest] for digest in hashes])

    @cached_property
    def _embeddings(self) -> Embeddings:
        return Embeddings(self._library, self._made.encoder.id)
