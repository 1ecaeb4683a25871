"""Digests of what the library holds of its generations, to tell one library from another."""

import hashlib
from collections.abc import Iterable

from index.library.content import LibraryEntry
from index.library.database import Database
from index.library.entries import VALID
from index.library.version import Version

_FIRST = "SELECT id FROM passages WHERE content = e.content ORDER BY id DESC LIMIT 1"


def digest_of(db: Database, version: Version) -> str | None:
    """Return a SHA-256 of a generation: of its articles, texts, and the numbers of its passages.

    It is the one that was recorded, which `next_digest` returned. None if the library does not know
    the generation.
    """
    recorded = db.rows("SELECT digest FROM generations WHERE number = ?", (version.number,))
    if not recorded:
        return None
    return str(recorded[0][0]) or _computed(db, version)


def next_digest(  # noqa: PLR0913, PLR0917 - a generation is recorded at one place
    db: Database,
    version: Version,
    base: Version | None,
    last: Version | None,
    put: Iterable[LibraryEntry],
    removed: Iterable[str],
) -> str:
    """Return the digest of a generation whose entries were just written, after those of `last`.

    It chains that of the last one with what is otherwise than in `base`, so that it costs what
    changes, not what there is.
    """
    digest = hashlib.sha256(repr((base, last and digest_of(db, last))).encode("utf-8"))
    contents = {entry.article: entry.content for entry in put}
    query = f"SELECT article, ({_FIRST}) FROM entries e WHERE since = ? ORDER BY article"
    for article, passage in db.rows(query, (version.number,)):
        named = (article, contents.get(article), passage)
        digest.update(repr(named).encode("utf-8"))
    digest.update(repr(sorted(removed)).encode("utf-8"))
    return digest.hexdigest()


def _computed(db: Database, version: Version) -> str:
    """Compute the digest of a generation that an earlier Yiju recorded without one.

    The passages of a text are numbered at once, so that the first number stands for all of them.
    """
    # From their index: the contents themselves have the texts, which would all be read.
    hashes = dict(db.rows("SELECT id, hash FROM contents INDEXED BY sqlite_autoindex_contents_1"))
    rows = db.rows(
        "SELECT article, content, (SELECT p.id FROM passages p WHERE p.content = e.content AND "
        "p.splitter = g.splitter ORDER BY p.start LIMIT 1) FROM generations g JOIN entries e "
        f"ON {VALID} WHERE g.number = :generation ORDER BY article",
        {"generation": version.number},
    )
    named = ((article, hashes.get(content, b"").hex(), first) for article, content, first in rows)
    return hashlib.sha256("".join(map(repr, named)).encode("utf-8")).hexdigest()
