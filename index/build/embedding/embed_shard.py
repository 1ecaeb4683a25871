"""Embed one share of the articles under some paths into a file of vectors.

Which articles are of a share follows from their contents alone, so that machines need not agree on
anything but the number of shares. The passages are those that a rebuild makes.
"""

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.article import Failure
from index.batches import Workload
from index.build.embedding.vector_file import VectorFile
from index.build.reading.earlier_readings import EarlierReadings
from index.build.reading.prepare import NewArticle
from index.build.reading.read_files import read_all
from index.errors import ArticleError
from index.ingest.reading_aids import ReadingAids
from index.ingest.sources.files import find_files
from index.library.entries import Entries
from index.models.encoder import Encoder
from index.progress import Progress

_WAITING = "CREATE TABLE waiting (hash BLOB PRIMARY KEY, text TEXT NOT NULL)"


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several shares of the articles, counted from 1."""

    number: int = 1
    count: int = 1

    def has(self, content: str) -> bool:
        """Return whether an article is in this share, by the hash of its content."""
        return int(content[:8], 16) % self.count == self.number - 1


@dataclass(frozen=True, slots=True)
class Embedded:
    """What was embedded: articles of the share, their passages, and new vectors among these."""

    articles: int
    passages: int
    embedded: int
    failed: Sequence[Failure]


class ShardWriter:
    """Embeds shares of articles with one encoder."""

    def __init__(
        self, encoder: Encoder, aids: ReadingAids, workload: Workload, progress: Progress
    ) -> None:
        self._encoder = encoder
        self._aids = aids
        self._workload = workload
        self._progress = progress

    def write(self, paths: Sequence[Path], shard: Shard, file: Path) -> Embedded:
        """Embed the passages of a share that the file lacks.

        Raises:
            ArticleError: there is no article file under any of the paths.
            UsageError: the file is there, but of another model, damaged, or none of vectors.
        """
        found, missed = find_files([path.absolute() for path in paths], wanted=self._is_wanted)
        if not found:
            places = ", ".join(map(str, paths))
            raise ArticleError(f"No article found in {places}; nothing was embedded.")
        vectors = VectorFile(file, self._encoder.id, self._encoder.dim)
        vectors.begin()
        # On disk in between: an encoder's threads and the processes that read can't be at once.
        with (
            tempfile.NamedTemporaryFile(dir=file.absolute().parent, suffix=".texts") as texts,
            closing(sqlite3.connect(texts.name, isolation_level=None)) as waiting,
        ):
            waiting.execute("PRAGMA journal_mode = OFF")
            waiting.execute(_WAITING)
            collected = _Collected(shard, waiting, vectors.hashes())
            reads = read_all(
                found,
                EarlierReadings(Entries(), {}, {}, self._aids),
                self._progress,
                self._workload.processes,
                collected.keep,
            )
            failed = [*missed, *(failure for read in reads for failure in read.failed)]
            embedded = self._embed(waiting, vectors)
        return Embedded(collected.articles, collected.passages, embedded, failed)

    def _is_wanted(self, path: Path) -> bool:
        return path.suffix.lower() in self._aids.kinds

    def _embed(self, waiting: sqlite3.Connection, vectors: VectorFile) -> int:
        [total] = waiting.execute("SELECT COUNT(*) FROM waiting").fetchone()
        rows, done = waiting.execute("SELECT hash, text FROM waiting ORDER BY rowid"), 0
        self._progress("embedding", 0, total)
        while batch := rows.fetchmany(self._workload.passages):
            hashes, texts = zip(*batch, strict=True)
            vectors.add(hashes, self._encoder.embed_passages(texts))
            done += len(batch)
            self._progress("embedding", done, total)
        return done


class _Collected:
    """Collects the texts of a share that have no vector yet, on disk."""

    def __init__(self, shard: Shard, waiting: sqlite3.Connection, there: set[bytes]) -> None:
        self.articles = self.passages = 0
        self._shard, self._waiting, self._there = shard, waiting, there

    def keep(self, articles: Sequence[NewArticle]) -> None:
        """Collect the passages of some articles."""
        for record in (article.record for article in articles):
            if not self._shard.has(record.content):
                continue
            self.articles += 1
            self.passages += len(record.passages)
            self._waiting.executemany(
                "INSERT OR IGNORE INTO waiting VALUES (?, ?)",
                (
                    (digest, record.text[start:end])
                    for start, end, _, digest in record.passages
                    if digest not in self._there
                ),
            )
