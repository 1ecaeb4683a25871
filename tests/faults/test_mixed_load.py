"""A minute of questions, reading, edits and rebuilds at once does a server no harm."""

import subprocess
import sys

from tests.conftest import ROOT, WITHIN


def test_a_minute_of_mixed_load_brings_no_error_no_false_quote_and_no_loss() -> None:
    command = [sys.executable, "-m", "bench.attack.mixed_load", "--minutes", "1"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=3 * WITHIN, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Violations: 0." in done.stdout
