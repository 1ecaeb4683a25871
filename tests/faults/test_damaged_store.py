"""A damaged store is told in one sentence, and the cure that it names cures it."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.store_site import Site, copy_of, files_of, flip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound store of five articles, to be copied."""
    root = tmp_path_factory.mktemp("made")
    site = Site(root)
    for number in range(5):
        site.put(number)
    assert site.rebuild()["embedded"] == 5
    return root


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Site:
    """A copy of it."""
    return Site(made, copy_of(made / "store", tmp_path / "store"))


def test_a_flipped_bit_is_noticed_and_the_vectors_there_are_make_a_new_index(site: Site) -> None:
    flip(site.first / "segments" / "000001" / "vectors.faiss")
    told = site.run("ask", "第3站建于哪一年?").stderr
    message = re.sub("[0-9a-f]{64}", "…", told.removeprefix("Error: ").strip())
    assert message == (
        "Index version 000001 is damaged: file segments/000001/vectors.faiss has checksum … "
        "instead of …. Make a new index with: yiju rebuild FOLDER"
    )
    report = site.rebuild()
    assert (report["index_version"], report["unchanged"], report["embedded"]) == ("000002", 5, 0)
    [note] = report["notes"]
    assert note.startswith("All indexes were made anew, with the vectors there are: Index version")
    assert site.answers()


def _add(site: Site) -> None:
    (site.first / "extra.bin").write_bytes(b"x")


def _lose(site: Site) -> None:
    (site.first / "lexical" / "meta.json").unlink()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_add, "file extra.bin has checksum … instead of None"),
        (_lose, "file lexical/meta.json has checksum None instead of …"),
    ],
    ids=["added", "lost"],
)
def test_a_file_too_many_and_one_too_few_are_noticed_and_made_good(
    site: Site, damage: Callable[[Site], None], message: str
) -> None:
    damage(site)
    told = re.sub("[0-9a-f]{64}", "…", site.run("ask", "第3站建于哪一年?").stderr)
    assert told == (
        f"Error: Index version 000001 is damaged: {message}. Make a new index with: "
        "yiju rebuild FOLDER\n"
    )
    report = site.rebuild()
    assert (report["index_version"], report["embedded"]) == ("000002", 0)
    assert site.answers()


@pytest.mark.parametrize("content", [None, b'{"format": 3, "vers'])
def test_a_manifest_that_is_gone_or_damaged_is_told_and_made_anew(
    site: Site, content: bytes | None
) -> None:
    path = site.first / "manifest.json"
    path.unlink() if content is None else path.write_bytes(content)
    message = (
        f"{path} is missing or damaged. Go back to the former setting, or make a new index with: "
        "yiju rebuild FOLDER"
    )
    for command in (["status"], ["ask", "第3站建于哪一年?"]):
        site.refuses(message, *command)
    report = site.rebuild()
    assert (report["unchanged"], report["embedded"]) == (5, 0)
    assert site.status()["index_version"] == "000002"


@pytest.mark.parametrize("content", ["", "000009\n", "x" * 5_000_000])
def test_a_pointer_that_names_nothing_is_told_and_each_cure_cures_it(
    site: Site, content: str
) -> None:
    pointer = site.store / "CURRENT"
    pointer.write_text(content, encoding="ascii")
    message = (
        f"{pointer} names index version “{content.strip()[:20]}”, which {site.first.parent} does "
        "not hold. Restore it, or make a new index with: yiju rebuild FOLDER --full"
    )
    before = files_of(site.first)
    for command in (["status"], ["rebuild", site.articles]):
        site.refuses(message, *command)
    assert files_of(site.first) == before
    assert site.run("rollback").stdout == "Index 000001 is current.\n"
    assert site.answers()
    pointer.write_text(content, encoding="ascii")
    report = site.rebuild("--full")
    assert (report["index_version"], report["unchanged"], report["embedded"]) == ("000002", 5, 0)
    assert site.answers()


def test_a_pointer_of_random_bytes_is_told_without_steering_the_terminal(site: Site) -> None:
    (site.store / "CURRENT").write_bytes(b"\x1b[2J" + os.urandom(40))
    done = site.run("status")
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {site.store}/CURRENT names index version “")
    assert "\x1b" not in done.stderr
    assert site.rebuild("--full")["embedded"] == 0


def test_a_pointer_that_is_gone_costs_nothing(site: Site) -> None:
    (site.store / "CURRENT").unlink()
    message = (
        f"{site.store}/CURRENT is missing, so that no index is current. Take the newest with: "
        "yiju rollback, or make a new one with: yiju rebuild FOLDER"
    )
    site.refuses(message, "status")
    assert site.run("rollback").stdout == "Index 000001 is current.\n"
    (site.store / "CURRENT").unlink()
    report = site.rebuild()
    assert (report["unchanged"], report["removed"], report["embedded"]) == (5, 0, 0)


def test_a_pointer_that_is_gone_costs_no_articles_of_other_folders(
    site: Site, tmp_path: Path
) -> None:
    other = Site(tmp_path / "other", site.store)
    other.put(77)
    assert other.rebuild()["added"] == 1
    (site.store / "CURRENT").unlink()
    report = site.rebuild()
    assert (report["unchanged"], report["removed"], report["embedded"]) == (6, 0, 0)


def test_a_generation_that_was_deleted_is_told_and_made_again(site: Site) -> None:
    for path in sorted(site.first.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    site.first.rmdir()
    message = (
        f"{site.store}/CURRENT names index version “000001”, which {site.first.parent} does not "
        "hold. Restore it, or make a new index with: yiju rebuild FOLDER --full"
    )
    for command in (["status"], ["ask", "第3站建于哪一年?"], ["rebuild", site.articles]):
        site.refuses(message, *command)
    report = site.rebuild("--full")
    assert (report["unchanged"], report["embedded"]) == (5, 0)
    assert site.answers()


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda data: b"no database" * len(data), "file is not a database"),
        (lambda data: data[: len(data) // 2], "database disk image is malformed"),
    ],
    ids=["garbage", "truncated"],
)
def test_a_damaged_library_is_told_and_nothing_is_destroyed(
    site: Site, damage: Callable[[bytes], bytes], says: str
) -> None:
    sound = site.library.read_bytes()
    site.library.write_bytes(damage(sound))
    before = files_of(site.store)
    message = (
        f"{site.library} can't be used: {says}. Restore it from a copy, or move it away and make "
        "a new index with: yiju rebuild FOLDER"
    )
    for command in (["status"], ["ask", "第3站建于哪一年?"], ["rebuild", site.articles]):
        site.refuses(message, *command)
    after = files_of(site.store)
    assert {name: after[name] for name in before if name != "rebuild.lock"} == {
        name: data for name, data in before.items() if name != "rebuild.lock"
    }
    site.library.write_bytes(sound)  # one cure
    assert site.answers()
    site.library.write_bytes(damage(sound))
    site.library.rename(site.library.with_name("damaged"))  # the other
    report = site.rebuild()
    assert (report["added"], report["embedded"]) == (5, 5)
    assert report["notes"] == [
        f"All indexes were made anew: {site.library} does not know index version 000001."
    ]
    assert site.answers()


@pytest.mark.parametrize("content", [None, b""], ids=["gone", "empty"])
def test_a_library_that_is_gone_or_empty_is_told(site: Site, content: bytes | None) -> None:
    site.library.unlink() if content is None else site.library.write_bytes(content)
    message = {
        None: f"{site.library} is missing. Restore it, or make a new index: yiju rebuild FOLDER",
        b"": f"{site.library} is empty. Restore it from a copy, or make a new index with: yiju "
        "rebuild FOLDER",
    }[content]
    site.refuses(message, "status")
    site.refuses(message, "ask", "第3站建于哪一年?")
    assert site.rebuild()["added"] == 5
    assert site.answers()


def test_what_a_killed_rebuild_left_goes_though_nothing_is_to_be_done(site: Site) -> None:
    for name in (".000002", ".000003.gone"):
        (site.first.parent / name / "lexical").mkdir(parents=True)
    (site.store / "CURRENT.next").write_text("000002\n", encoding="ascii")
    assert site.rebuild()["index_version"] == "000001"
    assert [path.name for path in site.first.parent.iterdir()] == ["000001"]
    assert not (site.store / "CURRENT.next").exists()
