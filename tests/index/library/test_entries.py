"""Which articles each generation has, whatever was recorded and forgotten in which order."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.article import Article
from index.build.reading.prepare import prepare
from index.library.content import LibraryEntry
from index.library.entries import OPEN, Entries
from index.library.generation_digests import digest_of
from index.library.library_file import LibraryFile
from index.library.version import Version

IDS = st.sampled_from(["a", "b", "c", "d"])
TEXTS = [f"第{number}站建于{1980 + number}年。" * (number + 1) for number in range(5)]
CHANGES = st.dictionaries(IDS, st.sampled_from([None, *range(len(TEXTS))]), max_size=3)
"""Numbers of texts by article id; None where the article is to go."""

Step = tuple[str, int, dict[str, int | None]]
STEPS: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.integers(0, 3), CHANGES),
        st.tuples(st.just("forget"), st.integers(0, 3), st.just({})),
    ),
    max_size=12,
)
Model = dict[Version, dict[str, LibraryEntry]]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[LibraryFile]:
    with closing(LibraryFile(tmp_path / "library.sqlite", create=True)) as opened:
        yield opened


def entry(article: str, content: str, path: str = "") -> LibraryEntry:
    return LibraryEntry(article, content, path or f"/in/{article}", "ab", "1")


def stored(library: LibraryFile) -> list[str]:
    """Store the texts; return their contents."""
    records = [prepare(Article(f"{at}", "题", text)) for at, text in enumerate(TEXTS)]
    library.add_all(records)
    return [record.content for record in records]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_each_generation_keeps_its_articles_whatever_comes_and_goes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    path = tmp_path_factory.mktemp("library") / "library.sqlite"
    with closing(LibraryFile(path, create=True)) as library:
        contents, model, number = stored(library), Model(), 0
        for kind, at, changes in steps:
            versions = sorted(model)
            if kind == "forget":
                if versions:
                    forgotten = versions[at % len(versions)]
                    library.forget(forgotten)
                    del model[forgotten]
            else:
                number += 1
                base = versions[-1 - at % len(versions)] if versions and at < 3 else None
                record(library, model, Version.of(number), base, changes, contents)
            check(library, model, Version.of(number + 1))


def record(  # noqa: PLR0917 - what a step consists of
    library: LibraryFile,
    model: Model,
    version: Version,
    base: Version | None,
    changes: dict[str, int | None],
    contents: list[str],
) -> None:
    """Record a generation in the library and in the model of it."""
    before = dict(model[base]) if base else {}
    put = [entry(article, contents[at]) for article, at in changes.items() if at is not None]
    removed = {article for article, at in changes.items() if at is None and article in before}
    library.record(version, put, removed, base)
    after = {article: old for article, old in before.items() if article not in removed}
    model[version] = after | {new.article: new for new in put}


def check(library: LibraryFile, model: Model, unknown: Version) -> None:
    """Compare all that the library says of its generations with the model."""
    assert sorted(library.recorded()) == sorted(model)
    assert not library.entries(unknown)
    for version, entries in model.items():
        held = library.entries(version)
        assert (dict(held), len(held), [*held]) == (entries, len(entries), sorted(entries))
        for other in model:
            shared = len(entries.keys() & model[other].keys())
            assert library.count_shared(version, other) == shared
            if other < version:
                numbers = library.numbers_after(version, other, library.numbers(other))
                assert numbers.tolist() == library.numbers(version).tolist()
    rows = library.db.rows("SELECT article, since, until FROM entries")
    assert all(any(since <= v.number < until for v in model) for _, since, until in rows)
    last = library.latest()
    is_open = sorted(article for article, _, until in rows if until == OPEN)
    assert is_open == (sorted(model[last]) if last else [])


def test_a_generation_that_changes_one_article_writes_one_row(library: LibraryFile) -> None:
    contents = stored(library)
    first, second = Version.of(1), Version.of(2)
    library.record(first, [entry(f"{number}", contents[0]) for number in range(50)])
    library.record(second, [entry("7", contents[1])], ["8"], first)
    assert library.db.rows("SELECT COUNT(*) FROM entries") == [(51,)]
    assert library.entries(second)["7"].content == contents[1]
    assert ("8" in library.entries(first), "8" in library.entries(second)) == (True, False)


def test_entries_are_found_by_file_and_by_content(library: LibraryFile) -> None:
    contents = stored(library)
    entries = [
        entry("a", contents[0], "/in/1"),
        entry("b", contents[1], "/in/1"),
        replace(entry("c", contents[0], "/in/2"), file_hash=""),
    ]
    library.record(Version.of(1), entries)
    held = library.entries(Version.of(1))
    assert held.of_path("/in/1") == entries[:2]
    assert held.of_content(contents[0]) == [entries[0], entries[2]]
    assert held.files() == {"/in/1": {("ab", "1")}, "/in/2": {("", "1")}}
    assert (held.of_path("/in"), held.of_content("00" * 32)) == ([], [])


def test_without_a_generation_there_are_no_entries() -> None:
    none = Entries()
    assert (dict(none), len(none), none.files(), none.of_path("/in/1")) == ({}, 0, {}, [])
    assert "a" not in none


def test_digests_tell_apart_what_differs_in_an_article_or_in_its_past(tmp_path: Path) -> None:
    digests = set()
    pasts = [({"a": 0}, {"a": 1}), ({"a": 0}, {"b": 1}), ({"a": 2}, {"a": 1}), ({}, {"a": 1})]
    for number, (past, change) in enumerate(pasts):
        with closing(LibraryFile(tmp_path / f"{number}.sqlite", create=True)) as library:
            contents, model = stored(library), Model()
            record(library, model, Version.of(1), None, {**past}, contents)
            record(library, model, Version.of(2), Version.of(1), {**change}, contents)
            digests.add(digest_of(library.db, Version.of(2)))
    assert len(digests) == len(pasts)
    assert None not in digests
