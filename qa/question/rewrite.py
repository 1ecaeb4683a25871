"""Questions that lean on the one before: `那NIST呢?`, `What about Canada?`, `是哪一年的事?`."""

import re
from collections.abc import Sequence

from index.article import Span
from qa.answer_types import AnswerType, classify
from qa.entities.names import Name, Names
from qa.question.anaphora import filled

_LOOK_BACK = 4  # questions that may lean on each other
_ELLIPSES = (
    re.compile(r"^(?:那么?|而|还有)?[在对]?(?P<topic>.{1,30}?)呢[?？!！。]*$"),
    re.compile(
        r"^(?:and |so )?(?:what|how) about (?:in |for |by )?(?:the )?(?P<topic>.{1,60}?)[?.! ]*$",
        re.IGNORECASE,
    ),
    re.compile(r"^and (?:in |for |by )?(?:the )?(?P<topic>.{1,60}?)[?.! ]*$", re.IGNORECASE),
)
_YEAR = re.compile(r"(?<!\d)\d{4}年?(?!\d)")


def stand_alone(question: str, asked: Sequence[str], names: Names) -> str | None:
    """The question rewritten so that it needs no history, or None where it needs no rewriting.

    `asked` are the user's earlier questions, oldest first. A name or a year that is all there is
    to a question takes the place of the last one of its kind in the question before:
    `"那NIST呢?"` after `"美国通过国家科学基金会投资了多少?"` → `"美国通过NIST投资了多少?"`.
    One that leans on it by a pronoun, or has nothing of its own, is filled up from it.
    """
    if not asked:
        return None
    earlier = asked[-_LOOK_BACK:]
    before = stand_alone(earlier[-1], earlier[:-1], names) or earlier[-1]
    topic = _topic(question, names)
    if topic is None:
        return filled(question, before, names)
    place = _to_replace(before, topic, names)
    if place is None or topic.text in before:
        return None
    return before[: place.start] + topic.text + before[place.end :]


def _topic(question: str, names: Names) -> Name | None:
    """The name or year that is all of a question."""
    text = question.strip()
    for pattern in _ELLIPSES:
        match = pattern.match(text)
        if match and classify(match["topic"]) is AnswerType.OTHER:  # else it asks something itself
            whole = Span(*match.span("topic"))
            if _YEAR.fullmatch(match["topic"]):
                return Name(match["topic"], AnswerType.DATE, whole)
            return next((name for name in names.find(text) if name.span == whole), None)
    return None


def _to_replace(question: str, topic: Name, names: Names) -> Span | None:
    """Where the question before has its last year, or its last name of the topic's kind."""
    if topic.answer_type is AnswerType.DATE:
        years = [Span(*match.span()) for match in _YEAR.finditer(question)]
        return years[-1] if years else None
    found = names.find(question)
    longest = [
        name
        for name in found
        if not any(name.span != other.span and other.span.contains(name.span) for other in found)
    ]
    same = [name.span for name in longest if name.answer_type is topic.answer_type]
    # Countries and organisations both act: 韩国政府 gives way to 澳大利亚.
    acting = [
        name.span
        for name in longest
        if AnswerType.PERSON not in (name.answer_type, topic.answer_type)
    ]
    fitting = same or acting
    return fitting[-1] if fitting else None
