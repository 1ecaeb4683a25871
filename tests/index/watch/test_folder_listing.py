"""Two listings differ exactly when something has changed that a rebuild looks at."""

import os
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.sources.files import PICTURES, SUFFIXES, find_files
from index.watch.folder_listing import Listing, listing_of

NAMES = st.text(alphabet=list("a.~$文"), min_size=1, max_size=4).filter(
    lambda name: name not in (".", "..")
)
FILES = st.tuples(st.lists(NAMES, max_size=2), NAMES, st.sampled_from([".txt", ".rar", ".png", ""]))


@given(st.lists(FILES, max_size=8), st.sampled_from([SUFFIXES, SUFFIXES | PICTURES]))
def test_it_holds_the_files_that_a_rebuild_reads_or_tells_of(
    tmp_path_factory: pytest.TempPathFactory,
    files: list[tuple[list[str], str, str]],
    kinds: Collection[str],
) -> None:
    folder = tmp_path_factory.mktemp("folder")
    for folders, stem, suffix in files:
        path = folder.joinpath(*folders, stem + suffix)
        if not any(part.is_file() for part in (path, *path.parents)) and not path.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    found, failed = find_files([folder], wanted=lambda path: path.suffix in kinds)
    places = {str(file.path) for file in found} | {failure.where for failure in failed}
    assert set(listing_of([folder], folder / "store", kinds)) == places


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with an article, a hidden file, one of Word's and a picture, and a store."""
    folder = tmp_path / "articles"
    for name in ("a.txt", "二/b.txt", ".c.txt", ".git/d.txt", "~$e.docx", "f.png", "store/CURRENT"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    (folder / "store" / "manifest.json").touch()
    return folder


def seen(folder: Path) -> Listing:
    """Look at a folder, a file beside it, and what is not there."""
    paths = [folder, folder.with_name("words.txt"), folder.with_name("gone")]
    return listing_of(paths, folder / "store")


def replace(path: Path) -> None:
    """Save as editors do, by renaming another file, of the same size and times."""
    new = path.with_name("new.tmp")
    new.write_bytes(path.read_bytes()[::-1])
    times = path.stat()
    os.utime(new, ns=(times.st_atime_ns, times.st_mtime_ns))
    new.replace(path)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file is added": lambda folder: (folder / "g.md").touch(),
    "a file of a kind that is told is added": lambda folder: (folder / "g.doc").touch(),
    "a file is changed": lambda folder: (folder / "a.txt").write_text("乙", encoding="utf-8"),
    "a file is saved by rename": lambda folder: replace(folder / "a.txt"),
    "a file is renamed": lambda folder: (folder / "a.txt").rename(folder / "b.txt"),
    "a file is deleted": lambda folder: (folder / "a.txt").unlink(),
    "a folder is renamed": lambda folder: (folder / "二").rename(folder / "三"),
    "a folder is moved away": lambda folder: (folder / "二").rename(folder.parent / "三"),
    "the whole folder is moved away": lambda folder: folder.rename(folder.parent / "三"),
    "a file may be read by others": lambda folder: (folder / "a.txt").chmod(0o604),
    "a file comes that was not there": lambda folder: folder.with_name("words.txt").touch(),
    "a folder comes that was not there": lambda folder: folder.with_name("gone").mkdir(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_it_is_another_one_after(folder: Path, change: Callable[[Path], object]) -> None:
    before = seen(folder)
    assert seen(folder) == before
    change(folder)
    assert seen(folder) != before


PASSED_OVER: dict[str, Callable[[Path], object]] = {
    "a file is read": lambda folder: (folder / "a.txt").read_bytes(),
    "a hidden file is changed": lambda folder: (folder / ".c.txt").unlink(),
    "a file in a hidden folder is changed": lambda folder: (folder / ".git" / "e.txt").touch(),
    "Word opens a document": lambda folder: (folder / "~$a.docx").touch(),
    "a picture is added": lambda folder: (folder / "g.png").touch(),
    "a folder is added": lambda folder: (folder / "四").mkdir(),
    "the store in it is written": lambda folder: (folder / "store" / "a.json").touch(),
}


@pytest.mark.parametrize("change", PASSED_OVER.values(), ids=PASSED_OVER.keys())
def test_it_is_the_same_after(folder: Path, change: Callable[[Path], object]) -> None:
    before = seen(folder)
    change(folder)
    assert seen(folder) == before


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "root").symlink_to("/")
    (tmp_path / "elsewhere").mkdir()
    (folder / "other").symlink_to(tmp_path / "elsewhere")
    before = seen(folder)
    assert len(before) == 4
    (tmp_path / "elsewhere" / "x.txt").touch()
    assert seen(folder) == before


def test_a_folder_that_is_reached_by_a_link_is_looked_at(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    assert set(listing_of([link], link / "store")) == {
        str(link / "a.txt"),
        str(link / "二" / "b.txt"),
    }
