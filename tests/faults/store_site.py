"""What tests of failures share: a small store made by the command line, and its plain refusals."""

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
    INSERT INTO entries SELECT e.generation, e.article, lower(hex(c.hash)), e.path, e.file_hash,
        '1' FROM new.entries e JOIN new.contents c ON c.id = e.content;
    PRAGMA user_version = 1;
"""


class Site:
    """A folder of articles with its store, both in one folder."""

    def __init__(self, root: Path, store: Path | None = None) -> None:
        self.articles = root / "articles"
        self.store = store or root / "store"
        self.articles.mkdir(parents=True, exist_ok=True)

    @property
    def first(self) -> Path:
        """The folder of the first index version."""
        return self.store / "generations" / "000001"

    @property
    def library(self) -> Path:
        """The library's file."""
        return self.store / "library.sqlite"

    def put(self, number: int, year: int = 1985, sentences: int = 1) -> None:
        """An article about a station; only the first sentence says when it was built."""
        more = "".join(f"第{number}站的第{one}间房长{one + number}米。" for one in range(sentences))
        text = f"第{number}站\n\n第{number}站建于{year}年。{more}"
        (self.articles / f"{number}.txt").write_text(text, encoding="utf-8")

    def run(self, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        """A command over the store."""
        return run_yiju(*arguments, "--store", self.store, **environment)

    def rebuild(self, *options: object, **environment: str) -> dict[str, Any]:
        """A rebuild that goes well; gives its report."""
        done = self.run("rebuild", self.articles, "--json", *options, **environment)
        assert (done.returncode, done.stderr) == (0, "")
        report: dict[str, Any] = json.loads(done.stdout)
        return report

    def status(self) -> dict[str, Any]:
        """What the store says of itself."""
        done = self.run("status", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def answers(self, **environment: str) -> bool:
        """Whether the question is answered rightly."""
        done = self.run("ask", QUESTION, "--json", **environment)
        assert (done.returncode, done.stderr) == (0, "")
        return bool(json.loads(done.stdout)["short_answer"] == "1985年")

    def refuses(self, message: str, *arguments: object, **environment: str) -> None:
        """Holds a command to a refusal: exit code 1, this sentence and nothing else."""
        done = self.run(*arguments, **environment)
        assert (done.returncode, done.stdout, done.stderr) == (1, "", f"Error: {message}\n")

    @contextmanager
    def start(self, *options: object, **environment: str) -> Iterator["subprocess.Popen[str]"]:
        """A rebuild that runs on, in a session of its own; it is killed if the block leaves it."""
        command = [sys.executable, "-m", "yiju", "rebuild", self.articles, "--store", self.store]
        with subprocess.Popen(
            [str(one) for one in (*command, *options)],
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
        """Makes the store one of the version before: schema 1, manifest of format 2."""
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
    """Changes one bit of a file, where it lies."""
    with path.open("r+b") as file:
        file.seek(at, os.SEEK_END if at < 0 else os.SEEK_SET)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder and what it holds."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def copy_of(folder: Path, to: Path) -> Path:
    """A copy of a folder, links between its files resolved."""
    return Path(shutil.copytree(folder, to))


@contextmanager
def mounted(where: Path, *options: str) -> Iterator[None]:
    """A file system in memory at a folder, for the length of a block; skips where none may be."""
    where.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(where)]
    _mount(command)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(where)], check=True)


def remount(where: Path, options: str) -> None:
    """Changes a mounted file system."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(where)], check=True)


def _mount(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("needs the command mount")
    if done.returncode:
        pytest.skip(f"needs the right to mount a file system: {done.stderr.strip()}")
