"""What an index holds, in numbers."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from index.manifest import Manifest
from index.store import Store

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


def _size(folder: Path) -> int:
    sizes: dict[int, int] = {}
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):  # a rebuild may clear away while we count
            stat = path.lstat()
            if S_ISREG(stat.st_mode):
                sizes[stat.st_ino] = stat.st_size
    return sum(sizes.values())
