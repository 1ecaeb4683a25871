"""DraftQuestion the questions of an article, the most promising ones first."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.article import Article, Span
from index.text.folding import simplify, traditional
from index.text.sentences import sentences
from qa.answer_types import AnswerType
from qa.entities.names import Names
from qa.language import is_han
from qa.suggestions import amount_questions, date_questions, english_questions, name_questions
from qa.suggestions.assertions import assertions
from qa.suggestions.draft_question import DraftQuestion

_READ = 6_000  # characters: who reads on has questions of his own
_LENGTH = range(6, 31)  # characters of a Chinese question, without its mark
_TOLD = 2
"""How often an article names what a question may be about, at least."""

_IN_TITLE, _LATER, _AGAIN, _LONG = 1.0, 0.02, 0.75, 0.04
_SHORT = 16  # characters
_WORTH = {
    AnswerType.WHO: 3.0, AnswerType.PERSON: 3.0, AnswerType.OTHER: 3.0, AnswerType.PLACE: 2.5,
    AnswerType.DATE: 2.5, AnswerType.PERIOD: 2.5, AnswerType.MONEY: 2.5,
}  # fmt: skip
_ENGLISH_NAME = re.compile(r"\b[A-Z][\w.-]+|\b\w+\.\w[\w.]*")
_OPENERS = "《“「"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft with the range of its sentence in the article."""

    draft: DraftQuestion
    sentence: Span


def drafted(article: Article, names: Names) -> list[Candidate]:
    """Return the questions that an article seems to answer, the most promising ones first.

    Each further one about the same sentence, subject or type of answer is worth less.
    """
    text = article.text[:_READ]
    told = simplify(f"{article.title}\n{text}")
    pairs: dict[str, tuple[Candidate, float]] = {}
    for at, span in enumerate(sentences(text)):
        for draft in _drafts(span.of(text), names):
            if _is_topic(draft.subject, told):
                worth = _worth(draft, article.title) - _LATER * at
                pairs.setdefault(draft.question, (Candidate(draft, span), worth))
    return _in_turns(list(pairs.values()))


def _drafts(sentence: str, names: Names) -> Iterator[DraftQuestion]:
    if not is_han(sentence):
        yield from english_questions.questions(sentence)
        return
    for assertion in assertions(sentence, names):
        for draft in (
            *amount_questions.questions(assertion),
            *date_questions.questions(assertion),
            *name_questions.questions(assertion, names),
        ):
            if len(draft.question) - 1 in _LENGTH:
                yield draft if sentence == assertion.simplified else _traditional(draft)


def _traditional(draft: DraftQuestion) -> DraftQuestion:
    return replace(draft, question=traditional(draft.question))


def _is_topic(subject: str, told: str) -> bool:
    """Return whether an article tells of a subject more than once; a title stands for itself."""
    if subject[0] in _OPENERS:
        return True
    names = _ENGLISH_NAME.findall(subject) if not is_han(subject) else [_head(subject)]
    return any(told.count(name) >= _TOLD for name in names)


def _head(subject: str) -> str:
    """Return the beginning of a name by which an article may go on to call it."""
    latin = re.match(r"[\w.-]+", subject, re.ASCII)
    return latin.group() if latin else subject[:2]


def _worth(draft: DraftQuestion, title: str) -> float:
    worth = _WORTH.get(draft.answer_type, 2.0)
    if _head(draft.subject) in simplify(title):
        worth += _IN_TITLE
    return worth - _LONG * max(len(draft.question) - _SHORT, 0) if is_han(draft.question) else worth


def _in_turns(pairs: Sequence[tuple[Candidate, float]]) -> list[Candidate]:
    """Return candidates by worth, with those first that repeat little of the ones before."""
    left, ordered = list(pairs), list[Candidate]()
    used: Counter[object] = Counter()

    def value(pair: tuple[Candidate, float]) -> float:
        candidate, worth = pair
        return worth - _AGAIN * sum(used[trait] for trait in _traits(candidate))

    while left:
        best = max(left, key=value)
        left.remove(best)
        used.update(_traits(best[0]))
        ordered.append(best[0])
    return ordered


def _traits(candidate: Candidate) -> tuple[object, ...]:
    return candidate.sentence, candidate.draft.subject, candidate.draft.answer_type
