"""Write a new generation, reusing what it can of an earlier one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import numpy as np

from index.arrays import Int64Array
from index.batches import DEFAULT_WORKLOAD, Workload, batches
from index.build.name_definitions import defined_names
from index.build.passage_processor import Outputs, PassageProcessor, ProcessedPassages
from index.build.suggest import Suggesting
from index.engine_names import AUTO
from index.library.content import StoredPassage
from index.library.embeddings import Embeddings
from index.library.generation_digests import digest_of
from index.library.library_file import LibraryFile
from index.library.version import Version
from index.models.encoder import Encoder, Vectors
from index.processes.worker_pool import in_order
from index.progress import Progress
from index.search import synonyms
from index.search.dense.engine import prepare
from index.search.lexical import LexicalWriter
from index.search.segments import Segments, SegmentWriter
from index.store.manifest import EXACT_ENGINE, Engine, FileSums, Manifest
from index.store.store import Store
from index.text.analyzer import Analyzer
from index.text.sentences import SENTENCES, sentences
from index.text.splitter import SPLITTER
from index.text.user_dictionary import UserWords

_ASKED = 100  # sentences, to measure the recall of an engine

NOTHING: Int64Array = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class BuildContext:
    """What a rebuild works with: encoder, dictionaries, progress callback, workload.

    `engine` is the name of the vectors' engine, or `auto`.
    `common` is the analyzer without the user's `own` words; `sums` remembers checked files.
    `suggesting` makes suggested questions once the index is current, if it is to.
    """

    encoder: Encoder
    common: Analyzer
    own: UserWords
    progress: Progress
    workload: Workload = DEFAULT_WORKLOAD
    engine: str = AUTO
    sums: FileSums = field(default_factory=FileSums)
    suggesting: Suggesting | None = None

    @cached_property
    def analyzer(self) -> Analyzer:
        """The analyzer that keeps the user's own words whole."""
        return self.common.with_user_words(self.own.words)


@dataclass(frozen=True, slots=True)
class ReusableGeneration:
    """An earlier generation whose terms (`words`), vectors, or both can be reused.

    The sentences go with the vectors.
    """

    folder: Path
    manifest: Manifest
    words: bool
    vectors: bool

    @classmethod
    def of(cls, store: Store, version: str, context: BuildContext) -> "ReusableGeneration":
        """Examine a generation.

        Raises:
            MismatchError: it is damaged, so nothing may be reused.
        """
        folder = store.folder(version)
        manifest = Manifest.read(folder)
        manifest.check_files(folder, context.sums)
        return cls(
            folder,
            manifest,
            words=manifest.tokenizer == context.analyzer.id,
            vectors=manifest.model == context.encoder.id and manifest.sentences_by == SENTENCES,
        )

    def is_like(self, context: BuildContext) -> bool:
        """Return whether a new generation of the same entries would be the same."""
        return (
            (self.words and self.vectors)
            and self.manifest.splitter == SPLITTER
            and context.engine in {AUTO, self.manifest.engine.name}
            and UserWords.of_generation(self.folder) == context.own
        )

    def not_reused(self, context: BuildContext) -> list[str]:
        """Return what can't be reused, and why, as sentences for the user."""
        notes = []
        if self.manifest.model != context.encoder.id:
            notes.append(f"Vectors were made anew: {self.manifest.model} → {context.encoder.id}.")
        if not self.words:
            former, now = self.manifest.tokenizer, context.analyzer.id
            notes.append(f"Words were made anew: {former} → {now}.")
        if self.manifest.sentences_by != SENTENCES:
            notes.append(f"Sentences were cut anew: {self.manifest.sentences_by} → {SENTENCES}.")
        if self.manifest.splitter != SPLITTER:
            notes.append(f"Passages were cut anew: {self.manifest.splitter} → {SPLITTER}.")
        return notes


class GenerationWriter:
    """Writes one generation; `embedded` counts the newly made vectors.

    `numbers` are those of its passages, once it is written.
    """

    def __init__(
        self,
        store: Store,
        version: Version,
        library: LibraryFile,
        context: BuildContext,
        base: ReusableGeneration | None,
    ) -> None:
        self.version = version
        self._library = library
        self._context = context
        self._base = base
        self.folder = store.making(version)
        self.embedded = 0
        self.numbers = NOTHING

    def write(self, previous: str | None) -> Manifest:
        """Write all files, the manifest last; `previous` is the current version."""
        context = self._context
        self.numbers = numbers = self._numbers()
        self._write_indexes(numbers)
        pairs = defined_names(
            self._library, self.version, context.analyzer, context.workload, context.progress
        )
        context.progress("writing", 0, 1)
        engine = self._prepare_engine(numbers)
        context.own.write(self.folder)
        synonyms.write(self.folder, pairs)
        manifest = Manifest(
            version=self.version,
            rebuilt_at=datetime.now(UTC).isoformat(timespec="seconds"),
            model=context.encoder.id,
            dim=context.encoder.dim,
            tokenizer=context.analyzer.id,
            splitter=SPLITTER,
            sentences=SENTENCES,
            articles=len(self._library.entries(self.version)),
            passages=len(numbers),
            library=digest_of(self._library.db, self.version),
            engine=engine,
            previous=previous,
            files=context.sums.all(self.folder),
        )
        manifest.write(self.folder)
        context.progress("writing", 1, 1)
        return manifest

    def _numbers(self) -> Int64Array:
        """Return the numbers of the generation's passages, from those of the base where it can."""
        base = self._base
        if base is None or base.manifest.splitter != SPLITTER:
            return self._library.numbers(self.version)
        before = Version(base.manifest.version)
        return self._library.numbers_after(self.version, before, Segments(base.folder).numbers)

    def _write_indexes(self, numbers: Int64Array) -> None:
        """Write the lexical index and the segments, reusing what the base has."""
        base = self._base
        earlier = Segments(base.folder) if base else None
        reusable = earlier.numbers if earlier else NOTHING
        words = reusable if base and base.words else NOTHING
        vectors = reusable if base and base.vectors else NOTHING
        lexical = LexicalWriter(
            self.folder / "lexical",
            base.folder / "lexical" if base and len(words) else None,
            np.setdiff1d(words, numbers, assume_unique=True),
        )
        segments = SegmentWriter(self.folder, self.version, earlier if len(vectors) else None)
        for passages, processed in self._processed(numbers, words, vectors):
            lexical.add(zip((passage.id for passage in passages), processed.terms, strict=False))
            if processed.outputs.vectors:
                ids = np.array([passage.id for passage in passages], dtype=np.int64)
                segments.add(ids, self._vectors(passages, processed), processed.sentences)
        lexical.finish()
        segments.finish(numbers)

    def _prepare_engine(self, numbers: Int64Array) -> Engine:
        """Choose the engine of the vectors; sentences of the passages are asked to measure it."""
        base = self._base
        before = base.manifest.engine if base and base.vectors else EXACT_ENGINE
        return prepare(
            Segments(self.folder),
            self._context.engine,
            before,
            lambda: self._context.encoder.embed_questions(self._some_sentences(numbers)),
        )

    def _some_sentences(self, numbers: Int64Array) -> list[str]:
        """Return a sentence from the middle of each of some passages, evenly chosen."""
        at = np.linspace(0, len(numbers) - 1, min(_ASKED, len(numbers)), dtype=np.int64)
        texts = [passage.text for passage in self._library.passages(numbers[at])]
        split = ((text, sentences(text)) for text in texts)
        return [spans[len(spans) // 2].of(text) for text, spans in split if spans]

    def _processed(
        self, numbers: Int64Array, words: Int64Array, vectors: Int64Array
    ) -> Iterator[tuple[list[StoredPassage], ProcessedPassages]]:
        """Yield the passages that lack terms or vectors in the base, processed, in batches."""
        context, workload = self._context, self._context.workload
        new_words = np.setdiff1d(numbers, words, assume_unique=True)
        new_vectors = np.setdiff1d(numbers, vectors, assume_unique=True)
        portions = (
            (np.intersect1d(new_words, new_vectors, assume_unique=True), Outputs(True, True)),
            (np.setdiff1d(new_words, new_vectors, assume_unique=True), Outputs(True, False)),
            (np.setdiff1d(new_vectors, new_words, assume_unique=True), Outputs(False, True)),
        )
        total = sum(len(portion) for portion, _ in portions)
        parallel = total >= workload.parallel_passages
        process = PassageProcessor(context.analyzer, context.encoder)
        if parallel:
            process.load()
        items = (
            (passages, outputs)
            for portion, outputs in portions
            for passages in batches(self._library.passages(portion), workload.passages)
        )
        done = 0
        context.progress("indexing", 0, total)
        for (passages, _), processed in in_order(
            process, items, workload.processes if parallel else 1
        ):
            yield passages, processed
            done += len(passages)
            context.progress("indexing", done, total)

    def _vectors(self, passages: list[StoredPassage], processed: ProcessedPassages) -> Vectors:
        """Return the vectors of passages; store those that the library lacks."""
        hashes = [passage.text_hash for passage in passages]
        vectors = self._embeddings.of(hashes)
        rows = {digest: row for row, digest in enumerate(hashes) if digest not in vectors}
        if rows:
            new = (
                processed.vectors[[*rows.values()]]
                if processed.vectors is not None
                else self._context.encoder.embed_passages(
                    [passages[row].text for row in rows.values()]
                )
            )
            self._embeddings.add([*rows], new)
            self.embedded += len(rows)
            vectors |= dict(zip(rows, new, strict=True))
        return np.stack([vectors[digest] for digest in hashes])

    @cached_property
    def _embeddings(self) -> Embeddings:
        return self._library.register_encoder(self._context.encoder.id)
