"""A running server follows the store, and keeps its generation if the new one is damaged."""

import logging
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from index.errors import GoneError, MismatchError, NoIndexError, StoreError
from index.search.generation import Generation
from index.search.live import LiveIndex
from index.search.searcher import Searcher
from index.store.store import KEPT
from index.text.analyzer import Analyzer
from tests.support.small_index import SmallIndex, TinyEncoder, models, query, search, texts_by_id


@pytest.fixture
def live(corpus: SmallIndex, analyzer: Analyzer) -> LiveIndex:
    return LiveIndex(corpus.store, models(), analyzer)


@pytest.fixture
def built(corpus: SmallIndex) -> SmallIndex:
    corpus.put("a.txt", "这是第一版，说了一些事情。")
    corpus.rebuild()
    return corpus


def vectors(corpus: SmallIndex, version: str) -> Path:
    """Return the path of the vectors that a generation added."""
    return corpus.store.folder(version) / "segments" / version / "vectors.faiss"


def test_without_an_index_it_says_so_and_finds_one_once_there_is(
    live: LiveIndex, corpus: SmallIndex
) -> None:
    with pytest.raises(NoIndexError, match="There is no index"):
        live.searcher()
    corpus.put("a.txt", "这是第一版，说了一些事情。")
    corpus.rebuild()
    assert live.searcher().manifest.version == "000001"


def test_it_moves_to_a_new_generation_and_a_request_keeps_its_own(
    live: LiveIndex, built: SmallIndex
) -> None:
    first = live.searcher()
    assert live.searcher() is first
    built.put("a.txt", "这是第二版，说了一些事情。")
    built.rebuild()
    second = live.searcher()
    assert (first.manifest.version, second.manifest.version) == ("000001", "000002")
    assert texts_by_id(first.catalogue) == {"a.txt": "这是第一版，说了一些事情。"}
    assert search(first, "说了什么")[0].passage.text == "这是第一版，说了一些事情。"
    assert search(second, "说了什么")[0].passage.text == "这是第二版，说了一些事情。"


def test_work_whose_generation_is_deleted_meanwhile_is_done_again_with_the_current_one(
    live: LiveIndex, built: SmallIndex
) -> None:
    seen: list[str] = []

    def work(searcher: Searcher) -> str:
        seen.append(searcher.manifest.version)
        if len(seen) == 1:
            for number in range(KEPT):
                built.put("a.txt", f"这是第{number}版，说了一些事情。")
                built.rebuild()
        return search(searcher, "说了什么")[0].passage.text

    assert live.use(work) == f"这是第{KEPT - 1}版，说了一些事情。"
    assert seen == ["000001", f"{KEPT + 1:06}"]


def test_work_that_fails_for_another_reason_is_not_done_again(
    live: LiveIndex, built: SmallIndex
) -> None:
    seen: list[str] = []

    def work(searcher: Searcher) -> None:
        seen.append(searcher.manifest.version)
        raise StoreError(f"{built.store.library} can't be read.")

    with pytest.raises(StoreError, match="can't be read"):
        live.use(work)
    assert seen == ["000001"]


@pytest.mark.parametrize(("patience", "version"), [(60.0, "000002"), (0.01, "000001")])
def test_while_one_request_opens_a_generation_others_wait_and_go_on_if_it_takes_long(
    built: SmallIndex,
    analyzer: Analyzer,
    monkeypatch: pytest.MonkeyPatch,
    patience: float,
    version: str,
) -> None:
    live = LiveIndex(built.store, models(), analyzer, patience)
    live.searcher()
    built.put("a.txt", "这是第二版，说了一些事情。")
    built.rebuild()
    opened, others, versions = Generation.open, list[threading.Thread](), list[str]()

    def open_slowly(*arguments: Any) -> Generation:  # noqa: ANN401
        others.append(threading.Thread(target=ask))
        others[0].start()
        others[0].join(timeout=1)  # answered by then, or waiting for us
        return opened(*arguments)

    def ask() -> None:
        versions.append(live.searcher().manifest.version)

    monkeypatch.setattr(Generation, "open", open_slowly)
    assert live.searcher().manifest.version == "000002"
    others[0].join(timeout=60)
    assert versions == [version]


def test_the_users_words_count_from_the_next_generation_on(
    live: LiveIndex, built: SmallIndex
) -> None:
    assert live.searcher().manifest.version == "000001"
    built.store.words.write_text("第一版本说", encoding="utf-8")
    assert live.searcher().manifest.version == "000001"
    built.rebuild()
    assert query(live.searcher(), "第一版本说").weights.keys() >= {"第一版本说"}


def test_a_damaged_new_generation_is_logged_once_and_the_old_one_serves_on(
    live: LiveIndex, built: SmallIndex, caplog: pytest.LogCaptureFixture
) -> None:
    first = live.searcher()
    built.put("a.txt", "这是第二版，说了一些事情。")
    built.rebuild()
    vectors(built, "000002").write_bytes(b"damaged")
    with caplog.at_level(logging.ERROR, logger="index.search.live"):
        for _ in range(5):
            assert live.searcher() is first
    [message] = caplog.messages
    assert message.startswith("Still answering from index 000001: Index version 000002 is damaged")
    built.put("a.txt", "这是第三版，说了一些事情。")
    built.rebuild()
    assert live.searcher().manifest.version == "000003"


def test_a_missing_pointer_is_logged_once(
    live: LiveIndex, built: SmallIndex, caplog: pytest.LogCaptureFixture
) -> None:
    first = live.searcher()
    (built.store.root / "CURRENT").unlink()
    for _ in range(3):
        assert live.searcher() is first
    assert len(caplog.messages) == 1


def test_a_restored_generation_is_opened(live: LiveIndex, built: SmallIndex) -> None:
    live.searcher()
    built.put("a.txt", "这是第二版，说了一些事情。")
    built.rebuild()
    path = vectors(built, "000002")
    sound = path.read_bytes()
    path.write_bytes(b"damaged")
    live.searcher()
    path.write_bytes(sound)
    assert live.searcher().manifest.version == "000002"


def test_a_first_generation_that_is_damaged_is_refused(live: LiveIndex, built: SmallIndex) -> None:
    vectors(built, "000001").write_bytes(b"damaged")
    for _ in range(2):
        with pytest.raises(MismatchError, match=r"file segments/000001/vectors\.faiss"):
            live.searcher()


def test_earlier_text_is_read_while_its_version_is_kept(live: LiveIndex, built: SmallIndex) -> None:
    for turn in range(2, 6):
        built.put("a.txt", f"这是第{turn}版，说了一些事情。")
        built.rebuild()
    texts = {}
    for version in [*(f"{number:06}" for number in range(8)), "../000005", ""]:
        with suppress(GoneError), live.catalogue(version) as catalogue:
            texts[version] = texts_by_id(catalogue)
    assert list(texts) == ["000003", "000004", "000005"]
    assert texts["000003"] == {"a.txt": "这是第3版，说了一些事情。"}


def test_an_unfinished_generation_is_no_version_to_read(live: LiveIndex, built: SmallIndex) -> None:
    built.store.making("000002")
    for version in ("000002", ".000002"):
        with (
            pytest.raises(GoneError, match="is no longer kept; ask without it"),
            live.catalogue(version),
        ):
            pass


def test_status_counts_what_is_served(live: LiveIndex, built: SmallIndex) -> None:
    status = live.status()
    assert (status.index_version, status.articles, status.passages, status.vectors) == (
        *("000001", 1, 1, 1),
    )
    assert (status.model, status.engine) == ("tiny@1", "faiss-flat+tantivy")
    files = [path for path in built.store.root.rglob("*") if path.is_file()]
    assert status.bytes == sum({p.stat().st_ino: p.stat().st_size for p in files}.values())


def test_threads_asking_while_it_moves_all_get_a_whole_index(
    live: LiveIndex, built: SmallIndex
) -> None:
    wrong: list[BaseException] = []
    ended = threading.Event()

    def ask() -> None:
        try:
            while not ended.is_set():
                searcher = live.searcher()
                [hit] = search(searcher, "说了什么")
                assert f"第{int(searcher.manifest.version)}版" in hit.passage.text
        except BaseException as error:  # noqa: BLE001 - reported by the test itself
            wrong.append(error)

    built.put("a.txt", "这是第2版，说了一些事情。")
    built.rebuild()
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for turn in range(3, 8):
        built.put("a.txt", f"这是第{turn}版，说了一些事情。")
        built.rebuild()
    ended.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert live.searcher().manifest.version == "000007"


def test_a_server_that_was_left_behind_says_so(live: LiveIndex, built: SmallIndex) -> None:
    live.searcher()
    for turn in range(2, 6):  # with another model, so that it can't follow
        built.put("a.txt", f"这是第{turn}版，说了一些事情。")
        built.rebuild(TinyEncoder("large@2"))
    with pytest.raises(MismatchError, match="large@2"):
        live.searcher()
