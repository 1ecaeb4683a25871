"""A program opens a library, asks it, follows its rebuilds, and is told what is wrong."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest

from index.errors import (
    ArticleError,
    BusyError,
    GoneError,
    ModelError,
    NoArticleError,
    NoIndexError,
    NoPathError,
    UsageError,
)
from index.listing.article_filter import Filter
from index.store.store import Store
from python_api.open_library import Library
from tests.conftest import ROOT, run_yiju
from tests.support.article_folder import ArticleFolder

QUESTION = "第一位担任ISO主席的中国人是谁?"


@pytest.fixture
def library(sample_store: Path) -> Iterator[Library]:
    """The sample articles."""
    with Library.open(sample_store) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def test_it_answers_as_the_command_line_does(library: Library, sample_store: Path) -> None:
    answer = library.ask(QUESTION)
    printed = json.loads(run_yiju("ask", QUESTION, "--store", sample_store, "--json").stdout)
    assert answer.short_answer == printed["short_answer"] == "张晓刚"
    assert answer.citations[0].quote == printed["citations"][0]["quote"]
    assert answer.confidence == printed["confidence"]


def test_quotes_are_exact_and_passages_are_of_their_articles(library: Library) -> None:
    for citation in library.ask(QUESTION).citations:
        text = library.article(citation.article_id).text
        assert text[citation.start : citation.end] == citation.quote
    result = library.search("大桥的长度", k=7)
    assert len(result.hits) == 7
    assert [hit.score for hit in result.hits] == sorted(
        (hit.score for hit in result.hits), reverse=True
    )
    for hit in result.hits:
        assert library.article(hit.article_id).text[hit.start : hit.end] == hit.text


def test_filters_leave_out_articles(library: Library) -> None:
    only = Filter(articles=("hzmb-bridge.txt",))
    assert {hit.article_id for hit in library.search("标准", filter=only).hits} == set(
        only.articles
    )
    assert not library.ask(QUESTION, filter=only).answered
    assert library.search("标准", filter=Filter(articles=("none",))).hits == []


def test_articles_are_listed_page_by_page(tmp_path: Path) -> None:
    articles = ArticleFolder(tmp_path)
    lines = (
        json.dumps({"id": f"n{number}", "title": f"题{number:03}", "text": f"第{number}站。"})
        for number in range(450)
    )
    articles.put("all.jsonl", "\n".join(lines))
    with Library.open(tmp_path / "store") as library:
        library.rebuild(articles.articles)
        listed = [match.listing.title for match in library.articles()]
        assert listed == [f"题{number:03}" for number in range(450)]
        [match] = library.articles("第321站")
        assert match.listing.id == "n321"
        assert [snippet.text for snippet in match.snippets] == ["第321站。"]


def test_filters_of_a_list_go_together(library: Library) -> None:
    every = list(library.articles())
    assert len(every) == library.status().articles == 14
    source = every[0].listing.source
    assert source is not None
    of_source = {match.listing.id for match in library.articles(source=source)}
    assert of_source == {match.listing.id for match in every if match.listing.source == source}
    dates = [match.listing.published or "" for match in library.articles(sort="newest", year=2024)]
    assert dates == sorted(dates, reverse=True)
    assert all(date.startswith("2024") for date in dates)


def test_threads_share_it(library: Library) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: library.ask(QUESTION).short_answer, range(16)))
    assert answers == ["张晓刚"] * 16


def test_it_follows_a_rebuild_of_another_process(tmp_path: Path) -> None:
    folder = ArticleFolder(tmp_path)
    folder.put("zhongshan.txt", "中山站\n\n中山站建于1989年。")
    store = tmp_path / "store"
    with Library.open(str(store)) as library:
        with pytest.raises(NoIndexError, match="There is no index in"):
            library.ask("中山站建于哪年?")
        assert not store.exists()
        assert library.rebuild([folder.articles]).added == 1
        assert library.ask("中山站建于哪年?", decide=False).short_answer == "1989年"
        folder.put("zhongshan.txt", "中山站\n\n中山站建于1999年。")
        assert run_yiju("rebuild", folder.articles, "--store", store).returncode == 0
        answer = library.ask("中山站建于哪年?", decide=False)
        assert (answer.short_answer, answer.index_version) == ("1999年", "000002")
        assert "1989" in library.article("zhongshan.txt", "000001").text
        with pytest.raises(GoneError, match="000009 is no longer kept"):
            library.article("zhongshan.txt", "000009")


def test_a_rebuild_tells_its_progress_and_changes_nothing_if_it_is_dry(tmp_path: Path) -> None:
    folder = ArticleFolder(tmp_path)
    folder.put("a.txt", "甲站\n\n甲站建于1989年。")
    told: list[str] = []
    with Library.open(tmp_path / "store") as library:
        library.rebuild(folder.articles, progress=lambda phase, *_: told.append(phase))
        folder.put("b.txt", "乙站\n\n乙站建于1999年。")
        assert library.rebuild(dry_run=True).added == 1
        assert library.status().articles == 1
        assert library.rebuild().added == 1, "the paths of earlier rebuilds are read again"
    assert told, "progress is looked at now and then"


def test_a_rebuild_fails_with_its_own_kind_of_error(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with Library.open(store.root) as library:
        with pytest.raises(NoPathError, match="No PATH was given"):
            library.rebuild()
        with pytest.raises(ArticleError, match=r"No article found in .*/none"):
            library.rebuild(tmp_path / "none")
        store.create()
        with store.lock(), pytest.raises(BusyError, match="Another rebuild is at work"):
            library.rebuild(ROOT / "articles")


def test_a_rebuild_ends_with_the_exception_of_its_caller(tmp_path: Path) -> None:
    class OwnError(Exception):
        pass

    def refuse(*_: object) -> None:
        raise OwnError

    with Library.open(tmp_path / "store") as library:
        with pytest.raises(OwnError):
            library.rebuild(ROOT / "articles", progress=refuse)
        assert library.rebuild(ROOT / "articles").added == 14


def test_what_is_wrong_is_told_by_its_kind(library: Library, sample_store: Path) -> None:
    with pytest.raises(NoArticleError, match="There is no article “none”"):
        library.article("none")
    with pytest.raises(NoArticleError, match=r"There is no article '\\ud800'"):
        library.article("\ud800")
    with pytest.raises(UsageError, match="1 to 2,000 characters"):
        library.ask(" ")
    with Library.open(sample_store, model="no-such-model") as lacking, pytest.raises(ModelError):
        lacking.ask(QUESTION)
    library.close()
    for call in (library.status, library.rebuild, lambda: library.ask(QUESTION)):
        with pytest.raises(UsageError, match="This library is closed; open it again"):
            call()


def test_a_program_that_imports_it_keeps_its_signals_and_loads_no_server(tmp_path: Path) -> None:
    program = tmp_path / "rebuild.py"
    program.write_text(
        "import signal, sys\n"
        "from yiju import Library\n"
        "assert signal.getsignal(signal.SIGINT) is signal.default_int_handler\n"
        "print({'flask', 'torch', 'jieba'} & sys.modules.keys())\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("set()", "")


def test_the_stub_names_what_the_module_offers() -> None:
    stub = ast.parse((ROOT / "yiju-stubs" / "__init__.pyi").read_text(encoding="utf-8"))
    imported = {
        alias.asname
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    defined = {node.name for node in stub.body if isinstance(node, ast.FunctionDef)}
    assert sorted(filter(None, imported | defined)) == import_module("yiju").__all__
