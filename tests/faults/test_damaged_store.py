"""A damaged store is reported in a sentence, and the remedy that it names works."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.article_folder import bytes_of
from tests.support.command_line_index import CommandLineIndex, copy_of, flip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a store of five articles, to be copied."""
    root = tmp_path_factory.mktemp("made")
    corpus = CommandLineIndex(root)
    for number in range(5):
        corpus.put_station(number)
    assert corpus.rebuild()["embedded"] == 5
    return root


@pytest.fixture
def corpus(built: Path, tmp_path: Path) -> CommandLineIndex:
    """Copy the store."""
    return CommandLineIndex(built, copy_of(built / "store", tmp_path / "store"))


def test_a_flipped_bit_is_noticed_and_the_vectors_there_are_make_a_new_index(
    corpus: CommandLineIndex,
) -> None:
    flip(corpus.first / "segments" / "000001" / "vectors.faiss")
    message = corpus.run("ask", "第3站建于哪一年?").stderr
    message = re.sub("[0-9a-f]{64}", "…", message.removeprefix("Error: ").strip())
    assert message == (
        "Index version 000001 is damaged: file segments/000001/vectors.faiss has checksum … "
        "instead of …. Make a new index with: yiju rebuild FOLDER"
    )
    report = corpus.rebuild()
    assert (report["index_version"], report["unchanged"], report["embedded"]) == ("000002", 5, 0)
    [note] = report["notes"]
    assert note.startswith("All indexes were made anew, with the vectors there are: Index version")
    assert corpus.answers()


def _add(corpus: CommandLineIndex) -> None:
    (corpus.first / "extra.bin").write_bytes(b"x")


def _lose(corpus: CommandLineIndex) -> None:
    (corpus.first / "lexical" / "meta.json").unlink()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_add, "file extra.bin has checksum … instead of None"),
        (_lose, "file lexical/meta.json has checksum None instead of …"),
    ],
    ids=["added", "lost"],
)
def test_a_file_too_many_and_one_too_few_are_noticed_and_made_good(
    corpus: CommandLineIndex, damage: Callable[[CommandLineIndex], None], message: str
) -> None:
    damage(corpus)
    stderr = re.sub("[0-9a-f]{64}", "…", corpus.run("ask", "第3站建于哪一年?").stderr)
    assert stderr == (
        f"Error: Index version 000001 is damaged: {message}. Make a new index with: "
        "yiju rebuild FOLDER\n"
    )
    report = corpus.rebuild()
    assert (report["index_version"], report["embedded"]) == ("000002", 0)
    assert corpus.answers()


@pytest.mark.parametrize("content", [None, b'{"format": 3, "vers'])
def test_a_manifest_that_is_gone_or_damaged_is_told_and_made_anew(
    corpus: CommandLineIndex, content: bytes | None
) -> None:
    path = corpus.first / "manifest.json"
    path.unlink() if content is None else path.write_bytes(content)
    message = (
        f"{path} is missing or damaged. Go back to the former setting, or make a new index with: "
        "yiju rebuild FOLDER"
    )
    for command in (["status"], ["ask", "第3站建于哪一年?"]):
        corpus.refuses(message, *command)
    report = corpus.rebuild()
    assert (report["unchanged"], report["embedded"]) == (5, 0)
    assert corpus.status()["index_version"] == "000002"


@pytest.mark.parametrize("content", ["", "000009\n", "x" * 5_000_000])
def test_a_pointer_that_names_nothing_is_told_and_each_cure_cures_it(
    corpus: CommandLineIndex, content: str
) -> None:
    pointer = corpus.store / "CURRENT"
    pointer.write_text(content, encoding="ascii")
    message = (
        f"{pointer} names index version “{content.strip()[:20]}”, which {corpus.first.parent} "
        "does not hold. Restore it, or make a new index with: yiju rebuild FOLDER --full"
    )
    before = bytes_of(corpus.first)
    for command in (["status"], ["rebuild", corpus.articles]):
        corpus.refuses(message, *command)
    assert bytes_of(corpus.first) == before
    assert corpus.run("rollback").stdout == "Index 000001 is current.\n"
    assert corpus.answers()
    pointer.write_text(content, encoding="ascii")
    report = corpus.rebuild("--full")
    assert (report["index_version"], report["unchanged"], report["embedded"]) == ("000002", 5, 0)
    assert corpus.answers()


def test_a_pointer_of_random_bytes_is_told_without_steering_the_terminal(
    corpus: CommandLineIndex,
) -> None:
    (corpus.store / "CURRENT").write_bytes(b"\x1b[2J" + os.urandom(40))
    done = corpus.run("status")
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {corpus.store}/CURRENT names index version “")
    assert "\x1b" not in done.stderr
    assert corpus.rebuild("--full")["embedded"] == 0


def test_a_pointer_that_is_gone_costs_nothing(corpus: CommandLineIndex) -> None:
    (corpus.store / "CURRENT").unlink()
    message = (
        f"{corpus.store}/CURRENT is missing, so that no index is current. Take the newest with: "
        "yiju rollback, or make a new one with: yiju rebuild FOLDER"
    )
    corpus.refuses(message, "status")
    assert corpus.run("rollback").stdout == "Index 000001 is current.\n"
    (corpus.store / "CURRENT").unlink()
    report = corpus.rebuild()
    assert (report["unchanged"], report["removed"], report["embedded"]) == (5, 0, 0)


def test_a_pointer_that_is_gone_costs_no_articles_of_other_folders(
    corpus: CommandLineIndex, tmp_path: Path
) -> None:
    other = CommandLineIndex(tmp_path / "other", corpus.store)
    other.put_station(77)
    assert other.rebuild()["added"] == 1
    (corpus.store / "CURRENT").unlink()
    report = corpus.rebuild()
    assert (report["unchanged"], report["removed"], report["embedded"]) == (6, 0, 0)


def test_a_generation_that_was_deleted_is_told_and_made_again(corpus: CommandLineIndex) -> None:
    for path in sorted(corpus.first.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    corpus.first.rmdir()
    message = (
        f"{corpus.store}/CURRENT names index version “000001”, which {corpus.first.parent} "
        "does not hold. Restore it, or make a new index with: yiju rebuild FOLDER --full"
    )
    for command in (["status"], ["ask", "第3站建于哪一年?"], ["rebuild", corpus.articles]):
        corpus.refuses(message, *command)
    report = corpus.rebuild("--full")
    assert (report["unchanged"], report["embedded"]) == (5, 0)
    assert corpus.answers()


def _with_garbled_schema(data: bytes) -> bytes:
    """Return a library whose tables have names that SQLite's message can't be decoded with."""
    return data.replace(b"contents", b"\xeb" * 8).replace(b"CREATE TABLE", b"\xeb" * 12)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda data: b"no database" * len(data), "file is not a database"),
        (lambda data: data[: len(data) // 2], "database disk image is malformed"),
        (_with_garbled_schema, "text in it is no UTF-8"),
    ],
    ids=["garbage", "truncated", "garbled"],
)
def test_a_damaged_library_is_told_and_nothing_is_destroyed(
    corpus: CommandLineIndex, damage: Callable[[bytes], bytes], says: str
) -> None:
    sound = corpus.library.read_bytes()
    corpus.library.write_bytes(damage(sound))
    before = bytes_of(corpus.store)
    message = (
        f"{corpus.library} can't be used: {says}. Restore it from a copy, or move it away and make "
        "a new index with: yiju rebuild FOLDER"
    )
    for command in (["status"], ["ask", "第3站建于哪一年?"], ["rebuild", corpus.articles]):
        corpus.refuses(message, *command)
    after = bytes_of(corpus.store)
    assert {name: after[name] for name in before if name != "rebuild.lock"} == {
        name: data for name, data in before.items() if name != "rebuild.lock"
    }
    corpus.library.write_bytes(sound)  # one cure
    assert corpus.answers()
    corpus.library.write_bytes(damage(sound))
    corpus.library.rename(corpus.library.with_name("damaged"))  # the other
    report = corpus.rebuild()
    assert (report["added"], report["embedded"]) == (5, 5)
    assert report["notes"] == [
        f"All indexes were made anew: {corpus.library} does not know index version 000001."
    ]
    assert corpus.answers()


@pytest.mark.parametrize("content", [None, b""], ids=["gone", "empty"])
def test_a_library_that_is_gone_or_empty_is_told(
    corpus: CommandLineIndex, content: bytes | None
) -> None:
    corpus.library.unlink() if content is None else corpus.library.write_bytes(content)
    message = {
        None: f"{corpus.library} is missing. Restore it, or make a new index: yiju rebuild FOLDER",
        b"": f"{corpus.library} is empty. Restore it from a copy, or make a new index with: yiju "
        "rebuild FOLDER",
    }[content]
    corpus.refuses(message, "status")
    corpus.refuses(message, "ask", "第3站建于哪一年?")
    assert corpus.rebuild()["added"] == 5
    assert corpus.answers()


def test_what_a_killed_rebuild_left_goes_though_nothing_is_to_be_done(
    corpus: CommandLineIndex,
) -> None:
    for name in (".000002", ".000003.gone"):
        (corpus.first.parent / name / "lexical").mkdir(parents=True)
    (corpus.store / "CURRENT.next").write_text("000002\n", encoding="ascii")
    assert corpus.rebuild()["index_version"] == "000001"
    assert [path.name for path in corpus.first.parent.iterdir()] == ["000001"]
    assert not (corpus.store / "CURRENT.next").exists()
