"""The library keeps what can't be derived, whole or not at all."""

import sqlite3
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from index.article import Article, Removed, Section, Span
from index.store.content import content_hash
from index.store.library import Library, LibraryEntry
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


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library.sqlite")


def entry(article: Article, content: str) -> LibraryEntry:
    return LibraryEntry(article.id, content, f"/in/{article.id}", "f" * 64, "1")


def test_the_name_of_a_content_hangs_on_all_but_the_id() -> None:
    same = content_hash(ARTICLE)
    assert content_hash(replace(ARTICLE, id="b.txt")) == same
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
    ]
    assert len({same, *map(content_hash, changed)}) == len(changed) + 1


def test_an_article_added_twice_is_stored_once(library: Library) -> None:
    names = [library.add(ARTICLE), library.add(replace(ARTICLE, id="b.txt"))]
    assert names == [content_hash(ARTICLE)] * 2
    library.record(1, [entry(ARTICLE, names[0]), entry(replace(ARTICLE, id="b.txt"), names[0])])
    assert len(library.numbers(1)) == len(split(ARTICLE.text, ARTICLE.sections))


@settings(max_examples=30)
@given(text=TEXTS.filter(lambda text: bool(text.strip())))
def test_stored_passages_are_the_text_at_their_offsets(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    library = Library(tmp_path_factory.mktemp("store") / "library.sqlite")
    article = Article("a", "题", text)
    library.record(1, [entry(article, library.add(article))])
    stored = list(library.passages(library.numbers(1)))
    assert [one.text for one in stored] == [text[p.start : p.end] for p in split(text)]
    assert {one.context for one in stored} == {"题"}
    library.close()


def test_a_transaction_is_all_or_nothing(library: Library) -> None:
    with suppress(KeyboardInterrupt), library.transaction():
        library.add(ARTICLE)
        raise KeyboardInterrupt
    library.record(1, [])
    assert library.numbers(1).tolist() == []
    with pytest.raises(sqlite3.IntegrityError):
        library.record(2, [entry(ARTICLE, "00" * 32)])
    assert library.recorded() == [1]


def test_what_is_recorded_is_read_back_and_forgotten(library: Library) -> None:
    one = entry(ARTICLE, library.add(ARTICLE))
    library.record(1, [one])
    library.record(2, [])
    assert (library.entries(1), library.entries(2)) == ({"a.txt": one}, {})
    library.forget(1)
    assert (library.recorded(), library.entries(1), len(library.numbers(1))) == ([2], {}, 0)


def test_passages_come_in_the_order_asked_with_the_words_they_are_found_by(
    library: Library,
) -> None:
    articles = [
        replace(ARTICLE, id=str(at), title=f"第{at}篇", text=f"第{at}篇。" * 300) for at in range(4)
    ]
    library.record(1, [entry(one, library.add(one)) for one in articles])
    numbers = library.numbers(1).tolist()
    assert numbers == sorted(set(numbers))
    assert len(numbers) > 2 * len(articles)
    asked = numbers[::-1] + numbers[:3]
    stored = list(library.passages(asked))
    assert [one.id for one in stored] == asked
    assert {one.context for one in stored[: len(numbers)]} == {
        f"第{at}篇{heading}" for at in range(4) for heading in ("\n智慧城市", "")
    }


def test_numbers_are_those_of_the_splitter_of_the_generation(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.record(1, [entry(ARTICLE, library.add(ARTICLE))])
    before = library.numbers(1).tolist()
    monkeypatch.setattr("index.store.library.SPLITTER", "lines/9")
    library.record(2, [entry(ARTICLE, library.add(ARTICLE))])
    assert library.numbers(1).tolist() == before
    assert set(library.numbers(2).tolist()).isdisjoint(before)


def test_a_number_once_given_never_comes_to_mean_another_passage(library: Library) -> None:
    library.record(1, [entry(ARTICLE, library.add(ARTICLE))])
    first = library.numbers(1).tolist()
    library.forget(1)
    library.collect()
    library.record(2, [entry(ARTICLE, library.add(ARTICLE))])
    assert min(library.numbers(2)) > max(first)


def test_what_no_generation_needs_is_collected_and_nothing_else(library: Library) -> None:
    kept, gone = ARTICLE, replace(ARTICLE, id="b.txt", text="去了的一篇。" + ARTICLE.text)
    names = [library.add(one) for one in (kept, gone)]
    library.record(1, [entry(one, name) for one, name in zip((kept, gone), names, strict=True)])
    library.record(2, [entry(kept, names[0])])
    library.collect()
    assert (counts(library), len(library.entries(1))) == ((2, 2), 2)
    library.forget(1)
    library.collect()
    assert counts(library) == (1, 1)
    assert library.entries(2) == {"a.txt": entry(kept, names[0])}
    assert [one.text for one in library.passages(library.numbers(2))] == [
        passage.of(kept.text) for passage in split(kept.text, kept.sections)
    ]


def counts(library: Library) -> tuple[int, int]:
    """How many contents there are, and of how many there are passages."""
    [contents] = library.db.execute("SELECT COUNT(*) FROM contents").fetchone()
    [split_up] = library.db.execute("SELECT COUNT(DISTINCT content) FROM passages").fetchone()
    return contents, split_up
