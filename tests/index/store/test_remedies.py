"""The remedy that an error names works."""

from pathlib import Path

import pytest

from index.build.builder import Builder
from index.build.session import Options
from index.errors import MismatchError, StoreError
from tests.support import small_index
from tests.support.small_index import SmallIndex, TinyEncoder, search, texts_by_id


def test_the_cure_for_a_damaged_file_cures_it(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    corpus.rebuild()
    (corpus.store.folder("000001") / "segments" / "000001" / "vectors.faiss").write_bytes(
        b"damaged"
    )
    with pytest.raises(MismatchError, match=r"(?i)make a new index with: yiju rebuild FOLDER"):
        corpus.open()
    corpus.rebuild()
    corpus.open()


def test_the_cure_for_a_missing_library_cures_it(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    corpus.rebuild()
    for path in corpus.store.root.glob("library.sqlite*"):
        path.unlink()
    with pytest.raises(MismatchError, match="make a new index: yiju rebuild FOLDER"):
        corpus.open()
    corpus.put("a.txt", "这是完全不同的一篇。")  # its passage gets the number that the lost one had
    report = corpus.rebuild()
    assert report.notes == [
        f"All indexes were made anew: {corpus.store.library} does not know index version 000001."
    ]
    [hit] = search(corpus.searcher(), "这是什么样的一篇?")
    assert (hit.passage.text, hit.lexical_rank) == ("这是完全不同的一篇。", 1)


def test_the_cure_for_a_missing_generation_cures_it(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    corpus.rebuild()
    corpus.store.discard("000001")
    with pytest.raises(MismatchError, match="yiju rebuild FOLDER --full"):
        corpus.rebuild()
    assert corpus.rebuild(full=True).unchanged == 1
    corpus.open()


def test_a_lost_generation_costs_no_articles_of_other_folders(
    corpus: SmallIndex, tmp_path: Path
) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.txt").write_text("这是别处的一篇。", encoding="utf-8")
    builder = Builder(corpus.store, TinyEncoder(), small_index.analyzer())
    builder.rebuild([corpus.articles, other])
    corpus.store.discard("000001")
    report = builder.rebuild([corpus.articles], Options(full=True))
    assert (report.unchanged, report.removed) == (2, 0)
    assert sorted(texts_by_id(corpus.catalogue())) == ["a.txt", "b.txt"]


def test_a_damaged_library_is_told_plainly(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    corpus.rebuild()
    corpus.store.library.write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="can't be used: file is not a database"):
        corpus.rebuild()
