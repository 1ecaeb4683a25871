"""What a store keeps: the last generations, and of the library's rows only what they need."""

from index.errors import MismatchError, NoIndexError, UsageError
from index.store.library import Library
from index.store.manifest import FileSums, Manifest
from index.store.store import KEPT, Store


def tidy(store: Store, library: Library, current: str, before: str | None) -> None:
    """Clears away what nobody needs.

    The current generation stays, the one before it, and the newest others up to three.
    """
    store.sweep()
    versions = store.versions()
    first = [version for version in (current, before) if version in versions]
    others = [version for version in reversed(versions) if version not in first]
    kept = set([*dict.fromkeys((*first, *others))][:KEPT])
    for version in set(versions) - kept:
        store.discard(version)
    for number in library.recorded():
        if f"{number:06}" not in kept:
            library.forget(number)
    library.collect()


def roll_back(store: Store, version: str | None) -> str:
    """Makes an earlier generation the current one; gives it.

    Without a `version` it is the one that was current when the current one was made, where it is
    kept, else the newest one before it.

    Raises:
        BusyError: a rebuild is at work.
        UsageError: there is no such generation.
        MismatchError: it is damaged; nothing was changed.
    """
    with store.lock():
        now = _current(store)
        kept = [one for one in store.versions() if one != now]
        earlier = [one for one in kept if now is None or one < now]
        chosen = version or _before(store, now, kept) or max(earlier, default=None)
        if chosen == now and now is not None:
            raise UsageError(f"Index version {chosen} is the current one already.")
        if chosen is None or chosen not in kept:
            named = f"no index version “{version}”" if version else "no earlier index version"
            there = ", ".join(kept) or "none but the current one"
            raise UsageError(f"There is {named} to go back to; kept are: {there}.")
        Manifest.read(store.folder(chosen)).check_files(store.folder(chosen), FileSums())
        store.switch(chosen)
        return chosen


def _before(store: Store, now: str | None, kept: list[str]) -> str | None:
    """The version that was current when the one of now was made, if it is kept."""
    if now is None:
        return None
    try:
        previous = Manifest.read(store.folder(now)).previous
    except MismatchError:
        return None
    return previous if previous in kept else None


def _current(store: Store) -> str | None:
    """The current version, or None where CURRENT is damaged or lost: going back cures that."""
    try:
        return store.current()
    except MismatchError:
        return None
    except NoIndexError:
        if store.versions():
            return None
        raise
