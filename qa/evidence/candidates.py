"""Finds spans of the kind that a question asks for."""

import re
from collections.abc import Sequence

from index.article import Span
from index.text.folding import fold
from qa.answer_types import PATTERNS, SHORT
from qa.entities.amounts import candidates
from qa.entities.names import Names
from qa.question.understand import Question

_RANGE = re.compile(r"\s*(?:至|到|—+|–|-|~|～|to)\s*")


class CandidateFinder:
    """What could be the answer to one question, by its kind alone."""

    def __init__(self, question: Question, names: Names) -> None:
        self._question = question
        self._names = names
        self._asked = fold(question.text)

    def spans(self, quote: str) -> tuple[Span, ...]:
        """Spans of the kind asked for, in order, but for what stands in the question already."""
        kind = self._question.answer_type
        if kind not in SHORT:
            return ()
        found: Sequence[Span]
        if kind in PATTERNS:
            found = _ranges(quote, candidates(kind, quote, self._question.text))
        else:
            found = [name.span for name in self._names.of_kind(kind, quote)]
        return tuple(span for span in found if not self._is_asked(span.of(quote)))

    def _is_asked(self, text: str) -> bool:
        """Whether the question has a text itself, its numbers whole, spaces or not."""
        bare = r"\s*".join(map(re.escape, fold(text).split()))
        return re.search(rf"(?<![\d.]){bare}(?!\d)", self._asked) is not None


def _ranges(quote: str, found: Sequence[Span]) -> list[Span]:
    """Two amounts of one range are one: `10%—15%`."""
    joined: list[Span] = []
    for span in found:
        if joined and _RANGE.fullmatch(quote, joined[-1].end, span.start):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
