"""A small index that is edited and served in this process, and whose library is exchanged."""

import shutil
import tarfile
from pathlib import Path

import pytest

from index.article import Article
from index.build.builder import Builder
from index.build.edits import Editor, Upload
from index.errors import StoreError
from index.progress import silent
from index.search.live import LiveIndex
from index.store.backup import back_up
from tests.support import small_index
from tests.support.article_folder import bytes_of
from tests.support.small_index import SmallIndex, TinyEncoder, models, texts_by_id


def text(name: str) -> str:
    """Return the text of the article of this name."""
    return f"{name}号桥长{len(name)}公里，有一些车。"


class EditedIndex(SmallIndex):
    """A small index that is also edited and served, as a server does it."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.editor = Editor(Builder(self.store, TinyEncoder(), small_index.analyzer()))
        self.live = LiveIndex(self.store, models(), small_index.analyzer(), pause=0)

    def upload(self, *names: str) -> None:
        """Upload an article for each name, each in an edit of its own."""
        for name in names:
            self.editor.add(Upload([Article(name, "", text(name))], []))

    def texts(self) -> dict[str, str]:
        """Return the texts of all articles that are served."""
        return texts_by_id(self.live.searcher().catalogue)

    def from_nothing(self) -> LiveIndex:
        """Return what a server serves that starts now."""
        return LiveIndex(self.store, models(), small_index.analyzer())

    def copy_library(self, copy: Path) -> Path:
        """Copy the library by means of SQLite, so that its log is in it."""
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        back_up(self.store, copy / "copy.tar", silent)
        with tarfile.open(copy / "copy.tar") as tar:
            tar.extractall(copy, filter="data")
        return copy / "library.sqlite"

    def put_library(self, copy: Path | None) -> None:
        """Put a copy in the library's place, or take it away, as the documentation says."""
        for path in self.store.root.glob("library.sqlite*"):
            path.unlink()
        if copy is not None:
            shutil.copy(copy, self.store.library)

    def refuses_edits(self, match: str) -> None:
        """Assert that every edit is refused, and leaves the versions and the library alone."""
        before = self.kept()
        for edit in (
            lambda: self.upload("new"),
            lambda: self.editor.remove("0.txt"),
            lambda: self.editor.remove("up-0"),
            lambda: self.editor.remove("of nobody"),
        ):
            with pytest.raises(StoreError, match=match):
                edit()
        assert self.kept() == before

    def kept(self) -> dict[str, bytes]:
        """Return the bytes of all that a store consists of, but for locks and logs."""
        left_out = (".lock", "-wal", "-shm")
        return {
            name: data
            for name, data in bytes_of(self.store.root).items()
            if not name.endswith(left_out)
        }
