"""A small index built and asked by commands, and what else tests of failures share."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, run_yiju
from tests.support.article_folder import ArticleFolder

QUESTION = "第3站建于哪一年?"
_SCHEMA_1 = Path(__file__).parents[1] / "data" / "schema-1.sql"
_MOVED = """
    INSERT INTO contents SELECT lower(hex(hash)), title, source, published, url, text,
        json_remove(layout, '$.pages') FROM new.contents;
    INSERT INTO passages SELECT p.id, lower(hex(c.hash)), p.splitter, p.start, p.end, p.heading,
        p.text_hash FROM new.passages p JOIN new.contents c ON c.id = p.content;
    INSERT INTO embeddings SELECT m.name, e.text_hash, e.vector
        FROM new.embeddings e JOIN new.models m ON m.id = e.model;
    INSERT INTO generations SELECT number, splitter FROM new.generations;
    INSERT INTO entries SELECT g.number, e.article, lower(hex(c.hash)), e.path, e.file_hash, '1'
        FROM new.generations g JOIN new.entries e ON e.since <= g.number AND g.number < e.until
        JOIN new.contents c ON c.id = e.content;
    PRAGMA user_version = 1;
"""


class CommandLineIndex(ArticleFolder):
    """A folder of articles and its store, built and asked by commands."""

    def __init__(self, root: Path, store: Path | None = None) -> None:
        super().__init__(root)
        self.store = store or root / "store"

    @property
    def first(self) -> Path:
        """The folder of the first index version."""
        return self.store / "generations" / "000001"

    @property
    def library(self) -> Path:
        """The library's file."""
        return self.store / "library.sqlite"

    @property
    def is_at_work(self) -> bool:
        """Whether a rebuild has noted that it is indexing."""
        lock = self.store / "rebuild.lock"
        return lock.exists() and "indexing" in lock.read_text(encoding="utf-8")

    def put_station(self, number: int, year: int = 1985, sentences: int = 1) -> None:
        """Write an article about a station; only its first sentence says when it was built."""
        rooms = (f"第{number}站的第{room}间房长{room + number}米。" for room in range(sentences))
        text = f"第{number}站\n\n第{number}站建于{year}年。{''.join(rooms)}"
        self.put(f"{number}.txt", text)

    def run(self, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command on the store."""
        return run_yiju(*arguments, "--store", self.store, **environment)

    def rebuild(self, *options: object, **environment: str) -> dict[str, Any]:
        """Rebuild without an error or a warning; return the report."""
        done = self.run("rebuild", self.articles, "--json", *options, **environment)
        assert (done.returncode, done.stderr) == (0, "")
        report: dict[str, Any] = json.loads(done.stdout)
        return report

    def status(self) -> dict[str, Any]:
        """Return the status of the store."""
        done = self.run("status", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        status: dict[str, Any] = json.loads(done.stdout)
        return status

    def answers(self, **environment: str) -> bool:
        """Return whether the question is answered correctly."""
        done = self.run("ask", QUESTION, "--json", **environment)
        assert (done.returncode, done.stderr) == (0, "")
        return bool(json.loads(done.stdout)["short_answer"] == "1985年")

    def refuses(self, message: str, *arguments: object, **environment: str) -> None:
        """Assert that a command fails with exit code 1, this sentence and nothing else."""
        done = self.run(*arguments, **environment)
        assert (done.returncode, done.stdout, done.stderr) == (1, "", f"Error: {message}\n")

    @contextmanager
    def start(self, *options: object, **environment: str) -> Iterator["subprocess.Popen[str]"]:
        """Start a rebuild in a session of its own; it is killed when the block ends."""
        command = [sys.executable, "-m", "yiju", "rebuild", self.articles, "--store", self.store]
        with subprocess.Popen(
            [str(argument) for argument in (*command, *options)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, **environment},
            start_new_session=True,
        ) as rebuild:
            try:
                yield rebuild
            finally:
                rebuild.kill()

    def make_old(self) -> None:
        """Turn the store into one of the version before: schema 1, manifest of format 2."""
        new = self.library.with_name("new.sqlite")
        self.library.rename(new)
        with closing(sqlite3.connect(self.library, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(_SCHEMA_1.read_text(encoding="utf-8"))
            db.execute("ATTACH ? AS new", (str(new),))
            db.executescript(_MOVED)
        new.unlink()
        path = self.first / "manifest.json"
        manifest = {**json.loads(path.read_text(encoding="utf-8")), "format": 2}
        path.write_text(json.dumps(manifest), encoding="utf-8")


def flip(path: Path, at: int = -1) -> None:
    """Flip one bit of a file in place."""
    with path.open("r+b") as file:
        file.seek(at, os.SEEK_END if at < 0 else os.SEEK_SET)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))


def copy_of(folder: Path, to: Path) -> Path:
    """Copy a folder, without hard links between the files."""
    return Path(shutil.copytree(folder, to))


@contextmanager
def mounted(where: Path, *options: str) -> Iterator[None]:
    """Mount a file system in memory at a folder for a block; skip if that is not allowed."""
    where.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(where)]
    _mount(command)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(where)], check=True)


def remount(where: Path, options: str) -> None:
    """Change the options of a mounted file system."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(where)], check=True)


def fill_up(path: Path) -> None:
    """Fill a disk."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(65536))
        except OSError:
            pass


def _mount(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("needs the command mount")
    if done.returncode:
        pytest.skip(f"needs the right to mount a file system: {done.stderr.strip()}")
