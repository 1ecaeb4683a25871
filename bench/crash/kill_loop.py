"""Rebuilds of a folder that changes, killed at random instants while a server answers."""

import random
import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.crash import oracle
from bench.crash.oracle import StoreState
from bench.crash.processes import Durations, Rebuild, wait_for
from bench.crash.readers import Readers, violation
from bench.crash.workload import Contents, Folder, WrittenFile
from bench.processes import running_server
from index.models.loading import BUNDLED, model_folder
from index.models.static import StaticEncoder
from index.text.analyzer import Analyzer

LENGTH = 36  # paragraphs of an article: 60 articles are more than 2,000 passages
_AIMS = ["anywhere"] * 8 + ["work"] * 5 + ["end"] * 4 + ["switch"] * 3
_CHANGES = ["small"] * 11 + ["large"] * 6 + ["revert"] * 3
_IN_A_ROW = 3  # kills at most before a rebuild is allowed to end
_STAGES = (
    "loading", "reading", "indexing", "verifying, syncing", "renamed, not current",
    "clearing away", "suggesting",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: the stage the rebuild had reached, its worker processes, if they were spared."""

    stage: str
    change: str
    workers: int
    spared: bool
    seconds: float
    moved: bool

    def __str__(self) -> str:
        spared = ", spared" if self.workers and self.spared else ""
        return f"{self.change:6} {self.seconds:5.2f} s {self.stage}, {self.workers} workers{spared}"


class KillLoop:
    """A folder, a store and a server under fault injection, with the violations so far."""

    def __init__(
        self, root: Path, chance: random.Random, length: int = LENGTH, rest: float = 0.5
    ) -> None:
        """Create the folder of articles.

        Args:
            root: An empty folder.
            chance: Source of randomness.
            length: Paragraphs of an article.
            rest: Share of the kills that are followed by a completed rebuild.
        """
        self.kills: list[Kill] = []
        self.violations: list[str] = []
        self.calls: Counter[str] = Counter()
        self.rebuilds = 0
        self.embedded = 0
        self.longest_locked = 0.0
        self._root = root
        self._chance = chance
        self._rest = rest
        self._store = root / "store"
        self._folder = Folder(root / "articles", chance, length)
        self._expected: dict[str, Contents] = {"": Contents()}
        self._files: dict[str, dict[str, WrittenFile]] = {"": {}}
        self._last_change = "large"
        self._durations: dict[str, Durations] = {}
        self._encoder, self._analyzer = StaticEncoder(model_folder(BUNDLED)), Analyzer()
        self._readers: Readers | None = None

    def run(self, kills: int) -> None:
        """Kill that many rebuilds, then complete a last one."""
        self.complete_rebuild()
        with ExitStack() as stack:
            server = stack.enter_context(
                running_server(self._store, self._root / "server.log", until="/readyz")
            )
            self._readers = Readers(server.address, self._chance.randrange(10**6))
            stack.enter_context(self._readers.reading())
            self._change("small")
            self.complete_rebuild()
            tries = in_a_row = 0
            while len(self.kills) < kills and tries < 3 * kills:
                tries += 1
                if in_a_row == 0 or self._chance.random() < 0.5:
                    self._change(self._chance.choice(_CHANGES))
                in_a_row += self._kill_rebuild()
                if in_a_row == _IN_A_ROW or self._chance.random() < self._rest:
                    self.complete_rebuild()
                    in_a_row = 0
            self.complete_rebuild()
        if len(self.kills) < kills:
            self._complain("rebuilds end before they can be killed")
        log = (self._root / "server.log").read_text(encoding="utf-8")
        if "Traceback" in log or "ERROR" in log:
            self._complain(f"the server's log: {log[-2000:]}")

    def _change(self, change: str) -> None:
        self._folder.change(change, self._files[oracle.current_version(self._store)])
        self._last_change = change

    def _kill_rebuild(self) -> bool:
        """Start a rebuild and kill it; return False if it had already ended."""
        before = StoreState.of(self._store)
        expected = self._expected[before.current].after(self._folder.files)
        with Rebuild(self._folder.root, self._store, self._root) as rebuild:
            self._aim(rebuild, before)
            seconds = time.monotonic() - rebuild.began
            workers, spared = len(oracle.children(rebuild.id)), self._chance.random() < 0.5
            ended = rebuild.kill(spare_workers=spared)
            locked = oracle.seconds_until_free(self._store)
            stage = oracle.stage(self._store, before)
            self._expect(before, expected)
            status = oracle.status_violation(self._store)
            stderr = rebuild.stderr()
            orphans = oracle.wait_for_orphans(rebuild.id)
        if ended:
            self.check()
            return False
        moved = oracle.current_version(self._store) != before.current
        self.kills.append(Kill(stage, self._last_change, workers, spared, seconds, moved))
        print(f"{len(self.kills):4} {self.kills[-1]}", flush=True)
        if stderr:
            self._complain(f"a killed rebuild said: {stderr}")
        if status:
            self._complain(status)
        if orphans:
            self._complain(f"processes {orphans} outlived their rebuild")
        if locked is None:
            self._complain("the lock is still held")
        self.longest_locked = max(self.longest_locked, locked or 0.0)
        self.check()
        return True

    def _aim(self, rebuild: Rebuild, before: StoreState) -> None:
        """Wait for the instant of the kill: anywhere, or near an observable point."""
        span = self._durations.get(self._last_change, self._durations["large"])
        aim = self._chance.choice(_AIMS)
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
            wait_for(rebuild, lambda: rebuild.has_renamed(before), poll=0)
            wait_for(rebuild, lambda: False, max(0.0, share - 0.4) ** 3 * 0.1, poll=0)

    def complete_rebuild(self) -> None:
        """Run a rebuild to its end and compare its result with the files written."""
        store = self._store
        before = StoreState.of(store) if store.exists() else StoreState("", frozenset(), 0)
        embedded = oracle.embedded_texts(store) if before.current else set()
        old = self._expected[before.current]
        expected = old.after(self._folder.files)
        with Rebuild(self._folder.root, store, self._root) as rebuild:
            self._durations[self._last_change] = rebuild.watched(before)
            report = rebuild.report()
            orphans = oracle.wait_for_orphans(rebuild.id)
            if report is None:
                self._complain(f"a rebuild failed: {rebuild.stderr()}")
                return
        self.rebuilds += 1
        self.embedded += report["embedded"]
        self._expect(before, expected)
        missing = len(oracle.passage_texts(store) - embedded)
        if report["embedded"] != missing:
            embeddings = report["embedded"]
            self._complain(f"{embeddings} passages were embedded, {missing} lacked a vector")
        self._check_report(report, old, expected)
        if left := [*oracle.leftovers(store), *orphans]:
            self._complain(f"left behind: {left}")
        self.check()

    def _check_report(self, report: dict[str, Any], old: Contents, new: Contents) -> None:
        """Compare the counts of a rebuild's report with the expected ones."""
        both = old.texts.keys() & new.texts.keys()
        changed = sum(old.texts[article] != new.texts[article] for article in both)
        expected = (len(new.texts) - len(both), changed, len(old.texts) - len(both))
        files = self._folder.files.values()
        failing = 1 + sum(file.broken or file.torn is not None for file in files)
        reported = (report["added"], report["changed"], report["removed"])
        if failed := [note for note in report["notes"] if note.startswith("Suggested questions")]:
            self._complain(f"the report says {failed}")
        if (reported, len(report["failed"])) != (expected, failing):
            self._complain(f"the report says {reported}, {report['failed']} instead of {expected}")

    def _expect(self, before: StoreState, expected: Contents) -> None:
        """Record the expected contents of the current version, if it is a new one."""
        version = oracle.current_version(self._store)
        if version != before.current:
            self._expected[version] = expected
            self._files[version] = dict(self._folder.files)
        if self._readers:
            self._readers.names = self._expected[version].names()

    def check(self) -> None:
        """Check the store, and all replies of the server since the last check."""
        expected = self._expected.get(oracle.current_version(self._store))
        violations = [
            oracle.generation_violation(self._store, self._encoder, self._analyzer, expected)
        ]
        versions = oracle.versions(self._store)
        replies = self._readers.take_replies() if self._readers else []
        self.calls.update(reply.call for reply in replies)
        violations += [violation(reply, self._expected, versions) for reply in replies]
        for message in filter(None, violations):
            self._complain(message)

    def _complain(self, message: str) -> None:
        self.violations.append(f"after {len(self.kills)} kills: {message}")
        print(self.violations[-1], file=sys.stderr, flush=True)

    def table(self) -> str:
        """Return the kills by stage, and the counts of everything checked, as Markdown."""
        lines = ["| killed while | kills | with workers | workers spared | made current |"]
        lines.append("| --- | --- | --- | --- | --- |")
        for stage in (*_STAGES, "all"):
            kills = [kill for kill in self.kills if stage in (kill.stage, "all")]
            with_workers = [kill for kill in kills if kill.workers]
            spared = sum(kill.spared for kill in with_workers)
            moved = sum(kill.moved for kill in kills)
            lines.append(f"| {stage} | {len(kills)} | {len(with_workers)} | {spared} | {moved} |")
        calls = ", ".join(f"{count:,} {call}" for call, count in self.calls.most_common())
        lines += [
            "",
            f"{self.rebuilds} rebuilds that were let end made {self.embedded:,} vectors; the lock "
            f"of a killed one was free after {self.longest_locked * 1000:.0f} ms at the latest.",
            f"Replies of the server that were judged: {calls}.",
            f"Violations: {len(self.violations)}.",
        ]
        return "\n".join(lines)
