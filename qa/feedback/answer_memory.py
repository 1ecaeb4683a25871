"""Remember answers in the background, so that none waits for the disk."""

import atexit
import logging
import threading
from collections.abc import Callable
from time import monotonic

from index.errors import StoreError
from qa.answer import Answer
from qa.feedback.asked_answer import AskedAnswer
from qa.feedback.feedback_store import FeedbackStore
from qa.retrieval import Request

_log = logging.getLogger(__name__)
_MOST_WAITING = 1000  # answers
_TOGETHER = 0.5  # seconds: what is answered within them is written at once
_FORGETS_EVERY = 600.0  # seconds
_FORGETS_AFTER = 1000  # answers
_WRITTEN_WITHIN = 5.0  # seconds


class AnswerMemory:
    """Hands the answers of a server process to the store, in a thread of its own.

    What can't be written is lost, and logged once until something can be written again. `lasts`
    says whether verdicts may come, `keeps_questions` whether questions that found no sure answer
    are kept for good. `on_open` is called with each of these, `on_answer` with each answer, in the
    thread that noted it; both must be quick.
    """

    def __init__(
        self,
        store: FeedbackStore,
        *,
        lasts: bool,
        keeps_questions: bool,
        on_open: Callable[[AskedAnswer], None] = lambda _: None,
        on_answer: Callable[[Request, Answer], None] = lambda *_: None,
    ) -> None:
        """Start the thread; after a server's processes are forked."""
        self._on_open, self._on_answer = on_open, on_answer
        self._store, self._lasts, self.keeps_questions = store, lasts, keeps_questions
        self._line: list[AskedAnswer] = []
        self._noted = self._written = 0
        self._is_urgent = self._is_full = False
        self._changed = threading.Condition()
        self._last_logged = ""
        self._forgets_at, self._since_forgotten = monotonic(), 0
        threading.Thread(target=self._work, name="answer-memory", daemon=True).start()
        atexit.register(self.flush)

    def note(self, request: Request, answer: Answer) -> None:
        """Remember an answer soon; one that finds the line full is not remembered."""
        self._on_answer(request, answer)
        asked = AskedAnswer.of(request, answer, self._store.now())
        if asked.is_open:
            self._on_open(asked)
        if not self._lasts and not self.keeps_questions:
            return
        with self._changed:
            was_full, self._is_full = self._is_full, len(self._line) >= _MOST_WAITING
            if not self._is_full:
                self._line.append(asked)
                self._noted += 1
                self._changed.notify_all()
            elif not was_full:
                _log.error("Some answers are not remembered for feedback: too many are waiting.")

    def flush(self, within: float = _WRITTEN_WITHIN) -> None:
        """Wait until all that was noted so far is written, or for some seconds at most."""
        with self._changed:
            noted, self._is_urgent = self._noted, True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._written >= noted, within)
            self._is_urgent = False

    def _work(self) -> None:
        while True:
            batch = self._next_batch()
            self._write(batch)
            with self._changed:
                self._written += len(batch)
                self._changed.notify_all()

    def _next_batch(self) -> list[AskedAnswer]:
        """Wait for answers, or until it is time to forget some."""
        with self._changed:
            self._changed.wait_for(lambda: self._line, max(0, self._forgets_at - monotonic()))
            if self._line:
                self._changed.wait_for(lambda: self._is_urgent, _TOGETHER)
            batch, self._line = self._line, []
            return batch

    def _write(self, batch: list[AskedAnswer]) -> None:
        """Write answers and forget old ones; the thread goes on whatever comes of it."""
        try:
            if batch:
                kept = self.keeps_questions
                self._store.remember(batch, for_verdicts=self._lasts, kept=kept)
            self._since_forgotten += len(batch)
            if monotonic() >= self._forgets_at or self._since_forgotten >= _FORGETS_AFTER:
                self._forgets_at, self._since_forgotten = monotonic() + _FORGETS_EVERY, 0
                self._store.forget()
        except StoreError as error:
            self._log_once(f"Answers can't be remembered for feedback: {error}")
        except Exception:  # noqa: BLE001 - the thread must go on
            _log.exception("Answers could not be remembered for feedback")
        else:
            self._last_logged = ""

    def _log_once(self, text: str) -> None:
        if text != self._last_logged:
            self._last_logged = text
            _log.error("%s", text)
