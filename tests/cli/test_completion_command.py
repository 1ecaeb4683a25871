"""A shell completes commands and options with the script that is printed for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_afresh, run_yiju


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_there_is_a_script_for_each_shell(shell: str) -> None:
    done = run_afresh("completion", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"_YIJU_COMPLETE={shell}_complete" in done.stdout


def test_a_shell_without_a_script_is_bad_usage() -> None:
    assert run_yiju("completion", "csh").returncode == 2


def test_bash_completes_a_command_and_an_option(tmp_path: Path) -> None:
    """Call the function as bash does when the user presses the tab key."""
    program = tmp_path / "yiju"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "yiju.py"}" "$@"\n')
    program.chmod(0o755)
    for words, completed in ((["yiju", "reb"], "rebuild"), (["yiju", "ask", "--js"], "--json")):
        typed = " ".join(words)
        script = (
            f'eval "$(yiju completion bash)"; COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1};'
            '_yiju_completion yiju; echo "${COMPREPLY[@]}"'
        )
        done = subprocess.run(
            ["bash", "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        )
        assert done.stdout.strip() == completed
