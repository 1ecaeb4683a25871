"""The script of the bundle installs for the Python that the bundle was made with."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def test_another_python_is_refused_with_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "yiju-0.2.0-py36-linux-x86_64"
    folder.mkdir()
    shutil.copy(ROOT / "bundle" / "install.sh", folder)
    done = subprocess.run(
        [folder / "install.sh", tmp_path / "target"],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHON": sys.executable},
    )
    present = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"These are the packages for Python 3.6, but {sys.executable} is Python {present}.",
        "Name the right one: PYTHON=python3.6 ./install.sh",
    ]
    assert not (tmp_path / "target").exists()


def test_the_scripts_are_such_that_a_plain_shell_reads_them() -> None:
    for script in (ROOT / "bundle").glob("*.sh"):
        subprocess.run(["sh", "-n", script], check=True)
