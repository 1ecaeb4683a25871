"""`yiju watch`, run as a user runs it, while files, disks and other rebuilds do as they please."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.crash.oracle import children, leftovers, living, seconds_until_free
from bench.processes import yiju_command
from tests.conftest import ROOT, run_yiju, until
from tests.support.command_line_index import CommandLineIndex, fill_up, mounted

STOPPED = "Stopped; nothing is lost. Run the command again to go on."
AGAIN = "Tried again at the next change, or in 60 s."


class Watch:
    """A watcher that runs, and what it has told so far."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process, self._log, self._read = process, log, 0

    @property
    def lines(self) -> list[str]:
        """The lines it has told, without the times at their beginning."""
        lines = self._log.read_text(encoding="utf-8").splitlines()
        return [line[20:] if line[:2] == "20" else line for line in lines]

    def comes_to_tell(self, *parts: str) -> None:
        """Wait until the next line with the first part is told; assert that it has all."""
        until(lambda: any(parts[0] in line for line in self.lines[self._read :]))
        self._read += next(
            at for at, line in enumerate(self.lines[self._read :], 1) if parts[0] in line
        )
        line = self.lines[self._read - 1]
        assert all(part in line for part in parts), line

    def ends(self, number: signal.Signals) -> None:
        """Have it end; assert that it says so, and that none of its processes is left."""
        self.process.send_signal(number)
        assert self.process.wait(60) == 128 + number
        assert self.lines[-1] == STOPPED
        until(lambda: not living(self.process.pid))


@contextmanager
def watching(
    corpus: CommandLineIndex, *paths: Path, settle: float = 0.3, **environment: str
) -> Iterator[Watch]:
    """Watch paths, or the articles, for the length of a block."""
    log = corpus.articles.parent / "watch.log"
    options = ["--store", corpus.store, "--settle", settle]
    with (
        log.open("wb") as output,
        subprocess.Popen(
            yiju_command("watch", *(paths or [corpus.articles]), *options),
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={**os.environ, **environment},
            start_new_session=True,
        ) as process,
    ):
        try:
            yield Watch(process, log)
        finally:
            process.kill()


@pytest.fixture
def corpus(tmp_path: Path) -> CommandLineIndex:
    """Return a folder with one article."""
    corpus = CommandLineIndex(tmp_path)
    corpus.put_station(3)
    return corpus


def test_the_index_follows_files_that_come_change_fail_and_go(corpus: CommandLineIndex) -> None:
    with watching(corpus) as watch:
        watch.comes_to_tell("Index 000001", "1 added, 0 changed, 0 removed")
        assert watch.lines[0] == f"Watching {corpus.articles}. End it with Ctrl-C."
        for number in range(10, 60):
            corpus.put_station(number)
        watch.comes_to_tell("Index 000002", "50 added, 0 changed, 0 removed")
        corpus.put("empty.txt", "")
        watch.comes_to_tell("1 failed")
        assert watch.lines[-1] == f"  failed: {corpus.articles / 'empty.txt'}: is empty."
        corpus.put(".new", "第3站\n\n第3站建于1990年。")
        (corpus.articles / ".new").replace(corpus.articles / "3.txt")
        watch.comes_to_tell("Index 000003", "1 changed", "1 failed")
        assert watch.lines[-1].startswith("Index 000003"), "what failed before is not told again"
        for number in range(10, 60):
            (corpus.articles / f"{number}.txt").unlink()
        watch.comes_to_tell("Index 000004", "50 removed")
        watch.ends(signal.SIGTERM)
    assert corpus.status()["articles"] == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_in_a_rebuild_it_ends_it_and_nothing_is_lost(
    corpus: CommandLineIndex, number: signal.Signals
) -> None:
    for station in range(60):
        corpus.put_station(station, sentences=900)
    with watching(corpus) as watch:
        until(lambda: corpus.is_at_work)
        watch.ends(number)
    assert seconds_until_free(corpus.store) is not None
    assert corpus.rebuild()["added"] == 60
    assert leftovers(corpus.store) == []


def test_told_to_stop_while_it_begins_it_ends_as_well(corpus: CommandLineIndex) -> None:
    with watching(corpus) as watch:
        until(lambda: watch.lines)
        watch.ends(signal.SIGTERM)


def test_killed_in_a_rebuild_it_leaves_a_rebuild_that_ends_by_itself(
    corpus: CommandLineIndex,
) -> None:
    for station in range(60):
        corpus.put_station(station, sentences=300)
    with watching(corpus) as watch:
        until(lambda: corpus.is_at_work)
        watch.process.kill()
        watch.process.wait()
    with watching(corpus) as watch:  # waits for the other one
        watch.comes_to_tell("Index 00000", "60 unchanged")
    assert leftovers(corpus.store) == []


def test_a_killed_rebuild_is_told_and_made_again(corpus: CommandLineIndex) -> None:
    for station in range(60):
        corpus.put_station(station, sentences=900)
    with watching(corpus) as watch:
        until(lambda: corpus.is_at_work)
        [rebuild] = children_of(watch)
        os.kill(rebuild, signal.SIGKILL)
        watch.comes_to_tell("The rebuild failed: It was ended from outside (SIGKILL)", AGAIN)
        corpus.put_station(100)
        watch.comes_to_tell("Index 000001", "61 added")


def children_of(watch: Watch) -> list[int]:
    """Return the processes that a watcher's threads have started."""
    tasks = Path(f"/proc/{watch.process.pid}/task").iterdir()
    paths = (task / "children" for task in tasks)
    return [int(child) for path in paths for child in path.read_text(encoding="ascii").split()]


def test_a_malformed_vocabulary_is_told_and_its_repair_is_noticed(corpus: CommandLineIndex) -> None:
    words = corpus.store / "words.txt"
    with watching(corpus) as watch:
        watch.comes_to_tell("Index 000001")
        words.write_bytes(b"\xff")
        wrong = f"{words}, line 1: this is not UTF-8. Save the file as UTF-8."
        watch.comes_to_tell(f"The rebuild failed: {wrong} {AGAIN}")
        words.write_text("火神公司 = Vulcan", encoding="utf-8")
        watch.comes_to_tell("Index 000002", "1 unchanged")


def test_a_full_disk_is_told_and_survived(corpus: CommandLineIndex, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    full = CommandLineIndex(tmp_path, disk / "store")
    with mounted(disk, "size=20m"), watching(full) as watch:
        watch.comes_to_tell("Index 000001")
        fill_up(disk / "free")
        corpus.put_station(4)
        watch.comes_to_tell("The rebuild failed: ", "Make room on the disk")
        (disk / "free").unlink()
        corpus.put_station(5)
        watch.comes_to_tell("Index 00000", "2 added")
        watch.ends(signal.SIGINT)


def test_a_disk_that_is_unmounted_keeps_its_articles(
    corpus: CommandLineIndex, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with watching(corpus, corpus.articles, disk) as watch:
        watch.comes_to_tell("Index 000001", "1 added")
        with mounted(disk):
            (disk / "4.txt").write_text("第4站\n\n第4站建于1990年。", encoding="utf-8")
            watch.comes_to_tell("Index 000002", "1 added")
        corpus.put_station(5)
        watch.comes_to_tell(f"  failed: {disk}: is gone or empty; its articles stay.")
        until(lambda: corpus.status()["articles"] == 3)
        disk.rmdir()
        corpus.put_station(6)
        watch.comes_to_tell("1 added, 0 changed, 0 removed")
    assert corpus.status()["articles"] == 4


def test_a_rebuild_of_another_folder_is_waited_for(
    corpus: CommandLineIndex, tmp_path: Path
) -> None:
    other = CommandLineIndex(tmp_path / "other", corpus.store)
    for station in range(10, 40):
        other.put_station(station, sentences=100)
    with other.start() as rebuild:
        until((corpus.store / "rebuild.lock").exists)
        rebuild.send_signal(signal.SIGSTOP)
        with watching(corpus) as watch:
            until(lambda: children_of(watch))
            rebuild.send_signal(signal.SIGCONT)
            watch.comes_to_tell("Index 000002", "1 added")
    assert corpus.status()["articles"] == 31


def test_it_needs_a_path_and_a_setting_that_fits() -> None:
    assert run_yiju("watch").returncode == 2
    assert run_yiju("watch", ROOT, "--settle", "-1").returncode == 2
    done = run_yiju("watch", ROOT, YIJU_THRESHOLD="very")
    assert (done.returncode, "YIJU_THRESHOLD" in done.stderr) == (1, True)


def test_a_path_that_is_not_there_yet_is_told_and_taken_up_when_it_comes(
    corpus: CommandLineIndex, tmp_path: Path
) -> None:
    away = tmp_path / "away"
    corpus.articles.rename(away)
    with watching(corpus) as watch:
        watch.comes_to_tell("The rebuild failed: No article found in", "does not exist", AGAIN)
        away.rename(corpus.articles)
        watch.comes_to_tell("Index 000001", "1 added")
        watch.ends(signal.SIGINT)
    assert children(watch.process.pid) == []
