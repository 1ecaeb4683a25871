"""A forked command is what a user starts: its arguments, environment and end are its own."""

import os
import signal
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.conftest import run_afresh, run_yiju
from tests.support.commands.forked_commands import ForkedCommand, run_forked


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--version"], {}),
        (["completion", "bash"], {}),
        (["status", "--store", "/nowhere"], {}),
        (["ask", "谁?", "--store", "/nowhere"], {}),
        (["nonsense"], {}),
        (["status"], {"YIJU_THRESHOLD": "very"}),
        (["status"], {"YIJU_STORE": "/nowhere/else"}),
    ],
)
def test_it_says_and_returns_what_a_command_of_its_own_does(
    arguments: list[str], environment: dict[str, str]
) -> None:
    forked, afresh = run_yiju(*arguments, **environment), run_afresh(*arguments, **environment)
    assert (forked.returncode, forked.stdout, forked.stderr) == (
        afresh.returncode, afresh.stdout, afresh.stderr,
    )  # fmt: skip


def test_the_environment_of_one_is_not_that_of_the_next() -> None:
    assert "YIJU_THRESHOLD" in run_yiju("status", YIJU_THRESHOLD="very").stderr
    assert "YIJU_THRESHOLD" not in run_yiju("status").stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_signal_ends_it_as_any_command(number: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲站建于1985年。", encoding="utf-8")
    arguments = ["watch", str(tmp_path), "--store", str(tmp_path / "store")]
    with tempfile.TemporaryFile() as out:
        command = ForkedCommand(arguments, {}, out, out)
        with pytest.raises(subprocess.TimeoutExpired):
            command.wait(1)
        assert command.poll() is None
        os.kill(command.pid, number)
        assert command.wait(60) == (128 + number if number == signal.SIGTERM else -number)
        assert command.poll() == command.wait()


def test_what_does_not_end_in_time_is_killed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲站建于1985年。", encoding="utf-8")
    with pytest.raises(subprocess.TimeoutExpired):
        run_forked(["watch", str(tmp_path), "--store", str(tmp_path / "store")], {}, 1)
