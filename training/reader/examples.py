"""The reader's training examples: questions with the passages that the product would read.

Passages are found by the product's own search, so the right article is among others. Some sets
annotate the answering sentence only (weak supervision): there a span is right if it is the only
candidate of the answer type, else any span of the sentence is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.arrays import Int64Array
from index.article import Span
from index.library.catalogue import PassageRecord
from index.models.encoder import SentenceEncoder
from index.progress import Progress, counted
from index.search.searcher import Searcher
from qa.answer_types import PATTERNS, AnswerType
from qa.entities.names import Names
from qa.evaluation.temporary_store import article_id
from qa.evidence.candidates import CandidateFinder
from qa.question.understand import Question, understand
from qa.reader.features import candidate_flags
from qa.reader.inputs import Piece, ReaderInput, reader_input
from qa.reader.sentence_selection import Sentence, likeliest
from qa.reader.span_reader import AT_MOST, piece_of
from qa.reader.tokens import Flags
from qa.retrieval import READ
from training.examples import Example


@dataclass(frozen=True, slots=True)
class ReaderExample:
    """The network's inputs for a question, with the right spans.

    `candidates` are the flags of each row. `right` are row, first and last token of right spans,
    shape `(n, 3)`; if `weak`, any span inside them is right. `unsure` are spans that may be right
    and teach nothing, likewise. `of_article` marks the rows of the right article.
    """

    group: str
    inputs: ReaderInput
    candidates: list[Flags]
    right: Int64Array
    unsure: Int64Array
    weak: bool
    of_article: Flags


class ExampleMaker:
    """Makes examples over the articles of one searcher."""

    def __init__(self, searcher: Searcher, names: Names, encoder: SentenceEncoder) -> None:
        self._searcher = searcher
        self._names = names
        self._encoder = encoder

    def examples(self, examples: Sequence[Example], progress: Progress) -> Iterator[ReaderExample]:
        """Yield the examples for which the search finds sentences, ready for the reader."""
        for example in counted(examples, len(examples), "preparing", progress):
            question = understand(example.question, (), self._names)
            sentences = self.sentences(question)
            if not sentences:
                continue
            question = self._typed(question, example)
            ordered = sorted(sentences, key=lambda sentence: not _answers(sentence, example))
            prepared = self._prepared(question, ordered, example)
            # What the search missed is not without an answer.
            if len(prepared.right) or not example.answer.of(example.context):
                yield prepared

    def sentences(self, question: Question) -> list[Sentence]:
        """Return the sentences that the product would read."""
        searcher = self._searcher
        return likeliest(searcher.search_among(searcher.query(question.forms), READ, None))

    def laid_out(
        self, question: Question, sentences: Sequence[Sentence]
    ) -> tuple[ReaderInput, list[Piece]]:
        """Return the input and its pieces."""
        finder = CandidateFinder(question, self._names)
        pieces = [piece_of(sentence, finder.spans(sentence.quote)) for sentence in sentences]
        return reader_input(question.forms.text, pieces, self._encoder, AT_MOST), pieces

    def of_many(
        self,
        group: str,
        question: Question,
        sentences: Sequence[Sentence],
        answer: str,
        is_right: Callable[[PassageRecord, str], bool],
    ) -> ReaderExample:
        """Return an example whose answer several articles may have, in sentences that are right.

        The same text in another sentence teaches nothing.
        """
        inputs, pieces = self.laid_out(question, sentences)
        right: list[tuple[int, int, int]] = []
        unsure: list[tuple[int, int, int]] = []
        for at, sentence in enumerate(sentences):
            ranges = token_ranges(inputs, at, occurrences(sentence.quote, answer))
            (right if is_right(sentence.hit.passage, sentence.quote) else unsure).extend(ranges)
        answering = {row for row, _, _ in right}
        return ReaderExample(
            group,
            inputs,
            [candidate_flags(row.tokens, pieces) for row in inputs.rows],
            as_ranges(right),
            as_ranges(unsure),
            False,
            np.array([row in answering for row in range(len(inputs.rows))]),
        )

    @staticmethod
    def _typed(question: Question, example: Example) -> Question:
        """Give a translated question the type of the original, unless it shows one itself."""
        if question.answer_type is AnswerType.OTHER:
            return replace(question, answer_type=example.answer_type)
        return question

    def _prepared(
        self, question: Question, sentences: Sequence[Sentence], example: Example
    ) -> ReaderExample:
        inputs, pieces = self.laid_out(question, sentences)
        weak = example.group in ("en→en", "zh→en")
        answer = example.answer.of(example.context)
        right: list[tuple[int, int, int]] = []
        unsure: list[tuple[int, int, int]] = []
        for at, (sentence, piece) in enumerate(zip(sentences, pieces, strict=True)):
            spans = _answers(sentence, example)
            if spans and weak and question.answer_type in PATTERNS and len(piece.candidates) == 1:
                spans, weak = list(piece.candidates), False
            right += token_ranges(inputs, at, spans)
            unsure += token_ranges(inputs, at, [] if weak else occurrences(piece.text, answer))
        own = article_id(example.context)
        owners = [sentence.hit.passage.article_id == own for sentence in sentences]
        return ReaderExample(
            example.group,
            inputs,
            [candidate_flags(row.tokens, pieces) for row in inputs.rows],
            as_ranges(right),
            as_ranges(unsure),
            weak,
            np.array([owners[row.tokens.pieces[0]] for row in inputs.rows]),
        )


def occurrences(text: str, answer: str) -> list[Span]:
    """Return where a text has an answer."""
    found, at = [], text.find(answer) if answer else -1
    while at >= 0:
        found.append(Span(at, at + len(answer)))
        at = text.find(answer, at + 1)
    return found


def token_ranges(
    inputs: ReaderInput, piece: int, spans: Sequence[Span]
) -> list[tuple[int, int, int]]:
    """Return row, first and last token of character ranges of a piece, as far as it is read."""
    ranges = []
    for number, row in enumerate(inputs.rows):
        tokens = row.tokens
        for span in spans:
            inside = np.flatnonzero(
                (tokens.pieces == piece) & (tokens.starts < span.end) & (tokens.ends > span.start)
            )
            if len(inside):
                ranges.append((number, int(inside[0]), int(inside[-1])))
    return ranges


def as_ranges(ranges: Sequence[tuple[int, int, int]]) -> Int64Array:
    """Return row, first and last token of spans as an array `(n, 3)`."""
    return np.array(ranges, dtype=np.int64).reshape(-1, 3)


def _answers(sentence: Sentence, example: Example) -> list[Span]:
    """Return the part of the answer in a sentence of the right article, if any."""
    if sentence.hit.passage.article_id != article_id(example.context):
        return []
    begin = sentence.hit.passage.start + sentence.span.start
    start = max(example.answer.start - begin, 0)
    end = min(example.answer.end - begin, len(sentence.quote))
    return [Span(start, end)] if start < end else []
