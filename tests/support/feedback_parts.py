"""The parts of a server that take feedback, over a store."""

from index.store.store import Store
from qa.feedback.answer_memory import AnswerMemory
from qa.feedback.feedback_file import FeedbackFile
from qa.feedback.feedback_store import FeedbackStore


def feedback_parts(store: Store) -> tuple[FeedbackStore, AnswerMemory]:
    """Return what keeps feedback, and what remembers answers for it."""
    kept = FeedbackStore(FeedbackFile(store), store.questions)
    return kept, AnswerMemory(kept, lasts=True, keeps_questions=False)
