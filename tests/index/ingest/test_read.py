"""Any bytes are read as articles with correct offsets, or refused with a reason."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article, Failure
from index.ingest.read import INGEST_VERSION, read_file
from index.ingest.structure.dates import to_iso
from tests.support.documents import docx, lines_pdf

SUFFIXES = [".txt", ".md", ".html", ".htm", ".jsonl", ".docx", ".zip", ".TXT", ".csv", ".json",
            ".eml", ".xlsx", ".pptx", ".odt", ".epub"]  # fmt: skip
PIECES = st.sampled_from(
    [
        piece.encode(encoding)
        for piece in ["首页 > 新闻\n", "智慧城市\n", "2016-09-30 来源：新华社\n", "版权所有\n",
                      "近年来，各国投入很大，成果很多。\n\n",
                      "<p>", "</p><h2>", "# ", "---\n", "title: 城市\n",
                      '{"text": "', '"}\n', "背景\n\n", "| a | b |\n|--|--|\n"]
        for encoding in ("utf-8", "gb18030")
    ]
)  # fmt: skip
BYTES = st.binary(max_size=200) | st.lists(PIECES | st.binary(max_size=4), max_size=15).map(
    b"".join
)


def assert_whole(article: Article) -> None:
    """Check that every offset is correct and the text can be stored."""
    text = article.text
    assert text.strip()
    text.encode("utf-8")
    assert "\0" not in text
    for span, value in ((article.title_at, article.title), (article.source_at, article.source)):
        assert span is None or span.of(text) == value
    if article.published_at:
        assert to_iso(article.published_at.of(text)) == article.published
    edges = [edge for section in article.sections for edge in (section.start, section.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
    for section in article.sections:
        assert section.title == text[section.start :].split("\n")[0].strip() != ""
    assert all(above.at <= below.at for above, below in pairwise(article.removed))
    assert all(0 <= part.at <= len(text) for part in article.removed)


@settings(max_examples=250, deadline=None)
@given(data=BYTES, suffix=st.sampled_from(SUFFIXES))
def test_any_bytes_are_articles_or_a_reason(data: bytes, suffix: str) -> None:
    name = f"a/文 件{suffix}"
    articles, failures = read_file(name, data)
    for article in articles:
        assert_whole(article)
    for failure in failures:
        assert failure.where == name or failure.where.startswith(f"{name}:")
        assert failure.reason.endswith(".")
    if suffix not in (".jsonl", ".json", ".eml"):
        assert len(articles) + len(failures) == 1


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\u3000\u200b\n".encode(), b"\xef\xbb\xbf"])
def test_an_empty_article_is_a_failure(suffix: str, data: bytes) -> None:
    name = f"a{suffix}"
    assert read_file(name, data) == ([], [Failure(name, "is empty.")])


def test_binary_data_is_a_failure_with_a_plain_sentence() -> None:
    reason = "is not text (it looks like binary data); save it as UTF-8 text."
    assert read_file("a.txt", bytes(64)) == ([], [Failure("a.txt", reason)])


def test_each_suffix_has_its_reader() -> None:
    texts = {
        "a.txt": "# *标题*",
        "a.md": "标题",
        "a.html": "# *标题*",
        "a.HTM": "# *标题*",
    }
    for name, text in texts.items():
        (article,), failures = read_file(name, "# *标题*".encode())
        assert (article.id, article.text, failures) == (name, text, [])
    (article,), _ = read_file("a.jsonl", '{"id": "x", "text": "# 标题"}'.encode())
    assert (article.id, article.text) == ("x", "# 标题")


def write_all(document: Any, lines: list[str]) -> None:  # noqa: ANN401
    for line in lines:
        document.add_paragraph(line)


def test_the_byline_names_the_author_in_every_kind_of_file() -> None:
    lines = ["智慧城市", "2016-09-30 作者：张三", "近年来，各国投入很大，成果很多。"]
    for name, data in {
        "a.txt": "\n".join(lines).encode(),
        "a.md": "\n\n".join(lines).encode(),
        "a.markdown": "\n\n".join(lines).encode(),
        "a.html": "".join(f"<p>{line}</p>" for line in lines).encode(),
        "a.docx": docx(lambda document: write_all(document, lines), author="李四"),
        "a.pdf": lines_pdf(*lines),
    }.items():
        (article,), _ = read_file(name, data)
        assert article.author == "张三", name


def test_an_unknown_suffix_is_a_failure() -> None:
    reason = "“.gif” files are not supported; save it as .txt."
    assert read_file("a.gif", b"x") == ([], [Failure("a.gif", reason)])


def test_an_older_format_is_refused_with_the_one_to_save_it_in() -> None:
    _, (failure,) = read_file("账目.xls", b"x")
    assert failure.reason == (
        "XLS files are not supported; save the sheets as .xlsx, or set YIJU_LIBREOFFICE."
    )


def test_there_is_a_version_to_store() -> None:
    assert INGEST_VERSION == "15"
