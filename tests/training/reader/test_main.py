"""The span reader is trained from the data folder by one command, which resumes."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from safetensors.torch import save_file

from qa.reader.network import SpanNetwork
from tests.training.small_data import data  # noqa: F401 - a fixture
from training.reader import __main__ as making
from training.reader.network import Body
from training.reader.sampling import ReaderSettings


def test_one_command_makes_the_reader(
    data: Path,  # noqa: F811 - the fixture
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(making, "_PARTS", 2)
    monkeypatch.setattr(making, "ReaderSettings", lambda steps: ReaderSettings(steps, batch=2))
    save_file(Body(0.0).state_dict(), tmp_path / "body.safetensors")
    arguments = [
        *("--data", str(data), "--work", str(tmp_path / "work"), "--out", str(tmp_path)),
        *("--body", str(tmp_path / "body.safetensors"), "--steps", "2"),
    ]
    done = CliRunner().invoke(making.main, arguments)
    assert done.exit_code == 0, done.output
    assert "held out:" in done.output
    SpanNetwork(tmp_path).load()
    again = CliRunner().invoke(making.main, arguments)
    assert "going on from step 2" in again.output


def test_a_folder_without_data_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(making.main, ["--data", str(tmp_path)])
    assert done.exit_code == 1
    assert "has no folder reading" in done.output
