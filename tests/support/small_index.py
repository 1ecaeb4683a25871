"""The small real thing: an encoder of 32 dimensions, and a folder of articles with its store."""

import json
import shutil
import zlib
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from index.batches import DEFAULT_WORKLOAD, Workload
from index.build.builder import Builder
from index.build.report import Report
from index.build.session import Options
from index.models.encoder import Encoder, Reranker, Vectors
from index.models.loading import bundled
from index.models.static import StaticEncoder
from index.progress import Progress, silent
from index.search.generation import Generation
from index.search.query import Query
from index.search.searcher import Hit, Searcher, SearchModels
from index.store.catalogue import Catalogue
from index.store.database import connect
from index.store.store import Store
from index.store.version import Version
from index.text.analyzer import Analyzer
from index.text.folding import FoldedText

# No deadline: the first text waits for the dictionary. The same examples in every run.
settings.register_profile("yiju", deadline=None, derandomize=True)
settings.load_profile("yiju")

DIM = 32

MARKED = st.text(
    alphabet=st.sampled_from(
        "甲乙丙国市 。！？…；，：“”‘’「」《》（）()[]abZ.,;!?:'\" 12\n\u3000\u2028亿%U.S."
    ),
    max_size=160,
)
"""Text full of what sentences end and do not end with."""

TEXTS = st.one_of(MARKED, st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))


@cache
def analyzer() -> Analyzer:
    """One dictionary for all tests: loading it takes a second."""
    return Analyzer()


@cache
def bundled_encoder() -> StaticEncoder:
    """One bundled encoder for all tests: loading it takes a third of a second."""
    return bundled()


def models(encoder: Encoder | None = None, reranker: Reranker | None = None) -> SearchModels:
    """The models of a search, by default with the tiny encoder."""
    return SearchModels.of(encoder or TinyEncoder(), reranker, bundled_encoder())


class TinyEncoder:
    """Each character counts in one of 32 places. `seen` are all passages it was given."""

    def __init__(self, name: str = "tiny@1", dim: int = DIM) -> None:
        self.id = name
        self.dim = dim
        self.seen: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages."""
        self.seen += texts
        return self._vectors(texts)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        counts = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            counts[row, 0] = 0.1  # no text is without a direction
            for char in text:
                counts[row, zlib.crc32(char.encode(errors="replace")) % self.dim] += 1
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), np.float32)


class SmallIndex:
    """A folder of articles and the store that is made of it."""

    def __init__(self, root: Path, workload: Workload = DEFAULT_WORKLOAD) -> None:
        self.articles = root / "articles"
        self.articles.mkdir(parents=True, exist_ok=True)
        self.store = Store(root / "store")
        self.workload = workload

    def put(self, name: str, text: str) -> None:
        """Writes a file, whatever it was before."""
        path = self.articles / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def put_lines(self, name: str, *records: dict[str, str]) -> None:
        """Writes a file of JSON lines, whose texts are stored as they are."""
        self.put(name, "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records))

    def rebuild(
        self,
        encoder: Encoder | None = None,
        *paths: Path,
        full: bool = False,
        force: bool = False,
        progress: Progress = silent,
    ) -> Report:
        """Rebuilds from `paths`, or from the whole folder."""
        builder = Builder(self.store, encoder or TinyEncoder(), analyzer(), progress, self.workload)
        return builder.rebuild(paths or [self.articles], Options(full, force))

    def preview(self) -> Report:
        """What a rebuild from the whole folder would report."""
        return Builder(self.store, TinyEncoder(), analyzer()).preview([self.articles])

    def open(self, encoder: Encoder | None = None) -> Generation:
        """The current generation."""
        return Generation.open(
            self.store, self.store.current(), encoder or TinyEncoder(), analyzer()
        )

    def embedded(self) -> set[bytes]:
        """The hashes of the texts whose vectors the library holds."""
        with closing(connect(self.store.library, readonly=True)) as library:
            return {row[0] for row in library.execute("SELECT text_hash FROM embeddings")}

    def catalogue(self, version: str | None = None) -> Catalogue:
        """The articles of a generation, by default the current one."""
        return Catalogue(self.store.library, Version(version or self.store.current()))

    def searcher(self) -> Searcher:
        """A searcher over the current generation."""
        generation = self.open()
        return Searcher(generation, models())

    def keep(self, where: Path) -> None:
        """Sets a copy of the store aside."""
        shutil.copytree(self.store.root, where)

    def bring_back(self, where: Path) -> None:
        """Makes the store what was set aside."""
        shutil.rmtree(self.store.root)
        shutil.copytree(where, self.store.root)


def query(searcher: Searcher, question: str) -> Query:
    """Prepare a question for search."""
    return searcher.query(FoldedText.of(question))


def search(searcher: Searcher, question: str, k: int = 10) -> list[Hit]:
    """Return the best passages for a question."""
    return searcher.search(query(searcher, question), k)


def held(catalogue: Catalogue) -> dict[str, str]:
    """The text of every article, by id."""
    listed, _ = catalogue.listings("", 0, 10_000)
    found = {}
    for one in listed:
        article = catalogue.article(one.id)
        assert article is not None
        found[one.id] = article.text
    return found


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file in a folder with what it holds."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
