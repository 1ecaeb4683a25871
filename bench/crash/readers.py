"""Threads that query a running server without pause, and the check of its replies."""

import random
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from typing import Any
from urllib.parse import quote

import httpx

from bench.crash.workload import Contents

_PAUSE = 0.15  # seconds between two questions: leaves the rebuild its share of the processor


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of the server: call, HTTP status, index version, texts.

    `pieces` are ranges of articles with the text returned for them, `articles` whole texts,
    `count` the number of articles that the server reports. `began` and `ended` are monotonic times.
    """

    call: str
    status: int
    version: str = ""
    pieces: Sequence[tuple[str, int, int, str]] = ()
    articles: Mapping[str, str] = field(default_factory=dict)
    count: int | None = None
    error: str = ""
    began: float = 0.0
    ended: float = 0.0


class Readers:
    """Threads that ask a server about `names`, each over its own connection."""

    def __init__(self, address: str, seed: int) -> None:
        self.names: Sequence[str] = ["北站"]
        self._address = address
        self._seed = seed
        self._replies: SimpleQueue[Reply] = SimpleQueue()
        self._ended = threading.Event()

    @contextmanager
    def reading(self, threads: int = 2) -> Iterator["Readers"]:
        """Query the server for the length of a block."""
        running = [
            threading.Thread(target=self._read, args=(self._seed + number,))
            for number in range(threads)
        ]
        for thread in running:
            thread.start()
        try:
            yield self
        finally:
            self._ended.set()
            for thread in running:
                thread.join()

    def take_replies(self) -> list[Reply]:
        """Return the replies since the last call."""
        return [self._replies.get() for _ in range(self._replies.qsize())]

    def _read(self, seed: int) -> None:
        chance = random.Random(seed)
        with httpx.Client(base_url=self._address, timeout=120) as client:
            while not self._ended.is_set():
                began = time.monotonic()
                try:
                    for reply in _turn(client, chance, self.names):
                        ended = time.monotonic()
                        self._replies.put(replace(reply, began=began, ended=ended))
                        began = ended
                except (httpx.HTTPError, KeyError, ValueError) as error:
                    self._replies.put(Reply("turn", 0, error=repr(error)))
                time.sleep(_PAUSE)


def _turn(client: httpx.Client, chance: random.Random, names: Sequence[str]) -> Iterator[Reply]:
    """Ask a question and read the articles cited; occasionally search and read the index state."""
    question = f"{chance.choice(names)}是哪一年建成的?"
    response = client.post("/api/ask", json={"question": question, "decide": False})
    reply = _reply("ask", response, "citations", "quote")
    yield reply
    for article in sorted({piece[0] for piece in reply.pieces})[:2]:
        yield _article(client, article, reply.version)
    if chance.random() < 0.3:
        yield _reply("search", client.post("/api/search", json={"query": question}), "hits", "text")
    if chance.random() < 0.2:
        yield _state(client.get("/api/index"))


def _reply(call: str, response: httpx.Response, items: str, text: str) -> Reply:
    """Return a reply with its pieces: its `items`, by the key `text`, and passages."""
    if response.status_code != 200:
        return Reply(call, response.status_code, error=response.text[:300])
    body: dict[str, Any] = response.json()
    ranges = [(item, text) for item in body[items]]
    ranges += [(passage, "text") for passage in body.get("passages", [])]
    pieces = [(item["article_id"], item["start"], item["end"], item[key]) for item, key in ranges]
    return Reply(call, 200, body["index_version"], pieces)


def _state(response: httpx.Response) -> Reply:
    if response.status_code != 200:
        return Reply("index", response.status_code, error=response.text[:300])
    body = response.json()
    return Reply("index", 200, body["index_version"], count=body["articles"])


def _article(client: httpx.Client, article: str, version: str) -> Reply:
    path = f"/api/articles/{quote(article, safe='')}"
    response = client.get(path, params={"index_version": version})
    if response.status_code != 200:
        return Reply("article", response.status_code, version, error=response.text[:300])
    body = response.json()
    return Reply("article", 200, body["index_version"], articles={article: body["text"]})


def violation(
    reply: Reply, expected: Mapping[str, Contents], versions: Sequence[str]
) -> str | None:
    """Return how a reply contradicts the index version it names, or None.

    Args:
        reply: The reply to check.
        expected: The contents of every version that ever was current.
        versions: The versions that the store still has.
    """
    if reply.status == 410 and reply.version not in versions:
        return None  # after a few rebuilds a version is gone
    if reply.status != 200:
        return f"{reply.call} was answered {reply.status} {reply.error}"
    contents = expected.get(reply.version)
    if contents is None:
        return f"{reply.call} was answered from {reply.version}, which never was current"
    return next(_misquotes(reply, contents), None)


def _misquotes(reply: Reply, contents: Contents) -> Iterator[str]:
    """Yield each text of a reply that differs from the contents."""
    for article, start, end, text in reply.pieces:
        if contents.texts.get(article, "")[start:end] != text:
            yield f"{reply.call}: {article} {start}–{end} of {reply.version} is not “{text[:40]}”"
    for article, text in reply.articles.items():
        if contents.texts.get(article) != text:
            yield f"{reply.call}: {article} of {reply.version} is not what was written"
    count = len(contents.texts)
    if reply.count not in (None, count):
        yield f"{reply.call}: {reply.version} has {count} articles, not {reply.count}"
