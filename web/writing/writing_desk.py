"""Have answers written by a model without keeping other questions waiting.

A model takes seconds. The lane of questions has `CALLS` threads more than there are turns, so that
whoever waits for the model takes the turn of nobody.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Semaphore

from index.search.searcher import Searcher
from qa.answer import Answer, Written
from qa.retrieval import Request, Retrieved
from qa.writing.follow_ups.follow_up_rewriter import FollowUpRewriter
from qa.writing.model_faults import ModelFault
from qa.writing.writer import Writer
from qa.writing.writing_evidence import WritingTask

CALLS = 4
"""Calls of a model that a server process has at once; beyond them nothing is written."""


class WritingDesk:
    """Shares out the turns of questions, and the calls of a model, among threads."""

    def __init__(self, writer: Writer, rewriter: FollowUpRewriter | None, turns: int) -> None:
        """Take how many questions are worked on at once, beside those that are being written."""
        self._writer, self._rewriter = writer, rewriter
        self._turns, self._calls = Semaphore(turns), Semaphore(CALLS)

    @property
    def model(self) -> str:
        """The name of the model."""
        return self._writer.model

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and give it up with the block."""
        with self._turns:
            yield

    def rewrites(self, asked: Request, searcher: Searcher) -> bool:
        """Return whether the model is to rewrite a question before it is answered."""
        return self._rewriter is not None and self._rewriter.is_wanted(asked, searcher)

    def rewritten(self, asked: Request, has_left: Callable[[], bool]) -> Request:
        """Return a question with what the model makes of it; not in a turn."""
        assert self._rewriter is not None  # `rewrites` was true
        if not self._calls.acquire(blocking=False):
            return replace(asked, rewriting=self._rewriter.failed(asked))
        try:
            return replace(asked, rewriting=self._rewriter.rewrite(asked, has_left))
        finally:
            self._calls.release()

    def task(self, retrieved: Retrieved, answer: Answer) -> WritingTask | None:
        """Return what to write beside an answer; None if the model is not to be asked."""
        return self._writer.task(retrieved, answer)

    def write(self, task: WritingTask, has_left: Callable[[], bool]) -> Written:
        """Return what the model writes, or that it is busy; not in a turn."""
        if not self._calls.acquire(blocking=False):
            return self._writer.failed(ModelFault.BUSY, task.language)
        try:
            return self._writer.write(task, has_left)
        finally:
            self._calls.release()
