"""The body is pretrained from the data folder by one command, which resumes."""

from pathlib import Path

import pytest
import torch
from click.testing import CliRunner
from safetensors.torch import load_file

from qa.reader.tokens import MASK, SEP, special
from tests.training.encoder.test_stages import MEASURED
from tests.training.small_data import data  # noqa: F401 - a fixture
from training.body import __main__ as making
from training.body.masking import hide
from training.body.pretrain import PretrainSettings
from training.body.texts import documents
from training.reader.network import SpanNetwork


def test_one_command_makes_a_body_that_the_reader_takes_over(
    data: Path,  # noqa: F811 - the fixture
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        making, "PretrainSettings", lambda steps=4: PretrainSettings(steps, batch=2, length=16)
    )
    out, work = tmp_path / "body.safetensors", tmp_path / "work"
    arguments = ["--data", str(data), "--work", str(work), "--out", str(out), "--steps", "2"]
    done = CliRunner().invoke(making.main, arguments)
    assert done.exit_code == 0, done.output
    assert "M tokens" in done.output
    again = CliRunner().invoke(making.main, arguments)
    assert "going on from step 2" in again.output
    other = CliRunner().invoke(making.main, [*arguments[:-1], "3"])
    assert other.exit_code == 1
    assert "another recipe" in other.output
    network, weights = SpanNetwork(), load_file(out)
    network.take({f"body.{name}": values for name, values in weights.items()})
    taken = network.state_dict()["body.blocks.0.qkv.weight"]
    torch.testing.assert_close(taken, weights["blocks.0.qkv.weight"].float())


def test_nothing_that_is_measured_is_read(data: Path) -> None:  # noqa: F811 - the fixture
    texts = list(documents(data))
    assert any("图书馆" in text for text in texts)
    assert not any(MEASURED[:40] in text for text in texts)


def test_only_known_words_are_hidden_and_no_separator() -> None:
    ids = torch.arange(200).view(2, 100)
    ids[:, ::10] = special(SEP)
    known = torch.ones_like(ids, dtype=torch.bool)
    known[1] = False
    seen = hide(ids, 0.5, known, torch.Generator().manual_seed(1))
    assert not seen.hidden[1].any()
    assert not seen.hidden[:, ::10].any()
    assert 0.3 < seen.hidden[0].float().mean() < 0.6
    torch.testing.assert_close(seen.ids[~seen.hidden], ids[~seen.hidden])
    assert 0.6 < (seen.ids[seen.hidden] == special(MASK)).float().mean() < 1
