"""The watcher: rebuild at the start, and whenever what was watched has changed and come to rest."""

import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.ingest.sources.files import SUFFIXES
from index.store.store import Store
from index.watch.folder_events import FolderEvents
from index.watch.folder_listing import Listing, listing_of
from index.watch.journal import Journal
from index.watch.rebuild_command import RebuildOutcome
from index.watch.settling import Patience, Settling

_DEFAULT_PATIENCE = Patience()
_BRIEF = 0.05  # seconds between two looks, at least
# A look at very many files takes long; so much longer is the pause after it.
_PAUSE_WHEN_BUSY, _PAUSE_WHEN_CALM = 4, 20
_UNHEARD = (
    "The system gives no notice of changes in {} ({}). They are seen within {:.0f} s by looking; "
    "for notice at once, raise fs.inotify.max_user_watches and max_user_instances."
)

Rebuild = Callable[["Watched", bool, Callable[[], bool]], RebuildOutcome]
"""Rebuilds from what is watched, with its lists of addresses or without, until it is to stop."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What a store is kept up to date with: files and folders, and lists of addresses.

    Of folders, files of the `kinds` of articles. Of the store itself, what the user writes there:
    `words.txt` and `questions.jsonl`.
    """

    store: Store
    paths: tuple[Path, ...]
    lists: tuple[Path, ...] = ()
    kinds: Collection[str] = SUFFIXES

    @property
    def all_paths(self) -> tuple[Path, ...]:
        """All files and folders of which a change matters."""
        return (*self.paths, *self.lists, self.store.words, self.store.questions)

    def listing(self) -> Listing:
        """Look at all of it."""
        return listing_of(self.all_paths, self.store.root, self.kinds)

    def arguments(self, *, with_lists: bool) -> list[str]:
        """Return it as arguments of `yiju rebuild`."""
        lists = [part for path in self.lists for part in ("--urls", str(path))]
        return [*(lists if with_lists else []), *map(str, self.paths)]


class Watcher:
    """Keeps a store up to date until it is stopped; a rebuild that fails is told, and repeated."""

    def __init__(
        self,
        watched: Watched,
        rebuild: Rebuild,
        tell: Callable[[str], None],
        patience: Patience = _DEFAULT_PATIENCE,
    ) -> None:
        self._watched, self._rebuild, self._tell = watched, rebuild, tell
        self._patience, self._settling = patience, Settling(patience)
        self._journal = Journal(tell, patience.again)
        self._stirred, self._stopping = threading.Event(), threading.Event()
        self._listed: Listing = {}
        self._built: Listing | None = None  # as at the start of the last rebuild
        self._lists_due = True
        self._cost = 0.0  # seconds of the last look

    def run(self) -> None:
        """Watch until `stop` is called, perhaps by another thread."""
        with self._listening() as follow:
            follow()
            self._look()
            self._bring_up_to_date()
            while not self._stopping.is_set():
                self._wait()
                follow()
                self._look()
                if self._is_due():
                    self._bring_up_to_date()

    def stop(self) -> None:
        """Have `run` return, ending a rebuild that is at work."""
        self._stopping.set()
        self._stirred.set()

    @contextmanager
    def _listening(self) -> Iterator[Callable[[], None]]:
        """Listen to the system's events for a block; yield what has to be called now and then."""
        told = set[Path]()

        def tell(path: Path, error: OSError) -> None:
            if path not in told:
                told.add(path)
                self._tell(_UNHEARD.format(path, error.strerror, self._patience.idle))

        try:
            events = FolderEvents(self._stirred.set)
        except OSError as error:
            for path in self._watched.paths:
                tell(path, error)
            yield lambda: None
            return

        def follow() -> None:
            for path, error in events.follow(self._watched.all_paths):
                tell(path, error)

        try:
            yield follow
        finally:
            events.close()

    def _look(self) -> None:
        began = time.monotonic()
        seen = self._watched.listing()
        if self._built is not None and seen != self._listed:
            self._settling.changed(time.monotonic())
        self._listed = seen
        self._cost = time.monotonic() - began

    def _is_due(self) -> bool:
        due = self._settling.due()
        return due is not None and time.monotonic() >= due and not self._stopping.is_set()

    def _wait(self) -> None:
        """Wait until the next look: soon while something changes, else for an event or a while."""
        busy = max(_BRIEF, self._patience.settle / 3, _PAUSE_WHEN_BUSY * self._cost)
        calm = max(self._patience.idle, _PAUSE_WHEN_CALM * self._cost)
        due = self._settling.due()
        left = calm if due is None else max(0.0, due - time.monotonic())
        self._stopping.wait(min(busy, left))
        if not self._settling.is_open:
            self._stirred.wait(min(calm, left))
        self._stirred.clear()

    def _bring_up_to_date(self) -> None:
        """Rebuild from what the last look saw, unless it is what the last rebuild began with."""
        is_repeat, has_failed = self._built == self._listed, self._settling.has_failed
        self._settling.began()
        if is_repeat and not has_failed:
            return
        with_lists = self._lists_due or self._lists_changed()
        self._built = self._listed
        outcome = self._rebuild(self._watched, with_lists, self._stopping.is_set)
        if self._stopping.is_set():
            return
        self._lists_due = with_lists and bool(outcome.failure)
        if outcome.failure:
            self._settling.failed(time.monotonic())
        self._journal.note(outcome, is_repeat=is_repeat)

    def _lists_changed(self) -> bool:
        built = self._built or {}
        return any(
            built.get(str(path)) != self._listed.get(str(path)) for path in self._watched.lists
        )
