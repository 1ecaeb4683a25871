"""What an index holds, in numbers."""

import os
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from index.store.catalogue import Catalogue
from index.store.database import translated_errors
from index.store.manifest import Manifest
from index.store.store import Store

ENGINE = "faiss-flat+tantivy"


@dataclass(frozen=True, slots=True)
class Status:
    """`bytes` is the whole store on disk, files shared by generations counted once."""

    index_version: str
    articles: int
    passages: int
    vectors: int
    model: str
    engine: str
    bytes: int
    rebuilt_at: str


def status_of(store: Store, manifest: Manifest) -> Status:
    """The status for a generation of a store."""
    return Status(
        index_version=manifest.version,
        articles=manifest.articles,
        passages=manifest.passages,
        vectors=manifest.passages,
        model=manifest.model,
        engine=ENGINE,
        bytes=_size(store.root),
        rebuilt_at=manifest.rebuilt_at,
    )


def status_now(store: Store) -> Status:
    """The status of the current generation.

    Raises:
        StoreError: there is none, or manifest and library do not tell the same of it.
    """
    version = store.current()
    manifest = Manifest.read(store.folder(version))
    with (
        closing(Catalogue(store.library, int(version))) as catalogue,
        translated_errors(store.library),
    ):
        _, articles = catalogue.listings("", 0, 0)
    manifest.expect("number of articles", manifest.articles, articles)
    return status_of(store, manifest)


def _size(folder: Path) -> int:
    stats = (stat for _, stat in found(folder))
    return sum({stat.st_ino: stat.st_size for stat in stats if S_ISREG(stat.st_mode)}.values())


def found(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The files below a folder that a rebuild may be clearing away: those that are still there."""
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                path = Path(place) / name
                yield str(path), path.lstat()
