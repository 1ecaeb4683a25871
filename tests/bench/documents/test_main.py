"""The benchmark as it is called: on three documents, with Yiju alone or beside its peers."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.documents.__main__ import PEERS_PYTHON, main

THREE = ("w01", "s09", "h06")


def rows(output: str) -> dict[str, list[str]]:
    """The cells of each line of the table, by its name."""
    return {line.split()[0]: line.split()[1:] for line in output.splitlines() if line.strip()}


def test_three_documents_are_read_and_counted() -> None:
    done = CliRunner().invoke(main, [*THREE, "--only", "Yiju", "--failures"])
    assert done.exit_code == 0, done.output
    assert "\n3 documents, 30 facts\n" in done.stdout
    table = rows(done.stdout)
    assert table["docx"] == table["csv"] == ["10/10", "1.000"]
    count = int(table["all"][0].removesuffix("/30"))
    failures = done.stdout.partition("\nYiju:\n")[2].splitlines()
    assert len(failures) == 30 - count


def test_a_name_that_no_document_has_is_refused() -> None:
    done = CliRunner().invoke(main, ["z9"])
    assert done.exit_code == 2
    assert "begins with “z9”" in done.stderr


def test_peers_that_are_not_installed_are_named_with_the_cure(tmp_path: Path) -> None:
    away = ["s09", "--peers", str(tmp_path / "python")]
    done = CliRunner().invoke(main, away)
    assert done.exit_code == 0
    assert done.stderr.startswith("markitdown, docling, pandoc: not installed; `make documents`")
    refused = CliRunner().invoke(main, [*away, "--only", "pandoc"])
    assert refused.exit_code == 1
    assert "`make documents` installs pandoc" in refused.stderr


@pytest.mark.skipif(not PEERS_PYTHON.exists(), reason="needs `make documents`")
def test_peers_stand_beside_yiju() -> None:
    done = CliRunner().invoke(main, [*THREE, "--only", "Yiju", "--only", "pandoc"])
    assert done.exit_code == 0, done.output
    table = rows(done.stdout)
    assert table["Yiju"][0] == "pandoc"
    assert [cell[-3:] for cell in table["docx"][::2]] == ["/10", "/10"]
