"""Only what is new in a file is read; failures are reported again without another attempt."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

import index.build.reading.read_files
from bench.ocr.scanned_page import as_pdf
from index.article import Article, Failure
from index.build.reading.earlier_readings import EarlierReadings
from index.build.reading.prepare import KeptArticle
from index.build.reading.read_files import read_all
from index.errors import WITH_OCR
from index.ingest.formats.jsonl import JsonLine, read_lines
from index.ingest.read import Reading, read_file
from index.ingest.reading_aids import NO_AIDS, ReadingAids
from index.ingest.recognition.recogniser import Recogniser
from index.ingest.recognition.scan_recognition import ScanRecognition
from index.ingest.sources.files import find_files
from index.library.entries import Entries
from index.progress import silent
from tests.index.ingest.scans import DPI, READS_SCANS, Sheet, as_bytes
from tests.support.documents import archive, pdf, write_lines
from tests.support.small_index import SmallIndex, texts_by_id

SCANS = ReadingAids(scans=ScanRecognition(Recogniser()))


class Opened:
    """The names of files that were read and of lines that were parsed, in any process."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self.clear()

    @property
    def names(self) -> list[str]:
        """The names, in order."""
        return self._log.read_text(encoding="utf-8").split()

    def note(self, name: str) -> None:
        """Note a name."""
        with self._log.open("a", encoding="utf-8") as log:
            log.write(f"{name}\n")

    def clear(self) -> None:
        """Forget all names."""
        self._log.write_text("", encoding="utf-8")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Record the files that are read, and the lines that are parsed."""
    names = Opened(tmp_path_factory.mktemp("opened") / "names")

    def files(name: str, data: bytes, *, aids: ReadingAids) -> Reading:
        names.note(name)
        return read_file(name, data, aids=aids)

    def lines(
        file_id: str, numbered: Iterable[tuple[int, JsonLine]]
    ) -> Iterator[tuple[int, Article | Failure]]:
        batch = list(numbered)
        for number, line in batch:
            if line:
                names.note(f"{file_id}:{number}")
        return read_lines(file_id, batch)

    monkeypatch.setattr(index.build.reading.read_files, "read_file", files)
    monkeypatch.setattr(index.build.reading.read_files, "read_lines", lines)
    return names


def record(number: int) -> dict[str, str]:
    return {"id": f"n{number}", "text": f"这是第{number}篇，说了一些事情。"}


def test_of_a_file_of_lines_only_the_new_ones_are_read(corpus: SmallIndex, opened: Opened) -> None:
    corpus.put_lines("a.jsonl", *map(record, range(5)))
    corpus.rebuild()
    opened.clear()
    changed = {"id": "n2", "text": "这是第2篇的新版，说了别的事情。"}
    corpus.put_lines("a.jsonl", record(0), record(1), changed, record(4), record(9))
    report = corpus.rebuild()
    assert opened.names == ["a.jsonl:3", "a.jsonl:5"]
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 1, 3)
    texts = texts_by_id(corpus.catalogue())
    assert sorted(texts) == ["n0", "n1", "n2", "n4", "n9"]
    assert texts["n2"] == changed["text"]


def test_a_line_that_comes_twice_is_told_where_it_stood_first(corpus: SmallIndex) -> None:
    corpus.put_lines("a.jsonl", record(1), record(2))
    corpus.rebuild()
    corpus.put_lines("a.jsonl", record(2), record(1), {"id": "n2", "text": "另一篇同名的文章。"})
    report = corpus.rebuild()
    where = str(corpus.articles / "a.jsonl:3")
    reason = "has the id “n2” of line 1; give it another one."
    assert report.failed == [Failure(where, reason)]
    assert texts_by_id(corpus.catalogue())["n2"] == record(2)["text"]


Make = Callable[[SmallIndex], None]


def broken_pdf(corpus: SmallIndex) -> None:
    (corpus.articles / "bad.pdf").write_bytes(b"no PDF")


def half_a_zip(corpus: SmallIndex) -> None:
    data = archive({"in.txt": "这是压缩包里的一篇文章。", "bad.pdf": "no PDF"})
    (corpus.articles / "a.zip").write_bytes(data)


def half_the_lines(corpus: SmallIndex) -> None:
    corpus.put("a.jsonl", '{"id": "n1", "text": "这是第1篇，说了一些事情。"}\n{bad\n')


@pytest.mark.parametrize("make", [broken_pdf, half_a_zip, half_the_lines])
def test_what_failed_is_told_by_every_rebuild_and_tried_by_the_first(
    corpus: SmallIndex, opened: Opened, make: Make
) -> None:
    corpus.put("good.txt", "这是一篇好文章，说了一些事情。")
    make(corpus)
    first = corpus.rebuild()
    assert first.failed
    opened.clear()
    again = corpus.rebuild()
    assert opened.names == []
    assert (again.failed, again.index_version) == (first.failed, first.index_version)
    assert again.unchanged == first.added
    corpus.rebuild(full=True)
    assert len(opened.names) > 1


def test_a_failure_is_forgotten_once_the_file_is_sound(corpus: SmallIndex) -> None:
    half_the_lines(corpus)
    corpus.rebuild()
    corpus.put_lines("a.jsonl", record(1), record(2))
    assert corpus.rebuild().failed == []
    assert corpus.rebuild().failed == []
    assert sorted(texts_by_id(corpus.catalogue())) == ["n1", "n2"]


def test_a_member_that_is_gone_from_an_archive_goes_though_another_one_fails(
    corpus: SmallIndex,
) -> None:
    path = Path(corpus.articles / "a.zip")
    sound = {
        "a.txt": "这是压缩包里的第一篇。",
        "b.txt": "这是压缩包里的第二篇。",
        "c.txt": "这是第三篇。",
    }
    path.write_bytes(archive(sound))
    corpus.rebuild()
    path.write_bytes(archive({"a.txt": sound["a.txt"], "b.txt": "\0\1\2\3" * 50}))
    report = corpus.rebuild()
    assert [failure.where for failure in report.failed] == [f"{path}/b.txt"]
    texts = texts_by_id(corpus.catalogue())
    assert sorted(texts) == ["a.zip/a.txt", "a.zip/b.txt"]
    assert texts["a.zip/b.txt"] == sound["b.txt"]


def picture(line: str) -> bytes:
    """Return a picture file with a line on it."""
    return as_bytes(Sheet(400, 100).write(line, 40, 30, 16).image, "PNG")


def put_scans(corpus: SmallIndex) -> None:
    """Put a text, a written PDF, a scanned one, a picture and an archive of two into the folder."""
    corpus.put("a.txt", "这是一篇好文章，说了一些事情。")
    scan = as_pdf([Sheet().write_lines(["灯塔高二十米。"]).image], DPI)
    zipped = archive({"b.txt": "这是压缩包里的一篇文章。", "c.png": picture("压缩包里的图片")})
    files = {
        "written.pdf": pdf(lambda canvas: write_lines(canvas, ["长城站建于1985年。"])),
        "scan.pdf": scan,
        "notice.png": picture("今晚停水"),
        "d.zip": zipped,
    }
    for name, data in files.items():
        (corpus.articles / name).write_bytes(data)


@READS_SCANS
def test_scans_are_read_when_asked_for_and_stay_when_not(
    corpus: SmallIndex, opened: Opened
) -> None:
    put_scans(corpus)
    plain = corpus.rebuild()
    assert sorted(texts_by_id(corpus.catalogue())) == ["a.txt", "d.zip/b.txt", "written.pdf"]
    (failure,) = plain.failed
    assert failure.reason == f"holds no text; if it is a scan, {WITH_OCR}"
    assert plain.notes == ["Files that are no articles: 1 .png."]

    opened.clear()
    report = corpus.rebuild(aids=SCANS)
    assert sorted(opened.names) == ["d.zip", "notice.png", "scan.pdf", "written.pdf"]
    assert (report.added, report.changed, report.unchanged, report.failed) == (3, 0, 3, [])
    assert report.notes == []
    texts = texts_by_id(corpus.catalogue())
    assert texts["scan.pdf"] == "灯塔高二十米。"
    assert texts["notice.png"] == "今晚停水"
    assert texts["d.zip/c.png"] == "压缩包里的图片"

    opened.clear()
    for aids in (SCANS, NO_AIDS, SCANS):
        again = corpus.rebuild(aids=aids)
        assert (again.unchanged, again.removed, again.failed) == (6, 0, [])
    assert opened.names == []


@READS_SCANS
def test_a_picture_that_changes_keeps_its_article_until_scans_are_read_again(
    corpus: SmallIndex,
) -> None:
    path = corpus.articles / "notice.png"
    path.write_bytes(picture("今晚停水"))
    corpus.rebuild(aids=SCANS)
    path.write_bytes(picture("明晚停水"))
    report = corpus.rebuild()
    assert report.failed == [
        Failure(str(path), f"is a picture; if there are words on it, {WITH_OCR}")
    ]
    assert texts_by_id(corpus.catalogue()) == {"notice.png": "今晚停水"}
    corpus.rebuild(aids=SCANS)
    assert texts_by_id(corpus.catalogue()) == {"notice.png": "明晚停水"}


@READS_SCANS
def test_progress_moves_with_every_scanned_page(corpus: SmallIndex) -> None:
    pages = [Sheet().write_lines([f"灯塔有{word}层。"]).image for word in "三四五六"]
    (corpus.articles / "book.pdf").write_bytes(as_pdf(pages, DPI))
    reported: list[tuple[int, int]] = []

    def note(phase: str, done: int, total: int) -> None:
        if phase == "reading":
            reported.append((done, total))

    corpus.rebuild(aids=SCANS, progress=note)
    assert reported == sorted(reported)
    assert len({done for done, _ in reported}) == 5
    assert reported[-1][0] == reported[-1][1]


def test_new_articles_are_handed_over_once_and_remembered_without_their_texts(
    tmp_path: Path,
) -> None:
    lines = [json.dumps({"id": f"{n}", "text": f"第{n}站建于1985年。"}) for n in range(250)]
    (tmp_path / "a.jsonl").write_text("\n".join([*lines[:200], "{}", *lines[150:]]), "utf-8")
    files, _ = find_files([tmp_path], wanted=lambda path: path.suffix == ".jsonl")
    kept: list[str] = []
    [read] = read_all(
        files,
        EarlierReadings(Entries(), {}, {}, NO_AIDS),
        silent,
        1,
        lambda articles: kept.extend(article.record.text for article in articles),
    )
    assert sorted({*kept}) == sorted(json.loads(line)["text"] for line in lines)
    assert [piece.id for piece in read.pieces] == [f"{n}" for n in range(250)]
    assert all(isinstance(piece, KeptArticle) for piece in read.pieces)
    assert [failure.where.rpartition(":")[2] for failure in read.failed][:2] == ["201", "202"]
    assert len(read.failed) == 51
