"""A server opens what it could not open before, and closes what it no longer needs."""

import gc
import resource
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from index.errors import GoneError
from index.search.generation import Generation
from index.search.live import LiveIndex
from index.text.analyzer import Analyzer
from tests.support import small_index
from tests.support.small_index import SmallIndex, models, search


@pytest.fixture
def analyzer() -> Analyzer:
    return small_index.analyzer()


@pytest.fixture
def built(tmp_path: Path) -> SmallIndex:
    corpus = SmallIndex(tmp_path / "corpus")
    corpus.put("a.txt", "这是第一版，说了一些事情。")
    corpus.rebuild()
    return corpus


@pytest.fixture
def live(built: SmallIndex, analyzer: Analyzer) -> LiveIndex:
    return LiveIndex(built.store, models(), analyzer)


def test_a_generation_is_tried_again_once_the_library_is_back(
    live: LiveIndex, built: SmallIndex, tmp_path: Path
) -> None:
    live.searcher()
    built.put("a.txt", "这是第二版，说了一些事情。")
    built.rebuild()
    built.store.library.rename(tmp_path / "away")
    assert live.searcher().manifest.version == "000001"
    (tmp_path / "away").rename(built.store.library)
    assert live.searcher().manifest.version == "000002"


def test_a_generation_is_tried_again_though_its_files_are_as_they_were_when_it_was_refused(
    built: SmallIndex, analyzer: Analyzer
) -> None:
    live = LiveIndex(built.store, models(), analyzer, pause=0)
    live.searcher()
    built.put("a.txt", "这是第二版，说了一些事情。")
    built.rebuild()
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Path("/dev/null").open("rb") as file:
        last = file.fileno()
    resource.setrlimit(resource.RLIMIT_NOFILE, (last + 1, limits[1]))  # one file at a time
    try:
        assert live.searcher().manifest.version == "000001"
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert live.searcher().manifest.version == "000002"


def test_what_was_refused_is_not_tried_by_each_request(
    built: SmallIndex, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = LiveIndex(built.store, models(), analyzer, pause=3600)
    live.searcher()
    built.put("a.txt", "这是第二版，说了一些事情。")
    built.rebuild()
    added = built.store.folder("000002") / "segments" / "000002" / "vectors.faiss"
    added.write_bytes(b"damaged")
    opened, tries = Generation.open, list[object]()

    def counted(*arguments: Any) -> Generation:  # noqa: ANN401
        tries.append(arguments)
        return opened(*arguments)

    monkeypatch.setattr(Generation, "open", counted)
    for _ in range(5):
        assert live.searcher().manifest.version == "000001"
    assert len(tries) == 1


def test_a_replaced_generation_is_closed_when_its_last_request_ends(
    live: LiveIndex, built: SmallIndex
) -> None:
    kept = live.searcher()
    search(kept, "说了什么")
    gc.collect()
    gc.disable()
    try:
        held = []
        for turn in range(2, 14):
            built.put("a.txt", f"这是第{turn}版，说了一些事情。")
            built.rebuild()
            assert search(live.searcher(), "说了什么")
            if turn == 6:
                del kept
            if turn > 7:
                held.append(held_files(built))
        assert max(held) == min(held), "as many files are open, and as many mapped, after each"
    finally:
        gc.enable()


def held_files(corpus: SmallIndex) -> tuple[int, int]:
    """Return how many of a store's files this process has open, and how many it has mapped."""
    root = str(corpus.store.root)
    maps = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    links = []
    for file in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            links.append(str(file.readlink()))
    return sum(root in link for link in links), sum(root in line for line in maps)


@pytest.mark.parametrize("version", ["000001", "000002"], ids=["earlier", "current"])
def test_a_version_that_goes_while_it_is_read_is_gone_and_not_empty(
    live: LiveIndex, built: SmallIndex, version: str
) -> None:
    built.put("a.txt", "这是第二版，说了一些事情。")
    built.rebuild()
    assert live.searcher().manifest.version == "000002"
    with live.catalogue(version) as catalogue:
        assert catalogue.article("a.txt")
        assert catalogue.article("b.txt") is None
        for turn in range(3, 7):
            built.put("a.txt", f"这是第{turn}版，说了一些事情。")
            built.rebuild()
        reads = (
            lambda: catalogue.article("a.txt"),
            lambda: catalogue.listings(["a.txt"]),
            catalogue.rows,
            catalogue.owners,
            lambda: catalogue.passages([1]),
        )
        for read in reads:
            with pytest.raises(GoneError, match=f"Index version {version} is no longer kept"):
                read()
