"""Yiju and the peers read the documents; what they can't read is told."""

import sys
from pathlib import Path

import click
import pytest

from bench.documents.__main__ import PEERS_PYTHON
from bench.documents.systems import PEERS, read_with_peer, read_with_yiju
from training.data_folder import DOCUMENTS

needs_peers = pytest.mark.skipif(not PEERS_PYTHON.exists(), reason="needs `make documents`")
DOCUMENT = DOCUMENTS / "m03_酸汤鱼.md"


def torn_document(folder: Path) -> Path:
    torn = folder / "torn.docx"
    torn.write_bytes((DOCUMENTS / "w01_国庆值班通知.docx").read_bytes()[:3000])
    return torn


def test_a_document_that_yiju_cannot_read_is_told(tmp_path: Path) -> None:
    torn = torn_document(tmp_path)
    steps: list[tuple[str, int, int]] = []
    reading = read_with_yiju([torn, DOCUMENT], lambda *step: steps.append(step))
    assert list(reading.errors) == ["torn.docx"]
    assert "酸汤" in reading.texts[DOCUMENT.name]
    assert steps == [("Yiju", 0, 2), ("Yiju", 1, 2), ("Yiju", 2, 2)]


def test_a_peer_that_is_not_installed_is_told_with_its_last_word() -> None:
    with pytest.raises(click.ClickException, match=r"docling ended with 1: .*No module named"):
        read_with_peer("docling", Path(sys.executable), [DOCUMENT], lambda *_: None)


@needs_peers
@pytest.mark.parametrize("name", PEERS)
def test_a_peer_reads_a_document_and_tells_of_those_that_it_cannot_read(
    name: str, tmp_path: Path
) -> None:
    torn = torn_document(tmp_path)
    reading = read_with_peer(name, PEERS_PYTHON, [torn, DOCUMENT], lambda *_: None)
    assert reading.system.startswith(f"{name} ")
    assert "酸汤" in reading.texts[DOCUMENT.name]
    assert reading.errors["torn.docx"]
    assert ("pdf" in reading.formats) is (name != "pandoc")
