"""Fixtures of the tests of index: an analyzer and small indexes."""

from pathlib import Path

import pytest

from index.batches import Workload
from index.text.analyzer import Analyzer
from tests.support import small_index


@pytest.fixture
def analyzer() -> Analyzer:
    return small_index.analyzer()


@pytest.fixture
def corpus(tmp_path: Path) -> small_index.SmallIndex:
    return small_index.SmallIndex(tmp_path / "corpus")


@pytest.fixture
def changing(
    corpus: small_index.SmallIndex,
) -> small_index.SmallIndex:
    """Index five articles; then change one, delete one and add two."""
    corpus.workload = Workload(files=2, passages=1)
    for name in "abcde":
        corpus.put(f"{name}.txt", f"这是{name}的第一版，说了一些事情。")
    corpus.rebuild()
    corpus.put("a.txt", "这是第二版，说了别的事情。")
    (corpus.articles / "b.txt").unlink()
    corpus.put("f.txt", "这是新的一篇，说了新的事情。")
    corpus.put("g.txt", "这也是新的一篇，说了新的事情。")
    return corpus
