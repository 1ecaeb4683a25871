"""An article is within its bounds, whatever its file; what is too long is told, or left out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Failure
from index.bounds import MAX_CHARS, MAX_FIELD, MAX_LINES, MAX_SECTIONS, fitting, most_of
from index.ingest.read import read_file
from tests.support.documents import docx

BRIDGE = "这座大桥全长55公里，是最长的跨海大桥。"


@pytest.mark.parametrize("name", ["id", "title", "source", "author", "url"])
def test_a_field_as_long_as_it_may_be_is_taken_and_a_longer_one_is_told(name: str) -> None:
    longest = most_of(name)
    for length in (longest, longest + 1):
        line = json.dumps({"text": BRIDGE, name: "a" * length}).encode()
        articles, failed = read_file("a.jsonl", line)
        if length == longest:
            assert [getattr(article, name) for article in articles] == ["a" * length]
        else:
            reason = f'has a "{name}" of more than {longest:,} characters; shorten it.'
            assert failed == [Failure("a.jsonl:1", reason)]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl"])
@pytest.mark.parametrize(
    ("text", "bound"), [("长" * (MAX_CHARS + 1), "characters"), ("a\n" * (MAX_LINES + 2), "lines")]
)
def test_a_text_beyond_a_bound_is_refused_by_every_format(name: str, text: str, bound: str) -> None:
    data = {
        "a.html": f"<pre>{text}</pre>",
        "a.jsonl": json.dumps({"text": text}),
    }.get(name, text)
    articles, failed = read_file(name, data.encode())
    assert articles == []
    assert [f"{bound}; split it." in failure.reason for failure in failed] == [True]


def test_an_article_of_too_many_headings_is_refused() -> None:
    text = "".join(f"# 第{i}章\n\n桥。\n\n" for i in range(MAX_SECTIONS + 2))
    _, (failure,) = read_file("a.md", text.encode())
    assert failure.reason == f"holds more than {MAX_SECTIONS:,} headings; split it."


def test_what_a_file_says_of_itself_is_left_out_if_it_is_too_long() -> None:
    long = "长" * (most_of("title") + 1)
    page = f"<title>{long}</title><meta property='og:site_name' content='{long}'><p>{BRIDGE}</p>"
    files = {
        "a.html": f"<html><head>{page}</html>".encode(),
        "a.md": f"---\ntitle: {long}\nsource: {long}\n---\n\n# {long}\n\n{BRIDGE}".encode(),
        "a.docx": docx(lambda document: document.add_heading(long, 1), title=BRIDGE),
    }
    for name, data in files.items():
        (article,), _ = read_file(name, data)
        assert len(article.title) <= most_of("title"), name
        assert article.source is None
        assert all(len(section.title) <= MAX_FIELD for section in article.sections)
        assert long not in article.title


@given(st.sampled_from(["title", "source", "url"]), st.integers(0, 3000))
def test_a_fitting_field_is_the_field_or_none(name: str, length: int) -> None:
    assert fitting(name, "a" * length) == ("a" * length if length <= most_of(name) else None)
