"""The benchmark as it is called, with Yiju alone: the others have an environment of their own."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.peers.__main__ import main
from tests.support.reading_sets import squad, write

CITIES = ["甲市", "乙市", "丙市"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "measure").mkdir()
    for name in ("xquad-dev-zh", "xquad-dev-en"):
        write(tmp_path / "measure" / f"{name}.json.gz", squad(CITIES))
    return tmp_path


def test_yiju_beside_itself_has_ratios_of_one(data: Path) -> None:
    kept = data / "taken.json"
    arguments = ["--peers", "yiju", "--sets", "xquad-zh", "--builds", "1", "--turns", "2"]
    done = CliRunner().invoke(main, [*arguments, "--data", str(data), "--json", str(kept)])
    assert done.exit_code == 0, done.output
    title, *rows = done.stdout.split("\n\n")[1].splitlines()
    assert title == "xquad: 3 passages"
    assert [cell.strip() for cell in rows[-1].split("|")][1] == "Yiju"
    assert "| 1.0 (1.0–1.0) |" in rows[-1]
    found = done.stdout.split("\n\n")[2].splitlines()
    assert found[0].startswith("| XQuAD-dev zh, 6 questions | R@1 ")
    assert found[-1].startswith("| Yiju | 1.000 | 1.000 | 1.000 | 0, 0 | ")
    (taken,) = json.loads(kept.read_text(encoding="utf-8"))["xquad"]
    assert taken["turns"] == {"xquad-zh": [[0, 2, 4], [1, 3, 5]]}
    assert taken["peak"] > taken["builds"][0]["before"] > 0


def test_a_library_that_is_not_installed_is_named_with_the_cure(data: Path) -> None:
    arguments = ["--peers", "txtai", "--sets", "xquad-zh", "--data", str(data)]
    refused = CliRunner().invoke(main, arguments)
    assert refused.exit_code == 1
    assert "txtai is not installed here: `make peers` installs it." in refused.output
