"""The figures of an index: articles, passages, model, size on disk."""

import os
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from index.library.catalogue import Catalogue
from index.store.library_check import check_agreement
from index.store.manifest import Manifest
from index.store.store import Store

ENGINE = "faiss-flat+tantivy"


@dataclass(frozen=True, slots=True)
class Status:
    """Figures of an index; `bytes` is the whole store, files shared by generations counted once."""

    index_version: str
    articles: int
    passages: int
    vectors: int
    model: str
    engine: str
    bytes: int
    rebuilt_at: str


def status_of(store: Store, manifest: Manifest) -> Status:
    """Return the status of a store with the generation of a manifest."""
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
    """Return the status of the current generation.

    Raises:
        StoreError: there is none, or its manifest and the library disagree.
    """
    version = store.current()
    manifest = Manifest.read(store.folder(version))
    with closing(Catalogue(store.library, version)) as catalogue:
        check_agreement(manifest, catalogue.db)
        articles = catalogue.count()
    manifest.expect("number of articles", manifest.articles, articles)
    return status_of(store, manifest)


def _size(folder: Path) -> int:
    stats = (stat for _, stat in files_below(folder))
    return sum({stat.st_ino: stat.st_size for stat in stats if S_ISREG(stat.st_mode)}.values())


def files_below(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files below a folder, passing over those that a rebuild deletes meanwhile."""
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                path = Path(parent) / name
                yield str(path), path.lstat()
