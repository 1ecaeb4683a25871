"""The library keeps what can't be derived, whole or not at all."""

import sqlite3
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from index.article import Article, Removed, Section, Span
from index.errors import MismatchError
from index.library import Entry, Library, connect, content_hash
from index.passages import split
from tests.index.tiny import TEXTS

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


def entry(article: Article, content: str) -> Entry:
    return Entry(article.id, content, f"/in/{article.id}", "f" * 64, "1")


def test_the_name_of_a_content_hangs_on_all_but_the_id() -> None:
    same = content_hash(ARTICLE)
    assert content_hash(replace(ARTICLE, id="b.txt")) == same
    changed = [
        replace(ARTICLE, title="城市"),
        replace(ARTICLE, text=ARTICLE.text + "\n"),
        replace(ARTICLE, source=None),
        replace(ARTICLE, published="2016"),
        replace(ARTICLE, url=None),
        replace(ARTICLE, sections=()),
        replace(ARTICLE, removed=()),
        replace(ARTICLE, title_at=None),
        replace(ARTICLE, source_at=Span(6, 16), published_at=None),
    ]
    assert len({same, *map(content_hash, changed)}) == len(changed) + 1


def test_an_article_added_twice_is_stored_once(library: Library) -> None:
    names = [library.add(ARTICLE), library.add(replace(ARTICLE, id="b.txt"))]
    assert names == [content_hash(ARTICLE)] * 2
    library.record(1, [entry(ARTICLE, names[0]), entry(replace(ARTICLE, id="b.txt"), names[0])])
    assert len(library.passage_hashes(1)) == len(split(ARTICLE.text, ARTICLE.sections))


@settings(max_examples=30)
@given(text=TEXTS.filter(lambda text: bool(text.strip())))
def test_stored_passages_are_the_text_at_their_offsets(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    library = Library(tmp_path_factory.mktemp("store") / "library.sqlite")
    article = Article("a", "题", text)
    library.record(1, [entry(article, library.add(article))])
    stored = list(library.passages(list(library.passage_hashes(1))))
    assert [one.text for one in stored] == [text[p.start : p.end] for p in split(text)]
    assert {one.context for one in stored} == {"题"}
    library.close()


def test_a_transaction_is_all_or_nothing(library: Library) -> None:
    with suppress(KeyboardInterrupt), library.transaction():
        library.add(ARTICLE)
        raise KeyboardInterrupt
    library.record(1, [])
    assert library.passage_hashes(1) == {}
    with pytest.raises(sqlite3.IntegrityError):
        library.record(2, [entry(ARTICLE, "x"), entry(ARTICLE, "y")])
    assert library.recorded() == [1]


def test_what_is_recorded_is_read_back_and_forgotten(library: Library) -> None:
    one = entry(ARTICLE, library.add(ARTICLE))
    library.record(1, [one])
    library.record(2, [])
    assert (library.entries(1), library.entries(2)) == ({"a.txt": one}, {})
    library.forget(1)
    assert (library.recorded(), library.entries(1), library.passage_hashes(1)) == ([2], {}, {})


def test_vectors_come_back_in_the_order_asked_and_by_their_model(library: Library) -> None:
    vectors = np.arange(6, dtype=np.float32).reshape(3, 2)
    library.add_vectors("m", [b"a", b"b", b"c"], vectors)
    library.add_vectors("n", [b"a"], vectors[2:])
    np.testing.assert_array_equal(library.vectors("m", [b"c", b"a"]), vectors[[2, 0]])
    assert (library.embedded("m"), library.embedded("n")) == ({b"a", b"b", b"c"}, {b"a"})
    assert library.embedded("o") == set()


def test_as_many_hashes_as_vectors_or_none_is_stored(library: Library) -> None:
    with pytest.raises(ValueError, match="zip"):
        library.add_vectors("m", [b"a", b"b"], np.ones((1, 2), np.float32))
    assert library.embedded("m") == set()


def test_a_file_of_another_schema_is_refused_with_both_versions(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    Library(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA user_version = 99")
    raw.close()
    for readonly in (True, False):
        with pytest.raises(MismatchError, match="has schema version 99, this Yiju reads version 1"):
            connect(path, readonly=readonly)


def test_a_reader_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(MismatchError, match="is missing"):
        connect(tmp_path / "library.sqlite", readonly=True)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "a library #1?.sqlite"  # marks that mean something in a URI
    Library(path).close()
    reader = connect(path, readonly=True)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM contents")
    reader.close()
