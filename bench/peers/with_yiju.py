"""Yiju's own retrieval: an ordinary rebuild, then dense and lexical candidates, ranked."""

import tempfile
from pathlib import Path

from bench.peers.retriever import TOP, Collection
from index.build.builder import Builder
from index.models.loading import bundled
from index.search.live import LiveIndex
from index.search.searcher import Searcher, SearchModels
from index.store.store import Store
from index.text.analyzer import Analyzer
from index.text.folding import FoldedText


def search_of(articles: Path, folder: Path) -> Searcher:
    """Rebuild a store in an empty folder, in this process alone, and open it."""
    encoder, analyzer = bundled(), Analyzer()
    store = Store(folder)
    Builder(store, encoder, analyzer).rebuild([articles])
    return LiveIndex(store, SearchModels.of(encoder), analyzer).searcher()


class Yiju:
    """An index of Yiju; it also reads, cleans and splits the articles, which peers are spared."""

    def __init__(self, collection: Collection) -> None:
        # Beside the articles, so that it goes with their folder.
        articles = Path(collection.articles)
        store = Path(tempfile.mkdtemp(prefix="store-", dir=articles.parent))
        self._searcher = search_of(articles, store)
        self._positions = {text: at for at, text in enumerate(collection.passages)}

    def find(self, question: str) -> list[int]:
        """Return the positions of the best passages."""
        query = self._searcher.query(FoldedText.of(question))
        return [self._positions[hit.passage.text] for hit in self._searcher.search(query, TOP)]
