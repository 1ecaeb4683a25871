"""What the tests of the answers share: a dictionary, and small collections made on the spot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.search.searcher import Searcher
from index.text.analyzer import Analyzer
from qa.answerer import Answerer
from qa.entities.names import Names
from tests.support import answerers, small_index

Shelve = Callable[..., Searcher]


@pytest.fixture
def analyzer() -> Analyzer:
    return small_index.analyzer()


@pytest.fixture
def names(analyzer: Analyzer) -> Names:
    return Names(analyzer)


@pytest.fixture
def answerer() -> Answerer:
    return answerers.answerer()


@pytest.fixture
def shelve(tmp_path: Path) -> Shelve:
    """Makes an index of JSON records, each stored as it is."""
    corpus = small_index.SmallIndex(tmp_path / "corpus")

    def make(*records: dict[str, str]) -> Searcher:
        corpus.put_lines("articles.jsonl", *records)
        corpus.rebuild()
        return corpus.searcher()

    return make
