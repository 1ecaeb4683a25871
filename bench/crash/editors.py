"""Threads that upload and delete articles over HTTP, and what must be there afterwards."""

import random
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue

import httpx

_ARTICLES = 5  # articles of an editor, so that each is changed again and again
_PAUSE = 0.05  # seconds between two edits
_OCCUPIED = "Another upload is being read"
_DELETIONS = 0.3
_NAMES = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit that was sent: the article's new text, None for a deletion, and the reply.

    `is_new` says that there was no such article before.
    `version` is the first index version with the text; `began` and `ended` are monotonic times.
    """

    article: str
    text: str | None
    status: int
    is_new: bool
    began: float
    ended: float
    version: str = ""
    reply: str = ""
    retry_after: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether the reply said that the edit was carried out."""
        return self.status in (201, 204)

    @property
    def is_refused(self) -> bool:
        """Whether the reply said that the edit was not carried out, why, and when to try again."""
        is_stated = self.status == 409 or (self.status == 503 and bool(self.retry_after))
        return is_stated and '"detail"' in self.reply

    def within(self, began: float, ended: float) -> bool:
        """Return whether it was sent and answered between two instants."""
        return began <= self.began and self.ended <= ended

    def touches(self, began: float, ended: float) -> bool:
        """Return whether it was at work at some time between two instants."""
        return self.began <= ended and began <= self.ended


@dataclass(slots=True)
class History:
    """What accepted edits put into the index: the texts now, and each text with its versions."""

    texts: dict[str, str] = field(default_factory=dict)
    _spans: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def add(self, edit: Edit) -> None:
        """Record an accepted edit."""
        if edit.text is None:
            del self.texts[edit.article]
        else:
            self.texts[edit.article] = edit.text
            self._spans.setdefault(edit.article, []).append((int(edit.version), edit.text))

    def text_in(self, article: str, version: str) -> str | None:
        """Return the text that an article has in an index version, if it was not deleted by then.

        The reply to a deletion names no version.
        """
        spans = [text for first, text in self._spans.get(article, []) if first <= int(version)]
        return spans[-1] if spans else None


class Editors:
    """Threads that edit, each its own articles over its own connection."""

    def __init__(self, address: str, seed: int, threads: int = 2) -> None:
        self.history = History()
        self._address = address
        self._seed = seed
        self._turns = [threading.Lock() for _ in range(threads)]
        self._edits: SimpleQueue[Edit] = SimpleQueue()
        self._ended = threading.Event()

    @property
    def articles(self) -> Sequence[str]:
        """The ids of the articles that are uploaded and deleted."""
        threads = range(len(self._turns))
        return [_id(thread, number) for thread in threads for number in range(_ARTICLES)]

    @property
    def names(self) -> Sequence[str]:
        """The names that occur in the uploaded articles, to ask about."""
        threads = range(len(self._turns))
        return [_name(thread, number) for thread in threads for number in range(_ARTICLES)]

    @contextmanager
    def editing(self) -> Iterator["Editors"]:
        """Edit for the length of a block."""
        running = [
            threading.Thread(target=self._edit, args=(thread,))
            for thread in range(len(self._turns))
        ]
        for thread in running:
            thread.start()
        try:
            yield self
        finally:
            self._ended.set()
            for thread in running:
                thread.join()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Wait until the edits under way are answered, and begin none within a block."""
        with ExitStack() as stack:
            for turn in self._turns:
                stack.enter_context(turn)
            yield

    def take_edits(self) -> list[Edit]:
        """Return the edits since the last call."""
        return [self._edits.get() for _ in range(self._edits.qsize())]

    def _edit(self, thread: int) -> None:
        chance = random.Random(self._seed + thread)
        count = 0
        with httpx.Client(base_url=self._address, timeout=120) as client:
            while not self._ended.is_set():
                number = chance.randrange(_ARTICLES)
                count += 1
                text = None if chance.random() < _DELETIONS else _text(thread, number, count)
                with self._turns[thread]:
                    self.send(client, _id(thread, number), text)
                time.sleep(_PAUSE)

    def send(self, client: httpx.Client, article: str, text: str | None) -> Edit:
        """Upload an article, or delete it if there is no text; record and return the edit."""
        edit = _sent(client, article, text, is_new=article not in self.history.texts)
        if edit.is_accepted:
            self.history.add(edit)
        self._edits.put(edit)
        return edit


def _sent(client: httpx.Client, article: str, text: str | None, *, is_new: bool) -> Edit:
    began = time.monotonic()
    try:
        if text is None:
            response = client.delete(f"/api/articles/{article}")
        else:
            response = client.post("/api/articles", json={"id": article, "text": text})
    except httpx.HTTPError as error:
        return Edit(article, text, 0, is_new, began, time.monotonic(), reply=repr(error))
    ended, status = time.monotonic(), response.status_code
    version = response.json()["index_version"] if status == 201 else ""
    retry_after = response.headers.get("retry-after", "")
    return Edit(
        article, text, status, is_new, began, ended, version, response.text[:300], retry_after
    )


def misreported(edit: Edit, *, is_refusable: bool) -> str | None:
    """Return what is wrong with the reply to an edit, or None.

    Args:
        edit: The edit.
        is_refusable: Whether something was wrong with the store, or a rebuild at work.
    """
    is_occupied = _OCCUPIED in edit.reply  # the other thread's upload took two seconds to read
    if edit.is_accepted or (edit.is_refused and (is_refusable or is_occupied)):
        return None
    if edit.status == 404 and edit.text is None and edit.is_new:
        return None
    what = "deletion" if edit.text is None else "upload"
    return f"the {what} of {edit.article} was answered {edit.status} {edit.reply}"


def _text(thread: int, number: int, count: int) -> str:
    """Return a text that no other edit has."""
    year = 1900 + count % 120
    return f"{_name(thread, number)}于{year}年建成，由第{count}公司出资{count}万元。"


def _id(thread: int, number: int) -> str:
    return f"uploaded-{thread}-{number}"


def _name(thread: int, number: int) -> str:
    return f"{_NAMES[thread]}{_NAMES[number]}岭站"
