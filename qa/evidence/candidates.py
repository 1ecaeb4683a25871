"""Find the spans of a question's answer type in a sentence."""

import re
from collections.abc import Sequence

from index.article import Span
from index.text.folding import fold, simplify
from qa.answer_types import PATTERNS, SHORT, AnswerType
from qa.entities.amounts import candidates
from qa.entities.names import Names
from qa.entities.person_names import people
from qa.question.understand import Question

_OF_PEOPLE = frozenset({AnswerType.PERSON, AnswerType.WHO})
_ORG = re.compile(
    "(?:公司|集团|厂|中心|银行|学校|医院|大学|学院|中学|小学|商行|社|队|局|所|院|店|馆)$"
)
# One or two characters between a word that no name has and the beginning that was found.
_CUT = re.compile(
    r"(?:^|[由为為给給向与與和及、，。：:是交让讓归歸])(?P<cut>[\u4e00-\u9fff]{1,2})$"
)
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
            spans = [_whole_name(quote, span) for span in spans]
            if answer_type in _OF_PEOPLE:
                spans = _corrected(spans, people(simplify(quote), self._names.tagged))
        return tuple(span for span in spans if not self._is_in_question(span.of(quote)))

    def _is_in_question(self, text: str) -> bool:
        """Return whether the question has a text, its numbers whole, with or without spaces."""
        bare = r"\s*".join(map(re.escape, fold(text).split()))
        return re.search(rf"(?<![\d.]){bare}(?!\d)", self._question.forms.folded) is not None


def _whole_name(quote: str, span: Span) -> Span:
    """Extend an organisation's name to the word before it, where a tagger cut it: 净|美公司."""
    if _ORG.search(span.of(quote)) and (before := _CUT.search(quote[: span.start])):
        return Span(before.start("cut"), span.end)
    return span


def _corrected(tagged: Sequence[Span], surely: Sequence[Span]) -> list[Span]:
    """Put names that are surely cut right in place of those that they overlap."""
    left = [span for span in tagged if not any(map(span.overlaps, surely))]
    return sorted([*left, *surely], key=lambda span: span.start)


def _joined(quote: str, amounts: Sequence[Span]) -> list[Span]:
    """Join the two amounts of a range: `10%—15%`."""
    joined: list[Span] = []
    for span in amounts:
        if joined and _RANGE.fullmatch(quote, joined[-1].end, span.start):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
