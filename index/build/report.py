"""What a rebuild did, for whoever asked for it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from index.article import Failure
from index.build.near_duplicates import NearDuplicate
from index.build.plan import Plan
from index.store.library import LibraryEntry


@dataclass(frozen=True, slots=True)
class Report:
    """What a rebuild did, counting articles; `index_version` is the current one afterwards.

    `embedded` passages got new vectors; `notes` tell what could not be taken over, and why;
    `repeats` are new articles that say what another one says.
    """

    index_version: str
    added: int
    changed: int
    removed: int
    unchanged: int
    failed: list[Failure]
    passages: int
    seconds: float
    embedded: int = 0
    repeats: list[NearDuplicate] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Done:
    """What a rebuild came to, beside what it read."""

    version: str
    embedded: int
    passages: int
    began: float
    repeats: list[NearDuplicate] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def report(done: Done, old: Mapping[str, LibraryEntry], plan: Plan) -> Report:
    """The report for what was held, what is planned, and what came of it."""
    new = plan.entries
    both = new.keys() & old.keys()
    changed = sum(new[key].content != old[key].content for key in both)
    return Report(
        index_version=done.version,
        added=len(new) - len(both),
        changed=changed,
        removed=len(old) - len(both),
        unchanged=len(both) - changed,
        failed=sorted(plan.failed, key=lambda failure: failure.where),
        passages=done.passages,
        seconds=round(time.monotonic() - done.began, 3),
        embedded=done.embedded,
        repeats=done.repeats,
        notes=done.notes,
    )
