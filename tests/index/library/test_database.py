"""The library's file: what opens it, and the migration of the version before."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from index.article import Article
from index.errors import MismatchError, StoreError
from index.library.catalogue import Catalogue
from index.library.content import LibraryEntry
from index.library.database import connect, translated_errors
from index.library.generation_digests import digest_of
from index.library.library_file import LibraryFile
from index.library.version import Version
from tests.conftest import ROOT
from tests.support.old_stores import (
    dumped,
    make_library,
    make_store,
    make_version_2,
    make_version_3,
)
from tests.support.small_index import SmallIndex, TinyEncoder, search, texts_by_id

FIRST = Version.of(1)
TEXTS = {
    "a.txt": "甲国在2016年投资了100万美元。\n\n乙国没有投资。" * 40,
    "b.txt": "丙国的城市很智慧，大家都这样说。",
    "c.txt": "丙国的城市很智慧，大家都这样说。",
}
UPGRADE_AND_DIE = """
import os, signal, sys
from pathlib import Path
import index.library.database as database

class Bytes(bytes):
    @staticmethod
    def fromhex(value):
        if value == "dead":
            os.kill(os.getpid(), signal.SIGKILL)
        return bytes.fromhex(value)

plain = database._sql
database.bytes = Bytes
dying = {sys.argv[2]: "SELECT from_hex('dead');"}
database._sql = lambda name: plain(name) + dying.get(name, "")
database.connect(Path(sys.argv[1]))
"""


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """Make a library of schema version 1."""
    make_library(tmp_path / "library.sqlite", TEXTS, tmp_path)
    return tmp_path / "library.sqlite"


def test_a_library_of_version_1_is_brought_up_to_date_with_all_its_rows(earlier: Path) -> None:
    with closing(sqlite3.connect(earlier)) as old:
        passages = old.execute("SELECT id, start, end, text_hash FROM passages").fetchall()
        vectors = old.execute("SELECT text_hash, vector FROM embeddings").fetchall()
    with closing(LibraryFile(earlier)) as library:
        entries = library.entries(FIRST)
        assert {name: entry.path for name, entry in entries.items()} == {
            name: str(earlier.parent / name) for name in TEXTS
        }
        assert {(entry.reader, entry.part) for entry in entries.values()} == {("1", "")}
        assert library.numbers(FIRST).tolist() == [row[0] for row in passages]
    with closing(sqlite3.connect(earlier)) as new:
        select = "SELECT id, start, end, text_hash FROM passages"
        assert new.execute(select).fetchall() == passages
        select = "SELECT text_hash, vector FROM embeddings ORDER BY text_hash"
        assert new.execute(select).fetchall() == sorted(vectors)
        assert new.execute("PRAGMA foreign_key_check").fetchall() == []
        left = (
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE '%\\_1' ESCAPE '\\'"
        )
        assert new.execute(left).fetchall() == []
    with closing(Catalogue(earlier, FIRST)) as catalogue:
        assert texts_by_id(catalogue) == TEXTS
        assert catalogue.article("b.txt") == Article("b.txt", "题", TEXTS["b.txt"], "甲报", "2016")


@pytest.mark.parametrize("made", [make_version_2, make_version_3])
def test_a_library_of_version_2_or_3_is_read_as_it_is_and_brought_up_to_date(
    corpus: SmallIndex, tmp_path: Path, made: Callable[[Path], None]
) -> None:
    for texts in ({"a.txt": TEXTS["a.txt"]}, TEXTS):
        for name, text in texts.items():
            corpus.put(name, text)
        corpus.rebuild()
    path, versions = corpus.store.library, (FIRST, Version.of(2))
    held, digests = held_by(path, versions), digests_of(path, versions)
    made(path)
    before = dumped(path)
    assert held_by(path, versions) == held
    assert dumped(path) == before
    with closing(Catalogue(path, versions[1])) as reader:
        computed = digest_of(reader.db, versions[1])
        connect(path).close()
        assert texts_by_id(reader) == TEXTS  # it has seen that the file was migrated meanwhile
    assert held_by(path, versions) == held
    assert digests_of(path, versions)[1] == computed != digests[1]
    with closing(sqlite3.connect(path)) as upgraded, closing(new_library(tmp_path)) as fresh:
        schema = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
        assert upgraded.execute(schema).fetchall() == fresh.execute(schema).fetchall()


def new_library(folder: Path) -> sqlite3.Connection:
    """Return a new and empty library."""
    return connect(folder / "new.sqlite", create=True)


def held_by(path: Path, versions: Sequence[Version]) -> list[dict[str, LibraryEntry]]:
    """Return the entries of versions, as a reader finds them."""
    with closing(LibraryFile(path, readonly=True)) as library:
        return [dict(library.entries(version)) for version in versions]


def digests_of(path: Path, versions: Sequence[Version]) -> list[str | None]:
    """Return the digests of versions, as a reader finds them."""
    with closing(LibraryFile(path, readonly=True)) as library:
        return [digest_of(library.db, version) for version in versions]


@pytest.mark.parametrize(
    "moment",
    [
        "migrations/1-before.sql",
        "schema.sql",
        "entries.sql",
        "migrations/1-after.sql",
        "web.sql",
        "suggestions.sql",
    ],
)
def test_killed_at_any_step_it_stays_version_1_whole(earlier: Path, moment: str) -> None:
    before = dumped(earlier)
    assert before[0] == "version 1"
    done = subprocess.run(
        [sys.executable, "-c", UPGRADE_AND_DIE, str(earlier), moment], cwd=ROOT, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert dumped(earlier) == before
    connect(earlier).close()
    assert dumped(earlier)[0] == "version 4"


@pytest.mark.parametrize("moment", ["web.sql", "entries.sql", "migrations/3-after.sql"])
def test_killed_on_the_way_from_version_2_it_stays_whole(tmp_path: Path, moment: str) -> None:
    library = tmp_path / "library.sqlite"
    LibraryFile(library, create=True).close()
    make_version_2(library)
    before = dumped(library)
    command = [sys.executable, "-c", UPGRADE_AND_DIE, str(library), moment]
    done = subprocess.run(command, cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert dumped(library) == before
    connect(library).close()
    assert dumped(library)[0] == "version 4"


def test_who_only_reads_does_not_upgrade_and_tells_what_does(earlier: Path) -> None:
    before = dumped(earlier)
    with pytest.raises(MismatchError) as error:
        connect(earlier, readonly=True)
    assert str(error.value) == (
        f"{earlier} was made by an earlier Yiju (schema version 1). Bring it up to date with: "
        "yiju rebuild FOLDER. Nothing that was embedded is embedded again."
    )
    assert dumped(earlier) == before


def test_a_store_of_the_version_before_is_rebuilt_without_embedding_anything(
    corpus: SmallIndex,
) -> None:
    make_store(corpus, TEXTS)
    encoder = TinyEncoder()
    report = corpus.rebuild(encoder)
    assert (report.index_version, report.embedded) == ("000002", 0)
    assert (report.added, report.removed, report.failed) == (0, 0, [])
    assert report.notes == [
        "All indexes were made anew, with the vectors there are: Index version 000001 was made "
        "with format 2, but now it is 3. Go back to the former setting, or make a new index with: "
        "yiju rebuild FOLDER"
    ]
    assert texts_by_id(corpus.catalogue()) == TEXTS
    [hit, *_] = search(corpus.searcher(), "丙国的城市智慧吗?")
    assert hit.passage.article_id == "b.txt"


def test_a_preview_upgrades_nothing(corpus: SmallIndex) -> None:
    make_store(corpus, TEXTS)
    before = dumped(corpus.store.library)
    with pytest.raises(MismatchError, match="was made by an earlier Yiju"):
        corpus.preview()
    assert dumped(corpus.store.library) == before


def test_a_text_that_was_copied_by_the_upgrade_is_overwritten_once_it_is_deleted(
    earlier: Path,
) -> None:
    with closing(LibraryFile(earlier)) as library:
        library.forget(FIRST)
        library.collect()
    assert "甲国在2016年".encode() not in earlier.read_bytes()


@pytest.mark.parametrize("readonly", [True, False])
def test_a_file_of_another_schema_is_refused_with_both_versions(
    tmp_path: Path, readonly: bool
) -> None:
    path = tmp_path / "library.sqlite"
    LibraryFile(path, create=True).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 99")
    with pytest.raises(MismatchError) as error:
        connect(path, readonly=readonly)
    assert str(error.value) == (
        f"{path} has schema version 99, this Yiju reads version 4. Use the Yiju that made it, or "
        "rebuild into a new store."
    )


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_breach_of_a_rule_is_damage_unless_the_file_is_whole(
    tmp_path: Path, *, is_whole: bool
) -> None:
    path = tmp_path / "library.sqlite"
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE names (name TEXT NOT NULL UNIQUE)")
        file.executemany("INSERT INTO names VALUES (?)", [(f"{n:0900}",) for n in range(50)])
        file.commit()
    if not is_whole:
        data = bytearray(path.read_bytes())
        data[8192:12288] = bytes(4096)
        path.write_bytes(data)
    expected = sqlite3.IntegrityError if is_whole else StoreError
    told = "NOT NULL" if is_whole else "it is damaged"
    with pytest.raises(expected, match=told), translated_errors(path):
        raise sqlite3.IntegrityError("NOT NULL constraint failed")
