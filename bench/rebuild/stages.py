"""`python -m bench.rebuild.stages`: cost of each stage of a rebuild, in microseconds per passage.

Processor time of each stage alone, over a tenth of the data folder's Chinese statutes and over as
much news, beside the alternatives that were considered: jieba beside rjieba, `tokenizers` beside
sentencepiece, vectors keyed by hash beside vectors in order of arrival.
"""

import argparse
import gzip
import hashlib
import lzma
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
from index.build.reading.prepare import prepare
from index.ingest.formats.jsonl import lines_in, read_lines
from index.library.content import StoredPassage
from index.models.encoder import Encoder, Vectors
from index.models.loading import bundled
from index.search.lexical import LexicalWriter
from index.search.lexical_index import PassageTerms
from index.text.abbreviations import definitions
from index.text.analyzer import Analyzer, bigrams_of_folded
from index.text.folding import fold
from index.text.joined_bigrams import joined_bigrams
from index.text.minhash import bands
from index.text.sentences import sentences
from index.text.splitter import split
from training.data_folder import DATA

NEWS = DATA / "text" / "news.jsonl.xz"
_EVERY = 10  # of the statutes
_BATCH = 512


def main() -> None:
    """Time every stage over both collections and print one line each."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    os.putenv("TOKENIZERS_PARALLELISM", "false")  # one core, as a rebuild's processes have it
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, one core")
    statutes = b"\n".join(gzip.decompress(STATUTES.read_bytes()).split(b"\n")[::_EVERY])
    columns = [_costs(data) for data in (statutes, _news(len(statutes)))]
    print(f"{'':44} statutes  news")
    for name, cost in columns[0].items():
        print(f"{name:44} {cost:8.0f} {columns[1][name]:5.0f}")


def _news(size: int) -> bytes:
    """Return about so many bytes of news, one line of JSON each."""
    lines: list[bytes] = []
    with lzma.open(NEWS) as file:
        while size > 0:
            lines.append(next(file))
            size -= len(lines[-1])
    return b"".join(lines)


def _costs(data: bytes) -> dict[str, float]:
    """Return the microseconds a passage of each stage."""
    articles = [record for record in _parsed(data) if isinstance(record, Article)]
    texts = [passage.of(article.text) for article in articles for passage in split(article.text)]
    folded = [fold(text) for text in texts]
    analyzer, encoder, many = Analyzer(), bundled(), bundled()
    analyzer.load()
    encoder.embed_passages(["warm"])
    many.prepare_for_many()
    costs = _Costs(len(texts))
    costs("articles in 1,000 passages", lambda: None)
    costs("read JSON lines, find title and headings", lambda: _parsed(data))
    costs("cut into passages", lambda: [split(a.text) for a in articles])
    costs("signature for near-duplicates", lambda: [bands(a.text) for a in articles])
    costs("all of it, as a process does it", lambda: [prepare(a) for a in articles])
    costs("fold", lambda: [fold(text) for text in texts])
    costs("terms, by rjieba", lambda: [analyzer.terms_of_folded(text) for text in folded])
    costs("  the same cut by jieba", lambda: [_by_jieba(text) for text in folded])
    costs("pairs of characters", lambda: [joined_bigrams(part) for part in _batches(folded)])
    costs("cut into sentences", lambda: [sentences(text) for text in texts])
    costs("tokens, by sentencepiece", lambda: [many.tokens(part) for part in _batches(texts)])
    costs("  the same by tokenizers", lambda: [encoder.tokens(part) for part in _batches(texts)])
    tokens = [many.tokens(part) for part in _batches(texts)]
    costs("sum their vectors", lambda: [many.sum_vectors(part) for part in tokens])
    costs("all of it together, as a process does it", lambda: _analysed(texts, analyzer, many))
    costs(
        "names that articles define", lambda: [[*definitions(a.text, analyzer)] for a in articles]
    )
    terms = [
        PassageTerms.of(analyzer.terms_of_folded(text), bigrams_of_folded(text)) for text in folded
    ]
    costs("tantivy (two threads)", lambda: _tantivy(terms))
    vectors = np.random.default_rng(1).normal(size=(len(texts), 256)).astype(np.float32)
    costs("SQLite: vectors in order of arrival", lambda: _sqlite(texts, vectors, _ARRIVAL))
    costs("  the same keyed by hash", lambda: _sqlite(texts, vectors, _BY_HASH))
    costs["articles in 1,000 passages"] = len(articles) / len(texts) * 1000
    return costs


class _Costs(dict[str, float]):
    def __init__(self, passages: int) -> None:
        self._passages = passages

    def __call__(self, name: str, work: Callable[[], object]) -> None:
        began = time.process_time()
        work()
        self[name] = (time.process_time() - began) / self._passages * 1e6


def _parsed(data: bytes) -> list[Article | Failure]:
    return [record for _, record in read_lines("f", enumerate(lines_in(BytesIO(data)), 1))]


def _by_jieba(folded: str) -> list[str]:
    import jieba

    return list(jieba.cut_for_search(folded, HMM=False))


def _batches(texts: Sequence[str]) -> list[Sequence[str]]:
    return [texts[at : at + _BATCH] for at in range(0, len(texts), _BATCH)]


def _analysed(texts: Sequence[str], analyzer: Analyzer, encoder: Encoder) -> None:
    analyse = PassageProcessor(analyzer, encoder)
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
