"""The parts of a server that take feedback over a store, and answers to give it on."""

from pathlib import Path
from uuid import uuid4

from index.store.store import Store
from qa.answer import Citation, Possible
from qa.feedback.answer_memory import AnswerMemory
from qa.feedback.asked_answer import AskedAnswer, NearArticle
from qa.feedback.feedback_store import FeedbackStore

NOW = 1_800_000_000
QUOTE = "昆仑站建于2009年。"


def feedback_parts(store: Store) -> tuple[FeedbackStore, AnswerMemory]:
    """Return what keeps feedback, and what remembers answers for it."""
    kept = FeedbackStore.of(store)
    return kept, AnswerMemory(kept, lasts=True, keeps_questions=False)


def bare_store(root: Path) -> Store:
    """Make a folder that has a library's file, which is all that feedback asks for."""
    root.mkdir(parents=True, exist_ok=True)
    store = Store(root)
    store.library.touch()
    return store


def asked(
    question: str, *, answered: bool = False, at: int = NOW, best: bool = True
) -> AskedAnswer:
    """Return an answer to a question, of an id of its own."""
    cited = Citation("kunlun.txt", "昆仑站", None, None, None, 5, 15, QUOTE, None)
    return AskedAnswer(
        id=uuid4().hex,
        at=at,
        question=question,
        answered=answered,
        is_open=not answered,
        confidence=0.9 if answered else 0.3,
        index_version="000001",
        best=Possible(QUOTE, "2009年", 0.9 if answered else 0.3, [cited]) if best else None,
        nearest=[NearArticle("kunlun.txt", "昆仑站")],
    )
