"""What lies in the watched folders, as two looks at them compare it.

A change is a difference between two listings, whatever brought it about: nothing depends on the
events of the system, which has none for what another machine writes to a network file system.
"""

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from index.ingest.sources.files import SUFFIXES, is_told, passes_over

Stamp = tuple[int, int, int] | None
"""The times of a file's last change and of its attributes', and its size; None if it is gone."""
Listing = dict[str, Stamp]
"""The files that a rebuild reads or tells of, by path."""


def listing_of(paths: Sequence[Path], store: Path, kinds: Collection[str] = SUFFIXES) -> Listing:
    """Return the files at or below `paths`, but for those of the store itself.

    Those below are of the `kinds` of articles, or of kinds that are reported by name.
    A path that is not there is listed as such, so that its coming is a change.
    """
    listed: Listing = {}
    for path in paths:
        if path.is_dir():
            listed.update((name, stamp_of(name)) for name in _files_below(path, store, kinds))
        else:
            listed[str(path)] = stamp_of(str(path))
    return listed


def stamp_of(path: str) -> Stamp:
    """Return the stamp of a file, or of what a link leads to."""
    try:
        status = os.stat(path)  # noqa: PTH116 - of ten thousand files, half the time
    except OSError:
        return None
    # The inode is no part of it: some network file systems give a file another one each time.
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size


def _files_below(folder: Path, store: Path, kinds: Collection[str]) -> Iterator[str]:
    """Yield the files that a rebuild of a folder would look at."""
    for place, folders, names in os.walk(folder):
        folders[:] = [
            name for name in folders if not (passes_over(name) or _is(place, name, store))
        ]
        for name in names:
            if not passes_over(name) and is_told(name, kinds):
                yield os.path.join(place, name)  # noqa: PTH118 - as above


def _is(place: str, name: str, store: Path) -> bool:
    """Return whether a folder is the store, by whatever way it is reached."""
    folder = Path(place, name)
    return name == store.name and store.exists() and folder.exists() and folder.samefile(store)
