"""Questions, reading, edits and rebuilds at once do a server no harm."""

import subprocess
import sys

from tests.conftest import ROOT, WITHIN


def test_a_mixed_load_brings_no_error_no_false_quote_no_loss_and_no_growth() -> None:
    options = ["--minutes", "0.2", "--edits", "60"]  # growth is looked at from 50 on
    command = [sys.executable, "-m", "bench.attack.mixed_load", *options]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=3 * WITHIN, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Violations: 0." in done.stdout
    assert "what grows was not looked at" not in done.stdout
