"""What the reader learns from: questions beside the sentences that the product would read for them.

The right article is among others, as found by the product's own search. Where a set gives no more
than the sentence, a span is right if it is the only one of the kind asked for; else any in the
sentence is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays import Int64Array
from index.article import Span
from index.models.loading import bundled
from index.progress import Progress, counted
from index.text.folding import FoldedText
from qa.answer_types import PATTERNS
from qa.answerer import READ
from qa.entities.names import Names
from qa.evaluation.temporary_store import article_id
from qa.evidence.candidates import CandidateFinder
from qa.language import language_of
from qa.question.understand import Question
from qa.reader.features import ReaderInput, reader_input
from qa.reader.inputs import Words
from qa.reader.sentence_selection import Sentence, likeliest
from qa.reader.span_reader import AT_MOST, piece_of
from qa.reader.tokens import Flags
from training.corpora import Asked
from training.examples import Example


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question as the network sees it, and what is right.

    `right` are first and last words of right spans, shape `(r, 2)`; a whole sentence where `weak`:
    any span in it. `own` tells for each word whether it is of the right article.
    """

    example: Example
    told: ReaderInput
    right: Int64Array
    weak: bool
    own: Flags


def lessons(
    asked: Asked, examples: Sequence[Example], names: Names, progress: Progress
) -> Iterator[Lesson]:
    """Lessons of all examples for which something was found."""
    searcher = asked.searcher
    for example in counted(examples, len(examples), "preparing", progress):
        text = example.question
        question = Question(
            text, language_of(text), example.answer_type, tuple(names.required(text))
        )
        sentences = likeliest(searcher.among(searcher.query(FoldedText.of(text)), READ, None))
        if sentences:
            yield _lesson(question, _with_right_first(sentences, example), example, names)


def _with_right_first(sentences: list[Sentence], example: Example) -> list[Sentence]:
    """The sentence that answers is surely read, whatever else there is no room for."""
    return sorted(sentences, key=lambda one: not _places(one, example))


def _lesson(
    question: Question, sentences: Sequence[Sentence], example: Example, names: Names
) -> Lesson:
    typed = CandidateFinder(question, names)
    pieces = [piece_of(one, typed.spans(one.quote)) for one in sentences]
    seen = reader_input(question.text, question.answer_type, pieces, bundled(), AT_MOST)
    weak = example.group in ("en→en", "zh→en")
    right: list[tuple[int, int]] = []
    for at, (one, piece) in enumerate(zip(sentences, pieces, strict=True)):
        spans = _places(one, example)
        if spans and weak and question.answer_type in PATTERNS and len(piece.candidates) == 1:
            spans, weak = list(piece.candidates), False
        right += (found for span in spans if (found := _words(seen.words, at, span)) is not None)
    own = np.array([one.hit.passage.article_id == article_id(example.context) for one in sentences])
    return Lesson(
        example,
        seen,
        np.array(right, dtype=np.int64).reshape(-1, 2),
        weak,
        own[seen.words.pieces] & (seen.words.pieces >= 0),
    )


def _places(one: Sentence, example: Example) -> list[Span]:
    """Where the answer stands in a sentence: the part that is in it, of the right article."""
    if one.hit.passage.article_id != article_id(example.context):
        return []
    begin = one.hit.passage.start + one.span.start
    start = max(example.answer.start - begin, 0)
    end = min(example.answer.end - begin, len(one.quote))
    return [Span(start, end)] if start < end else []


def _words(words: Words, piece: int, span: Span) -> tuple[int, int] | None:
    """The first and the last word of a range of characters of a piece."""
    inside = np.flatnonzero(
        (words.pieces == piece) & (words.starts < span.end) & (words.ends > span.start)
    )
    return (int(inside[0]), int(inside[-1])) if len(inside) else None
