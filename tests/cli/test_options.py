"""Options that many commands share mean the same for each."""

import json
from pathlib import Path

from tests.conftest import run_afresh, run_yiju


def test_the_store_may_be_named_before_or_after_the_command(
    sample_store: Path, tmp_path: Path
) -> None:
    before = run_afresh("--store", sample_store, "status", "--json")
    after = run_yiju("status", "--store", sample_store, "--json")
    both = run_yiju("--store", tmp_path / "none", "status", "--store", sample_store, "--json")
    versions = [json.loads(done.stdout)["index_version"] for done in (before, after, both)]
    assert versions == ["000001"] * 3


def test_a_command_without_a_store_is_not_given_one() -> None:
    done = run_yiju("--store", "s", "completion", "bash")
    assert done.returncode == 2
    assert "Error: yiju completion has no store; leave --store out." in done.stderr
    assert run_yiju("--store", "s", "nonsense").returncode == 2
