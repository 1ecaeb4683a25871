"""Retention: which generations a store keeps, and going back to an earlier one."""

from collections.abc import Collection
from contextlib import closing

from index.errors import MismatchError, NoIndexError, UsageError
from index.library.library_file import LibraryFile
from index.library.version import Version
from index.store.library_check import check_agreement
from index.store.manifest import FileSums, Manifest
from index.store.store import KEPT, Store

_SHARE = 0.5
"""The share of a version's articles that one must have for the version to be let go."""


def tidy(
    store: Store,
    library: LibraryFile,
    current: Version,
    before: Version | None,
    *,
    force: bool = False,
) -> Version | None:
    """Delete the generations and contents that are no longer kept.

    The current generation is kept, the one before it, and the newest others up to three. A further
    one is kept, and returned, if none of these has half of its articles: what was lost at a stroke
    may have been lost by mistake. Of several the one with the most articles is kept; with `force`
    none.
    """
    store.sweep()
    versions = store.versions()
    first = [version for version in (current, before) if version in versions]
    others = [version for version in reversed(versions) if version not in first]
    kept = set([*dict.fromkeys((*first, *others))][:KEPT])
    spared = None if force else _largest_lost(store, library, versions, kept)
    if spared:
        kept.add(spared)
    for version in library.recorded():
        if version not in kept:
            library.forget(version)
    for version in set(versions) - kept:
        store.discard(version)
    library.collect()
    return spared


def _largest_lost(
    store: Store, library: LibraryFile, versions: Collection[Version], kept: Collection[Version]
) -> Version | None:
    """Return the largest of the versions of whose articles no kept one has the share."""
    lost: dict[Version, int] = {}
    for version in sorted(set(versions) - set(kept)):
        articles = len(library.entries(version)) or _counted(store, version)
        shared = (library.count_shared(version, other) for other in kept)
        if not any(count >= articles * _SHARE for count in shared):
            lost[version] = articles
    return max(lost, key=lambda version: (lost[version], version), default=None)


def _counted(store: Store, version: Version) -> int:
    """Return the articles of a version that the library does not know; 0 if it can't be used."""
    try:
        return Manifest.read(store.folder(version)).articles
    except MismatchError:
        return 0


def roll_back(store: Store, version: str | None) -> Version:
    """Make an earlier generation the current one and return its version.

    Without a `version` that is the one that was current when the current one was made, if it is
    kept and the library knows it, else the newest such before it.

    Raises:
        BusyError: a rebuild is at work.
        UsageError: there is no such generation.
        MismatchError: the generation is damaged, or the library does not know it; nothing was
            changed.
    """
    with store.lock(), closing(LibraryFile(store.library, readonly=True)) as library:
        now = _current(store)
        known = library.recorded()
        kept = [other for other in store.versions() if other != now and other in known]
        earlier = [other for other in kept if now is None or other.number < now.number]
        chosen = (
            Version(version)
            if version
            else _before(store, now, kept) or next(reversed(earlier), None)
        )
        if chosen == now and now is not None:
            raise UsageError(f"Index version {chosen} is the current one already.")
        if chosen is None or chosen not in kept:
            named = f"no index version “{version}”" if version else "no earlier index version"
            there = ", ".join(kept) or "none but the current one"
            raise UsageError(f"There is {named} to go back to; kept are: {there}.")
        manifest = Manifest.read(store.folder(chosen))
        manifest.check_files(store.folder(chosen), FileSums())
        check_agreement(manifest, library.db)
        store.switch(chosen)
        return chosen


def _before(store: Store, now: Version | None, kept: list[Version]) -> Version | None:
    """Return the version to go back to: the predecessor, else an earlier one."""
    earlier = [version for version in kept if now is None or version.number < now.number]
    latest = earlier[-1] if earlier else None
    if now is None:
        return latest
    try:
        previous = Manifest.read(store.folder(now)).previous
    except MismatchError:
        return latest
    return Version(previous) if previous in kept else latest


def _current(store: Store) -> Version | None:
    """Return the current version; None if CURRENT, which a rollback repairs, is lost."""
    try:
        return store.current()
    except MismatchError:
        return None
    except NoIndexError:
        if store.versions():
            return None
        raise
