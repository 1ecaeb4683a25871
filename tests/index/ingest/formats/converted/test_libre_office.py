"""Old files are read as the same in a new kind are, or refused with a reason."""

import json
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
from pptx import Presentation

from index.article import Failure
from index.errors import ArticleError, UsageError
from index.ingest.formats.converted.libre_office import LibreOffice
from index.ingest.read import read_file
from index.ingest.reading_aids import ReadingAids
from index.ingest.sources.files import CONVERTIBLE
from index.processes.limits import BeyondLimitsError
from tests.conftest import ROOT, run_yiju
from tests.support.commands.forked_commands import serving
from tests.support.documents import archive, docx, in_its_place, needs_office, saved_as

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = rb"{\rtf1\ansi Zhongshan was built in 1989.}"
OFFICE = ROOT / "tests" / "data" / "office"


def _word(document: Any) -> None:  # noqa: ANN401
    document.add_heading("南极站", 1)
    document.add_paragraph("长城站建于1985年，在乔治王岛。")
    table = document.add_table(2, 2, "Table Grid")
    for cell, text in zip(table._cells, ("站", "建成", "中山站", "1989"), strict=True):
        cell.text = text
    document.add_paragraph("“昆仑站”建于2009年。")


def _sheet() -> bytes:
    book, data = openpyxl.Workbook(), BytesIO()
    book.active.title = "南极站"
    for row in (("站", "建成", "占比"), ("长城站", 1985, 0.12), ("中山站", 1989, 0.3)):
        book.active.append(row)
    for cell in ("C2", "C3"):
        book.active[cell].number_format = "0%"
    book.save(data)
    return data.getvalue()


def _slides() -> bytes:
    presentation, data = Presentation(), BytesIO()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "南极站"
    slide.placeholders[1].text = "长城站建于1985年。"
    slide.notes_slide.notes_text_frame.text = "这里说中山站。"
    presentation.save(data)
    return data.getvalue()


NEW: dict[str, Callable[[], bytes]] = {
    ".docx": lambda: docx(_word),
    ".xlsx": _sheet,
    ".pptx": _slides,
}
# What writes the older kinds of WPS Office lays them out as Office does.
SAVED = {".wps": ".doc", ".et": ".xls", ".dps": ".ppt", ".pps": ".ppt"}


@cache
def old(suffix: str) -> bytes:
    """Return a document of an old kind."""
    target = CONVERTIBLE[suffix]
    return saved_as(SAVED.get(suffix, suffix), NEW[target](), target)


@pytest.fixture(scope="module")
def office() -> LibreOffice:
    """Return the LibreOffice of this machine."""
    office = LibreOffice.named("true")
    assert office is not None
    return office


@needs_office
@pytest.mark.parametrize("suffix", CONVERTIBLE)
def test_an_old_file_is_read_as_the_new_one_that_it_was_made_of(
    office: LibreOffice, suffix: str
) -> None:
    target = CONVERTIBLE[suffix]
    (new,), _ = read_file(f"a{target}", NEW[target]())
    (article,), failed = read_file(f"a{suffix.upper()}", old(suffix), aids=ReadingAids(office))
    assert (article.text, article.title, failed) == (new.text, new.title, [])
    assert article.id == f"a{suffix.upper()}"
    assert "1985" in article.text


@needs_office
def test_old_files_in_an_archive_and_in_a_mail_are_read(office: LibreOffice) -> None:
    packed = archive({"二/b.xls": old(".xls"), "c.doc": OLE, "d.txt": "中山站建于1989年。"})
    articles, failed = read_file("a.zip", packed, aids=ReadingAids(office))
    assert [article.id for article in articles] == ["a.zip/二/b.xls", "a.zip/d.txt"]
    assert failed == [
        Failure("a.zip/c.doc", "is damaged or no DOC file; open it and save it as .docx.")
    ]
    mail = (
        b"Subject: =?utf-8?b?5Y2X5p6B?=\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: text/plain\r\n\r\nThe stations are attached.\r\n--x\r\n"
        b"Content-Type: text/rtf\r\nContent-Disposition: attachment; filename=b.rtf\r\n\r\n"
        rb"{\rtf1\ansi Zhongshan was built in 1989.}"
        b"\r\n--x--\r\n"
    )
    articles, failed = read_file("a.eml", mail, aids=ReadingAids(office))
    assert [(article.id, failed) for article in articles] == [("a.eml", []), ("a.eml/b.rtf", [])]
    assert articles[1].text == "Zhongshan was built in 1989."


def test_without_libreoffice_an_old_file_is_refused_as_before() -> None:
    reasons = {
        suffix: read_file(f"a{suffix}", OLE)[1][0].reason for suffix in (".doc", ".xls", ".odp")
    }
    wish = ", or set YIJU_LIBREOFFICE."
    assert reasons == {
        ".doc": f"DOC files are not supported; save the document as .docx{wish}",
        ".xls": f"XLS files are not supported; save the sheets as .xlsx{wish}",
        ".odp": f"ODP files are not supported; save the slides as .pptx{wish}",
    }


@needs_office
@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.doc", (OFFICE / "password.doc").read_bytes(), "needs a password; save a copy"),
        ("a.xls", (OFFICE / "password.xls").read_bytes(), "needs a password; save a copy"),
        (
            "a.ods",
            archive({"META-INF/manifest.xml": "<encryption-data/>"}),
            "needs a password; save a copy",
        ),
        ("a.ppt", OLE + bytes(9000), "is damaged or no PPT file; open it and save it as .pptx."),
        ("a.ods", b"PK\x03\x04" + bytes(99), "is damaged or no ODS file; open it and save it as"),
        ("a.odp", archive({"a.txt": "x"}), "is damaged or no ODP file; open it and save it as"),
        ("a.doc", b"\x00\x01 words" * 99, "is damaged or no DOC file; open it and save it as"),
        ("a.xls", b"", "is damaged or no XLS file; open it and save it as .xlsx."),
        ("a.xls", b" <html><table><td>1", "is a web page and no XLS file; rename it to .html."),
        ("a.rtf", b"{\\rtf1 }", "is empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    office: LibreOffice, name: str, data: bytes, reason: str
) -> None:
    articles, (failure,) = read_file(name, data, aids=ReadingAids(office))
    assert articles == []
    assert (failure.where, failure.reason.startswith(reason)) == (name, True), failure.reason


@needs_office
def test_a_file_that_was_cut_off_is_refused_or_read_in_part(office: LibreOffice) -> None:
    for suffix in (".doc", ".xls", ".ppt"):
        whole = old(suffix)
        articles, failed = read_file(
            f"a{suffix}", whole[: len(whole) // 2], aids=ReadingAids(office)
        )
        assert articles or failed


@needs_office
def test_what_a_file_on_this_machine_says_does_not_get_into_an_article(
    office: LibreOffice, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the password is 1234", encoding="utf-8")
    field = rf'{{\field{{\*\fldinst INCLUDETEXT "{secret}"}}{{\fldrslt nothing}}}}'
    data = rf"{{\rtf1\ansi There is {field} in it.}}".encode()
    (article,), _ = read_file("a.rtf", data, aids=ReadingAids(office))
    assert article.text == "There is nothing in it."


def test_a_program_that_breaks_or_takes_too_long_is_told(tmp_path: Path) -> None:
    broken = LibreOffice(in_its_place(tmp_path / "broken", "kill -SEGV $$"))
    with pytest.raises(ArticleError, match=r"breaks LibreOffice; open it and save it as \.docx\."):
        broken.converted(".doc", RTF)
    slow = LibreOffice(in_its_place(tmp_path / "slow", "kill -XCPU $$"))
    with pytest.raises(BeyondLimitsError, match=r"takes LibreOffice too long; save it as \.pptx\."):
        slow.converted(".ppt", RTF)
    _, failed = read_file("a.zip", archive({"b.ppt": RTF}), aids=ReadingAids(slow))
    assert failed == [Failure("a.zip/b.ppt", "takes LibreOffice too long; save it as .pptx.")]
    gone = LibreOffice(tmp_path / "gone")
    with pytest.raises(ArticleError, match="gone can't be started; look at YIJU_LIBREOFFICE"):
        gone.converted(".doc", RTF)


@pytest.mark.parametrize("setting", ["false", "0", "no", "off", "", "False"])
def test_it_can_be_off(setting: str) -> None:
    assert LibreOffice.named(setting) is None


def test_it_can_be_named_by_its_path(tmp_path: Path) -> None:
    program = in_its_place(tmp_path / "soffice", "exit 0")
    assert LibreOffice.named(str(program)) == LibreOffice(program)


def test_one_that_is_not_there_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "soffice"
    with pytest.raises(UsageError, match=f"YIJU_LIBREOFFICE is {missing}, but there is no such"):
        LibreOffice.named(str(missing))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="Install LibreOffice"):
        LibreOffice.named("true")


@needs_office
def test_a_file_is_read_by_a_rebuild_and_another_one_is_uploaded(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", tmp_path / "store"
    articles.mkdir()
    (articles / "good.txt").write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    (articles / "a.doc").write_bytes(RTF)
    done = run_yiju("rebuild", articles, "--store", store)
    advice = "save the document as .docx, or set YIJU_LIBREOFFICE."
    assert f"failed: {articles / 'a.doc'}: DOC files are not supported; {advice}" in done.stdout
    done = run_yiju("rebuild", articles, "--store", store, "--json", YIJU_LIBREOFFICE="true")
    report = json.loads(done.stdout)
    assert (report["added"], report["unchanged"], report["failed"]) == (1, 1, [])
    with serving(store, tmp_path / "log", YIJU_LIBREOFFICE="true") as address:
        files = {"files": ("b.rtf", RTF.replace(b"1989", b"1990"))}
        answer = httpx.post(f"{address}/api/articles", files=files, timeout=120)
        assert (answer.status_code, answer.json()["failed"]) == (201, [])
        text = httpx.get(f"{address}/api/articles/b.rtf", timeout=60).json()["text"]
    assert text == "Zhongshan was built in 1990."


def test_one_that_is_not_there_is_told_before_anything_is_done(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    missing, store = tmp_path / "soffice", tmp_path / "store"
    for command in (["rebuild", tmp_path], ["serve"]):
        done = run_yiju(*command, "--store", store, YIJU_LIBREOFFICE=str(missing))
        assert done.returncode == 1
        assert f"Error: YIJU_LIBREOFFICE is {missing}, but there is no such program." in done.stderr
        assert "Traceback" not in done.stderr
    assert not store.exists()
