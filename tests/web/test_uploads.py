"""Names of uploaded files are cleaned before they become ids; scans are recognised if asked."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.ocr.scanned_page import as_pdf
from tests.index.ingest.scans import DPI, READS_SCANS, Sheet, as_bytes
from tests.support.served_index import ServedIndex, assert_problem, served_index
from web.uploads import printable_name

FACT = "一、封闭时间为2026年3月12日至5月20日。"
QUESTION = "青湖大桥封闭到什么时候?"


def test_cleaning_keeps_the_last_part_of_a_name() -> None:
    for name in (
        "报告.txt",
        "a/报告.txt",
        "..\\..\\报告.txt",
        " 报\u0007告.txt\n",
        "/x/\u202e报告.txt",
    ):
        assert printable_name(name) == "报告.txt"
    assert printable_name("Re\u0301sume\u0301.txt") == "Résumé.txt"
    assert printable_name("a\u3000\t b.txt") == "a b.txt"
    assert printable_name("/") == printable_name("\0") == printable_name("") == ""


@given(st.text(max_size=50))
def test_a_cleaned_name_is_no_path_and_is_printable(name: str) -> None:
    result = printable_name(name)
    assert not {"/", "\\", "\0"} & set(result)
    assert result.isprintable()
    assert printable_name(result) == result


def notice() -> Sheet:
    """Draw a notice."""
    sheet = Sheet().write("青湖大桥封闭施工的通知", 180, 72, 18)
    return sheet.write_lines(["各单位：", FACT, "二、公交18路改走望月桥。"], 130)


@pytest.fixture(scope="module")
def recognising(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedIndex]:
    """Serve a site that recognises scans."""
    with served_index(tmp_path_factory.mktemp("scans"), YIJU_OCR="true") as shared:
        yield shared


@READS_SCANS
def test_an_uploaded_scan_is_cited_as_one(recognising: ServedIndex) -> None:
    data = as_pdf([notice().image], DPI)
    added = recognising.add_files(("通知.pdf", data))
    assert (added.status_code, added.json()["unread"]) == (201, []), added.text
    answer = recognising.ask(QUESTION)
    cited = answer["citations"][0]
    assert (cited["article_id"], cited["quote"]) == ("通知.pdf", FACT)
    assert 0.9 < cited["recognised"] < 1
    article = recognising.read("通知.pdf").json()
    ranges = [article["text"][part["start"] : part["end"]] for part in article["recognised"]]
    assert ranges == article["text"].split("\n\n")
    assert recognising.delete("通知.pdf").status_code == 204


@READS_SCANS
def test_what_was_written_is_cited_without(recognising: ServedIndex) -> None:
    answer = recognising.ask("中山站建于哪年?")
    assert answer["citations"][0]["recognised"] is None
    assert recognising.read("zhongshan.txt").json()["recognised"] == []


def test_a_server_that_does_not_recognise_scans_tells_how_it_would(served: ServedIndex) -> None:
    response = served.add_files(("通知.png", as_bytes(Sheet(100, 100).image, "PNG")))
    assert_problem(response, 422, "通知.png: is a picture", "YIJU_OCR=true")
