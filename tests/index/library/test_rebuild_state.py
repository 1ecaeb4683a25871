"""What later rebuilds are told: lists with their rules, and what is known of their pages."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.library.library_file import LibraryFile
from index.library.rebuild_state import FeedNote, ListRules, PageNote, Root, WebNotes
from tests.support.old_stores import dumped, make_version_2
from tests.support.small_index import SmallIndex, texts_by_id

PAGE = PageNote("http://a.test/", "ab", "http://a.test/1", '"1"', "", "", "", "2024-05-01")
FEED = FeedNote("http://a.test/feed", "http://a.test/feed", "", "Wed", "{}")


def nothing_below(_: Path) -> bool:
    return False


@pytest.fixture
def library(tmp_path: Path) -> Iterator[LibraryFile]:
    with closing(LibraryFile(tmp_path / "library.sqlite", create=True)) as opened:
        yield opened


def test_paths_come_back_with_their_rules(library: LibraryFile, tmp_path: Path) -> None:
    listed, folder = tmp_path / "pages.txt", tmp_path / "articles"
    listed.touch()
    folder.mkdir()
    roots = [Root(folder), Root(listed, ListRules(7, 1.5, True))]
    library.state.record(roots, nothing_below)
    assert library.state.roots() == roots
    library.state.record([Root(listed, ListRules())], nothing_below)
    assert library.state.roots() == [Root(folder), Root(listed, ListRules())]
    library.state.record([Root(listed)], nothing_below)
    assert library.state.roots() == [Root(folder), Root(listed)]


def test_a_list_that_an_earlier_yiju_noted_has_the_usual_rules(library: LibraryFile) -> None:
    with library.transaction():
        library.db.execute("INSERT INTO roots VALUES ('/pages.txt', 'urls')")
    assert library.state.roots() == [Root(Path("/pages.txt"), ListRules())]


def test_notes_of_a_list_replace_those_before_and_leave_other_lists(library: LibraryFile) -> None:
    other = WebNotes({PAGE.address: replace(PAGE, etag='"2"')})
    library.state.note_web({"/a": WebNotes({PAGE.address: PAGE}, {FEED.address: FEED})})
    library.state.note_web({"/b": other})
    notes = library.state.scan_notes().web
    assert notes == {"/a": WebNotes({PAGE.address: PAGE}, {FEED.address: FEED}), "/b": other}
    library.state.note_web({"/a": WebNotes({}, {FEED.address: FEED})})
    assert library.state.scan_notes().web == {"/a": WebNotes({}, {FEED.address: FEED}), "/b": other}


def test_a_list_that_is_gone_is_forgotten_with_its_notes(
    library: LibraryFile, tmp_path: Path
) -> None:
    listed = tmp_path / "pages.txt"
    listed.touch()
    library.state.note_web({str(listed): WebNotes({PAGE.address: PAGE}, {FEED.address: FEED})})
    library.state.record([Root(listed, ListRules(7))], nothing_below)
    listed.unlink()
    library.state.record([], nothing_below)
    assert (library.state.roots(), library.state.scan_notes().web) == ([], {})
    assert library.db.rows("SELECT * FROM list_rules") == []


def test_a_store_of_version_2_is_read_as_it_is_and_goes_on_with_a_rebuild(
    corpus: SmallIndex,
) -> None:
    texts = {"a.txt": "甲国在2016年投资了100万美元。", "b.txt": "丙国的城市很智慧，大家都这样说。"}
    for name, text in texts.items():
        corpus.put(name, text)
    corpus.rebuild()
    make_version_2(corpus.store.library)
    before = dumped(corpus.store.library)
    assert texts_by_id(corpus.catalogue()) == texts
    assert corpus.preview().unchanged == len(texts)
    assert dumped(corpus.store.library) == before
    report = corpus.rebuild()
    assert (report.index_version, report.unchanged) == ("000001", len(texts))
    after = dumped(corpus.store.library)
    assert after[0] == "version 4"
    kept = {line for line in before[1:] if "entries" not in line and "generations" not in line}
    assert kept <= set(after)
