"""Which request takes which lane, and what each lane lets in."""

import os
from dataclasses import dataclass, field
from typing import Any

from index.settings import Settings
from web.reach.reach import Reach
from web.services import ServerLimits
from web.serving.lanes import Lane, LaneRule
from web.serving.refusal import Refusal
from web.writing.writing_desk import CALLS

_SOON = 1  # seconds
_MOST_WORKERS = 16  # unless it is set: each takes memory of its own
_ALIVE, _READY, _METRICS = "/healthz", "/readyz", "/metrics"
_ARTICLES = "/api/articles"
_ASSISTANTS = "/mcp"
_VERDICTS = ("/api/feedback", "/api/unanswered")
_QUESTIONS = frozenset({"/api/ask", "/api/ask/stream", "/api/search", "/v1/chat/completions"})
_CHANGES = frozenset({"POST", "DELETE"})
_BUSY = Refusal.of(
    503, "More is asked than can be answered now. Try again in a moment.", _SOON, "overload"
)
_EDITING = Refusal.of(
    503,
    "Other changes of the articles are at work. Send this one again in a moment.",
    _SOON,
    "overload",
)


@dataclass(frozen=True, slots=True)
class Load:
    """The processes of a server, and how much each takes on."""

    workers: int
    questions: int
    """Questions that a process works on at once."""
    others: int
    """Other requests that it works on at once."""
    limits: ServerLimits
    calls: int = 0
    """Questions that may wait for a language model beside those that are worked on."""
    reach: Reach = field(default_factory=Reach)
    """The ways to the server, for what is answered without the application."""

    @classmethod
    def of(cls, settings: Settings, workers: int | None) -> "Load":
        """Share out the cores: together the processes work on as many questions."""
        cores = len(os.sched_getaffinity(0))
        workers = workers or settings.workers or min(cores, _MOST_WORKERS)
        questions = max(1, cores // workers)
        calls = CALLS if settings.llm_base_url else 0
        return cls(
            workers,
            questions,
            settings.threads,
            ServerLimits.of(settings),
            calls,
            Reach.of(settings),
        )


class Traffic:
    """The lanes of a server process; one that is full keeps no other waiting."""

    def __init__(self, load: Load) -> None:
        """Start the threads of all lanes."""
        self.reach = load.reach
        body, questions = load.limits.body, load.questions
        # Each connection may ask whether the server is alive.
        self._alive = Lane(LaneRule("alive", 1, 1000, 5.0, body, _BUSY))
        self._ready = Lane(LaneRule("ready", 1, 1000, 5.0, body, _BUSY))
        # What waits in a longer line would not be answered within two seconds.
        threads = questions + load.calls
        self._questions = Lane(LaneRule("questions", threads, 16 * questions, 1.5, body, _BUSY))
        # A tool may change articles, which takes long: no question of a reader waits for it.
        self._assistants = Lane(
            LaneRule("assistants", questions, 16 * questions, 10.0, body, _BUSY)
        )
        # One that writes, and the next: more would only wait for the writer's lock.
        self._edits = Lane(LaneRule("edits", 2, 2, 1.0, load.limits.upload, _EDITING))
        # Each is on the disk before it is answered, and of one process there is one at a time.
        self._verdicts = Lane(LaneRule("verdicts", 1, 50, 5.0, body, _BUSY))
        self._others = Lane(LaneRule("others", load.others, 100, 10.0, body, _BUSY))
        self._of_path = {
            _ALIVE: self._alive,
            _READY: self._ready,
            _METRICS: self._ready,
            _ASSISTANTS: self._assistants,
            **dict.fromkeys(_QUESTIONS, self._questions),
        }

    def lane(self, method: str, path: str) -> Lane:
        """Return the lane of a request."""
        path = "/" + path.lstrip("/")  # as waitress hands it to the application
        if path in self._of_path:
            return self._of_path[path]
        if path.startswith(_ARTICLES) and method in _CHANGES:
            return self._edits
        if path.startswith(_VERDICTS) and method in _CHANGES:
            return self._verdicts
        return self._others

    def withdraw(self, job: Any) -> None:  # noqa: ANN401
        """Take a job out of whatever line it is in."""
        for lane in self._lanes:
            lane.withdraw(job)

    def take_overdue(self, now: float) -> list[tuple[Any, Refusal]]:
        """Take those out of the lines that have waited for too long; return them."""
        return [(job, lane.rule.refusal) for lane in self._lanes for job in lane.take_overdue(now)]

    @property
    def is_idle(self) -> bool:
        """Whether nothing is at work or in line."""
        return all(lane.is_idle for lane in self._lanes)

    @property
    def _lanes(self) -> tuple[Lane, ...]:
        return (
            self._alive,
            self._ready,
            self._questions,
            self._assistants,
            self._edits,
            self._verdicts,
            self._others,
        )
