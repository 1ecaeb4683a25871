"""Whatever a file is, it is read or refused with a reason, within limits; the next one is read."""

import time
from collections.abc import Iterator

import pytest

from bench.ocr.scanned_page import as_pdf
from index.article import Failure
from index.errors import OccupiedError
from index.ingest import upload_process, upload_reader
from index.ingest.reading_aids import NO_AIDS, ReadingAids
from index.ingest.recognition.recogniser import Recogniser
from index.ingest.recognition.scan_recognition import ScanRecognition, untold
from index.ingest.upload_process import Uploaded, within_bounds
from index.ingest.upload_reader import UploadReader
from index.processes.limits import TOO_LONG, TOO_MUCH_MEMORY, Limits
from tests.index.ingest.scans import DPI, READS_SCANS, Sheet, as_bytes
from tests.support.hostile_files import hostile_files

LIMITS = Limits(cpu=5, wall=60, memory=500_000_000, output=20_000_000)
HOSTILE = hostile_files()
GOOD = "中山站建于1989年。"
READ = frozenset(
    "paths.zip link.zip many.zip name.zip entity16.docx nested.docx runs.docx scripts.html "
    "paragraphs.html links.html rows.html comments.html attribute.html many.jsonl deep.jsonl "
    "line.txt digits.txt dates.txt full.pdf".split()
)
REFUSED = frozenset(
    "within.zip deep.zip cut.zip packed.zip laughs.docx deep.docx bomb.pdf noise.pdf many.pdf "
    "circle.pdf noise.txt sourced.jsonl titled.jsonl".split()
)


@pytest.fixture(scope="module")
def reader() -> Iterator[UploadReader]:
    """Read with the limits of an upload."""
    reader = UploadReader(LIMITS)
    yield reader
    reader.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused_and_the_next_one_is_read(
    reader: UploadReader, name: str
) -> None:
    with reader.upload() as upload:
        articles, failed = upload.read(name, HOSTILE[name])
    assert articles or failed
    assert articles or name not in READ, failed
    assert failed or name not in REFUSED
    with reader.upload() as upload:
        (good,), failed = upload.read("good.txt", GOOD.encode())
    assert (good.text, failed) == (GOOD, [])


def test_a_file_that_takes_too_long_is_told_so_and_those_after_it_have_no_time() -> None:
    reader = UploadReader(Limits(1, 0.001, 500_000_000, 1_000_000))
    try:
        with reader.upload() as upload:
            assert upload.read("a.txt", GOOD.encode()) == ([], [Failure("a.txt", TOO_LONG)])
            time.sleep(0.01)
            _, (failure,) = upload.read("b.txt", GOOD.encode())
    finally:
        reader.close()
    assert failure.where == "b.txt"
    assert "send it again" in failure.reason


def test_a_file_that_takes_too_much_memory_is_told_so() -> None:
    reader = UploadReader(Limits(20, 60, 10_000_000, 1_000_000))
    try:
        with reader.upload() as upload:
            _, (failure,) = upload.read("a.txt", GOOD.encode() * 200_000)
    finally:
        reader.close()
    assert failure == Failure("a.txt", TOO_MUCH_MEMORY)


def test_of_two_uploads_at_once_one_is_told_to_come_again(reader: UploadReader) -> None:
    with reader.upload(), pytest.raises(OccupiedError, match="again"), reader.upload():
        pytest.fail("two uploads were read at once")


def test_what_one_upload_may_hold_is_the_sum_of_its_files(
    reader: UploadReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_process, "MAX_CHARS", 2 * len(GOOD))
    with reader.upload() as upload:
        first, second, third = (upload.read(f"{i}.txt", GOOD.encode()) for i in range(3))
    assert [len(articles) for articles, _ in (first, second, third)] == [1, 1, 0]
    assert "one upload" in third[1][0].reason


def test_a_file_of_too_many_articles_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_process, "MAX_ARTICLES", 1)
    lines = "\n".join(f'{{"id": "{i}", "text": "{GOOD}"}}' for i in range(2)).encode()
    reading = upload_process.UploadWork(NO_AIDS).read(Uploaded("a.jsonl", lines), untold)
    assert reading == within_bounds("a.jsonl", reading)
    assert (reading[0], [failure.where for failure in reading[1]]) == ([], ["a.jsonl"])


def test_the_process_ends_when_no_upload_comes() -> None:
    reader = UploadReader(LIMITS, idle=0.05)
    with reader.upload() as upload:
        upload.read("a.txt", GOOD.encode())
    until = time.monotonic() + 30
    while reader.is_running and time.monotonic() < until:
        time.sleep(0.02)
    assert not reader.is_running
    with reader.upload() as upload:
        assert len(upload.read("a.txt", GOOD.encode())[0]) == 1
    reader.close()


@READS_SCANS
def test_an_upload_has_its_scanned_pages_recognised_up_to_a_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(upload_reader, "MOST_SCANS", 3)
    page = Sheet(300, 100).write("昆仑站", 40, 30, 16).image
    picture, scan = as_bytes(page, "PNG"), as_pdf([page, page], DPI)
    reader = UploadReader.aided(ReadingAids(scans=ScanRecognition(Recogniser())))
    try:
        with reader.upload() as upload:
            (first,), _ = upload.read("a.png", picture)
            (second,), _ = upload.read("b.pdf", scan)
            _, (failure,) = upload.read("c.png", picture)
            (text,), _ = upload.read("d.txt", GOOD.encode())
        with reader.upload() as upload:
            assert len(upload.read("c.png", picture)[0]) == 1
    finally:
        reader.close()
    assert (first.text, second.text.split()) == ("昆仑站", ["昆仑站"] * 2)
    assert "1 scanned pages, too many for one upload" in failure.reason
    assert text.text == GOOD


def test_without_recognition_a_picture_is_told_how_it_would_be_read(reader: UploadReader) -> None:
    with reader.upload() as upload:
        _, (failure,) = upload.read("a.png", b"x")
    assert "YIJU_OCR=true" in failure.reason
