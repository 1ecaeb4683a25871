"""What is remembered of an answer, and in which form."""

import hashlib
from dataclasses import dataclass

from pydantic import TypeAdapter

from index.text.folding import FoldedText, fold_answer
from qa.answer import Answer, Possible
from qa.language import Language, language_of
from qa.retrieval import Request

_CITED = 3  # citations of an answer
_NEAREST = 5  # articles


@dataclass(frozen=True, slots=True)
class NearArticle:
    """An article of which passages were retrieved."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class AskedAnswer:
    """A question with what came of it; `at` is the second in which it was answered.

    `best` is the answer, or what may be one. `is_open` says that no sure answer was found though
    all articles were asked.
    """

    id: str
    at: int
    question: str
    answered: bool
    is_open: bool
    confidence: float
    index_version: str
    best: Possible | None
    nearest: list[NearArticle]

    @classmethod
    def of(cls, request: Request, answer: Answer, at: int) -> "AskedAnswer":
        """Take what is remembered from a request and its answer."""
        titles = {passage.article_id: passage.title for passage in answer.passages}
        return cls(
            id=answer.id,
            at=at,
            question=_standing_alone(request, answer),
            answered=answer.answered,
            is_open=not answer.answered and request.decide and not request.articles,
            confidence=answer.confidence,
            index_version=answer.index_version,
            best=_best(answer),
            nearest=[NearArticle(*pair) for pair in list(titles.items())[:_NEAREST]],
        )

    @classmethod
    def from_json(cls, text: str) -> "AskedAnswer":
        """Read what `to_json` wrote."""
        return _SHAPE.validate_json(text)

    def to_json(self) -> str:
        """Write it as JSON."""
        return _SHAPE.dump_json(self).decode()

    @property
    def language(self) -> Language:
        """The language of the question."""
        return language_of(FoldedText.of(self.question))

    @property
    def question_id(self) -> str:
        """The id of the question, the same for all ways to write it."""
        return question_id(self.question)


_SHAPE = TypeAdapter(AskedAnswer)


def question_id(question: str) -> str:
    """Return the id of a question, by its folded text.

    >>> question_id("港珠澳大橋 全長多少?") == question_id("港珠澳大桥全长多少?")
    True
    """
    return hashlib.sha256(fold_answer(question).encode()).hexdigest()[:16]


def _standing_alone(request: Request, answer: Answer) -> str:
    """Return the question as it was put, or as understood if it leaned on earlier ones."""
    leans = any(turn.role == "user" for turn in request.history)
    return (leans and answer.interpreted_question) or request.question


def _best(answer: Answer) -> Possible | None:
    if not answer.answered:
        best = answer.possible
        return best and Possible(
            best.answer, best.short_answer, best.confidence, best.citations[:_CITED]
        )
    cited = answer.citations[:_CITED]
    return Possible(answer.answer, answer.short_answer, answer.confidence, cited)
