"""A library that is not that of the index versions beside it: told, and nothing is lost by it.

Each test is a row of the table in `docs/reliability.md`.
"""

import shutil
import tarfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.build.builder import Builder
from index.errors import MismatchError, NoIndexError
from index.progress import silent
from index.store.backup import back_up
from index.store.retention import roll_back
from index.store.store import Store
from tests.support import small_index
from tests.support.edited_index import EditedIndex, text
from tests.support.small_index import TinyEncoder, is_awaited, search, texts_by_id

MISSING = "library.sqlite is missing"
UNKNOWN = "does not know index version"


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[EditedIndex]:
    """Build a store of six articles of files and two uploads, which is being served."""
    corpus = EditedIndex(tmp_path / "corpus")
    for at in range(6):
        corpus.put(f"{at}.txt", text(f"{at}"))
    corpus.rebuild()
    corpus.upload("up-0", "up-1")
    assert len(corpus.texts()) == 8
    yield corpus
    assert search(corpus.live.searcher(), "桥长几公里?")[0].passage.text


@pytest.mark.parametrize("content", [None, b""], ids=["away", "empty"])
def test_without_its_library_a_server_reads_on_and_changes_nothing(
    corpus: EditedIndex, tmp_path: Path, content: bytes | None
) -> None:
    texts, copy = corpus.texts(), corpus.copy_library(tmp_path / "copy")
    corpus.put_library(None)
    if content is not None:
        corpus.store.library.write_bytes(content)
    says = MISSING if content is None else "library.sqlite is empty"
    corpus.refuses_edits(says)
    assert corpus.texts() == texts
    with pytest.raises(MismatchError, match=says):
        corpus.from_nothing().searcher()
    corpus.put_library(copy)
    assert corpus.texts() == texts_by_id(corpus.from_nothing().searcher().catalogue) == texts
    corpus.upload("up-2")
    assert corpus.texts() == {**texts, "up-2": text("up-2")}


def test_a_store_that_is_away_is_not_made_anew_by_an_edit(
    corpus: EditedIndex, tmp_path: Path
) -> None:
    texts = corpus.texts()
    corpus.store.root.rename(tmp_path / "aside")
    for edit in (lambda: corpus.upload("new"), lambda: corpus.editor.remove("0.txt")):
        with pytest.raises(NoIndexError, match="There is no index in"):
            edit()
    with pytest.raises(NoIndexError, match="There is no index in"):
        corpus.live.searcher()
    assert not corpus.store.root.exists()
    (tmp_path / "aside").rename(corpus.store.root)
    assert corpus.texts() == texts
    corpus.upload("up-2")
    assert corpus.texts() == {**texts, "up-2": text("up-2")}


def test_a_new_library_in_place_of_a_lost_one_leaves_what_the_copy_needs(
    corpus: EditedIndex, tmp_path: Path
) -> None:
    texts, copy = corpus.texts(), corpus.copy_library(tmp_path / "copy")
    corpus.put_library(None)
    assert corpus.rebuild().notes[0] == (
        f"All indexes were made anew: {corpus.store.library} does not know index version 000003."
    )
    for turn in range(5):
        corpus.upload(f"later-{turn}")
    assert "up-0" not in corpus.texts()
    assert "000003" in corpus.store.versions(), "the largest that the new library does not know"
    corpus.put_library(copy)
    corpus.refuses_edits(UNKNOWN)
    report = corpus.rebuild()
    assert (report.unchanged, report.embedded) == (8, 0)
    assert corpus.texts() == texts


def test_an_older_copy_is_refused_and_a_rebuild_goes_on_from_what_it_has(
    corpus: EditedIndex, tmp_path: Path
) -> None:
    copy = corpus.copy_library(tmp_path / "copy")
    corpus.upload("up-2", "up-3", "up-4", "up-5")
    corpus.put("6.txt", text("6"))
    texts = corpus.texts()
    corpus.put_library(copy)
    corpus.refuses_edits(UNKNOWN)
    assert corpus.texts() == texts, "what was open is served on"
    with pytest.raises(MismatchError, match=UNKNOWN):
        corpus.from_nothing().searcher()
    assert corpus.preview().unchanged == 8
    report = corpus.rebuild()
    assert (report.added, report.removed, report.unchanged, report.embedded) == (1, 0, 8, 1)
    late = {"up-2", "up-3", "up-4", "up-5"}
    assert corpus.texts() == {
        **{name: told for name, told in texts.items() if name not in late},
        "6.txt": text("6"),
    }


def test_with_an_older_copy_one_can_go_back_to_a_version_that_it_knows(
    corpus: EditedIndex, tmp_path: Path
) -> None:
    texts, copy = corpus.texts(), corpus.copy_library(tmp_path / "copy")
    corpus.upload("up-2", "up-3")
    corpus.put_library(copy)
    assert roll_back(corpus.store, None) == "000003"
    assert corpus.texts() == texts
    corpus.upload("up-2")
    assert corpus.texts() == {**texts, "up-2": text("up-2")}


def test_a_newer_copy_is_read_as_of_the_current_version_and_a_rebuild_takes_all_of_it(
    corpus: EditedIndex, tmp_path: Path
) -> None:
    before = corpus.texts()
    corpus.copy_store(tmp_path / "earlier")
    corpus.upload("up-2", "up-3")
    texts, copy = corpus.texts(), corpus.copy_library(tmp_path / "copy")
    corpus.restore_store(tmp_path / "earlier")
    corpus.put_library(copy)
    assert corpus.texts() == before
    corpus.refuses_edits("has index version 000005, newer than the current 000003")
    report = corpus.rebuild()
    assert (report.unchanged, report.embedded) == (10, 0)
    assert corpus.texts() == texts


def test_another_stores_library_is_refused_though_its_versions_have_the_same_numbers(
    corpus: EditedIndex, tmp_path: Path
) -> None:
    other = EditedIndex(tmp_path / "other")
    for at in reversed(range(6)):  # the same articles, but the passages have other numbers
        other.put(f"{at}.txt", text(f"{at}"))
        other.rebuild()
    other.store.discard("000004")
    texts, copy = corpus.texts(), corpus.copy_library(tmp_path / "copy")
    other_copy = other.copy_library(tmp_path / "other copy")
    corpus.upload("up-2", "up-3", "up-4")
    assert other.store.current() == corpus.store.current() == "000006"
    late = corpus.texts()
    corpus.put_library(other_copy)
    says = "has other articles under index version 000006 than the index"
    corpus.refuses_edits(says)
    assert corpus.texts() == late
    with pytest.raises(MismatchError, match=says):
        corpus.from_nothing().searcher()
    corpus.put_library(copy)
    corpus.rebuild()
    assert corpus.texts() == texts


def test_where_no_folder_is_recorded_a_rebuild_goes_on_from_the_copy_alone(
    corpus: EditedIndex, tmp_path: Path
) -> None:
    for at in range(6):
        corpus.editor.remove(f"{at}.txt")
    shutil.rmtree(corpus.articles)
    corpus.editor.remove("up-0")
    copy = corpus.copy_library(tmp_path / "copy")
    corpus.upload("up-2", "up-3")
    corpus.put_library(copy)
    corpus.refuses_edits(UNKNOWN)
    report = Builder(corpus.store, TinyEncoder(), small_index.analyzer()).rebuild([])
    assert (report.unchanged, report.failed) == (1, [])
    assert corpus.texts() == {"up-1": text("up-1")}


def test_a_backup_unpacked_over_a_later_store_is_what_it_was(
    corpus: EditedIndex, tmp_path: Path
) -> None:
    texts = corpus.texts()
    back_up(corpus.store, tmp_path / "copy.tar", silent)
    corpus.upload("up-2", "up-3")
    corpus.put_library(None)
    with tarfile.open(tmp_path / "copy.tar") as tar:
        tar.extractall(corpus.store.root, filter="data")
    assert corpus.texts() == texts
    corpus.upload("up-4")
    assert corpus.texts() == {**texts, "up-4": text("up-4")}


def test_half_restored_without_the_index_versions_a_rebuild_makes_them_anew(
    corpus: EditedIndex,
) -> None:
    texts = corpus.texts()
    for version in corpus.store.versions():
        corpus.store.discard(version)
    corpus.refuses_edits("names index version “000003”, which")
    report = corpus.rebuild(full=True)
    assert (report.unchanged, report.embedded) == (8, 0)
    assert corpus.texts() == texts


def test_half_restored_without_its_pointer_a_rebuild_or_going_back_sets_it(
    corpus: EditedIndex,
) -> None:
    texts = corpus.texts()
    pointer = corpus.store.root / "CURRENT"
    pointer.unlink()
    corpus.refuses_edits("CURRENT is missing")
    assert roll_back(corpus.store, None) == "000003"
    pointer.unlink()
    assert corpus.rebuild().unchanged == 8
    assert corpus.texts() == texts


def test_an_article_that_is_not_there_is_deleted_without_a_new_version(
    corpus: EditedIndex,
) -> None:
    before = corpus.kept()
    assert not corpus.editor.remove("of nobody")
    assert corpus.kept() == before


def test_a_store_of_an_earlier_yiju_takes_edits_at_once(corpus: EditedIndex) -> None:
    path = corpus.store.folder("000003") / "manifest.json"
    told = path.read_text(encoding="utf-8")
    path.write_text("".join(line for line in told.splitlines(True) if '"library"' not in line))
    corpus.upload("up-2")
    assert "up-2" in corpus.texts()


def test_a_new_library_is_made_by_a_rebuild_alone(tmp_path: Path) -> None:
    corpus = EditedIndex(tmp_path)
    with pytest.raises(NoIndexError, match="yiju rebuild FOLDER"):
        corpus.upload("new")
    assert not corpus.store.root.exists()
    assert Store(corpus.store.root).versions() == []


def test_a_rebuild_of_the_recorded_folders_makes_no_library_in_place_of_a_lost_one(
    corpus: EditedIndex, tmp_path: Path
) -> None:
    builder = Builder(corpus.store, TinyEncoder(), small_index.analyzer())
    texts, aside = corpus.texts(), tmp_path / "aside"
    with ThreadPoolExecutor(1) as pool:
        with corpus.store.edit_lock(wait=0):
            waiting = pool.submit(builder.rebuild, [])
            while not is_awaited(corpus.store.root):
                assert not waiting.done()
                time.sleep(0.01)
            corpus.store.library.rename(aside)
        with pytest.raises(MismatchError, match=MISSING):
            waiting.result()
    assert not corpus.store.library.exists()
    corpus.store.library.touch()
    with pytest.raises(MismatchError, match="is empty"):
        builder.rebuild([])
    aside.replace(corpus.store.library)
    assert builder.rebuild([]).unchanged == 8
    assert corpus.texts() == texts
