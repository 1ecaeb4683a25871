"""Stores of earlier versions: schema version 1 with an index of another format, 2 and 3."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from index.library.database import Database
from index.library.generation_digests import digest_of
from index.library.version import Version
from index.store.manifest import Manifest
from index.text.splitter import SPLITTER, split
from tests.support.small_index import SmallIndex, TinyEncoder

DATA = Path(__file__).parents[1] / "data"
SCHEMA = DATA / "schema-1.sql"


def make_library(path: Path, texts: Mapping[str, str], folder: Path) -> None:
    """Make a library of schema version 1 with one generation of articles."""
    encoder = TinyEncoder()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(SCHEMA.read_text(encoding="utf-8") + "PRAGMA user_version = 1;")
        db.execute("INSERT INTO generations VALUES (1, ?)", (SPLITTER,))
        for name, text in texts.items():
            content = hashlib.sha256(text.encode()).hexdigest()
            layout = json.dumps({"sections": [], "removed": [], "places": [None, None, None]})
            db.execute(
                "INSERT OR IGNORE INTO contents VALUES (?, ?, ?, ?, ?, ?, ?)",
                (content, "题", "甲报", "2016", None, text, layout),
            )
            file_hash = hashlib.sha256(text.encode()).hexdigest()
            db.execute(
                "INSERT INTO entries VALUES (1, ?, ?, ?, ?, ?)",
                (name, content, str(folder / name), file_hash, "1"),
            )
            for passage in split(text):
                words = passage.of(text)
                digest = hashlib.sha256(words.encode()).digest()
                db.execute(
                    "INSERT OR IGNORE INTO passages (content, splitter, start, end, heading, "
                    "text_hash) VALUES (?, ?, ?, ?, ?, ?)",
                    (content, SPLITTER, passage.start, passage.end, None, digest),
                )
                vector = encoder.embed_passages([words])[0].astype("<f4").tobytes()
                db.execute(
                    "INSERT OR IGNORE INTO embeddings VALUES (?, ?, ?)",
                    (encoder.id, digest, vector),
                )


def make_store(corpus: SmallIndex, texts: Mapping[str, str]) -> None:
    """Make a store of the version before, and its articles."""
    for name, text in texts.items():
        corpus.put(name, text)
    folder = corpus.store.folder("000001")
    folder.mkdir(parents=True)
    make_library(corpus.store.library, texts, corpus.articles)
    manifest = {
        "format": 2, "version": "000001", "rebuilt_at": "2016-09-30T00:00:00+00:00",
        "model": "tiny@1", "dim": 32, "tokenizer": "jieba-0.42.1/3", "splitter": SPLITTER,
        "articles": len(texts), "passages": len(texts), "files": {},
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (corpus.store.root / "CURRENT").write_text("000001\n", encoding="ascii")


def make_version_3(library: Path) -> None:
    """Turn a library into one of schema version 3, with an entry for each article and version.

    The manifests beside it get the digests of that time.
    """
    with closing(sqlite3.connect(library)) as db:
        entries = db.execute(
            "SELECT number, article, content, path, file_hash, reader, part FROM generations "
            "JOIN entries ON since <= number AND number < until"
        ).fetchall()
        generations = db.execute("SELECT number, splitter FROM generations").fetchall()
        db.executescript("DROP TABLE entries; DROP TABLE generations;")
        db.executescript((DATA / "entries-3.sql").read_text(encoding="utf-8"))
        db.executemany("INSERT INTO generations VALUES (?, ?)", generations)
        db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", entries)
        db.execute("PRAGMA user_version = 3")
        db.commit()
    with closing(Database(library, readonly=True)) as old:
        for folder in library.parent.glob("generations/[0-9]*"):
            manifest = Manifest.read(folder)
            digest = digest_of(old, Version(manifest.version))
            manifest.model_copy(update={"library": digest}).write(folder)


def make_version_2(library: Path) -> None:
    """Turn a library into one of schema version 2, without notes of pages and suggestions."""
    make_version_3(library)
    with closing(sqlite3.connect(library)) as db:
        for table in ("list_rules", "page_notes", "feed_notes", "suggestions"):
            db.execute(f"DROP TABLE {table}")
        db.execute("PRAGMA user_version = 2")


def dumped(path: Path) -> list[str]:
    """Return all rows of a library, after an integrity check."""
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [f"version {db.execute('PRAGMA user_version').fetchone()[0]}", *db.iterdump()]
