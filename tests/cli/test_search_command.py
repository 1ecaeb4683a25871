"""`yiju search` lists passages as the API gives them."""

import json
from pathlib import Path

from tests.conftest import run_afresh, run_yiju
from tests.support.documents import pdf, write
from yiju import Filter, Library


def test_it_finds_what_the_library_finds(sample_store: Path) -> None:
    done = run_afresh("search", "地铁", "-k", 3, "--store", sample_store, "--json", "--to", "2024")
    result = json.loads(done.stdout)
    with Library.open(sample_store) as library:
        hits = library.search("地铁", 3, Filter(published_to="2024")).hits
    assert list(result) == ["hits", "index_version"]
    assert [hit["text"] for hit in result["hits"]] == [hit.text for hit in hits]
    assert list(result["hits"][0]) == [
        "article_id", "title", "start", "end", "text", "score", "dense_rank", "lexical_rank",
        "source", "published", "url", "heading",
    ]  # fmt: skip
    listed = run_yiju("search", "地铁", "-k", 3, "--store", sample_store, "--to", "2024").stdout
    for number, hit in enumerate(hits, 1):
        assert f"[{number}] {hit.title}\n    {hit.article_id} {hit.start}–{hit.end}\n" in listed


def test_a_passage_and_a_citation_of_a_pdf_have_their_pages(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    pages = [
        lambda canvas: write(canvas, "渡口的班船每天六点开出，九点返回。", 72, 760),
        lambda canvas: write(canvas, "灯塔高二十米，建于1985年。", 72, 760),
    ]
    (articles / "a.pdf").write_bytes(pdf(*pages))
    assert run_yiju("rebuild", articles, "--store", tmp_path / "store").returncode == 0
    found = run_yiju("--store", tmp_path / "store", "search", "灯塔", "-k", 1)
    assert "a.pdf 第 1 页" in found.stdout, "the passage begins there, and goes on"
    asked = run_yiju("--store", tmp_path / "store", "ask", "灯塔建于哪一年?")
    assert "a.pdf 第 2 页" in asked.stdout


def test_what_makes_no_sense_is_refused(sample_store: Path) -> None:
    asked = [("search", " "), ("search", "桥", "--from", "yesterday")]
    for arguments, words in zip(asked, ["1 to 2,000", "is no date"], strict=True):
        done = run_yiju(*arguments, "--store", sample_store)
        assert (done.returncode, words in done.stderr) == (1, True)
    assert run_yiju("search", "桥", "-k", 0, "--store", sample_store).returncode == 2
