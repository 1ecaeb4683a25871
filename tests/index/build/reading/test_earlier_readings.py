"""Old files are read when LibreOffice is asked for, and again only when something has changed."""

from pathlib import Path
from typing import Any

import pytest

from index.build.report import Report
from index.ingest.formats.converted.libre_office import LibreOffice
from index.ingest.reading_aids import ReadingAids
from tests.support.documents import archive, docx, in_its_place
from tests.support.small_index import SmallIndex, texts_by_id

RTF = rb"{\rtf1\ansi Zhongshan was built in 1989.}"
TEXT = "中山站建于1989年。"
UNREAD = "DOC files are not supported; save the document as .docx, or set YIJU_LIBREOFFICE."


class Office:
    """A program in place of LibreOffice, which notes each time that it is started."""

    def __init__(self, folder: Path) -> None:
        self._log, self._made, self._program = folder / "log", folder / "made", folder / "soffice"
        self._log.touch()

    def makes(self, text: str) -> LibreOffice:
        """Have it make a document of one paragraph of everything."""

        def fill(document: Any) -> None:  # noqa: ANN401
            document.add_paragraph(text)

        self._made.write_bytes(docx(fill))
        return self._acts(f'mkdir "$8"; cp {self._made} "$8/file.docx"')

    def fails(self, how: str) -> LibreOffice:
        """Have it end in a way of a shell."""
        return self._acts(how)

    @property
    def starts(self) -> int:
        """How often it was started."""
        return len(self._log.read_text(encoding="ascii"))

    def _acts(self, script: str) -> LibreOffice:
        return LibreOffice(in_its_place(self._program, f"printf x >> {self._log}; {script}"))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def rebuild(corpus: SmallIndex, office: LibreOffice | None) -> Report:
    """Rebuild with a program that converts, or without one."""
    return corpus.rebuild(aids=ReadingAids(office))


def put(corpus: SmallIndex, name: str, data: bytes) -> None:
    corpus.put("good.txt", "这是一篇好文章，说了一些事情。")
    (corpus.articles / name).write_bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "article"),
    [("a.doc", RTF, "a.doc"), ("a.zip", archive({"b.doc": RTF}), "a.zip/b.doc")],
)
def test_what_failed_without_it_is_read_with_it_once_and_stays_when_it_is_off(
    corpus: SmallIndex, office: Office, name: str, data: bytes, article: str
) -> None:
    put(corpus, name, data)
    for _ in range(2):
        assert [failure.reason for failure in rebuild(corpus, None).failed] == [UNREAD]
    report = rebuild(corpus, office.makes(TEXT))
    assert (report.added, report.failed) == (1, [])
    assert rebuild(corpus, office.makes(TEXT)).unchanged == 2
    assert (texts_by_id(corpus.catalogue())[article], office.starts) == (TEXT, 1)
    report = rebuild(corpus, None)
    assert [failure.reason for failure in report.failed] == [UNREAD]
    assert report.unchanged == 2


def test_what_it_can_not_read_is_not_tried_again_while_it_is_the_same(
    corpus: SmallIndex, office: Office
) -> None:
    put(corpus, "a.doc", RTF)
    damaged = "is damaged or no DOC file; open it and save it as .docx."
    for _ in range(2):
        report = rebuild(corpus, office.fails("exit 0"))
        assert [failure.reason for failure in report.failed] == [damaged]
    assert office.starts == 1
    put(corpus, "a.doc", RTF + b"\n")
    assert rebuild(corpus, office.makes(TEXT)).failed == []


def test_what_took_too_long_is_tried_again(corpus: SmallIndex, office: Office) -> None:
    put(corpus, "a.doc", RTF)
    for _ in range(2):
        report = rebuild(corpus, office.fails("kill -XCPU $$"))
        reasons = [failure.reason for failure in report.failed]
        assert reasons == ["takes LibreOffice too long; save it as .docx."]
    assert office.starts == 2
    assert rebuild(corpus, office.makes(TEXT)).added == 1
