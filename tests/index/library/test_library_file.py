"""The library keeps what can't be derived, whole or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from index.article import Article, Recognised, Removed, Section, Span
from index.build.reading.prepare import prepare
from index.library.content import LibraryEntry, layout_of
from index.library.library_file import LibraryFile
from index.library.version import Version
from index.table import Cell, Table
from index.text.splitter import split
from tests.support.small_index import TEXTS

ARTICLE = Article(
    id="a.txt",
    title="智慧城市",
    text="智慧城市\n\n2016-09-30\n\n新加坡提出计划。投入1.6亿元。",
    source="百方网",
    published="2016-09-30",
    url="https://a.example/1",
    sections=(Section("智慧城市", 0, 34),),
    removed=(Removed(0, "首页"),),
    title_at=Span(0, 4),
    published_at=Span(6, 16),
)


TABLE = Table.of(
    18,
    24,
    [
        Cell(0, 0, 2, 1, 18, 20, header=True),
        Cell(0, 1, 1, 1, 20, 24),
        Cell(1, 1, 1, 1, 24, 24, header=True, text="备注“甲”"),
    ],
)
FIRST, SECOND = Version.of(1), Version.of(2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


@pytest.fixture
def library(path: Path) -> Iterator[LibraryFile]:
    with closing(LibraryFile(path, create=True)) as opened:
        yield opened


def test_what_was_recognised_is_kept_and_other_articles_keep_their_names(
    library: LibraryFile,
) -> None:
    scan = replace(ARTICLE, recognised=(Recognised(0, 4, 0.93), Recognised(18, 26, 0.7)))
    content = added(library, scan)
    assert library.article(content).recognised == scan.recognised
    assert content != added(library, ARTICLE)
    assert "recognised" not in prepare(ARTICLE).layout
    assert library.article(added(library, ARTICLE)).recognised == ()


def added(library: LibraryFile, article: Article) -> str:
    """Add an article and return the name of its content."""
    record = prepare(article)
    library.add(record)
    return record.content


def entry(article: Article, content: str) -> LibraryEntry:
    return LibraryEntry(article.id, content, f"/in/{article.id}", "f" * 64, "1")


def test_the_name_of_a_content_depends_on_all_but_the_id() -> None:
    same = prepare(ARTICLE).content
    assert prepare(replace(ARTICLE, id="b.txt")).content == same
    changed = [
        replace(ARTICLE, title="城市"),
        replace(ARTICLE, text=ARTICLE.text + "\n"),
        replace(ARTICLE, source=None),
        replace(ARTICLE, author="甲"),
        replace(ARTICLE, published="2016"),
        replace(ARTICLE, url=None),
        replace(ARTICLE, sections=()),
        replace(ARTICLE, removed=()),
        replace(ARTICLE, pages=(0,)),
        replace(ARTICLE, title_at=None),
        replace(ARTICLE, source_at=Span(6, 16), published_at=None),
        replace(ARTICLE, tables=(TABLE,)),
        replace(ARTICLE, tables=(TABLE.moved(1),)),
    ]
    names = {prepare(article).content for article in changed}
    assert len({same, *names}) == len(changed) + 1


def test_an_article_without_tables_is_laid_out_as_before_there_were_any(
    library: LibraryFile,
) -> None:
    assert layout_of(ARTICLE) == (
        '{"sections": [{"title": "智慧城市", "start": 0, "end": 34}], '
        '"removed": [{"at": 0, "text": "首页"}], "pages": [], "places": [[0, 4], null, [6, 16]]}'
    )
    for article in (ARTICLE, replace(ARTICLE, tables=(TABLE, TABLE.moved(7)))):
        stored = library.article(added(library, article))
        assert replace(stored, id=article.id) == article
        assert [table.cells for table in stored.tables] == [table.cells for table in article.tables]


def test_an_article_added_twice_is_stored_once(library: LibraryFile) -> None:
    names = [added(library, ARTICLE), added(library, replace(ARTICLE, id="b.txt"))]
    assert names == [prepare(ARTICLE).content] * 2
    library.record(FIRST, [entry(ARTICLE, names[0]), entry(replace(ARTICLE, id="b.txt"), names[0])])
    assert len(library.numbers(FIRST)) == len(split(ARTICLE.text, ARTICLE.sections))


@settings(max_examples=30)
@given(text=TEXTS.filter(lambda text: bool(text.strip())))
def test_stored_passages_are_the_text_at_their_offsets(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    library = LibraryFile(tmp_path_factory.mktemp("store") / "library.sqlite", create=True)
    article = Article("a", "题", text)
    library.record(FIRST, [entry(article, added(library, article))])
    stored = list(library.passages(library.numbers(FIRST)))
    assert [passage.text for passage in stored] == [text[p.start : p.end] for p in split(text)]
    assert {passage.context for passage in stored} == {"题"}
    library.close()


def test_a_transaction_is_all_or_nothing(library: LibraryFile) -> None:
    with suppress(KeyboardInterrupt), library.transaction():
        added(library, ARTICLE)
        raise KeyboardInterrupt
    library.record(FIRST, [])
    assert library.numbers(FIRST).tolist() == []
    with pytest.raises(sqlite3.IntegrityError):
        library.record(SECOND, [entry(ARTICLE, "00" * 32)])
    assert library.recorded() == [FIRST]


def test_what_is_recorded_is_read_back_and_forgotten(library: LibraryFile) -> None:
    article = entry(ARTICLE, added(library, ARTICLE))
    library.record(FIRST, [article])
    library.record(SECOND, [])
    assert (dict(library.entries(FIRST)), dict(library.entries(SECOND))) == ({"a.txt": article}, {})
    library.forget(FIRST)
    assert (library.recorded(), dict(library.entries(FIRST)), len(library.numbers(FIRST))) == (
        [SECOND],
        {},
        0,
    )


def test_passages_come_in_the_order_asked_with_the_words_they_are_found_by(
    library: LibraryFile,
) -> None:
    articles = [
        replace(ARTICLE, id=str(at), title=f"第{at}篇", text=f"第{at}篇。" * 300) for at in range(4)
    ]
    library.record(FIRST, [entry(article, added(library, article)) for article in articles])
    numbers = library.numbers(FIRST).tolist()
    assert numbers == sorted(set(numbers))
    assert len(numbers) > 2 * len(articles)
    asked = numbers[::-1] + numbers[:3]
    stored = list(library.passages(asked))
    assert [passage.id for passage in stored] == asked
    assert {passage.context for passage in stored[: len(numbers)]} == {
        f"第{at}篇{heading}" for at in range(4) for heading in ("\n智慧城市", "")
    }


def test_numbers_are_those_of_the_splitter_of_the_generation(
    library: LibraryFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.record(FIRST, [entry(ARTICLE, added(library, ARTICLE))])
    before = library.numbers(FIRST).tolist()
    monkeypatch.setattr("index.library.library_file.SPLITTER", "lines/9")
    library.record(SECOND, [entry(ARTICLE, added(library, ARTICLE))])
    assert library.numbers(FIRST).tolist() == before
    assert set(library.numbers(SECOND).tolist()).isdisjoint(before)


def test_a_number_once_given_never_comes_to_mean_another_passage(library: LibraryFile) -> None:
    library.record(FIRST, [entry(ARTICLE, added(library, ARTICLE))])
    first = library.numbers(FIRST).tolist()
    library.forget(FIRST)
    library.collect()
    library.record(SECOND, [entry(ARTICLE, added(library, ARTICLE))])
    assert min(library.numbers(SECOND)) > max(first)


def test_what_no_generation_needs_is_collected_and_nothing_else(
    library: LibraryFile, path: Path
) -> None:
    kept, gone = ARTICLE, replace(ARTICLE, id="b.txt", text="去了的一篇。" + ARTICLE.text)
    names = [added(library, article) for article in (kept, gone)]
    library.record(
        FIRST, [entry(article, name) for article, name in zip((kept, gone), names, strict=True)]
    )
    library.record(SECOND, [entry(kept, names[0])])
    library.collect()
    assert (counts(path), len(library.entries(FIRST))) == ((2, 2), 2)
    library.forget(FIRST)
    library.collect()
    assert counts(path) == (1, 1)
    assert library.entries(SECOND) == {"a.txt": entry(kept, names[0])}
    assert [passage.text for passage in library.passages(library.numbers(SECOND))] == [
        passage.of(kept.text) for passage in split(kept.text, kept.sections)
    ]


def counts(path: Path) -> tuple[int, int]:
    """Return the number of contents, and how many of them have passages."""
    with closing(sqlite3.connect(path)) as db:
        [contents] = db.execute("SELECT COUNT(*) FROM contents").fetchone()
        [split_up] = db.execute("SELECT COUNT(DISTINCT content) FROM passages").fetchone()
    return contents, split_up
