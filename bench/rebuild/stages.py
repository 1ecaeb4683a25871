"""`python -m bench.rebuild.stages`: cost of each stage of a rebuild, in microseconds per passage.

Times each stage alone over a tenth of the data folder's Chinese statutes, beside the alternatives
that were considered: jieba beside rjieba, vectors keyed by hash beside vectors in order of arrival.
"""

import argparse
import gzip
import hashlib
import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import numpy as np

from bench.service import STATUTES
from index.article import Article, Failure
from index.build.passage_processor import Outputs, PassageProcessor
from index.ingest.formats.jsonl import lines_in, read_lines
from index.models.encoder import Vectors
from index.models.loading import bundled
from index.search.lexical import LexicalWriter
from index.search.lexical_index import PassageTerms
from index.store.content import StoredPassage
from index.text.analyzer import Analyzer, bigrams_of_folded
from index.text.folding import fold
from index.text.minhash import bands
from index.text.sentences import sentences
from index.text.splitter import split

_EVERY = 10  # of the statutes
_BATCH = 512


def main() -> None:
    """Time every stage and print one line each."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    os.putenv("TOKENIZERS_PARALLELISM", "false")  # one core, as a rebuild's processes have it
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, one core")
    data = b"\n".join(gzip.decompress(STATUTES.read_bytes()).split(b"\n")[::_EVERY])
    articles = [record for record in _parsed(data) if isinstance(record, Article)]
    texts = [passage.of(article.text) for article in articles for passage in split(article.text)]
    folded = [fold(text) for text in texts]
    analyzer, encoder = Analyzer(), bundled()
    analyzer.load()
    encoder.embed_passages(["warm"])
    show = _Show(len(texts))
    show("read JSON lines, find title and headings", lambda: _parsed(data))
    show("cut into passages", lambda: [split(a.text) for a in articles])
    show("signature for near-duplicates", lambda: [bands(a.text) for a in articles])
    show("fold", lambda: [fold(text) for text in texts])
    show("terms, by rjieba", lambda: [analyzer.terms_of_folded(text) for text in folded])
    show("  the same cut by jieba", lambda: [_by_jieba(text) for text in folded])
    show("pairs of characters", lambda: [bigrams_of_folded(text) for text in folded])
    show("cut into sentences", lambda: [sentences(text) for text in texts])
    show("tokens of the encoder", lambda: [encoder.tokens(part) for part in _batches(texts)])
    tokens = [encoder.tokens(part) for part in _batches(texts)]
    show("sum their vectors", lambda: [encoder.sum_vectors(part) for part in tokens])
    show("all of it together, as a process does it", lambda: _analysed(texts, analyzer))
    terms = [
        PassageTerms.of(analyzer.terms_of_folded(text), bigrams_of_folded(text)) for text in folded
    ]
    show("tantivy (two threads)", lambda: _tantivy(terms))
    vectors = np.random.default_rng(1).normal(size=(len(texts), 256)).astype(np.float32)
    show("SQLite: vectors in order of arrival", lambda: _sqlite(texts, vectors, _ARRIVAL))
    show("  the same keyed by hash", lambda: _sqlite(texts, vectors, _BY_HASH))


class _Show:
    def __init__(self, passages: int) -> None:
        self._passages = passages

    def __call__(self, name: str, work: Callable[[], object]) -> None:
        began = time.perf_counter()
        work()
        taken = (time.perf_counter() - began) / self._passages * 1e6
        print(f"{name:44} {taken:7.0f}", flush=True)


def _parsed(data: bytes) -> list[Article | Failure]:
    return [record for _, record in read_lines("f", enumerate(lines_in(BytesIO(data)), 1))]


def _by_jieba(folded: str) -> list[str]:
    import jieba

    return list(jieba.cut_for_search(folded, HMM=False))


def _batches(texts: Sequence[str]) -> list[Sequence[str]]:
    return [texts[at : at + _BATCH] for at in range(0, len(texts), _BATCH)]


def _analysed(texts: Sequence[str], analyzer: Analyzer) -> None:
    analyse = PassageProcessor(analyzer, bundled())
    for batch in _batches([*texts]):
        analyse(([StoredPassage(0, text, b"", "") for text in batch], Outputs(True, True)))


def _tantivy(terms: Sequence[PassageTerms]) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        writer = LexicalWriter(Path(folder) / "lexical")
        writer.add(enumerate(terms))
        writer.finish()


_ARRIVAL = "CREATE TABLE e (id INTEGER PRIMARY KEY, hash BLOB UNIQUE, vector BLOB)"
_BY_HASH = "CREATE TABLE e (hash BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"


def _sqlite(texts: Sequence[str], vectors: Vectors, table: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = sqlite3.connect(Path(folder) / "e.sqlite", isolation_level=None)
        library.execute("PRAGMA journal_mode = WAL")
        library.execute("PRAGMA synchronous = FULL")
        library.execute(table)
        rows = [
            (hashlib.sha256(text.encode()).digest(), vector.tobytes())
            for text, vector in zip(texts, vectors, strict=True)
        ]
        for at in range(0, len(rows), _BATCH):
            library.execute("BEGIN")
            library.executemany(
                "INSERT OR IGNORE INTO e (hash, vector) VALUES (?, ?)", rows[at : at + _BATCH]
            )
            library.execute("COMMIT")
        library.close()


if __name__ == "__main__":
    main()
