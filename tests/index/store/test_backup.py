"""A copy of a store, taken while others write, is a store that answers the same."""

import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing, suppress
from pathlib import Path

import pytest

from index.errors import NoIndexError, StoreError, UsageError
from index.library.version import Version
from index.progress import silent
from index.search.generation import Generation
from index.search.searcher import Searcher
from index.store.backup import back_up
from index.store.store import Store
from tests.conftest import ROOT
from tests.support import small_index
from tests.support.article_folder import bytes_of
from tests.support.small_index import SmallIndex, TinyEncoder, models, search, texts_by_id

QUESTION = "甲国投资了多少?"
KILLED_AT_ITS_WORK = """
import os, signal, sys
from pathlib import Path
import index.store.backup as backup
from index.store.store import Store
from index.library.version import Version

def die(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[3] == "at its end":
    backup.sync = die
progress = die if sys.argv[3] == "copying" else print
backup.back_up(Store(Path(sys.argv[1])), Path(sys.argv[2]), progress)
"""
REBUILDING = """
import sys
from pathlib import Path
from tests.support.small_index import SmallIndex

corpus = SmallIndex(Path(sys.argv[1]))
for turn in range(1000):
    corpus.put("turn.txt", f"这是第{turn}版，甲国投资了{turn}亿元。")
    corpus.rebuild()
    print(turn, flush=True)
"""


@pytest.fixture
def built(corpus: SmallIndex) -> SmallIndex:
    corpus.put("a.txt", "甲国在2016年投资了100万美元。乙国没有投资。")
    corpus.put("b.txt", "丙国的城市很智慧，大家都这样说。" * 300)
    corpus.store.root.mkdir()
    corpus.store.words.write_text("智慧国家 = Smart Nation\n", encoding="utf-8")
    corpus.rebuild()
    corpus.put("c.txt", "丁国在2017年投资了300万美元。")
    corpus.rebuild()
    corpus.store.questions.write_text("", encoding="utf-8")
    return corpus


def restored(file: Path, folder: Path) -> Store:
    """Unpack a backup into an empty folder and return the store."""
    folder.mkdir()
    with tarfile.open(file) as tar:
        tar.extractall(folder, filter="data")
    return Store(folder)


def opened(store: Store) -> Searcher:
    generation = Generation.open(store, store.current(), TinyEncoder(), small_index.analyzer())
    return Searcher(generation, models())


def test_a_copy_that_is_unpacked_answers_the_same(built: SmallIndex, tmp_path: Path) -> None:
    assert back_up(built.store, tmp_path / "copy.tar", silent) == "000002"
    store = restored(tmp_path / "copy.tar", tmp_path / "restored")
    assert search(opened(store), QUESTION, 99) == search(built.searcher(), QUESTION, 99)
    assert texts_by_id(opened(store).catalogue) == texts_by_id(built.catalogue())
    generation = bytes_of(built.store.folder("000002"))
    copied = bytes_of(store.root)
    assert {name: data for name, data in copied.items() if not name.endswith(".lock")} == {
        **{
            f"generations/000002/{name}": data
            for name, data in generation.items()
            if not name.endswith(".lock")
        },
        **{
            name: (built.store.root / name).read_bytes()
            for name in ("words.txt", "questions.jsonl")
        },
        "CURRENT": b"000002\n",
        "library.sqlite": (store.root / "library.sqlite").read_bytes(),
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.tar", "corpus", "restored"]


def test_a_copy_is_rebuilt_where_it_is(built: SmallIndex, tmp_path: Path) -> None:
    back_up(built.store, tmp_path / "copy.tar", silent)
    built.store = restored(tmp_path / "copy.tar", tmp_path / "restored")
    built.put("d.txt", "戊国在2018年投资了500万美元。")
    report = built.rebuild()
    assert (report.index_version, report.added, report.unchanged, report.embedded) == (
        *("000003", 1, 3, 1),
    )
    assert roll(built) == ["000002", "000003"]


def roll(corpus: SmallIndex) -> list[Version]:
    """Open every generation and return their versions."""
    for version in corpus.store.versions():
        Generation.open(corpus.store, version, TinyEncoder(), small_index.analyzer()).close()
    return corpus.store.versions()


def test_a_copy_taken_while_another_process_rebuilds_is_whole(
    built: SmallIndex, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", REBUILDING, str(built.articles.parent)]
    taken = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as rebuilding:
        assert rebuilding.stdout is not None
        try:
            for turn in range(8):
                rebuilding.stdout.readline()
                file = tmp_path / f"{turn}.tar"
                with suppress(StoreError):  # three rebuilds may be faster
                    taken.append((file, back_up(built.store, file, silent)))
        finally:
            rebuilding.kill()
    assert len(taken) > 2
    for file, version in taken:
        store = restored(file, file.with_suffix(""))
        searcher = opened(store)
        assert (store.versions(), searcher.manifest.version) == ([version], version)
        articles = {hit.passage.article_id for hit in search(searcher, QUESTION, 99)}
        assert articles == {"a.txt", "b.txt", "c.txt", "turn.txt"}
        with closing(sqlite3.connect(store.library)) as library:
            assert library.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_generation_that_is_taken_away_meanwhile_is_told(
    built: SmallIndex, tmp_path: Path
) -> None:
    def rebuilds(phase: str, done: int, total: int) -> None:  # noqa: ARG001
        for turn in range(3):
            built.put("a.txt", f"这是第{turn}版，说了一些事情。")
            built.rebuild()

    with pytest.raises(StoreError) as error:
        back_up(built.store, tmp_path / "copy.tar", rebuilds)
    assert str(error.value) == (
        "Rebuilds took index version 000002 away while it was copied; try again."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_an_existing_file_is_never_overwritten(built: SmallIndex, tmp_path: Path) -> None:
    file = tmp_path / "copy.tar"
    file.write_bytes(b"mine")
    with pytest.raises(UsageError) as refused:
        back_up(built.store, file, silent)
    assert str(refused.value) == (f"{file} exists already; choose another name, or move it away.")
    assert file.read_bytes() == b"mine"
    with pytest.raises(UsageError) as refused:
        back_up(built.store, tmp_path / "no" / "copy.tar", silent)
    assert str(refused.value) == f"The folder {tmp_path / 'no'} does not exist."


def test_of_no_index_there_is_no_copy(corpus: SmallIndex, tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="There is no index"):
        back_up(corpus.store, tmp_path / "copy.tar", silent)
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


@pytest.mark.parametrize("moment", ["copying", "at its end"])
def test_killed_it_leaves_no_file_and_the_next_one_is_whole(
    built: SmallIndex, tmp_path: Path, moment: str
) -> None:
    file = tmp_path / "copy.tar"
    command = [sys.executable, "-c", KILLED_AT_ITS_WORK, str(built.store.root), str(file), moment]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert not file.exists()
    assert back_up(built.store, file, silent) == "000002"
    assert search(opened(restored(file, tmp_path / "restored")), QUESTION)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(built: SmallIndex, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(PermissionError):
        back_up(built.store, tmp_path / "locked" / "copy.tar", silent)
