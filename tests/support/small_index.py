"""A small but real index: an encoder of 32 dimensions, a folder of articles, and its store."""

import fcntl
import json
import shutil
import zlib
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from index.article import Article
from index.batches import DEFAULT_WORKLOAD, Workload
from index.build.builder import Builder
from index.build.reading.prepare import prepare
from index.build.report import Report
from index.build.session import Options
from index.build.suggest import Suggesting
from index.ingest.reading_aids import NO_AIDS, ReadingAids
from index.library.catalogue import ArticleCatalogue, Catalogue
from index.library.content import LibraryEntry
from index.library.database import connect
from index.library.library_file import LibraryFile
from index.library.version import Version
from index.models.encoder import Encoder, Reranker, Vectors
from index.models.loading import bundled
from index.models.static import StaticEncoder
from index.progress import Progress, silent
from index.search.generation import Generation
from index.search.query import Query
from index.search.searcher import Hit, Searcher, SearchModels
from index.store.lock import QUEUE
from index.store.store import Store
from index.text.analyzer import Analyzer
from index.text.folding import FoldedText
from tests.support.article_folder import ArticleFolder

DIM = 32

MARKED = st.text(
    alphabet=st.sampled_from(
        "甲乙丙国市 。！？…；，：“”‘’「」《》（）()[]abZ.,;!?:'\" 12\n\u3000\u2028亿%U.S."
    ),
    max_size=160,
)
"""Texts full of marks that end sentences, or look as if they did."""

TEXTS = st.one_of(MARKED, st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))


@cache
def analyzer() -> Analyzer:
    """Return one dictionary for all tests: loading it takes a second."""
    return Analyzer()


@cache
def bundled_encoder() -> StaticEncoder:
    """Return one bundled encoder for all tests: loading it takes a third of a second."""
    return bundled()


def models(encoder: Encoder | None = None, reranker: Reranker | None = None) -> SearchModels:
    """Return the models of a search, by default with the tiny encoder."""
    return SearchModels.of(encoder or TinyEncoder(), reranker, bundled_encoder())


class TinyEncoder:
    """Counts each character in one of 32 components; `embedded` are all passages so far."""

    def __init__(self, name: str = "tiny@1", dim: int = DIM) -> None:
        self.id = name
        self.dim = dim
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of passages."""
        self.embedded += texts
        return self._vectors(texts)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of questions."""
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        counts = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            counts[row, 0] = 0.1  # no text has the zero vector
            for char in text:
                counts[row, zlib.crc32(char.encode(errors="replace")) % self.dim] += 1
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), np.float32)


class SmallIndex(ArticleFolder):
    """A folder of articles and its store, built and searched in this process."""

    def __init__(self, root: Path, workload: Workload = DEFAULT_WORKLOAD) -> None:
        super().__init__(root)
        self.store = Store(root / "store")
        self.workload = workload
        self.suggesting: Suggesting | None = None

    def put_lines(self, name: str, *records: dict[str, str]) -> None:
        """Write a file of JSON lines, whose texts are stored as they are."""
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        self.put(name, "".join(lines))

    def rebuild(
        self,
        encoder: Encoder | None = None,
        *paths: Path,
        full: bool = False,
        force: bool = False,
        aids: ReadingAids = NO_AIDS,
        progress: Progress = silent,
    ) -> Report:
        """Rebuild from `paths`, or from the whole folder."""
        builder = self.builder(encoder, progress)
        return builder.rebuild(paths or [self.articles], Options(full, force, aids=aids))

    def builder(self, encoder: Encoder | None = None, progress: Progress = silent) -> Builder:
        """Return what rebuilds and edits the store."""
        encoder = encoder or TinyEncoder()
        return Builder(self.store, encoder, analyzer(), progress, self.workload, self.suggesting)

    def preview(self) -> Report:
        """Return what a rebuild from the whole folder would report."""
        return Builder(self.store, TinyEncoder(), analyzer()).preview([self.articles])

    def open(self, encoder: Encoder | None = None) -> Generation:
        """Open the current generation."""
        return Generation.open(
            self.store, self.store.current(), encoder or TinyEncoder(), analyzer()
        )

    def embedded(self) -> set[bytes]:
        """Return the hashes of the texts whose vectors are in the library."""
        with closing(connect(self.store.library, readonly=True)) as library:
            return {row[0] for row in library.execute("SELECT text_hash FROM embeddings")}

    def catalogue(self, version: str | None = None) -> Catalogue:
        """Open the articles of a generation, by default the current one."""
        return Catalogue(self.store.library, Version(version or self.store.current()))

    def searcher(self) -> Searcher:
        """Return a searcher over the current generation."""
        generation = self.open()
        return Searcher(generation, models())

    def copy_store(self, copy: Path) -> None:
        """Copy the store."""
        shutil.copytree(self.store.root, copy)

    def restore_store(self, copy: Path) -> None:
        """Replace the store by a copy."""
        shutil.rmtree(self.store.root)
        shutil.copytree(copy, self.store.root)


def query(searcher: Searcher, question: str) -> Query:
    """Prepare a question for search."""
    return searcher.query(FoldedText.of(question))


def search(searcher: Searcher, question: str, k: int = 10) -> list[Hit]:
    """Return the best passages for a question."""
    return searcher.search(query(searcher, question), k)


def texts_by_id(catalogue: ArticleCatalogue) -> dict[str, str]:
    """Return the text of every article, by id."""
    texts = {}
    for row in catalogue.rows():
        article = catalogue.article(row.id)
        assert article is not None
        texts[row.id] = article.text
    return texts


def stored(path: Path, *articles: Article, generation: int = 1) -> Catalogue:
    """Store articles in a library as a generation of their own, and open that."""
    version, records = Version.of(generation), [prepare(article) for article in articles]
    with closing(LibraryFile(path, create=True)) as library:
        for record in records:
            library.add(record)
        library.record(
            version,
            [
                LibraryEntry(article.id, record.content, f"/in/{article.id}", "", "1")
                for article, record in zip(articles, records, strict=True)
            ],
        )
    return Catalogue(path, version)


def is_awaited(store: Path) -> bool:
    """Return whether a writer waits for the lock."""
    with (store / QUEUE).open("a", encoding="utf-8") as queue:
        try:
            fcntl.flock(queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
