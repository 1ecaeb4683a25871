"""Retention: which generations a store keeps, and going back to an earlier one."""

from index.errors import MismatchError, NoIndexError, UsageError
from index.store.library import Library
from index.store.manifest import FileSums, Manifest
from index.store.store import KEPT, Store
from index.store.version import Version


def tidy(store: Store, library: Library, current: Version, before: Version | None) -> None:
    """Delete the generations and contents that are no longer kept.

    The current generation is kept, the one before it, and the newest others up to three.
    """
    store.sweep()
    versions = store.versions()
    first = [version for version in (current, before) if version in versions]
    others = [version for version in reversed(versions) if version not in first]
    kept = set([*dict.fromkeys((*first, *others))][:KEPT])
    for version in set(versions) - kept:
        store.discard(version)
    for version in library.recorded():
        if version not in kept:
            library.forget(version)
    library.collect()


def roll_back(store: Store, version: str | None) -> Version:
    """Make an earlier generation the current one and return its version.

    Without a `version` that is the one that was current when the current one was made, if it is
    kept, else the newest before it.

    Raises:
        BusyError: a rebuild is at work.
        UsageError: there is no such generation.
        MismatchError: the generation is damaged; nothing was changed.
    """
    with store.lock():
        now = _current(store)
        kept = [other for other in store.versions() if other != now]
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
        Manifest.read(store.folder(chosen)).check_files(store.folder(chosen), FileSums())
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
