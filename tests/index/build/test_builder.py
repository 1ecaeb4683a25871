"""A rebuild does no more than is needed, and all that is needed."""

import shutil
from contextlib import suppress

import pytest

from index.article import Failure
from index.batches import Workload
from index.build.builder import Builder
from index.build.scan import MISSING
from index.build.session import Options
from index.errors import ArticleError, BusyError, MismatchError, UsageError
from index.search.searcher import Searcher
from tests.support import small_index
from tests.support.article_folder import bytes_of
from tests.support.small_index import (
    SmallIndex,
    TinyEncoder,
    analyzer,
    bundled_encoder,
    models,
    query,
    texts_by_id,
)


def test_a_second_rebuild_changes_nothing_and_embeds_nothing(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    first, encoder = corpus.rebuild(), TinyEncoder()
    before = bytes_of(corpus.store.root / "generations")
    again = corpus.rebuild(encoder)
    assert (again.index_version, again.unchanged, again.added) == (first.index_version, 1, 0)
    assert (again.passages, encoder.embedded) == (first.passages, [])
    assert bytes_of(corpus.store.root / "generations") == before


def test_only_what_is_new_is_embedded(changing: SmallIndex) -> None:
    encoder = TinyEncoder()
    report = changing.rebuild(encoder)
    assert (report.added, report.changed, report.removed, report.unchanged) == (2, 1, 1, 3)
    assert report.embedded == 3
    assert sorted(encoder.embedded[:3]) == sorted(
        [
            "这是第二版，说了别的事情。",
            "这是新的一篇，说了新的事情。",
            "这也是新的一篇，说了新的事情。",
        ]
    )
    assert len(encoder.embedded[3:]) == report.passages == 6  # the sample that proves the index


def test_equal_passages_are_embedded_once(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "这是同一篇文章，说了一些事情。")
    corpus.put("b.txt", "这是同一篇文章，说了一些事情。")
    encoder = TinyEncoder()
    report = corpus.rebuild(encoder)
    assert (report.added, report.embedded, report.passages) == (2, 1, 1)
    assert encoder.embedded == ["这是同一篇文章，说了一些事情。"] * 2  # made, and proved


def test_a_full_rebuild_reads_and_indexes_again_with_the_vectors_there_are(
    corpus: SmallIndex,
) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    corpus.rebuild()
    report = corpus.rebuild(full=True)
    assert (report.index_version, report.unchanged, report.embedded) == ("000002", 1, 0)
    corpus.open()


def test_an_index_built_bit_by_bit_finds_what_one_from_nothing_does(
    changing: SmallIndex,
) -> None:
    changing.rebuild()
    grown, texts = changing.searcher(), texts_by_id(changing.catalogue())
    changing.rebuild(full=True)
    whole = changing.searcher()
    assert texts_by_id(changing.catalogue()) == texts
    for question in ("第一版说了什么", "新的事情", "说了别的"):
        asked = query(whole, question)
        assert grown.dense(asked, 99) == whole.dense(asked, 99)
        assert {n for n, _ in grown.lexical(asked, 99)} == {n for n, _ in whole.lexical(asked, 99)}


def test_no_article_is_refused_and_nothing_is_changed(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    corpus.rebuild()
    before = bytes_of(corpus.store.root)
    (corpus.articles / "a.txt").unlink()
    with pytest.raises(ArticleError, match="nothing was changed"):
        corpus.rebuild()
    after = bytes_of(corpus.store.root)
    for name in ("rebuild.lock", "library.sqlite", "library.sqlite-shm", "library.sqlite-wal"):
        before.pop(name, None)
        after.pop(name, None)
    assert after == before
    assert list(texts_by_id(corpus.catalogue())) == ["a.txt"]


def test_two_rebuilds_at_once_are_one_too_many(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")

    def again(phase: str, done: int, total: int) -> None:  # noqa: ARG001
        with pytest.raises(BusyError, match="Another rebuild is at work"):
            corpus.rebuild()

    assert corpus.rebuild(progress=again).added == 1
    assert corpus.rebuild().unchanged == 1


def test_another_model_makes_a_new_index_of_the_same_articles(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    corpus.rebuild()
    other = TinyEncoder("large@2", dim=8)
    with pytest.raises(MismatchError, match="model tiny@1, but now it is large@2"):
        corpus.open(other)
    report = corpus.rebuild(other)
    assert (report.index_version, report.unchanged, report.embedded) == ("000002", 1, 1)
    assert report.notes == ["Vectors were made anew: tiny@1 → large@2."]
    assert corpus.open(other).vectors.dim == 8


def test_another_model_and_new_articles_at_once_make_one_whole_index(changing: SmallIndex) -> None:
    other = TinyEncoder("large@2", dim=8)
    report = changing.rebuild(other)
    assert (report.added, report.changed, report.embedded) == (2, 1, 6)
    grown = Searcher(changing.open(other), models(other))
    changing.rebuild(other, full=True)
    whole = Searcher(changing.open(other), models(other))
    asked = query(whole, "说了什么事情")
    assert grown.dense(asked, 99) == whole.dense(asked, 99)


def test_many_passages_in_two_processes_make_the_index_that_one_process_makes(
    corpus: SmallIndex,
) -> None:
    for at in range(40):
        corpus.put(f"{at}.txt", f"第{at}篇说了{at * 7}件事情，甲国投资了{at}亿元。")
    encoder = bundled_encoder()
    corpus.rebuild(encoder)
    single = bytes_of(corpus.store.folder("000001") / "segments")
    searcher = Searcher(corpus.open(encoder), models(encoder))
    asked = query(searcher, "甲国投资了7亿元")
    ranked = searcher.lexical(asked, 99)
    corpus.workload = Workload(processes=2, passages=3, parallel_passages=1)
    corpus.rebuild(encoder, full=True)
    double = bytes_of(corpus.store.folder("000002") / "segments")
    assert {name.replace("000002", "000001"): data for name, data in double.items()} == single
    assert Searcher(corpus.open(encoder), models(encoder)).lexical(asked, 99) == ranked


def test_an_index_begins_without_articles_only_where_nothing_was_ever_built(
    corpus: SmallIndex,
) -> None:
    report = corpus.builder().begin()
    assert (report.index_version, report.passages) == ("000001", 0)
    assert texts_by_id(corpus.catalogue()) == {}
    with pytest.raises(UsageError, match="an index already"):
        corpus.builder().begin()
    shutil.rmtree(corpus.store.folder("000001"))
    with pytest.raises(UsageError, match="an index already"):
        corpus.builder().begin()
    assert corpus.store.library.exists()


def test_a_preview_tells_what_a_rebuild_would_do_and_writes_no_index(changing: SmallIndex) -> None:
    encoder = TinyEncoder()
    builder = Builder(changing.store, encoder, small_index.analyzer())
    report = builder.preview([changing.articles])
    assert (report.added, report.changed, report.removed, report.unchanged) == (2, 1, 1, 3)
    assert (report.index_version, report.passages, encoder.embedded) == ("000001", 5, [])
    assert changing.store.versions() == ["000001"]
    assert (changing.rebuild().added, report.added) == (2, 2)


def test_a_preview_of_no_store_creates_none(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    report = Builder(corpus.store, TinyEncoder(), small_index.analyzer()).preview([corpus.articles])
    assert (report.index_version, report.added, report.passages) == ("", 1, 0)
    assert not corpus.store.root.exists()


def test_a_preview_works_where_no_rebuild_ever_ended(corpus: SmallIndex) -> None:
    with suppress(ArticleError):
        corpus.rebuild()
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    assert (
        Builder(corpus.store, TinyEncoder(), small_index.analyzer())
        .preview([corpus.articles])
        .added
        == 1
    )


@pytest.mark.parametrize("is_empty", [True, False], ids=["empty", "gone"])
def test_with_keep_missing_a_path_that_is_gone_or_empty_fails_and_keeps_its_articles(
    corpus: SmallIndex, is_empty: bool
) -> None:
    corpus.put("一/a.txt", "这是第一个文件夹里的一篇。")
    corpus.put("二/b.txt", "这是第二个文件夹里的一篇。")
    first, second = corpus.articles / "一", corpus.articles / "二"
    builder = Builder(corpus.store, TinyEncoder(), analyzer())
    builder.rebuild([first, second])
    (first / "a.txt").rename(second / "c.txt")
    if not is_empty:
        first.rmdir()
    for paths in ([first], [first, second], []):
        report = builder.rebuild(paths, Options(keep_missing=True))
        assert Failure(str(first), MISSING) in report.failed
        assert report.removed == 0
    assert sorted(texts_by_id(corpus.catalogue())) == ["a.txt", "b.txt", "c.txt"]
    assert builder.rebuild([first, second]).removed == 1


def test_with_keep_missing_a_file_that_is_gone_from_a_folder_goes_all_the_same(
    corpus: SmallIndex,
) -> None:
    for name in ("a.txt", "二/b.txt"):
        corpus.put(name, f"这是{name}里的一篇。")
    corpus.rebuild()
    (corpus.articles / "二" / "b.txt").unlink()
    (corpus.articles / "二").rmdir()
    builder = Builder(corpus.store, TinyEncoder(), analyzer())
    report = builder.rebuild([corpus.articles], Options(keep_missing=True))
    assert (report.removed, report.unchanged, report.failed) == (1, 1, [])
