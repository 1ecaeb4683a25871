"""A store that is put wrong and right again while articles are uploaded, deleted and rebuilt."""

import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.crash import oracle
from bench.crash.editors import Edit, Editors, misreported
from bench.crash.faults import FAULTS, LIBRARY, Bench, Fault, drawn
from bench.crash.readers import Readers, Reply
from bench.crash.workload import Contents
from bench.processes import ROOT, running_server, yiju_command
from index.models.loading import BUNDLED, model_folder
from index.models.static import StaticEncoder
from index.text.analyzer import Analyzer

_ARTICLES = 30
_HAN = "安邦昌成春丹德东恩方丰富高光广桂海汉和红湖华淮辉吉江金景凯康兰丽林龙明南宁平青庆泉瑞山"
_CHANGING = "changing.txt"  # an article that only rebuilds change
_REBUILDS = 0.4  # share of the faults beside which a rebuild is started, where one may be
_INSTANT = 0.05  # seconds at most
_LONGER = (0.5, 2.0)  # seconds
_HEALED_WITHIN = 2.0  # seconds in which a server tries again what it could not open
_WORKS_WITHIN = 120  # seconds until an edit must be accepted once all is right


@dataclass(frozen=True, slots=True)
class Span:
    """The time in which a store was wrong, and in which its server may still say so.

    From `began` to `ended` something was wrong at some time, from `wrong` to `right` all the time.
    """

    fault: Fault
    is_brief: bool
    began: float
    wrong: float
    right: float
    ended: float

    @property
    def healed(self) -> float:
        """When the server must have noticed that all is right."""
        return self.ended + _HEALED_WITHIN


class FaultLoop:
    """A store with a server, its editors and readers, and the violations so far."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        """Write the articles; `root` is an empty folder."""
        self.violations: list[str] = []
        self.spans: list[Span] = []
        self.edits: dict[str, Counter[str]] = {fault.name: Counter() for fault in FAULTS}
        self.calls: Counter[str] = Counter()
        self._root, self._chance = root, chance
        self._store, self._articles = root / "store", root / "articles"
        self._names = ["".join(chance.choices(_HAN, k=4)) for _ in range(_ARTICLES)]
        self._texts = {f"{at}.txt": _text(name, at) for at, name in enumerate(self._names)}
        self._changing = [_text("变化", 0)]
        self._encoder, self._analyzer = StaticEncoder(model_folder(BUNDLED)), Analyzer()

    def run(self, count: int) -> None:
        """Put the store wrong that many times, and right again."""
        _rebuild(self._articles, self._store, {**self._texts, _CHANGING: self._changing[0]})
        foreign = self._root / "foreign"
        _rebuild(foreign / "articles", foreign / "store", {"other.txt": _text("别处", 1)})
        bench = Bench(self._store, self._root / "aside", foreign / "store" / LIBRARY)
        log = self._root / "faults.log"
        with ExitStack() as stack:
            server = stack.enter_context(running_server(self._store, log, until="/readyz"))
            self._client = stack.enter_context(httpx.Client(base_url=server.address, timeout=120))
            self._editors = Editors(server.address, self._chance.randrange(10**6))
            self._readers = Readers(server.address, self._chance.randrange(10**6))
            self._readers.names = [*self._editors.names, *(f"{name}站" for name in self._names)]
            stack.enter_context(self._readers.reading())
            stack.enter_context(self._editors.editing())
            for fault, is_brief in drawn(self._chance, count):
                self._put_wrong_and_right(bench, fault, is_brief)
        if violation := oracle.status_violation(self._store):
            self._complain(violation)
        if "Traceback" in (text := log.read_text(encoding="utf-8")):
            self._complain(f"the server's log: {text[text.index('Traceback') :][:2000]}")

    def _put_wrong_and_right(self, bench: Bench, fault: Fault, is_brief: bool) -> None:
        bench.copy_library()
        self._wait_for_an_edit()
        is_rebuilt = not fault.stops_writers and self._chance.random() < _REBUILDS
        if is_rebuilt:
            self._start_rebuild()
        began = time.monotonic()
        with self._still(fault):
            fault.wrong(bench)
            wrong = time.monotonic()
        time.sleep(self._chance.uniform(*((0, _INSTANT) if is_brief else _LONGER)))
        with self._still(fault):
            right = time.monotonic()
            try:
                fault.right(bench)
            except FileExistsError:
                self._complain(f"{fault.name}: a library was made in its place")
                raise
        span = Span(fault, is_brief, began, wrong, right, time.monotonic())
        self.spans.append(span)
        self._check(span, is_rebuilt=is_rebuilt)
        edits = self.edits[fault.name]
        length = "for an instant" if is_brief else f"{span.ended - began:.1f} s"
        print(f"{len(self.spans):4} {fault.name}, {length}: {dict(edits)}", flush=True)

    def _still(self, fault: Fault) -> AbstractContextManager[None]:
        """Return a block without an edit where the fault exchanges files."""
        return self._editors.paused() if fault.stops_writers else nullcontext()

    def _wait_for_an_edit(self) -> None:
        """Wait until a copy of the library that was made before is an older one."""
        before, until = oracle.current_version(self._store), time.monotonic() + _WORKS_WITHIN
        while oracle.current_version(self._store) == before and time.monotonic() < until:
            time.sleep(0.01)

    def _start_rebuild(self) -> None:
        """Change a file and start a rebuild; wait for any part of the time that it takes."""
        self._changing.append(_text("变化", len(self._changing)))
        (self._articles / _CHANGING).write_text(self._changing[-1], encoding="utf-8")
        status = self._client.post("/api/index/rebuild").status_code
        if status not in (202, 409):
            self._complain(f"a rebuild was answered {status}")
        time.sleep(self._chance.uniform(0, 5))

    def _check(self, span: Span, *, is_rebuilt: bool) -> None:
        """Check that all is as the accepted edits left it, and what was replied meanwhile."""
        time.sleep(_HEALED_WITHIN)
        with self._editors.paused():
            self._check_works(span)
            if is_rebuilt:
                self._await_rebuild()
            edits, replies = self._editors.take_edits(), self._readers.take_replies()
            self._check_contents(span)
        for edit in edits:
            self._check_edit(edit, span, is_rebuilt=is_rebuilt)
        self.calls.update(reply.call for reply in replies)
        for reply in replies:
            if (message := self._violation(reply, span)) is not None:
                self._complain(f"{span.fault.name}: {message}")

    def _check_works(self, span: Span) -> None:
        """Check that an edit is accepted, at the latest when a rebuild at work has ended."""
        until = time.monotonic() + _WORKS_WITHIN
        text = f"探测{len(self.spans)}号站于2001年建成。"
        while not (edit := self._editors.send(self._client, "probe", text)).is_accepted:
            if time.monotonic() > until:
                self._complain(f"{span.fault.name}, put right, but: {edit.status} {edit.reply}")
                return
            time.sleep(0.5)

    def _await_rebuild(self) -> None:
        """Wait until the rebuild that was started has ended, or failed over the fault."""
        until = time.monotonic() + _WORKS_WITHIN
        while time.monotonic() < until:
            rebuild = self._client.get("/api/index").json().get("rebuild")
            if rebuild is None or rebuild["state"] == "failed":
                return
            time.sleep(0.2)
        self._complain(f"a rebuild does not end: {rebuild}")

    def _check_contents(self, span: Span) -> None:
        """Compare the store and what the server lists with the files and the accepted edits."""
        expected = {**self._texts, **self._editors.history.texts}
        changing = oracle.articles(self._store).get(_CHANGING, "")
        if changing in self._changing:
            expected[_CHANGING] = changing
        wrong = oracle.generation_violation(
            self._store, self._encoder, self._analyzer, Contents(expected)
        )
        listed = self._client.get("/api/articles").json().get("total")
        if wrong is None and listed != len(expected):
            wrong = f"the server lists {listed} articles instead of {len(expected)}"
        if wrong is None and (left := oracle.leftovers(self._store)):
            wrong = f"left behind: {left}"
        if wrong:
            self._complain(f"{span.fault.name}: {wrong}")

    def _check_edit(self, edit: Edit, span: Span, *, is_rebuilt: bool) -> None:
        """Check how an edit was answered, and count it if it was at work during the fault."""
        fault = span.fault
        is_refusable = is_rebuilt or edit.touches(span.began, span.healed)
        if (message := misreported(edit, is_refusable=is_refusable)) is not None:
            self._complain(f"{fault.name}: {message}")
        is_barred = fault.bars_edits and edit.within(span.wrong, span.right)
        if is_barred and edit.is_accepted:
            self._complain(f"{fault.name}: {edit.article} was changed meanwhile")
        if edit.touches(span.began, span.ended) and (edit.is_accepted or edit.is_refused):
            self.edits[fault.name]["accepted" if edit.is_accepted else "refused"] += 1

    def _violation(self, reply: Reply, span: Span) -> str | None:
        """Return how a reply contradicts the version that it names, or None."""
        fault, is_meanwhile = span.fault, _touches(reply, span)
        # An earlier version's article is read from the library itself, not from what is open.
        if reply.status == 503 and is_meanwhile and (fault.bars_reading or reply.call == "article"):
            return None
        if reply.status == 410 and reply.version not in oracle.versions(self._store):
            return None
        if reply.status != 200:
            return f"{reply.call} was answered {reply.status} {reply.error}"
        for article, start, end, text in reply.pieces:
            if all(whole[start:end] != text for whole in self._known(article, reply.version)):
                return f"{reply.call}: {article} {start}–{end} of {reply.version} is not “{text}”"
        for article, text in reply.articles.items():
            if text not in self._known(article, reply.version):
                return f"{reply.call}: {article} of {reply.version} is not what was written"
        return None

    def _known(self, article: str, version: str) -> list[str]:
        """Return the texts that an article may have in an index version."""
        if article == _CHANGING:
            return self._changing
        text = self._texts.get(article) or self._editors.history.text_in(article, version)
        return [] if text is None else [text]

    def _complain(self, message: str) -> None:
        self.violations.append(f"after {len(self.spans)} faults: {message}")
        print(self.violations[-1], file=sys.stderr, flush=True)

    def table(self) -> str:
        """Return the faults by kind, with the edits that were at work meanwhile, as Markdown."""
        lines = ["| put wrong | faults | for an instant | edits accepted | edits refused |"]
        lines.append("| --- | --- | --- | --- | --- |")
        for fault in FAULTS:
            spans = [span for span in self.spans if span.fault is fault]
            brief = sum(span.is_brief for span in spans)
            edits = self.edits[fault.name]
            lines.append(
                f"| {fault.name} | {len(spans)} | {brief} | {edits['accepted']} | "
                f"{edits['refused']} |"
            )
        calls = ", ".join(f"{count:,} {call}" for call, count in self.calls.most_common())
        lines += ["", f"Replies of the server that were checked: {calls}."]
        lines.append(f"Violations: {len(self.violations)}.")
        return "\n".join(lines)


def _touches(reply: Reply, span: Span) -> bool:
    return reply.began <= span.healed and span.began <= reply.ended


def _rebuild(articles: Path, store: Path, texts: dict[str, str]) -> None:
    """Write articles and build a store of them."""
    articles.mkdir(parents=True)
    for name, text in texts.items():
        (articles / name).write_text(text, encoding="utf-8")
    subprocess.run(
        yiju_command("rebuild", articles, "--store", store),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _text(name: str, year: int) -> str:
    return f"{name}站的故事\n\n{name}站于{1900 + year}年建成，位于北山以北{year}公里处。"
