"""The rebuild: brings a store to what is in the user's folders, and loses nothing on the way.

Read what changed → add it to the library → embed what has no vector → write a generation beside
the current one → open it as a reader would → switch. Killed at any instant, the current generation
is whole, and the vectors made so far are kept.
"""

import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.encoder import Encoder
from index.errors import MismatchError, NoIndexError
from index.generation import Generation, Recipe, is_up_to_date, lexical_base, write
from index.ingest.files import Failure
from index.intake import Intake, Plan
from index.library import Entry, Library
from index.progress import Progress, silent
from index.store import KEPT, Store
from index.user_words import UserWords
from index.words import Words

_BATCH = 256  # passages embedded and stored together: what a killed rebuild loses at most


@dataclass(frozen=True, slots=True)
class Report:
    """What a rebuild did, counting articles; `index_version` is the current one afterwards."""

    index_version: str
    added: int
    changed: int
    removed: int
    unchanged: int
    failed: list[Failure]
    passages: int
    seconds: float


class Builder:
    """Rebuilds one store with one encoder and one dictionary."""

    def __init__(
        self, store: Store, encoder: Encoder, words: Words, progress: Progress = silent
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._words = words
        self._progress = progress

    def rebuild(self, paths: Sequence[Path], *, full: bool = False) -> Report:
        """Brings the store to what is under `paths` (folders or files) and to the user's words.

        With `full`, every file is read again and the indexes are made from nothing.

        Raises:
            ArticleError: no article found at all; nothing was changed.
            BusyError: another rebuild is at work.
            UsageError: the file of the user's words is malformed; nothing was changed.
        """
        began = time.monotonic()
        with self._store.lock(), closing(Library(self._store.library)) as library:
            current = self._current(full=full)
            before = current
            made = self._recipe()
            # Where the current generation is lost, the library still knows what it held.
            lost = max(library.recorded(), default=0) if full else 0
            old = library.entries(int(current or lost))
            plan = Intake(library, self._progress).read(paths, old, afresh=full)
            if current is None or full or plan.entries != old or self._outdated(current, made):
                base = None if full or not old else lexical_base(self._store, current, made.words)
                current = self._write(library, plan, base, made)
            passages = len(library.passage_hashes(int(current)))
            self._tidy(library, before, current)
        return _report(current, old, plan, passages, began)

    def preview(self, paths: Sequence[Path], *, full: bool = False) -> Report:
        """What `rebuild` would report, without writing anything; `passages` are today's."""
        began = time.monotonic()
        old, passages, version = {}, 0, ""
        UserWords.read(self._store.words)  # a malformed file is told here as well
        if self._store.library.exists():
            with closing(Library(self._store.library)) as library:
                version = self._current(full=False) or ""
                old = library.entries(int(version or 0))
                passages = len(library.passage_hashes(int(version or 0)))
        plan = Intake(None, self._progress).read(paths, old, afresh=full)
        return _report(version, old, plan, passages, began)

    def _current(self, *, full: bool) -> str | None:
        try:
            return self._store.current()
        except NoIndexError:
            return None
        except MismatchError:
            if full:  # the cure that the error itself names
                return None
            raise

    def _recipe(self) -> Recipe:
        own = UserWords.read(self._store.words)
        return Recipe(self._encoder, self._words.with_own(own.words), own, self._progress)

    def _outdated(self, version: str, made: Recipe) -> bool:
        return not is_up_to_date(self._store, version, made)

    def _tidy(self, library: Library, before: str | None, current: str) -> None:
        """Clears away what nobody needs: generations a killed rebuild left, and all too old."""
        sound = [v for v in self._store.versions() if v <= (before or "") or v == current]
        kept = set(sound[-KEPT:])
        for version in set(self._store.versions()) - kept:
            self._store.discard(version)
        for number in library.recorded():
            if f"{number:06}" not in kept:
                library.forget(number)

    def _write(self, library: Library, plan: Plan, base: str | None, made: Recipe) -> str:
        taken = [int(version) for version in self._store.versions()] + library.recorded()
        version = f"{max(taken, default=0) + 1:06}"
        library.record(int(version), plan.entries.values())
        self._embed(library, int(version))
        write(self._store, version, base, library, made)
        Generation.open(self._store, version, self._encoder, self._words).catalogue.close()
        self._store.switch(version)
        return version

    def _embed(self, library: Library, number: int) -> None:
        """Makes the vectors that the library lacks, a batch and a transaction at a time."""
        known = library.embedded(self._encoder.id)
        missing: dict[bytes, int] = {}
        for passage, text_hash in library.passage_hashes(number).items():
            if text_hash not in known:
                missing.setdefault(text_hash, passage)
        waiting = list(missing.values())
        for start in range(0, len(waiting), _BATCH):
            self._progress("embedding", start, len(waiting))
            passages = list(library.passages(waiting[start : start + _BATCH]))
            vectors = self._encoder.passages([passage.text for passage in passages])
            hashes = [passage.text_hash for passage in passages]
            library.add_vectors(self._encoder.id, hashes, vectors)
        self._progress("embedding", len(waiting), len(waiting))


def _report(
    version: str, old: Mapping[str, Entry], plan: Plan, passages: int, began: float
) -> Report:
    new = plan.entries
    both = new.keys() & old.keys()
    changed = sum(new[key].content != old[key].content for key in both)
    return Report(
        index_version=version,
        added=len(new) - len(both),
        changed=changed,
        removed=len(old) - len(both),
        unchanged=len(both) - changed,
        failed=plan.failed,
        passages=passages,
        seconds=round(time.monotonic() - began, 3),
    )
