"""The reader's training examples: questions with the sentences that the product would read.

Sentences are retrieved by the product's own search, so the right article is among others. Some sets
annotate the answering sentence only (weak supervision): there a span is right if it is the only
candidate of the answer type, else any span of the sentence is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.arrays import Int64Array
from index.article import Span
from index.models.loading import bundled
from index.models.static import StaticEncoder
from index.progress import Progress, counted
from qa.answer_types import PATTERNS
from qa.entities.names import Names
from qa.evaluation.temporary_store import article_id
from qa.evidence.candidates import CandidateFinder
from qa.question.understand import Question, understand
from qa.reader.features import ReaderInput, reader_input
from qa.reader.inputs import JoinedTokens
from qa.reader.sentence_selection import Sentence, likeliest
from qa.reader.span_reader import AT_MOST, piece_of
from qa.reader.tokens import Flags
from qa.retrieval import READ
from training.corpora import Corpus
from training.examples import Example


@dataclass(frozen=True, slots=True)
class ReaderExample:
    """The network's inputs for a question, with the right spans.

    `right` are the first and last words of right spans, shape `(r, 2)`; if `weak`, any span inside
    them is right. `of_article` marks the words of the right article.
    """

    example: Example
    inputs: ReaderInput
    right: Int64Array
    weak: bool
    of_article: Flags


def reader_examples(
    corpus: Corpus, examples: Sequence[Example], names: Names, progress: Progress
) -> Iterator[ReaderExample]:
    """Yield the examples for which the search returns sentences, prepared for the reader."""
    searcher, encoder = corpus.searcher, bundled()
    for example in counted(examples, len(examples), "preparing", progress):
        text = example.question
        question = replace(understand(text, (), names), answer_type=example.answer_type)
        sentences = likeliest(searcher.search_among(searcher.query(question.forms), READ, None))
        if sentences:
            right_first = _with_right_first(sentences, example)
            yield _prepared(question, right_first, example, names, encoder)


def _with_right_first(sentences: list[Sentence], example: Example) -> list[Sentence]:
    """Move the answering sentences to the front, so that they are within the length limit."""
    return sorted(sentences, key=lambda sentence: not _answers(sentence, example))


def _prepared(
    question: Question,
    sentences: Sequence[Sentence],
    example: Example,
    names: Names,
    encoder: StaticEncoder,
) -> ReaderExample:
    finder = CandidateFinder(question, names)
    pieces = [piece_of(sentence, finder.spans(sentence.quote)) for sentence in sentences]
    inputs = reader_input(question.forms, question.answer_type, pieces, encoder, AT_MOST)
    weak = example.group in ("en→en", "zh→en")
    right: list[tuple[int, int]] = []
    for at, (sentence, piece) in enumerate(zip(sentences, pieces, strict=True)):
        spans = _answers(sentence, example)
        if spans and weak and question.answer_type in PATTERNS and len(piece.candidates) == 1:
            spans, weak = list(piece.candidates), False
        ranges = (_token_range(inputs.tokens, at, span) for span in spans)
        right += (bounds for bounds in ranges if bounds is not None)
    own = article_id(example.context)
    of_article = np.array([sentence.hit.passage.article_id == own for sentence in sentences])
    return ReaderExample(
        example,
        inputs,
        np.array(right, dtype=np.int64).reshape(-1, 2),
        weak,
        of_article[inputs.tokens.pieces] & (inputs.tokens.pieces >= 0),
    )


def _answers(sentence: Sentence, example: Example) -> list[Span]:
    """Return the part of the answer in a sentence of the right article, if any."""
    if sentence.hit.passage.article_id != article_id(example.context):
        return []
    begin = sentence.hit.passage.start + sentence.span.start
    start = max(example.answer.start - begin, 0)
    end = min(example.answer.end - begin, len(sentence.quote))
    return [Span(start, end)] if start < end else []


def _token_range(tokens: JoinedTokens, piece: int, span: Span) -> tuple[int, int] | None:
    """Return the first and last token of a character range of a piece."""
    inside = np.flatnonzero(
        (tokens.pieces == piece) & (tokens.starts < span.end) & (tokens.ends > span.start)
    )
    return (int(inside[0]), int(inside[-1])) if len(inside) else None
