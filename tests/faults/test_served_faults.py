"""Whatever is wrong with a store, its server says what to do, and goes on once that is done."""

import json
import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.support.command_line_index import copy_of
from tests.support.served_index import ServedIndex, served_index

QUESTION = "中山站建于哪一年?"
ARTICLE = {"id": "泰山", "text": "泰山站建于2014年。"}
SEED = 20261126


def newest(store: Path) -> Path:
    """Return the folder of the current version."""
    return store / "generations" / (store / "CURRENT").read_text(encoding="ascii").strip()


def files(store: Path) -> list[Path]:
    """Return the files of the current version, but for its manifest and empty ones."""
    below = (path for path in newest(store).rglob("*") if path.is_file())
    return [path for path in below if path.name != "manifest.json" and path.stat().st_size]


def garble(path: Path, *, in_place: bool = False) -> None:
    """Change bytes of a file, in a file of its own or under whoever has it mapped."""
    chance, data = random.Random(SEED), bytearray(path.read_bytes())
    for _ in range(200):
        data[chance.randrange(len(data))] ^= 0xFF
    if not in_place:
        path.unlink()
        path.write_bytes(data)
        return
    with path.open("r+b") as file:
        file.write(data)


def cut(path: Path) -> None:
    """Cut a file to its first half, in a file of its own."""
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[: len(data) // 2])


def change(store: Path, statement: str) -> None:
    """Change the library by SQL."""
    with closing(sqlite3.connect(store / "library.sqlite")) as db, db:
        db.execute(statement)


def replaced(path: Path, content: bytes | None) -> None:
    """Put other bytes in a file's place, or a folder."""
    path.unlink(missing_ok=True)
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)


def in_manifest(store: Path, **values: object) -> None:
    """Change the manifest of the current version."""
    path = newest(store) / "manifest.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**told, **values}), encoding="utf-8")


def each(change: Callable[[Path], None]) -> Callable[[Path], None]:
    """Return a fault that changes each file of the current version."""

    def fault(store: Path) -> None:
        for path in files(store):
            change(path)

    return fault


def add_odd_names(store: Path) -> None:
    """Make folders beside the versions whose names are numbers only at first sight."""
    for name in ("²", "１２", "9" * 21, "abc"):
        (store / "generations" / name).mkdir()


def remove(folder: Path) -> None:
    """Remove a folder, in which the server may be writing down what it has answered."""
    gone = folder.rename(folder.with_name(f"gone{time.monotonic_ns()}"))
    shutil.rmtree(gone, ignore_errors=True)


def replace_folder(folder: Path) -> None:
    """Put a file in a folder's place."""
    remove(folder)
    folder.write_bytes(b"")


FAULTS: dict[str, Callable[[Path], object]] = {
    "CURRENT of random bytes": lambda s: (s / "CURRENT").write_bytes(os.urandom(3000)),
    "CURRENT empty": lambda s: replaced(s / "CURRENT", b""),
    "CURRENT that leads out": lambda s: replaced(s / "CURRENT", b"../../../etc\n"),
    "CURRENT a folder": lambda s: replaced(s / "CURRENT", None),
    "CURRENT gone": lambda s: (s / "CURRENT").unlink(),
    "manifest of another format": lambda s: in_manifest(s, format=99),
    "manifest of another model": lambda s: in_manifest(s, model="another"),
    "manifest of another version": lambda s: in_manifest(s, version="000099"),
    "manifest damaged": lambda s: (newest(s) / "manifest.json").write_bytes(b"{\xff"),
    "manifest gone": lambda s: (newest(s) / "manifest.json").unlink(),
    "index files garbled": each(garble),
    "index files cut": each(cut),
    "index of words gone": lambda s: shutil.rmtree(newest(s) / "lexical"),
    "library garbled": lambda s: garble(s / "library.sqlite"),
    "library garbled in place": lambda s: garble(s / "library.sqlite", in_place=True),
    "library cut": lambda s: cut(s / "library.sqlite"),
    "library empty": lambda s: replaced(s / "library.sqlite", b""),
    "library gone": lambda s: (s / "library.sqlite").unlink(),
    "log of random bytes": lambda s: (s / "library.sqlite-wal").write_bytes(os.urandom(50_000)),
    "library of a newer schema": lambda s: change(s, "PRAGMA user_version = 99"),
    "table gone": lambda s: change(s, "DROP TABLE entries"),
    "rows gone": lambda s: change(s, "DELETE FROM entries WHERE article LIKE 'zhong%'"),
    "texts changed": lambda s: change(s, "UPDATE contents SET text = 'x'"),
    "layout damaged": lambda s: change(s, "UPDATE contents SET layout = 'rubbish'"),
    "layout of another shape": lambda s: change(s, "UPDATE contents SET layout = '{\"pages\": 1}'"),
    "words.txt no text": lambda s: (s / "words.txt").write_bytes(b"\xff\xfe\xfd" * 99),
    "words.txt a folder": lambda s: (s / "words.txt").mkdir(),
    "lock of nonsense": lambda s: replaced(s / "rebuild.lock", b'["failed", "x", [], {}]'),
    "lock a folder": lambda s: replaced(s / "rebuild.lock", None),
    "other lock a folder": lambda s: replaced(s / "start.lock", None),
    "odd names among the versions": add_odd_names,
    "versions gone": lambda s: shutil.rmtree(s / "generations"),
    "versions a file": lambda s: replace_folder(s / "generations"),
    "store gone": remove,
    "store a file": replace_folder,
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedIndex]:
    """Serve a store, and keep a copy of it."""
    with served_index(tmp_path_factory.mktemp("faulty")) as served:
        assert served.ask(QUESTION)["short_answer"] == "1989年"
        copy_of(served.store, served.store.with_name("sound"))
        yield served


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_without_a_path_and_is_over_once_it_is_mended(
    served: ServedIndex, name: str
) -> None:
    store, sound, client = served.store, served.store.with_name("sound"), served.client
    before = served.log.read_text(encoding="utf-8", errors="replace")
    FAULTS[name](store)
    replies = [
        client.post("/api/ask", json={"question": QUESTION}),
        client.post("/api/ask/stream", json={"question": QUESTION}),
        client.post("/api/search", json={"query": QUESTION}),
        client.get("/api/articles"),
        client.get("/api/articles/zhongshan.txt"),
        client.get("/api/articles/zhongshan.txt", params={"index_version": "000001"}),
        client.get("/api/index"),
        client.get("/readyz"),
        client.post("/api/articles", json=ARTICLE),
        client.delete(f"/api/articles/{quote(ARTICLE['id'])}"),
    ]
    told = {reply.status_code: reply.text for reply in replies}
    assert told.keys() <= {200, 201, 204, 404, 409, 410, 503}, told
    assert all(str(store.parent) not in reply.text for reply in replies)
    mend(store, sound)
    assert answers(served)
    assert served.add(**ARTICLE).status_code == 201
    log = served.log.read_text(encoding="utf-8", errors="replace").removeprefix(before)
    assert "Traceback" not in log
    mend(store, sound)
    assert answers(served)


def answers(served: ServedIndex) -> bool:
    """Return whether the question is answered, at once or when what was refused is tried again."""
    for _ in range(60):
        if served.ask(QUESTION).get("short_answer") == "1989年":
            return True
        time.sleep(0.5)
    return False


def mend(store: Path, sound: Path) -> None:
    """Put the whole store back."""
    if store.is_dir():
        remove(store)
    else:
        store.unlink(missing_ok=True)
    copy_of(sound, store)
