"""The measuring of quality, on a data folder made for the test."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.quality import RETRIEVAL, STATUTES, first_statutes, main
from tests.support.reading_sets import squad, write

CITIES = ["甲市", "乙市", "丙市"]
LAWS = [f"第{number}条 为了规范市场，制定本法。" for number in "一二三一四"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for folder in ("measure", "text"):
        (tmp_path / folder).mkdir()
    for name in ("xquad-dev-zh", "xquad-dev-en", "cmrc2018-dev"):
        write(tmp_path / "measure" / f"{name}.json.gz", squad(CITIES))
    lines = (json.dumps({"id": f"law-{at}", "text": text}) for at, text in enumerate(LAWS))
    (tmp_path / STATUTES).write_bytes(gzip.compress("\n".join(lines).encode()))
    return tmp_path


def test_every_set_is_asked_and_told_apart(data: Path) -> None:
    done = CliRunner().invoke(main, ["--data", str(data)])
    assert done.exit_code == 0, done.output
    parts = dict(part.split("\n", 1) for part in done.stdout.strip().split("\n\n")[1:])
    assert list(parts) == [
        "xquad-zh", "xquad-en-zh", "xquad-zh-en", "xquad-en", "cmrc", "cmrc-statutes",
        "xquad-en-zh-statutes", RETRIEVAL,
    ]  # fmt: skip
    assert "left out: 12 asks" in parts["cmrc"]
    for name in ("cmrc-statutes", "xquad-en-zh-statutes"):
        assert "6 questions about 3 contexts, asked over 8 articles" in parts[name]
    assert parts[RETRIEVAL].startswith("over 4 passages, 6 questions:\n  retrieve p50 ")


def test_some_sets_alone_and_a_missing_folder(data: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["--data", str(data), "--only", "xquad-en"])
    assert done.stdout.count("\n\n") == 1
    refused = CliRunner().invoke(main, ["--data", str(tmp_path / "text")])
    assert refused.exit_code == 1
    assert "has no folder measure" in refused.output


def test_the_first_statutes_are_taken_up_to_so_many_passages(data: Path) -> None:
    assert list(first_statutes(data / STATUTES, 3)) == LAWS[:3]
    assert list(first_statutes(data / STATUTES, 100)) == [*LAWS[:3], LAWS[4]]
