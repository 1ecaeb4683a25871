"""Stores that change under a running server, or that another Yiju or model made."""

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.command_line_index import QUESTION, CommandLineIndex, copy_of, flip
from tests.support.commands.forked_commands import serving

EARLIER = (
    "Index version 000001 was made with format 2, but now it is 3. Go back to the former setting, "
    "or make a new index with: yiju rebuild FOLDER"
)


@contextmanager
def client(corpus: CommandLineIndex, log: Path, **environment: str) -> Iterator[httpx.Client]:
    """Start a server on the store and return a client."""
    with (
        serving(corpus.store, log, **environment) as address,
        httpx.Client(base_url=address, timeout=120) as opened,
    ):
        yield opened


def asked(server: httpx.Client) -> tuple[str, str]:
    """Return the version that a server answers from, and its answer."""
    reply = server.post("/api/ask", json={"question": QUESTION})
    assert reply.status_code == 200, reply.text
    return reply.json()["index_version"], reply.json()["short_answer"]


def refused(server: httpx.Client, message: str) -> None:
    """Assert that a server answers 503 with this sentence everywhere."""
    for reply in (
        server.get("/readyz"),
        server.get("/api/index"),
        server.get("/api/articles/3.txt"),
        server.post("/api/ask", json={"question": QUESTION}),
    ):
        assert (reply.status_code, reply.json()["detail"]) == (503, message)
        assert reply.headers["retry-after"]
    assert server.get("/healthz").status_code == 200


@pytest.fixture
def corpus(tmp_path: Path) -> CommandLineIndex:
    """Build a store of five articles."""
    corpus = CommandLineIndex(tmp_path)
    for number in range(5):
        corpus.put_station(number)
    assert corpus.rebuild()["embedded"] == 5
    return corpus


def test_a_server_goes_on_over_a_damaged_index_and_moves_to_the_next(
    corpus: CommandLineIndex, tmp_path: Path
) -> None:
    with client(corpus, tmp_path / "log") as server:
        assert asked(server) == ("000001", "1985年")
        flip(corpus.first / "segments" / "000001" / "vectors.faiss")
        assert asked(server) == ("000001", "1985年")
        with client(corpus, tmp_path / "other") as other:
            reply = other.get("/readyz")
            assert reply.status_code == 503
            assert "file segments/000001/vectors.faiss has checksum" in reply.json()["detail"]
            assert corpus.rebuild()["embedded"] == 0
            assert asked(other) == asked(server) == ("000002", "1985年")


def test_a_server_lives_on_when_files_of_its_index_are_changed_in_place(
    corpus: CommandLineIndex, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with client(corpus, log) as server:
        assert asked(server) == ("000001", "1985年")
        for path in (corpus.first / "lexical").iterdir():
            with path.open("r+b") as file:
                file.write(b"\xff" * path.stat().st_size)
        statuses = {
            server.post("/api/search", json={"query": "泰山站 建于哪一年"}).status_code
            for _ in range(4)
        }
        assert statuses == {503}
        assert server.get("/healthz").status_code == 200
        corpus.rebuild()
        assert asked(server) == ("000002", "1985年")
    assert "Booting worker" not in log.read_text(encoding="utf-8")


def test_a_store_of_the_version_before_is_refused_until_it_is_brought_up_to_date(
    corpus: CommandLineIndex, tmp_path: Path
) -> None:
    corpus.make_old()
    corpus.refuses(EARLIER, "status")
    corpus.refuses(EARLIER, "ask", QUESTION)
    with client(corpus, tmp_path / "log") as server:
        refused(server, EARLIER)
        report = corpus.rebuild()
        assert (report["unchanged"], report["embedded"]) == (5, 0)
        assert report["notes"] == [
            f"All indexes were made anew, with the vectors there are: {EARLIER}"
        ]
        assert asked(server) == ("000002", "1985年")
    assert corpus.status()["index_version"] == "000002"


def test_a_library_of_the_version_before_is_told_as_such(corpus: CommandLineIndex) -> None:
    manifest = (corpus.first / "manifest.json").read_bytes()
    corpus.make_old()
    (corpus.first / "manifest.json").write_bytes(manifest)
    message = (
        f"{corpus.library} was made by an earlier Yiju (schema version 1). Bring it up to date "
        "with: yiju rebuild FOLDER. Nothing that was embedded is embedded again."
    )
    corpus.refuses(message, "status")
    corpus.refuses(message, "ask", QUESTION)
    assert corpus.rebuild()["embedded"] == 0
    assert corpus.answers()


def test_another_model_is_refused_with_both_values_and_each_way_out_works(
    corpus: CommandLineIndex, eight_words: Path, tmp_path: Path
) -> None:
    box, other = corpus.status()["model"], {"YIJU_MODEL": str(eight_words)}
    message = corpus.run("ask", QUESTION, **other).stderr
    name = message.partition("but now it is ")[2].partition(".")[0]
    assert name.startswith("eight-words@")
    message = (
        f"Index version 000001 was made with model {box}, but now it is {name}. Go back to the "
        "former setting, or make a new index with: yiju rebuild FOLDER"
    )
    corpus.refuses(message, "ask", QUESTION, **other)
    with client(corpus, tmp_path / "log") as server:
        assert asked(server) == ("000001", "1985年")
        report = corpus.rebuild(**other)
        assert (report["index_version"], report["unchanged"]) == ("000002", 5)
        assert report["embedded"] == report["passages"]
        assert report["notes"] == [f"Vectors were made anew: {box} → {name}."]
        assert asked(server) == ("000001", "1985年")  # it goes on from what it can read
    with client(corpus, tmp_path / "new", **other) as server:
        assert server.get("/readyz").json()["index_version"] == "000002"
    back = corpus.rebuild()  # the articles are the same: their vectors were kept
    assert (back["embedded"], back["notes"]) == (0, [f"Vectors were made anew: {name} → {box}."])
    assert corpus.answers()


def test_a_store_put_in_the_place_of_another_is_what_is_served(
    corpus: CommandLineIndex, tmp_path: Path
) -> None:
    other = CommandLineIndex(tmp_path / "other")
    other.put_station(3, year=1911)
    other.rebuild()
    with client(corpus, tmp_path / "log") as server:
        assert asked(server) == ("000001", "1985年")
        aside = corpus.store.rename(tmp_path / "aside")
        refused(
            server,
            "There is no index in store yet. Make one with: yiju rebuild FOLDER",
        )
        copy_of(other.store, corpus.store)
        assert asked(server) == ("000001", "1911年")
        article = server.get("/api/articles/3.txt", params={"index_version": "000001"}).json()
        assert "1911年" in article["text"]
        corpus.store.rename(tmp_path / "done")
        aside.rename(corpus.store)
        assert asked(server) == ("000001", "1985年")


def test_a_generation_that_is_deleted_under_a_server_is_told_and_made_again(
    corpus: CommandLineIndex, tmp_path: Path
) -> None:
    with client(corpus, tmp_path / "log") as server:
        assert asked(server) == ("000001", "1985年")
        corpus.first.rename(tmp_path / "gone")
        refused(
            server,
            "CURRENT names index version “000001”, which generations does not hold. Restore it, or "
            "make a new index with: yiju rebuild FOLDER --full",
        )
        assert corpus.rebuild("--full")["embedded"] == 0
        assert asked(server) == ("000002", "1985年")


def test_a_backup_that_is_unpacked_is_the_store(corpus: CommandLineIndex, tmp_path: Path) -> None:
    file, restored = tmp_path / "backup.tar", CommandLineIndex(tmp_path, tmp_path / "restored")
    output = corpus.run("backup", file).stdout
    assert output == f"Index 000001 is in {file}. Restore it with: tar -xf {file} -C FOLDER\n"
    restored.store.mkdir()
    with tarfile.open(file) as tar:
        tar.extractall(restored.store, filter="data")
    assert restored.status()["articles"] == 5
    assert restored.answers()
    assert restored.rebuild()["embedded"] == 0
