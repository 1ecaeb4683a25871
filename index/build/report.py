"""The report of a rebuild."""

import time
from dataclasses import dataclass, field

from index.article import Failure, PartlyRead
from index.build.near_duplicates import NearDuplicate
from index.build.reading.plan import Plan


@dataclass(frozen=True, slots=True)
class Report:
    """What a rebuild did, in articles; `index_version` is the current one afterwards.

    `embedded` passages got new vectors; `repeats` are new articles that repeat another one;
    `unread` is what of newly read files is in no article; `notes` say what could not be reused,
    and why, and how many files are of kinds that are not read.
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
    unread: list[PartlyRead] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The figures of a rebuild that do not follow from its plan."""

    version: str
    embedded: int
    passages: int
    began: float
    repeats: list[NearDuplicate] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def report_of(result: BuildResult, plan: Plan) -> Report:
    """Return the report for the plan and the result."""
    before = [plan.old.get(article) for article in plan.put]
    is_other = [
        earlier is not None and earlier.content != entry.content
        for earlier, entry in zip(before, plan.put.values(), strict=True)
    ]
    changed = sum(is_other)
    return Report(
        index_version=result.version,
        added=before.count(None),
        changed=changed,
        removed=len(plan.removed),
        unchanged=len(plan.old) - len(plan.removed) - changed,
        failed=sorted(plan.failed, key=lambda failure: failure.where),
        passages=result.passages,
        seconds=round(time.monotonic() - result.began, 3),
        embedded=result.embedded,
        repeats=result.repeats,
        unread=sorted(plan.unread, key=lambda partly: partly.where),
        notes=[*result.notes, *plan.notes],
    )
