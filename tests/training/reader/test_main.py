"""The span reader is trained from the data folder by one command, which resumes."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from qa.reader.network import SpanNetwork
from tests.training.rankers.test_stages import data  # noqa: F401 - a fixture
from training.reader import __main__ as making
from training.reader.sampling import ReaderSettings

QUICK = ReaderSettings(common=50, width=8, steps=4, batch=4, warm=2)


def test_one_command_makes_the_reader(
    data: Path,  # noqa: F811 - the fixture
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(making, "ReaderSettings", lambda: QUICK)
    out = tmp_path / "reader.npz"
    arguments = ["--data", str(data), "--work", str(tmp_path / "work"), "--out", str(out)]
    done = CliRunner().invoke(making.main, arguments)
    assert done.exit_code == 0, done.output
    assert "held out: sentence" in done.output
    assert SpanNetwork(out)._weights["words.bias"].shape == (3,)
    again = CliRunner().invoke(making.main, arguments)
    assert "going on from step 4" in again.output


def test_a_folder_without_data_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(making.main, ["--data", str(tmp_path)])
    assert done.exit_code == 1
    assert "has no folder reading" in done.output
