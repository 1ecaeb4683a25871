"""`python -m bench.attack.mixed_load`: questions, searches, reading, edits and rebuilds at once.

Starts a server over the sample articles and keeps it busy for half an hour, or `--minutes`. Prints
the replies by status, and the memory and open files of the server at the start, after 50 edits and
at the end. Exits with 1 if a reply was an error that it may not be, a quote was false, an accepted
edit was lost, a refused one carried out, or memory or files grew after the first 50 edits.
"""

import argparse
import itertools
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from bench.attack.target import sample_server
from bench.crash.editors import Editors
from bench.held import Held, held_by
from bench.processes import ROOT
from index.eval_cases import read_cases

MINUTES = 30.0
_QUESTIONS = ROOT / "tests" / "data" / "sample-questions.jsonl"
_ASKERS = 2
_REBUILD_EVERY = 60.0  # seconds, at most a quarter of the run
_FIRST_EDITS = 50
_GROWTH = 1.10  # of the memory after the first edits
_MORE_FILES = 20  # an index version more than then may be open
_PAUSE = 0.02  # seconds between two requests of a client
_ENDS_WITHIN = 120  # seconds that the last rebuild may take to end
# What a request may be answered beside 2xx. Who reads an article may come after its deletion, or
# ask for a version that is cleared away; 409 is an edit or a rebuild beside a rebuild.
_MAY = {
    "ask": {503}, "search": {503}, "list": {503}, "status": {503}, "read": {404, 410, 503},
    "read what was cited": {410, 503}, "rebuild": {409, 503}, "upload": {409, 503},
    "deletion": {404, 409, 503},
}  # fmt: skip


class MixedLoad:
    """Clients of a server, the replies by kind of request and status, and the violations."""

    def __init__(self, address: str, articles: Path, seed: int) -> None:
        self.replies: Counter[tuple[str, int]] = Counter()
        self.violations: list[str] = []
        self.edits = 0
        self._address, self._articles = address, articles
        self._chance = random.Random(seed)
        self._questions = [case.question for case in read_cases(_QUESTIONS)]
        self._editors = Editors(address, seed)
        self._ended = threading.Event()

    @contextmanager
    def running(self, rebuild_every: float) -> Iterator[None]:
        """Keep the server busy for a block; then check what the edits left."""
        turns = [(self._ask, _PAUSE)] * _ASKERS
        turns += [(self._search, _PAUSE), (self._read, _PAUSE), (self._rebuild, rebuild_every)]
        threads = [threading.Thread(target=self._repeat, args=turn) for turn in turns]
        with self._editors.editing(), httpx.Client(base_url=self._address, timeout=120) as client:
            for thread in threads:
                thread.start()
            try:
                yield
            finally:
                self._ended.set()
                for thread in threads:
                    thread.join()
            with self._editors.paused():
                self._await_rebuild(client)
                self.count_edits()
                self._check_articles(client)

    def count_edits(self) -> None:
        """Count and judge the edits since the last call."""
        for edit in self._editors.take_edits():
            self.edits += edit.is_accepted
            kind = "deletion" if edit.text is None else "upload"
            self._judge(kind, edit.status, edit.reply, retry_after=edit.retry_after)
            if edit.status == 404 and not edit.is_new:
                self._complain(f"{edit.article} could not be deleted: {edit.reply}")

    def _repeat(self, turn: Callable[[httpx.Client], None], pause: float) -> None:
        with httpx.Client(base_url=self._address, timeout=120) as client:
            while not self._ended.wait(pause):
                turn(client)

    def _call(self, client: httpx.Client, kind: str, method: str, path: str, **more: Any) -> Any:  # noqa: ANN401
        """Send a request and judge the reply; return its content if it is 200, else None."""
        try:
            response = client.request(method, path, **more)
        except httpx.HTTPError as error:
            self._judge(kind, 0, repr(error), retry_after="")
            return None
        retry_after = response.headers.get("retry-after", "")
        self._judge(kind, response.status_code, response.text[:300], retry_after=retry_after)
        return response.json() if response.status_code == 200 else None

    def _ask(self, client: httpx.Client) -> None:
        """Ask, and compare the quotes with the articles."""
        names = self._editors.names
        question = self._chance.choice(
            [self._chance.choice(self._questions), f"{self._chance.choice(names)}是哪一年建成的?"]
        )
        answer = self._call(client, "ask", "POST", "/api/ask", json={"question": question})
        for citation in (answer or {}).get("citations", []):
            path = _path(citation["article_id"])
            version = {"index_version": answer["index_version"]}
            article = self._call(client, "read what was cited", "GET", path, params=version)
            if (
                article
                and article["text"][citation["start"] : citation["end"]] != citation["quote"]
            ):
                self._complain(f"a false quote of {citation['article_id']}: {citation['quote']}")

    def _search(self, client: httpx.Client) -> None:
        query = {"query": self._chance.choice(self._questions), "k": 20}
        self._call(client, "search", "POST", "/api/search", json=query)

    def _read(self, client: httpx.Client) -> None:
        listed = self._call(client, "list", "GET", "/api/articles")
        for article in (listed or {}).get("articles", [])[-3:]:
            self._call(client, "read", "GET", _path(article["id"]))
        self._call(client, "status", "GET", "/api/index")

    def _rebuild(self, client: httpx.Client) -> None:
        path = self._articles / "rebuilt.txt"
        path.write_text(f"钟楼\n\n钟楼的钟敲了{time.time_ns()}下。", encoding="utf-8")
        self._call(client, "rebuild", "POST", "/api/index/rebuild")

    def _await_rebuild(self, client: httpx.Client) -> None:
        until = time.monotonic() + _ENDS_WITHIN
        while (self._call(client, "status", "GET", "/api/index") or {"rebuild": 1})["rebuild"]:
            if time.monotonic() > until:
                self._complain(f"a rebuild did not end within {_ENDS_WITHIN} s, or failed")
                return
            time.sleep(0.5)

    def _check_articles(self, client: httpx.Client) -> None:
        """Compare the uploaded articles with what was accepted of their edits."""
        for article in self._editors.articles:
            response = client.get(_path(article))
            text = response.json()["text"] if response.status_code == 200 else None
            expected = self._editors.history.texts.get(article)
            if text != expected:
                self._complain(f"{article} is “{text}” instead of “{expected}”")

    def _judge(self, kind: str, status: int, text: str, *, retry_after: str) -> None:
        self.replies[kind, status] += 1
        if message := unexpected(kind, status, text, retry_after=retry_after):
            self._complain(message)

    def _complain(self, message: str) -> None:
        self.violations.append(message)
        if len(self.violations) <= 20:
            print(message, file=sys.stderr, flush=True)


def unexpected(kind: str, status: int, text: str, *, retry_after: str) -> str | None:
    """Return what is wrong with the reply to a kind of request, or None.

    >>> unexpected("ask", 503, '{"detail": "The server is busy."}', retry_after="1")
    >>> unexpected("ask", 503, '{"detail": "The server is busy."}', retry_after="")
    'ask was answered 503 {"detail": "The server is busy."}'
    """
    if 200 <= status < 300:
        return None
    is_stated = '"detail"' in text and (status != 503 or bool(retry_after))
    if status in _MAY[kind] and is_stated:
        return None
    return f"{kind} was answered {status} {text}"


def grown(first: Held, last: Held) -> list[str]:
    """Return what has grown between the first edits and the last."""
    complaints = []
    if last.memory > first.memory * _GROWTH:
        complaints.append(f"memory grew from {first.memory:.0f} to {last.memory:.0f} MB")
    if last.files > first.files + _MORE_FILES:
        complaints.append(f"open files grew from {first.files} to {last.files}")
    return complaints


def _path(article: str) -> str:
    return f"/api/articles/{quote(article, safe='')}"


def _steady(server: int) -> Held:
    """Return what a server holds but for a moment: the middle one of some samples."""
    samples = []
    for _ in range(5):
        samples.append(held_by(server))
        time.sleep(0.3)
    return Held(
        sorted(sample.memory for sample in samples)[2],
        sorted(sample.files for sample in samples)[2],
    )


def measure(minutes: float, edits: int, seed: int) -> list[str]:
    """Run for some minutes, longer if there were fewer edits; print figures, return violations."""
    with sample_server() as server:
        load = MixedLoad(server.address, server.store.parent / "articles", seed)
        print(f"at the start: {_steady(server.process_id)}", flush=True)
        first = None
        with ExitStack() as stack:
            stack.enter_context(load.running(min(_REBUILD_EVERY, minutes * 15)))
            until = time.monotonic() + minutes * 60
            for second in itertools.count(1):
                time.sleep(1)
                load.count_edits()
                if first is None and load.edits >= _FIRST_EDITS:
                    first = _steady(server.process_id)
                    print(f"after {load.edits} edits: {first}", flush=True)
                if second % 60 == 0:
                    print(f"{second // 60} min, {load.edits} edits: {held_by(server.process_id)}")
                if time.monotonic() > until and load.edits >= edits:
                    break
        last = _steady(server.process_id)
        print(f"at the end, after {load.edits} edits: {last}")
    for (kind, status), count in sorted(load.replies.items()):
        print(f"{kind:20} {status:3} {count:8,}")
    if first is None:
        print(f"Fewer than {_FIRST_EDITS} edits: what grows was not looked at.")
    return [*load.violations, *(grown(first, last) if first else [])]


def main() -> None:
    """Run; exit with 1 on any violation."""
    parser = argparse.ArgumentParser("python -m bench.attack.mixed_load", description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--edits", type=int, default=0, help="go on until so many are carried out")
    parser.add_argument("--seed", type=int, default=20261127)
    options = parser.parse_args()
    violations = measure(options.minutes, options.edits, options.seed)
    print(f"Violations: {len(violations)}.")
    for message in violations[:20]:
        print(f"  {message}")
    sys.exit(1 if violations else 0)


if __name__ == "__main__":
    main()
