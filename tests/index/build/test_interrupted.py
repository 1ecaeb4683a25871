"""However a rebuild ends, a complete index remains, and nothing is embedded twice."""

import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.batches import Workload
from index.errors import NoIndexError
from index.models.encoder import Vectors
from tests.conftest import ROOT
from tests.support.small_index import SmallIndex, TinyEncoder, texts_by_id


class Killed(BaseException):
    """Ends a rebuild at a chosen moment."""


class Bomb:
    """Counts the moments of a rebuild and ends it at the chosen one."""

    def __init__(self, at: int) -> None:
        self.left = at

    def tick(self) -> None:
        """Count a moment."""
        self.left -= 1
        if self.left < 0:
            raise Killed

    def progress(self, phase: str, done: int, total: int) -> None:  # noqa: ARG002 - any moment
        """Count a moment at which progress is reported."""
        self.tick()


class BombedEncoder(TinyEncoder):
    """Ends the rebuild before or after a batch."""

    def __init__(self, bomb: Bomb) -> None:
        super().__init__()
        self._bomb = bomb

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors, unless the rebuild ends before or after."""
        self._bomb.tick()
        vectors = super().embed_passages(texts)
        self._bomb.tick()
        return vectors


def test_ended_at_any_moment_a_rebuild_leaves_a_whole_index_and_is_taken_up_again(
    changing: SmallIndex, tmp_path: Path
) -> None:
    corpus, before = changing, texts_by_id(changing.catalogue())
    corpus.copy_store(tmp_path / "kept")
    for moment in range(1000):
        corpus.restore_store(tmp_path / "kept")
        bomb, ended = Bomb(moment), False
        try:
            corpus.rebuild(BombedEncoder(bomb), progress=bomb.progress)
        except Killed:
            ended = True
        corpus.open()
        if ended:
            assert corpus.store.current() == "000001"
            assert texts_by_id(corpus.catalogue()) == before
        there = corpus.embedded()
        assert corpus.rebuild().embedded == len(corpus.embedded() - there)
        assert corpus.store.current() > "000001"
        assert sorted(texts_by_id(corpus.catalogue())) == [f"{name}.txt" for name in "acdefg"]
        assert corpus.store.versions() == ["000001", corpus.store.current()]
        corpus.open()
        if not ended:
            break
    assert moment > 20


def test_a_first_rebuild_that_is_ended_leaves_no_index_and_is_taken_up_again(
    corpus: SmallIndex,
) -> None:
    corpus.workload = Workload(passages=1)
    for name in "abc":
        corpus.put(f"{name}.txt", f"这是{name}的第一版，说了一些事情。")
    bomb = Bomb(8)
    with pytest.raises(Killed):
        corpus.rebuild(BombedEncoder(bomb), progress=bomb.progress)
    with pytest.raises(NoIndexError):
        corpus.open()
    there = corpus.embedded()
    assert 0 < len(there) < 3
    report = corpus.rebuild()
    assert (report.added, report.embedded) == (3, 3 - len(there))
    corpus.open()


def test_killed_outright_at_random_a_rebuild_leaves_a_whole_index(corpus: SmallIndex) -> None:
    chance = random.Random(20160930)
    for at in range(12):
        corpus.put(f"{at}.txt", f"这是第{at}篇的第0版，说了一些事情。")
    corpus.rebuild()
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.support.killed_rebuild", str(corpus.articles.parent)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    ends = []
    with worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        for turn in range(1, 9):
            before, version = texts_by_id(corpus.catalogue()), corpus.store.current()
            for at in range(0, 12, 2):
                corpus.put(f"{at}.txt", f"这是第{at}篇的第{turn}版，说了一些事情。")
            worker.stdin.write(f"{chance.random() if turn > 2 else 0.0}\n")
            worker.stdin.flush()
            ends.append(worker.stdout.readline())
            corpus.open()
            if corpus.store.current() == version:
                assert texts_by_id(corpus.catalogue()) == before
            there = corpus.embedded()
            assert corpus.rebuild().embedded == len(corpus.embedded() - there)
            assert texts_by_id(corpus.catalogue()) == {
                path.name: path.read_text(encoding="utf-8") for path in corpus.articles.iterdir()
            }
            corpus.open()
        worker.stdin.close()
    assert ends[:2] == ["ended\n", "killed\n"]
