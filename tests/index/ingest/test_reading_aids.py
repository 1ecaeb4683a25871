"""The aids that settings ask for are there, or it is told what to install."""

import sys
from pathlib import Path

import pytest

from index.errors import UsageError
from index.ingest.formats.converted.libre_office import LibreOffice
from index.ingest.read import reader_of, readers_as_good
from index.ingest.reading_aids import NO_AIDS, ReadingAids
from index.ingest.recognition.recogniser import Recogniser
from index.ingest.recognition.scan_recognition import ScanRecognition, untold
from index.ingest.sources.files import CONVERTIBLE, PICTURES, SUFFIXES
from index.settings import Settings
from tests.index.ingest.scans import READS_SCANS

OFFICE = ReadingAids(LibreOffice(Path("/usr/bin/soffice")))
SCANS = ReadingAids(scans=ScanRecognition(Recogniser()))
BOTH = ReadingAids(OFFICE.office, SCANS.scans)


def test_there_are_none_that_nobody_asked_for() -> None:
    assert ReadingAids.of(Settings()) == NO_AIDS
    assert NO_AIDS.at_work(untold, 5) == NO_AIDS


@READS_SCANS
def test_what_is_asked_for_is_there() -> None:
    aids = ReadingAids.of(Settings(libreoffice=sys.executable, ocr=True))
    assert aids.office == LibreOffice(Path(sys.executable).absolute())
    assert aids.scans is not None
    assert aids.at_work(untold).office == aids.office


def test_what_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(UsageError, match="Reading scans needs the package rapidocr"):
        ReadingAids.of(Settings(ocr=True))


def test_each_brings_its_kinds_of_files() -> None:
    assert NO_AIDS.kinds == SUFFIXES
    assert OFFICE.kinds == SUFFIXES.union(CONVERTIBLE)
    assert SCANS.kinds == SUFFIXES | PICTURES
    assert BOTH.kinds == OFFICE.kinds | SCANS.kinds


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("a.txt", ["", "", "", ""]),
        ("a.doc", ["", "+libreoffice", "", "+libreoffice"]),
        ("a.PDF", ["", "", "+ocr", "+ocr"]),
        ("a.png", ["", "", "+ocr", "+ocr"]),
        ("a.zip", ["", "+libreoffice", "+ocr", "+libreoffice+ocr"]),
        ("a.eml", ["", "+libreoffice", "+ocr", "+libreoffice+ocr"]),
    ],
)
def test_a_reader_names_the_aids_that_matter_for_a_file(name: str, marks: list[str]) -> None:
    plain = reader_of("").rstrip()
    readers = [reader_of(name, aids) for aids in (NO_AIDS, OFFICE, SCANS, BOTH)]
    assert readers == [f"{plain}{mark} {name}" for mark in marks]


@pytest.mark.parametrize(("without", "recognising"), [(NO_AIDS, SCANS), (OFFICE, BOTH)])
def test_what_was_recognised_is_as_good_later_and_nothing_else_is_where_scans_are_read(
    without: ReadingAids, recognising: ReadingAids
) -> None:
    for name in ("a.txt", "a.doc", "a.pdf", "a.zip"):
        best = reader_of(name, recognising)
        assert readers_as_good(name, without) == {reader_of(name, without), best}
        assert readers_as_good(name, recognising) == {best}
