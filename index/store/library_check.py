"""Whether the library is the one that the index versions of a store were made with.

A copy of the library may be older or newer than the index versions beside it, or another store's.
The numbers of its passages then mean other texts, and an edit would drop what it lacks.
"""

import hashlib

from index.errors import MismatchError
from index.store.database import Database
from index.store.library import LibraryFile
from index.store.manifest import FileSums, Manifest
from index.store.store import Store
from index.store.version import Version

_GO_ON = (
    "Put the right copy in its place and wait a second, or go on from what this one has with: "
    "yiju rebuild"
)


def digest_of(library: Database, version: Version) -> str | None:
    """Return a SHA-256 of a generation's articles, their texts, and the numbers of their passages.

    None if the library does not know the generation. The passages of a text are numbered at once,
    so that the first number stands for all of them.
    """
    if not library.rows("SELECT 1 FROM generations WHERE number = ?", (version.number,)):
        return None
    # From their index: the contents themselves have the texts, which would all be read.
    hashes = dict(
        library.rows("SELECT id, hash FROM contents INDEXED BY sqlite_autoindex_contents_1")
    )
    rows = library.rows(
        "SELECT e.article, e.content, (SELECT p.id FROM passages p WHERE "
        "p.content = e.content AND p.splitter = g.splitter ORDER BY p.start LIMIT 1) "
        "FROM generations g JOIN entries e ON e.generation = g.number "
        "WHERE g.number = ? ORDER BY e.article",
        (version.number,),
    )
    named = ((article, hashes.get(content, b"").hex(), first) for article, content, first in rows)
    return hashlib.sha256("".join(map(repr, named)).encode("utf-8")).hexdigest()


def check_agreement(manifest: Manifest, library: Database, sums: FileSums | None = None) -> None:
    """Refuse a library that does not know an index version as it was made.

    `sums` remember what was checked before.

    Raises:
        MismatchError: the library is an older copy, or another store's.
    """
    if why := _difference(manifest, library, sums or FileSums()):
        raise MismatchError(f"{why} {_GO_ON}", library.path)


def check_current(store: Store, library: LibraryFile) -> None:
    """Refuse a library that is not the one of the current index version.

    Raises:
        NoIndexError: no version is current.
        MismatchError: the library is an older or a newer copy, or another store's.
    """
    if why := disagreement(store, library, store.current()):
        raise MismatchError(f"{why} {_GO_ON}", library.db.path)


def disagreement(store: Store, library: LibraryFile, current: Version) -> str | None:
    """Return how the library differs from the current index version, or None if it does not."""
    try:
        manifest = Manifest.read(store.folder(current))
    except MismatchError:  # damaged, or of an earlier Yiju: its number has to do
        known = current in library.recorded()
        why = None if known else _unknown(library.db, current)
    else:
        why = _difference(manifest, library.db, FileSums())
    return why or _newer(store, library, current)


def _difference(manifest: Manifest, library: Database, sums: FileSums) -> str | None:
    version = Version(manifest.version)
    digest = sums.of_version(library.path, version.number, lambda: digest_of(library, version))
    if digest is None:
        return _unknown(library, version)
    if manifest.library not in (None, digest):  # None: made before it was recorded
        return f"{library.path} has other articles under index version {version} than the index."
    return None


def _unknown(library: Database, version: Version) -> str:
    return f"{library.path} does not know index version {version}."


def _newer(store: Store, library: LibraryFile, current: Version) -> str | None:
    """Return what to say if the library has versions of a time that the store has not seen.

    A rebuild makes a version's folder before it records the version, and deletes the folder after
    the library forgot the version: a version without a folder is no rebuild's that was killed.
    """
    later = (version for version in library.recorded() if version.number > current.number)
    unseen = [version for version in later if not store.has_trace(version)]
    if not unseen:
        return None
    return f"{library.db.path} has index version {max(unseen)}, newer than the current {current}."
