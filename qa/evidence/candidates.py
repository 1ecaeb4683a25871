"""Find the spans of a question's answer type in a sentence."""

import re
from collections.abc import Sequence

from index.article import Span
from index.text.folding import fold, simplify
from qa.answer_types import PATTERNS, SHORT, AnswerType
from qa.entities.amounts import candidates
from qa.entities.names import Names
from qa.entities.organisation_names import organisations
from qa.entities.person_names import people
from qa.question.understand import Question

_OF_PEOPLE = frozenset({AnswerType.PERSON, AnswerType.WHO})
_OF_BODIES = frozenset({AnswerType.ORG, AnswerType.WHO})
_RANGE = re.compile(r"\s*(?:至|到|—+|–|-|~|～|to)\s*")


class CandidateFinder:
    """Finds what could answer one question, by its type alone."""

    def __init__(self, question: Question, names: Names) -> None:
        self._question = question
        self._names = names

    def spans(self, quote: str) -> tuple[Span, ...]:
        """Return the spans of the answer type, in order, except those in the question."""
        answer_type = self._question.answer_type
        if answer_type not in SHORT:
            return ()
        if answer_type in PATTERNS:
            spans = _joined(quote, candidates(answer_type, quote, self._question.forms))
        else:
            spans = [name.span for name in self._names.of_kind(answer_type, quote)]
            plain = simplify(quote)
            if answer_type in _OF_PEOPLE:
                spans = _corrected(spans, people(plain, self._names.tagged))
            if answer_type in _OF_BODIES:
                spans = _corrected(spans, organisations(plain))
        return tuple(span for span in spans if not self._is_in_question(span.of(quote)))

    def _is_in_question(self, text: str) -> bool:
        """Return whether the question has a text, its numbers whole, with or without spaces."""
        asked, parts = self._question.forms.folded, fold(text).split()
        if not all(part in asked for part in parts):
            return False  # at once: a pattern of each candidate would push others out of the cache
        bare = r"\s*".join(map(re.escape, parts))
        return re.search(rf"(?<![\d.]){bare}(?!\d)", asked) is not None


def _corrected(tagged: Sequence[Span], surely: Sequence[Span]) -> list[Span]:
    """Put names that are surely cut right in place of those that they overlap.

    A tagged name that holds such a name is longer, not wrong.
    """
    better = [span for span in surely if not any(other.contains(span) for other in tagged)]
    left = [span for span in tagged if not any(map(span.overlaps, better))]
    return sorted([*left, *better], key=lambda span: span.start)


def _joined(quote: str, amounts: Sequence[Span]) -> list[Span]:
    """Join the two amounts of a range: `10%—15%`."""
    joined: list[Span] = []
    for span in amounts:
        if joined and _RANGE.fullmatch(quote, joined[-1].end, span.start):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
