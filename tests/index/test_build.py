"""A rebuild does no more than is needed, and whatever ends it leaves a whole index behind."""

import random
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from index.build import Builder
from index.encoder import Vectors
from index.errors import ArticleError, BusyError, MismatchError, NoIndexError, StoreError
from index.generation import write
from index.library import Library
from index.store import Store
from tests.index import tiny
from tests.index.tiny import House, TinyEncoder, bytes_of, held

ROOT = Path(__file__).parents[2]


class Killed(BaseException):
    """What ends a rebuild at a chosen instant."""


class Bomb:
    """Counts the moments of a rebuild and ends it at one of them."""

    def __init__(self, at: int) -> None:
        self.left = at

    def tick(self) -> None:
        """One moment."""
        self.left -= 1
        if self.left < 0:
            raise Killed

    def progress(self, phase: str, done: int, total: int) -> None:  # noqa: ARG002 - any moment
        """A moment that is told."""
        self.tick()


class BombedEncoder(TinyEncoder):
    """Ends the rebuild before or after a batch."""

    def __init__(self, bomb: Bomb) -> None:
        super().__init__()
        self._bomb = bomb

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors, if the moment allows."""
        self._bomb.tick()
        vectors = super().passages(texts)
        self._bomb.tick()
        return vectors


@pytest.fixture
def changing(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Five articles indexed; then one changed, one gone and two new."""
    monkeypatch.setattr("index.build._BATCH", 1)
    monkeypatch.setattr("index.intake._BATCH", 2)
    for name in "abcde":
        house.put(f"{name}.txt", f"这是{name}的第一版，说了一些事情。")
    house.rebuild()
    house.put("a.txt", "这是第二版，说了别的事情。")
    (house.articles / "b.txt").unlink()
    house.put("f.txt", "这是新的一篇，说了新的事情。")
    house.put("g.txt", "这也是新的一篇，说了新的事情。")
    return house


def embedded(house: House) -> int:
    with closing(Library(house.store.library)) as library:
        return len(library.embedded("tiny@1"))


def test_a_second_rebuild_changes_nothing_and_embeds_nothing(house: House) -> None:
    house.put("a.txt", "这是一篇，说了一些事情。")
    first, encoder = house.rebuild(), TinyEncoder()
    before = bytes_of(house.store.root / "generations")
    again = house.rebuild(encoder)
    assert (again.index_version, again.unchanged, again.added) == (first.index_version, 1, 0)
    assert (again.passages, encoder.seen) == (first.passages, [])
    assert bytes_of(house.store.root / "generations") == before


def test_only_what_is_new_is_embedded(changing: House) -> None:
    encoder = TinyEncoder()
    report = changing.rebuild(encoder)
    assert (report.added, report.changed, report.removed, report.unchanged) == (2, 1, 1, 3)
    assert sorted(encoder.seen) == sorted(
        [
            "这是第二版，说了别的事情。",
            "这是新的一篇，说了新的事情。",
            "这也是新的一篇，说了新的事情。",
        ]
    )


def test_equal_passages_are_embedded_once(house: House) -> None:
    house.put("a.txt", "这是同一篇文章，说了一些事情。")
    house.put("b.txt", "这是同一篇文章，说了一些事情。")
    encoder = TinyEncoder()
    assert house.rebuild(encoder).added == 2
    assert len(encoder.seen) == 1


def test_a_full_rebuild_reads_and_indexes_again_with_the_vectors_there_are(house: House) -> None:
    house.put("a.txt", "这是一篇，说了一些事情。")
    house.rebuild()
    encoder = TinyEncoder()
    report = house.rebuild(encoder, full=True)
    assert (report.index_version, report.unchanged, encoder.seen) == ("000002", 1, [])
    house.open()


def test_an_index_built_bit_by_bit_finds_what_one_from_nothing_does(
    changing: House,
) -> None:
    changing.rebuild()
    grown, texts = changing.searcher(), held(changing.catalogue())
    changing.rebuild(full=True)
    whole = changing.searcher()
    assert held(changing.catalogue()) == texts
    for question in ("第一版说了什么", "新的事情", "说了别的"):
        assert grown.dense(question, 99) == whole.dense(question, 99)
        assert {n for n, _ in grown.lexical(question, 99)} == {
            n for n, _ in whole.lexical(question, 99)
        }


def test_no_article_is_refused_and_nothing_is_changed(house: House) -> None:
    house.put("a.txt", "这是一篇，说了一些事情。")
    house.rebuild()
    before = bytes_of(house.store.root)
    (house.articles / "a.txt").unlink()
    with pytest.raises(ArticleError, match="nothing was changed"):
        house.rebuild()
    after = bytes_of(house.store.root)
    assert {name: after[name] for name in before if "sqlite" not in name} == {
        name: data for name, data in before.items() if "sqlite" not in name
    }
    assert list(held(house.catalogue())) == ["a.txt"]


def test_ended_at_any_moment_a_rebuild_leaves_a_whole_index_and_is_taken_up_again(
    changing: House, tmp_path: Path
) -> None:
    house, before = changing, held(changing.catalogue())
    house.keep(tmp_path / "kept")
    for moment in range(1000):
        house.bring_back(tmp_path / "kept")
        bomb, ended = Bomb(moment), False
        try:
            house.rebuild(BombedEncoder(bomb), progress=bomb.progress)
        except Killed:
            ended = True
        house.open()
        if ended:
            assert house.store.current() == "000001"
            assert held(house.catalogue()) == before
        there, encoder = embedded(house), TinyEncoder()
        house.rebuild(encoder)
        assert len(encoder.seen) == embedded(house) - there
        assert house.store.current() > "000001"
        assert sorted(held(house.catalogue())) == [f"{name}.txt" for name in "acdefg"]
        assert house.store.versions() == ["000001", house.store.current()]
        house.open()
        if not ended:
            break
    assert moment > 20


def test_a_first_rebuild_that_is_ended_leaves_no_index_and_is_taken_up_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.build._BATCH", 1)
    for name in "abc":
        house.put(f"{name}.txt", f"这是{name}的第一版，说了一些事情。")
    bomb = Bomb(8)
    with pytest.raises(Killed):
        house.rebuild(BombedEncoder(bomb), progress=bomb.progress)
    with pytest.raises(NoIndexError):
        house.open()
    there, encoder = embedded(house), TinyEncoder()
    assert 0 < there < 3
    assert house.rebuild(encoder).added == 3
    assert len(encoder.seen) == 3 - there
    house.open()


def test_killed_outright_at_random_a_rebuild_leaves_a_whole_index(house: House) -> None:
    chance = random.Random(20160930)
    for at in range(12):
        house.put(f"{at}.txt", f"这是第{at}篇的第0版，说了一些事情。")
    house.rebuild()
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.index.killed", str(house.articles.parent)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    ends = []
    with worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        for turn in range(1, 7):
            before, version = held(house.catalogue()), house.store.current()
            for at in range(0, 12, 2):
                house.put(f"{at}.txt", f"这是第{at}篇的第{turn}版，说了一些事情。")
            worker.stdin.write(f"{chance.uniform(0.0, 0.25) if turn > 1 else 0.0}\n")
            worker.stdin.flush()
            ends.append(worker.stdout.readline())
            house.open()
            if house.store.current() == version:
                assert held(house.catalogue()) == before
            there, encoder = embedded(house), TinyEncoder()
            house.rebuild(encoder)
            assert len(encoder.seen) == embedded(house) - there
            assert held(house.catalogue()) == {
                path.name: path.read_text(encoding="utf-8") for path in house.articles.iterdir()
            }
            house.open()
        worker.stdin.close()
    assert "killed\n" in ends


def test_two_rebuilds_at_once_are_one_too_many(house: House) -> None:
    house.put("a.txt", "这是一篇，说了一些事情。")

    def again(phase: str, done: int, total: int) -> None:  # noqa: ARG001
        with pytest.raises(BusyError, match="Another rebuild is at work"):
            house.rebuild()

    assert house.rebuild(progress=again).added == 1
    assert house.rebuild().unchanged == 1


def test_a_generation_that_came_out_damaged_is_not_switched_to(
    changing: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_badly(store: Store, version: str, *others: Any) -> None:  # noqa: ANN401
        write(store, version, *others)
        (store.folder(version) / "vectors.faiss").write_bytes(b"damaged")

    with monkeypatch.context() as bad:
        bad.setattr("index.build.write", write_badly)
        with pytest.raises(MismatchError, match=r"file vectors\.faiss"):
            changing.rebuild()
    assert changing.store.current() == "000001"
    changing.open()
    assert changing.rebuild().index_version > "000001"


def test_another_model_makes_a_new_index_of_the_same_articles(house: House) -> None:
    house.put("a.txt", "这是一篇，说了一些事情。")
    house.rebuild()
    other = TinyEncoder("large@2", dim=8)
    with pytest.raises(MismatchError, match="model tiny@1, but now it is large@2"):
        house.open(other)
    report = house.rebuild(other)
    assert (report.index_version, report.unchanged, len(other.seen)) == ("000002", 1, 1)
    assert house.open(other).vectors.dim == 8


def test_the_last_three_generations_stay_and_earlier_text_is_read_through_them(
    house: House,
) -> None:
    house.put("b.txt", "这一篇从来没有变过，说了别的事情。")
    for turn in range(5):
        house.put("a.txt", f"这是第{turn}版，说了一些事情。")
        house.rebuild()
        house.open()
    assert house.store.versions() == ["000003", "000004", "000005"]
    for version, turn in [("000003", 2), ("000004", 3), ("000005", 4)]:
        assert held(house.catalogue(version))["a.txt"] == f"这是第{turn}版，说了一些事情。"
    assert held(house.catalogue("000001")) == {}


def test_a_preview_tells_what_a_rebuild_would_do_and_writes_no_index(changing: House) -> None:
    encoder = TinyEncoder()
    builder = Builder(changing.store, encoder, tiny.words())
    told = builder.preview([changing.articles])
    assert (told.added, told.changed, told.removed, told.unchanged) == (2, 1, 1, 3)
    assert (told.index_version, told.passages, encoder.seen) == ("000001", 5, [])
    assert changing.store.versions() == ["000001"]
    assert (changing.rebuild().added, told.added) == (2, 2)


def test_a_preview_of_no_store_creates_none(house: House) -> None:
    house.put("a.txt", "这是一篇，说了一些事情。")
    told = Builder(house.store, TinyEncoder(), tiny.words()).preview([house.articles])
    assert (told.index_version, told.added, told.passages) == ("", 1, 0)
    assert not house.store.root.exists()


def test_a_preview_works_where_no_rebuild_ever_ended(house: House) -> None:
    with suppress(ArticleError):
        house.rebuild()
    house.put("a.txt", "这是一篇，说了一些事情。")
    assert Builder(house.store, TinyEncoder(), tiny.words()).preview([house.articles]).added == 1


def test_the_cure_for_a_damaged_file_cures_it(house: House) -> None:
    house.put("a.txt", "这是一篇，说了一些事情。")
    house.rebuild()
    (house.store.folder("000001") / "vectors.faiss").write_bytes(b"damaged")
    with pytest.raises(MismatchError, match=r"(?i)make a new index with: yiju rebuild FOLDER"):
        house.open()
    house.rebuild()
    house.open()


def test_the_cure_for_a_missing_library_cures_it(house: House) -> None:
    house.put("a.txt", "这是一篇，说了一些事情。")
    house.rebuild()
    for path in house.store.root.glob("library.sqlite*"):
        path.unlink()
    with pytest.raises(MismatchError, match="make a new index: yiju rebuild FOLDER"):
        house.open()
    house.rebuild()
    house.open()


def test_the_cure_for_a_missing_generation_cures_it(house: House) -> None:
    house.put("a.txt", "这是一篇，说了一些事情。")
    house.rebuild()
    house.store.discard("000001")
    with pytest.raises(MismatchError, match="yiju rebuild FOLDER --full"):
        house.rebuild()
    assert house.rebuild(full=True).unchanged == 1
    house.open()


def test_a_lost_generation_costs_no_articles_of_other_folders(house: House, tmp_path: Path) -> None:
    house.put("a.txt", "这是一篇，说了一些事情。")
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.txt").write_text("这是别处的一篇。", encoding="utf-8")
    builder = Builder(house.store, TinyEncoder(), tiny.words())
    builder.rebuild([house.articles, other])
    house.store.discard("000001")
    report = builder.rebuild([house.articles], full=True)
    assert (report.unchanged, report.removed) == (2, 0)
    assert sorted(held(house.catalogue())) == ["a.txt", "b.txt"]


def test_a_damaged_library_is_told_plainly(house: House) -> None:
    house.put("a.txt", "这是一篇，说了一些事情。")
    house.rebuild()
    house.store.library.write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="can't be used: file is not a database"):
        house.rebuild()
