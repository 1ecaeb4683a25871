"""A rebuild in a process of its own tells how it went, however it ended."""

import sys
from pathlib import Path

from index.progress import silent
from index.store.lock import WriterStatus
from index.store.store import Store
from index.watch.rebuild_command import RebuildCommand, RebuildOutcome


def command(store: Path, program: str) -> RebuildCommand:
    """Return a command that runs a program of Python in place of a rebuild."""
    return RebuildCommand(Store(store), [sys.executable, "-c", program])


def outcome(store: Path, program: str, *arguments: str) -> RebuildOutcome:
    """Run a program to its end."""
    return command(store, program).run(arguments, lambda: False, silent)


def test_what_it_prints_is_its_report(tmp_path: Path) -> None:
    program = (
        "import sys; print('索引', *sys.argv[1:]); print('  failed: a'); sys.stderr.write('!')"
    )
    assert outcome(tmp_path, program, "甲", "乙") == RebuildOutcome(
        ("索引 甲 乙", "  failed: a", "!")
    )


def test_a_long_report_does_not_hold_it_up(tmp_path: Path) -> None:
    report = outcome(tmp_path, "for number in range(20_000): print('  failed:', number)").report
    assert len(report) == 20_000


def test_its_sentence_is_the_reason_of_its_failure(tmp_path: Path) -> None:
    program = (
        "import sys; sys.stderr.write('Usage: …\\n\\nError: The disk is full.\\n'); sys.exit(1)"
    )
    assert outcome(tmp_path, program) == RebuildOutcome(failure="The disk is full.")


def test_one_that_ends_in_another_way_is_a_failure_too(tmp_path: Path) -> None:
    killed = "import os; os.kill(os.getpid(), 9)"
    assert outcome(tmp_path, killed).failure == (
        "It was ended from outside (SIGKILL), perhaps for want of memory."
    )
    assert outcome(tmp_path, "1 / 0").failure == (
        "It ended with exit code 1: ZeroDivisionError: division by zero."
    )
    assert outcome(tmp_path, "import sys; sys.exit(3)").failure == (
        "It ended with exit code 3: no word."
    )


def test_told_to_stop_it_ends_and_so_does_one_that_does_not_listen(tmp_path: Path) -> None:
    started = tmp_path / "started"
    for program in (
        "import pathlib, sys, time; pathlib.Path(sys.argv[1]).touch(); time.sleep(600)",
        "import pathlib, signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "pathlib.Path(sys.argv[1]).touch(); time.sleep(600)",
    ):
        started.unlink(missing_ok=True)
        done = command(tmp_path, program).run([str(started)], started.exists, silent)
        assert done == RebuildOutcome(failure="It was stopped.")


def test_its_progress_is_that_which_it_notes_in_the_store(tmp_path: Path) -> None:
    store, ready = Store(tmp_path / "store"), tmp_path / "ready"
    store.create()
    seen: list[tuple[str, int, int]] = []

    def note(phase: str, done: int, total: int) -> None:
        seen.append((phase, done, total))
        ready.touch()

    program = (
        "import pathlib, sys, time\nwhile not pathlib.Path(sys.argv[1]).exists(): time.sleep(0.01)"
    )
    with store.lock() as lock:
        lock.note(WriterStatus("indexing", 3, 7))
        done = RebuildCommand(store, [sys.executable, "-c", program]).run(
            [str(ready)], lambda: False, note
        )
    assert done == RebuildOutcome()
    assert set(seen) == {("indexing", 3, 7)}


def test_a_signal_to_the_group_of_the_watcher_does_not_reach_it(tmp_path: Path) -> None:
    program = "import os; print(os.getpgrp() == os.getppid(), os.getsid(0) == os.getpid())"
    assert outcome(tmp_path, program) == RebuildOutcome(("False True",))
