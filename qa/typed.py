"""Finds spans of the kind that a question asks for."""

import re
from collections.abc import Sequence

from index.article import Span
from index.folding import fold
from qa.amounts import candidates
from qa.kinds import PATTERNS, SHORT
from qa.names import Names
from qa.question import Question


class Typed:
    """What could be the answer to one question, by its kind alone."""

    def __init__(self, question: Question, names: Names) -> None:
        self._question = question
        self._names = names
        self._asked = _bare(question.text)

    def spans(self, quote: str) -> tuple[Span, ...]:
        """Spans of the kind asked for, in order, but for what stands in the question already."""
        kind = self._question.kind
        if kind not in SHORT:
            return ()
        found: Sequence[Span]
        if kind in PATTERNS:
            found = candidates(kind, quote, self._question.text)
        else:
            found = [name.span for name in self._names.of_kind(kind, quote)]
        return tuple(span for span in found if _bare(span.of(quote)) not in self._asked)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", fold(text))
