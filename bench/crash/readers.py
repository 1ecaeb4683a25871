"""Readers of a running server who never stop asking, and the judgement of what they were told."""

import random
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any
from urllib.parse import quote

import httpx

from bench.crash.workload import Book

_PAUSE = 0.15  # seconds between two questions: a rebuild is to have its share of the processor


@dataclass(frozen=True, slots=True)
class Seen:
    """One reply: what was asked for, its status, its index version and what it showed.

    `pieces` are ranges of articles with the text that was shown for them, `articles` whole texts,
    `count` the number of articles that the server says it has.
    """

    call: str
    status: int
    version: str = ""
    pieces: Sequence[tuple[str, int, int, str]] = ()
    articles: Mapping[str, str] = field(default_factory=dict)
    count: int | None = None
    error: str = ""


class Readers:
    """Threads that ask a server about `names`, each with a connection of its own."""

    def __init__(self, address: str, seed: int) -> None:
        self.names: Sequence[str] = ["北站"]
        self._address = address
        self._seed = seed
        self._seen: SimpleQueue[Seen] = SimpleQueue()
        self._ended = threading.Event()

    @contextmanager
    def reading(self, threads: int = 2) -> Iterator["Readers"]:
        """Reads for the length of a block."""
        running = [
            threading.Thread(target=self._read, args=(self._seed + one,)) for one in range(threads)
        ]
        for thread in running:
            thread.start()
        try:
            yield self
        finally:
            self._ended.set()
            for thread in running:
                thread.join()

    def seen(self) -> list[Seen]:
        """What came since this was asked last."""
        return [self._seen.get() for _ in range(self._seen.qsize())]

    def _read(self, seed: int) -> None:
        chance = random.Random(seed)
        with httpx.Client(base_url=self._address, timeout=120) as client:
            while not self._ended.is_set():
                try:
                    for seen in _turn(client, chance, self.names):
                        self._seen.put(seen)
                except (httpx.HTTPError, KeyError, ValueError) as error:
                    self._seen.put(Seen("turn", 0, error=repr(error)))
                time.sleep(_PAUSE)


def _turn(client: httpx.Client, chance: random.Random, names: Sequence[str]) -> Iterator[Seen]:
    """A question, the articles that its answer cites, and now and then the state and a search."""
    asked = f"{chance.choice(names)}是哪一年建成的?"
    reply = client.post("/api/ask", json={"question": asked, "decide": False})
    seen = _told("ask", reply, "citations", "quote")
    yield seen
    for article in sorted({piece[0] for piece in seen.pieces})[:2]:
        yield _article(client, article, seen.version)
    if chance.random() < 0.3:
        yield _told("search", client.post("/api/search", json={"query": asked}), "hits", "text")
    if chance.random() < 0.2:
        yield _state(client.get("/api/index"))


def _told(call: str, reply: httpx.Response, name: str, shown: str) -> Seen:
    if reply.status_code != 200:
        return Seen(call, reply.status_code, error=reply.text[:300])
    told: dict[str, Any] = reply.json()
    found = [(one, shown) for one in told[name]]
    found += [(one, "text") for one in told.get("passages", [])]
    pieces = [(one["article_id"], one["start"], one["end"], one[key]) for one, key in found]
    return Seen(call, 200, told["index_version"], pieces)


def _state(reply: httpx.Response) -> Seen:
    if reply.status_code != 200:
        return Seen("index", reply.status_code, error=reply.text[:300])
    told = reply.json()
    return Seen("index", 200, told["index_version"], count=told["articles"])


def _article(client: httpx.Client, article: str, version: str) -> Seen:
    path = f"/api/articles/{quote(article, safe='')}"
    reply = client.get(path, params={"index_version": version})
    if reply.status_code != 200:
        return Seen("article", reply.status_code, version, error=reply.text[:300])
    told = reply.json()
    return Seen("article", 200, told["index_version"], articles={article: told["text"]})


def wrong(seen: Seen, books: Mapping[str, Book], kept: Sequence[str]) -> str | None:
    """What is wrong with a reply, or None. `books` are all versions that ever were current."""
    if seen.status == 410 and seen.version not in kept:
        return None  # so many rebuilds later it says that the version is gone
    if seen.status != 200:
        return f"{seen.call} was answered {seen.status} {seen.error}"
    book = books.get(seen.version)
    if book is None:
        return f"{seen.call} was answered from {seen.version}, which never was current"
    return next(_misquoted(seen, book), None)


def _misquoted(seen: Seen, book: Book) -> Iterator[str]:
    """What a reply shows that is not in the book."""
    for article, start, end, text in seen.pieces:
        if book.texts.get(article, "")[start:end] != text:
            yield f"{seen.call}: {article} {start}–{end} of {seen.version} is not “{text[:40]}”"
    for article, text in seen.articles.items():
        if book.texts.get(article) != text:
            yield f"{seen.call}: {article} of {seen.version} is not what was written"
    if seen.count not in (None, len(book.texts)):
        yield f"{seen.call}: {seen.version} has {len(book.texts)} articles, not {seen.count}"
