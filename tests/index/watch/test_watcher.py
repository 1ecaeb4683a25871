"""A watcher rebuilds at the start, and once whenever files have changed and come to rest."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.store.store import Store
from index.watch.rebuild_command import RebuildOutcome
from index.watch.settling import Patience
from index.watch.watcher import Watched, Watcher
from tests.conftest import until

QUICK = Patience(settle=0.3, longest=60, again=60, idle=0.2)
Contents = dict[str, str]


@dataclass
class Rebuilds:
    """Rebuilds that a watcher asked for: what the files held, and whether pages were due.

    The next ones end as `outcomes` say, and all wait while `may_end` is not set.
    """

    contents: list[Contents] = field(default_factory=list)
    with_lists: list[bool] = field(default_factory=list)
    outcomes: list[RebuildOutcome] = field(default_factory=list)
    may_end: threading.Event = field(default_factory=threading.Event)

    def __call__(
        self, watched: Watched, with_lists: bool, is_stopping: Callable[[], bool]
    ) -> RebuildOutcome:
        """Read all files, as a rebuild does."""
        files = [path for folder in watched.paths for path in folder.rglob("*.txt")]
        self.contents.append({path.name: path.read_text(encoding="utf-8") for path in files})
        self.with_lists.append(with_lists)
        until(lambda: self.may_end.is_set() or is_stopping())
        return self.outcomes.pop(0) if self.outcomes else RebuildOutcome(("Index 000001",))


@dataclass
class Watching:
    """A folder that is being watched, with its rebuilds and what was told of them."""

    folder: Path
    store: Store
    rebuilds: Rebuilds
    told: list[str]
    watcher: Watcher

    def put(self, name: str, text: str = "甲") -> None:
        """Write a file."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def comes_to(self, count: int, **contents: str) -> None:
        """Wait until so many rebuilds were made and told, the last of these files."""
        until(lambda: len(self.rebuilds.contents) >= count)
        assert len(self.rebuilds.contents) == count
        expected = {f"{name}.txt": text for name, text in contents.items()}
        assert self.rebuilds.contents[-1] == expected

    def stays_at(self, count: int) -> None:
        """Make a change that is noticed after all before it; assert that it is taken up alone."""
        self.put("last.txt")
        until(lambda: "last.txt" in self.rebuilds.contents[-1])
        assert len(self.rebuilds.contents) == count + 1


@contextmanager
def watching(
    root: Path,
    patience: Patience = QUICK,
    *,
    outcomes: Sequence[RebuildOutcome] = (),
    lists: Sequence[Path] = (),
    store: Path | None = None,
) -> Iterator[Watching]:
    """Watch a folder with one article in a thread, for the length of a block."""
    folder, told = root / "articles", list[str]()
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text("甲", encoding="utf-8")
    rebuilds = Rebuilds(outcomes=list(outcomes))
    rebuilds.may_end.set()
    watched = Watched(Store(store or root / "store"), (folder,), tuple(lists))
    watcher = Watcher(watched, rebuilds, told.append, patience)
    thread = threading.Thread(target=watcher.run)
    thread.start()
    try:
        until(lambda: rebuilds.contents)
        yield Watching(folder, watched.store, rebuilds, told, watcher)
    finally:
        watcher.stop()
        thread.join()


def test_it_rebuilds_at_the_start_and_after_each_change(tmp_path: Path) -> None:
    with watching(tmp_path) as watched:
        watched.comes_to(1, a="甲")
        watched.put("b.txt", "乙")
        watched.comes_to(2, a="甲", b="乙")
        watched.put("new.tmp", "丙")
        (watched.folder / "new.tmp").replace(watched.folder / "a.txt")  # as editors save
        watched.comes_to(3, a="丙", b="乙")
        (watched.folder / "b.txt").unlink()
        watched.comes_to(4, a="丙")
        (watched.folder / "a.txt").rename(watched.folder / "c.txt")
        watched.comes_to(5, c="丙")
        assert len(watched.told) == 5


def test_many_files_that_come_one_after_the_other_are_one_rebuild(tmp_path: Path) -> None:
    with watching(tmp_path, Patience(settle=3, idle=0.2)) as watched:
        for number in range(3000):
            watched.put(f"{number}.txt", "乙")
        until(lambda: len(watched.rebuilds.contents) == 2)
        assert len(watched.rebuilds.contents[-1]) == 3001
        watched.stays_at(2)


def test_files_that_never_rest_are_taken_up_all_the_same(tmp_path: Path) -> None:
    with watching(tmp_path, Patience(settle=1, longest=2, idle=0.2)) as watched:
        count = 0

        def keep_writing() -> bool:
            nonlocal count
            count += 1
            watched.put("b.txt", str(count))
            return len(watched.rebuilds.contents) == 3

        until(keep_writing)
        assert "b.txt" in watched.rebuilds.contents[1]


def test_what_changes_during_a_rebuild_is_taken_up_by_the_next(tmp_path: Path) -> None:
    with watching(tmp_path) as watched:
        watched.comes_to(1, a="甲")
        watched.rebuilds.may_end.clear()
        watched.put("b.txt", "乙")
        watched.comes_to(2, a="甲", b="乙")
        watched.put("b.txt", "丙")
        watched.put("c.txt", "丁")
        watched.rebuilds.may_end.set()
        watched.comes_to(3, a="甲", b="丙", c="丁")
        watched.stays_at(3)


def test_what_is_passed_over_or_put_back_brings_no_rebuild(tmp_path: Path) -> None:
    with watching(tmp_path, store=tmp_path / "articles" / "store") as watched:
        watched.comes_to(1, a="甲")
        for name in (".hidden.txt", "~$a.docx", "a.png", "b.txt.tmp"):
            watched.put(name)
        for name in (".git", "store"):
            (watched.folder / name).mkdir()
            watched.put(f"{name}/c.json")
        (watched.folder / "d.txt").touch()
        (watched.folder / "d.txt").unlink()
        watched.stays_at(1)


def test_what_the_user_writes_in_the_store_counts_and_nothing_else_there(tmp_path: Path) -> None:
    with watching(tmp_path) as watched:
        watched.comes_to(1, a="甲")
        watched.store.create()
        watched.store.library.touch()
        for count, path in enumerate((watched.store.words, watched.store.questions), 2):
            path.write_text("火神公司 = Vulcan", encoding="utf-8")
            watched.comes_to(count, a="甲")
        watched.store.words.unlink()
        watched.comes_to(4, a="甲")
        watched.stays_at(4)


def test_pages_are_fetched_at_the_start_when_their_list_changes_and_until_it_succeeds(
    tmp_path: Path,
) -> None:
    addresses = tmp_path / "addresses.txt"
    addresses.touch()
    full = RebuildOutcome(failure="The disk is full.")
    done = RebuildOutcome(("Index 000001",))
    outcomes = [full, done, done, full, done]
    with watching(tmp_path, outcomes=outcomes, lists=[addresses]) as watched:
        for count, change in enumerate(("b.txt", "c.txt", "list", "d.txt", "e.txt"), 2):
            until(lambda count=count: len(watched.told) == count - 1)  # type: ignore[misc]
            if change == "list":
                addresses.write_text("https://example.org", encoding="utf-8")
            else:
                watched.put(change)
            until(lambda count=count: len(watched.rebuilds.contents) == count)  # type: ignore[misc]
    assert watched.rebuilds.with_lists == [True, True, False, True, True, False]


def test_a_rebuild_that_fails_is_told_once_and_tried_again_until_it_succeeds(
    tmp_path: Path,
) -> None:
    full = RebuildOutcome(failure="The disk is full.")
    patience = Patience(settle=0.1, again=0.3, idle=60)
    with watching(tmp_path, patience, outcomes=[full] * 3) as watched:
        until(lambda: len(watched.told) == 2)
        assert len(watched.rebuilds.contents) == 4
        assert "The rebuild failed: The disk is full. Tried again" in watched.told[0]
        assert watched.told[1].endswith("Index 000001")
        watched.stays_at(4)


def test_a_rebuild_that_fails_is_tried_again_as_soon_as_something_changes(tmp_path: Path) -> None:
    wrong = RebuildOutcome(failure="words.txt, line 1: this is not UTF-8.")
    Store(tmp_path / "store").create()
    with watching(tmp_path, Patience(settle=0.1, again=600), outcomes=[wrong]) as watched:
        until(lambda: watched.told)
        watched.store.words.write_text("智慧国家2025", encoding="utf-8")
        watched.comes_to(2, a="甲")


def test_a_folder_that_is_away_and_comes_again_is_watched_as_before(tmp_path: Path) -> None:
    away = tmp_path / "away"
    with watching(tmp_path) as watched:
        watched.comes_to(1, a="甲")
        watched.folder.rename(away)
        watched.comes_to(2)
        away.rename(watched.folder)
        watched.comes_to(3, a="甲")
        watched.put("b.txt", "乙")
        watched.comes_to(4, a="甲", b="乙")


@pytest.mark.parametrize("is_at_work", [True, False], ids=["at work", "waiting"])
def test_it_can_be_stopped(tmp_path: Path, is_at_work: bool) -> None:
    with watching(tmp_path, Patience(settle=0.1, idle=600)) as watched:
        until(lambda: watched.told)
        if is_at_work:
            watched.rebuilds.may_end.clear()
            watched.put("b.txt")
            until(lambda: len(watched.rebuilds.contents) == 2)
    assert len(watched.told) == 1


def test_what_goes_wrong_in_it_is_raised(tmp_path: Path) -> None:
    def fails(*_: object) -> RebuildOutcome:
        raise RuntimeError("no rebuild")

    watched = Watched(Store(tmp_path / "store"), (tmp_path,))
    with pytest.raises(RuntimeError, match="no rebuild"):
        Watcher(watched, fails, lambda _: None).run()
