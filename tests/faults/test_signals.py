"""However a rebuild ends, it says so in a sentence, and the next one goes on from there."""

import json
import os
import signal
from functools import partial
from pathlib import Path

import pytest

from bench.crash.oracle import children, leftovers, seconds_until_free, wait_for_orphans
from tests.conftest import until
from tests.support.command_line_index import CommandLineIndex

STOPPED = "Stopped; nothing is lost. Run the command again to go on.\n"
BUSY = "Another rebuild is at work in {}. Wait until it has ended."


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> CommandLineIndex:
    """Write articles that take several seconds and processes to rebuild."""
    corpus = CommandLineIndex(tmp_path_factory.mktemp("long"))
    for number in range(60):
        corpus.put_station(number, sentences=900)
    return corpus


@pytest.fixture
def fresh(corpus: CommandLineIndex, tmp_path: Path) -> CommandLineIndex:
    """Return the same articles with a store of their own."""
    return CommandLineIndex(corpus.articles.parent, tmp_path / "store")


def maps(process: int, library: str) -> bool:
    """Return whether a process has loaded a native library."""
    return library in Path(f"/proc/{process}/maps").read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("group", [True, False], ids=["all processes", "the first alone"])
def test_told_to_stop_at_work_it_says_so_and_leaves_no_process(
    fresh: CommandLineIndex, number: signal.Signals, group: bool
) -> None:
    with fresh.start() as rebuild:
        until(lambda: fresh.is_at_work and len(children(rebuild.pid)) == 2)
        (os.killpg if group else os.kill)(rebuild.pid, number)
        output = rebuild.communicate()
    assert (rebuild.returncode, *output) == (128 + number, "", STOPPED)
    assert wait_for_orphans(rebuild.pid) == []
    assert seconds_until_free(fresh.store) is not None
    report = fresh.rebuild()
    assert (report["added"], leftovers(fresh.store)) == (60, [])


def test_told_to_stop_while_it_is_loading_it_says_the_same(fresh: CommandLineIndex) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        with fresh.start() as rebuild:
            until(partial(maps, rebuild.pid, "pydantic_core"))
            rebuild.send_signal(number)
            output = rebuild.communicate()
        assert (rebuild.returncode, *output) == (128 + number, "", STOPPED)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_started_with_a_signal_ignored_as_in_the_background_of_a_shell_it_hears_it_all_the_same(
    fresh: CommandLineIndex, number: signal.Signals
) -> None:
    former = signal.signal(number, signal.SIG_IGN)
    with fresh.start() as rebuild:
        signal.signal(number, former)
        until(lambda: fresh.is_at_work)
        rebuild.send_signal(number)
        output = rebuild.communicate()
    assert (rebuild.returncode, *output) == (128 + number, "", STOPPED)


def test_told_to_stop_twice_it_ends_at_once(fresh: CommandLineIndex) -> None:
    with fresh.start() as rebuild:
        until(lambda: fresh.is_at_work)
        rebuild.send_signal(signal.SIGINT)
        rebuild.send_signal(signal.SIGINT)
        out, errors = rebuild.communicate()
    assert (rebuild.returncode, out) == (130, "")
    assert set(errors.splitlines(keepends=True)) == {STOPPED}


def test_a_killed_rebuild_frees_the_lock_and_what_it_embedded_is_kept(
    fresh: CommandLineIndex,
) -> None:
    with fresh.start() as rebuild:
        until(lambda: fresh.is_at_work and len(children(rebuild.pid)) == 2)
        rebuild.kill()
        _, errors = rebuild.communicate()
    assert (rebuild.returncode, errors) == (-signal.SIGKILL, "")
    report = fresh.rebuild()  # at once
    assert report["added"] == 60
    assert 0 < report["embedded"] <= report["passages"]
    assert leftovers(fresh.store) == []


def test_a_process_of_a_rebuild_that_is_killed_is_told(fresh: CommandLineIndex) -> None:
    with fresh.start("--json") as rebuild:
        until(lambda: fresh.is_at_work and len(children(rebuild.pid)) == 2)
        os.kill(children(rebuild.pid)[0], signal.SIGKILL)
        output = rebuild.communicate()
    assert (rebuild.returncode, *output) == (
        *(1, ""),
        "Error: A process of the rebuild was ended from outside, likely for want of memory. Run "
        "the command again: it goes on from where it was.\n",
    )
    assert wait_for_orphans(rebuild.pid) == []
    assert fresh.rebuild()["added"] == 60


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_of_two_rebuilds_at_once_the_second_is_told_and_the_first_goes_on(
    fresh: CommandLineIndex, options: list[str]
) -> None:
    lock = fresh.store / "rebuild.lock"
    with fresh.start("--json") as first:
        until(lambda: lock.exists() and lock.read_bytes())  # what it is at: it has the lock
        first.send_signal(signal.SIGSTOP)
        try:
            fresh.refuses(BUSY.format(fresh.store), "rebuild", fresh.articles, *options)
            fresh.refuses(BUSY.format(fresh.store), "rollback")
        finally:
            first.send_signal(signal.SIGCONT)
        out, errors = first.communicate()
    assert (first.returncode, errors) == (0, "")
    assert json.loads(out)["added"] == 60
    assert fresh.rebuild()["unchanged"] == 60
