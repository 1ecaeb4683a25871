"""`python -m bench.crash`: kills rebuilds at random instants and looks whether anything was lost.

A folder of articles changes at random; `yiju rebuild` is started over it as a user would and killed
by SIGKILL, alone or with its worker processes; a server over the store answers all the while. After
each kill the store must open, tell its state rightly and let go of its lock; after each rebuild
that may end it must hold exactly what was written, and no vector may have been made twice. Every
reply of the server must come from one whole index. Exits with 1 where anything was otherwise.
"""

import argparse
import os
import platform
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.crash import oracle as seen
from bench.crash.processes import Rebuild, Span, serving, wait_for
from bench.crash.readers import Readers, wrong
from bench.crash.workload import Book, Folder, Written
from index.models.loading import BUNDLED, model_folder
from index.models.static import StaticEncoder
from index.text.analyzer import Analyzer

KILLS = 200
LENGTH = 36  # paragraphs of an article: 60 of them are more than 2,000 passages
_AIMS = ["anywhere"] * 8 + ["work"] * 5 + ["end"] * 4 + ["switch"] * 3
_KINDS = ["small"] * 11 + ["large"] * 6 + ["revert"] * 3
_IN_A_ROW = 3  # kills at most before a rebuild may end
_STAGES = (
    "loading", "reading", "indexing", "verifying, syncing", "renamed, not current",
    "clearing away",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: how far the rebuild was, its worker processes, whether they were spared."""

    stage: str
    kind: str
    workers: int
    spared: bool
    seconds: float
    moved: bool

    def __str__(self) -> str:
        spared = ", spared" if self.workers and self.spared else ""
        return f"{self.kind:6} {self.seconds:5.2f} s {self.stage}, {self.workers} workers{spared}"


class Crash:
    """A folder, a store and a server, and all that was found wrong with them."""

    def __init__(
        self, root: Path, chance: random.Random, length: int = LENGTH, rest: float = 0.5
    ) -> None:
        """`length` is an article's in paragraphs; after `rest` of the kills a rebuild may end."""
        self.kills: list[Kill] = []
        self.wrong: list[str] = []
        self.calls: Counter[str] = Counter()
        self.rebuilds = 0
        self.embedded = 0
        self.longest_held = 0.0
        self._root = root
        self._chance = chance
        self._rest = rest
        self._store = root / "store"
        self._folder = Folder(root / "articles", chance, length)
        self._books: dict[str, Book] = {"": Book()}
        self._files: dict[str, dict[str, Written]] = {"": {}}
        self._kind = "large"
        self._spans: dict[str, Span] = {}
        self._encoder, self._words = StaticEncoder(model_folder(BUNDLED)), Analyzer()
        self._readers: Readers | None = None

    def run(self, kills: int) -> None:
        """Kills so many rebuilds, then lets a last one end."""
        self.let_end()
        with ExitStack() as stack:
            address = stack.enter_context(serving(self._store, self._root / "server.log"))
            self._readers = Readers(address, self._chance.randrange(10**6))
            stack.enter_context(self._readers.reading())
            self._change("small")
            self.let_end()
            tries = in_a_row = 0
            while len(self.kills) < kills and tries < 3 * kills:
                tries += 1
                if in_a_row == 0 or self._chance.random() < 0.5:
                    self._change(self._chance.choice(_KINDS))
                in_a_row += self._killed()
                if in_a_row == _IN_A_ROW or self._chance.random() < self._rest:
                    self.let_end()
                    in_a_row = 0
            self.let_end()
        if len(self.kills) < kills:
            self._complain("rebuilds end before they can be killed")
        log = (self._root / "server.log").read_text(encoding="utf-8")
        if "Traceback" in log or "ERROR" in log:
            self._complain(f"the server's log: {log[-2000:]}")

    def _change(self, kind: str) -> None:
        self._folder.change(kind, self._files[seen.current(self._store)])
        self._kind = kind

    def _killed(self) -> bool:
        """Starts a rebuild and kills it; False when it had ended by then."""
        before = seen.Before.of(self._store)
        wanted = self._books[before.current].after(self._folder.files)
        with Rebuild(self._folder.root, self._store, self._root) as rebuild:
            self._aim(rebuild, before)
            seconds = time.monotonic() - rebuild.began
            workers, spared = len(seen.children(rebuild.id)), self._chance.random() < 0.5
            ended = rebuild.kill(spare_workers=spared)
            held = seen.seconds_until_free(self._store)
            stage = seen.stage(self._store, before)
            self._note(before, wanted)
            status = seen.wrong_with_status(self._store)
            told = rebuild.stderr()
            orphans = seen.wait_for_orphans(rebuild.id)
        if ended:
            self.settle()
            return False
        moved = seen.current(self._store) != before.current
        self.kills.append(Kill(stage, self._kind, workers, spared, seconds, moved))
        print(f"{len(self.kills):4} {self.kills[-1]}", flush=True)
        if told:
            self._complain(f"a killed rebuild said: {told}")
        if status:
            self._complain(status)
        if orphans:
            self._complain(f"processes {orphans} outlived their rebuild")
        if held is None:
            self._complain("the lock is still held")
        self.longest_held = max(self.longest_held, held or 0.0)
        self.settle()
        return True

    def _aim(self, rebuild: Rebuild, before: seen.Before) -> None:
        """Waits for the instant of the kill: anywhere, or near something that can be seen."""
        span, aim = self._spans.get(self._kind, self._spans["large"]), self._chance.choice(_AIMS)
        share = self._chance.random()
        if aim == "anywhere":
            wait_for(rebuild, lambda: False, share * span.whole)
        elif aim == "work":
            wait_for(rebuild, lambda: rebuild.is_at_work(before))
            wait_for(rebuild, lambda: False, share * (span.whole - span.locked))
        elif aim == "end":
            wait_for(rebuild, lambda: rebuild.has_written(before))
            wait_for(rebuild, lambda: False, share * (span.whole - span.written))
        else:
            wait_for(rebuild, lambda: rebuild.has_written(before))
            wait_for(rebuild, lambda: rebuild.has_renamed(before), look=0)
            wait_for(rebuild, lambda: False, max(0.0, share - 0.4) ** 3 * 0.1, look=0)

    def let_end(self) -> None:
        """Lets a rebuild end and holds it to what was written."""
        store = self._store
        before = seen.Before.of(store) if store.exists() else seen.Before("", frozenset(), 0)
        paid = seen.paid_for(store) if before.current else set()
        old = self._books[before.current]
        wanted = old.after(self._folder.files)
        with Rebuild(self._folder.root, store, self._root) as rebuild:
            self._spans[self._kind] = rebuild.watched(before)
            report = rebuild.report()
            orphans = seen.wait_for_orphans(rebuild.id)
            if report is None:
                self._complain(f"a rebuild failed: {rebuild.stderr()}")
                return
        self.rebuilds += 1
        self.embedded += report["embedded"]
        self._note(before, wanted)
        made = len(seen.needed(store) - paid)
        if report["embedded"] != made:
            self._complain(f"{report['embedded']} passages were embedded, {made} lacked a vector")
        self._judge(report, old, wanted)
        if left := [*seen.leftovers(store), *orphans]:
            self._complain(f"left behind: {left}")
        self.settle()

    def _judge(self, report: dict[str, Any], old: Book, new: Book) -> None:
        """Compares what a rebuild says it did with what it was to do."""
        both = old.texts.keys() & new.texts.keys()
        changed = sum(old.texts[one] != new.texts[one] for one in both)
        counts = (len(new.texts) - len(both), changed, len(old.texts) - len(both))
        failing = 1 + sum(one.broken or one.torn is not None for one in self._folder.files.values())
        told = (report["added"], report["changed"], report["removed"])
        if (told, len(report["failed"])) != (counts, failing):
            self._complain(f"the report says {told}, {report['failed']} instead of {counts}")

    def _note(self, before: seen.Before, wanted: Book) -> None:
        """Writes down what the version that is current now must hold."""
        now = seen.current(self._store)
        if now != before.current:
            self._books[now] = wanted
            self._files[now] = dict(self._folder.files)
        if self._readers:
            self._readers.names = self._books[now].names()

    def settle(self) -> None:
        """Judges the store and all that the server said since the last time."""
        book = self._books.get(seen.current(self._store))
        found = [seen.wrong_with_generation(self._store, self._encoder, self._words, book)]
        kept = seen.versions(self._store)
        replies = self._readers.seen() if self._readers else []
        self.calls.update(one.call for one in replies)
        found += [wrong(one, self._books, kept) for one in replies]
        for one in filter(None, found):
            self._complain(one)

    def _complain(self, what: str) -> None:
        self.wrong.append(f"after {len(self.kills)} kills: {what}")
        print(self.wrong[-1], file=sys.stderr, flush=True)

    def table(self) -> str:
        """What was killed where, and what was judged."""
        lines = ["| killed while | kills | with workers | workers spared | made current |"]
        lines.append("| --- | --- | --- | --- | --- |")
        for stage in (*_STAGES, "all"):
            some = [one for one in self.kills if stage in (one.stage, "all")]
            workers = [one for one in some if one.workers]
            spared, moved = sum(one.spared for one in workers), sum(one.moved for one in some)
            lines.append(f"| {stage} | {len(some)} | {len(workers)} | {spared} | {moved} |")
        calls = ", ".join(f"{count:,} {call}" for call, count in self.calls.most_common())
        lines += [
            "",
            f"{self.rebuilds} rebuilds that were let end made {self.embedded:,} vectors; the lock "
            f"of a killed one was free after {self.longest_held * 1000:.0f} ms at the latest.",
            f"Replies of the server that were judged: {calls}.",
            f"Violations: {len(self.wrong)}.",
        ]
        return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs, prints a line a kill and the table, and exits with 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # so that nothing runs on
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores")
    print(f"seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        crash = Crash(Path(folder), random.Random(given.seed))
        crash.run(given.kills)
    print(crash.table())
    sys.exit(1 if crash.wrong else 0)


if __name__ == "__main__":
    main()
