"""Read sentences with any extractive question answering model in place of the bundled reader.

The sentences of a passage are read together, in windows that hold whole sentences. All windows
share one softmax over their spans and no answer. A model scores no answer in each window; the
lowest of these scores counts, as one window with the answer is enough.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from index.arrays import Int64Array
from index.models.encoder import ExtractiveModel, SentenceEncoder, SpanLogits, Vectors
from index.text.folding import FoldedText
from qa.reader.inputs import JoinedTokens, Piece
from qa.reader.network import LONGEST
from qa.reader.similarity import missing_weights
from qa.reader.span_reader import Reading

_FAR = np.float32(-1e4)
_NO_ROW = -1  # the tokens are not rows of the encoder's table
_WHITE_SPACE = 3  # characters between two sentences that follow each other


@dataclass(frozen=True, slots=True)
class _Window:
    """Pieces that are read together, by number, each with its offset in the text."""

    text: str
    numbers: tuple[int, ...]
    offsets: tuple[int, ...]


class TransformersReader:
    """Reads sentences with a model of another make. Threads may share it."""

    def __init__(self, model: ExtractiveModel, encoder: SentenceEncoder) -> None:
        """Take the model, and the bundled encoder, which compares words of question and passage."""
        self._model = model
        self._encoder = encoder

    def warm_up(self) -> None:
        """Load the model, and the parts of the encoder that are loaded lazily."""
        self._model.load()
        self._encoder.token_spans([""])
        self._encoder.token_vectors(np.zeros(1, dtype=np.int64))

    def read(self, question: FoldedText, pieces: Sequence[Piece]) -> Reading:
        """Read all pieces; what of a piece exceeds the model's room is not read."""
        windows = list(self._windows(question.text, pieces))
        logits = self._model.read(question.text, [window.text for window in windows])
        parts = [_placed(*pair, pieces) for pair in zip(windows, logits, strict=True)]
        tokens = JoinedTokens(
            np.concatenate([part.rows for part, _ in parts]),
            np.concatenate([part.pieces for part, _ in parts]),
            np.concatenate([part.starts for part, _ in parts]),
            np.concatenate([part.ends for part, _ in parts]),
        )
        spans = np.concatenate([scores for _, scores in parts])
        none = min(window.none for window in logits)
        asked, *read = map(
            _rows, self._encoder.tokens([question.text, *(piece.text for piece in pieces)])
        )
        missing = missing_weights(asked, read, pieces, self._encoder)
        return Reading(tokens, spans, none, missing)

    def _windows(self, question: str, pieces: Sequence[Piece]) -> Iterator[_Window]:
        """Yield windows of whole pieces, of one passage each, in the order of the text."""
        room = self._model.room(question)
        lengths = self._model.lengths([piece.text for piece in pieces])
        order = sorted(range(len(pieces)), key=lambda at: (pieces[at].passage, pieces[at].start))
        for _, group in groupby(order, key=lambda at: pieces[at].passage):
            together: list[int] = []
            taken = 0
            for number in group:
                if together and taken + lengths[number] + 1 > room:
                    yield _window(together, pieces)
                    together, taken = [], 0
                together.append(number)
                taken += lengths[number] + 1  # the break
            yield _window(together, pieces)


def _window(numbers: Sequence[int], pieces: Sequence[Piece]) -> _Window:
    """Join pieces, with a line break between those that do not follow each other."""
    text, offsets = "", []
    before: Piece | None = None
    for number in numbers:
        piece = pieces[number]
        if before is not None:
            gap = piece.start - before.start - len(before.text)
            text += " " * max(gap, 0) if gap <= _WHITE_SPACE else "\n"
        offsets.append(len(text))
        text += piece.text
        before = piece
    return _Window(text, tuple(numbers), tuple(offsets))


def _placed(
    window: _Window, logits: SpanLogits, pieces: Sequence[Piece]
) -> tuple[JoinedTokens, Vectors]:
    """Return the tokens of a window as characters of its pieces, and the logits of their spans."""
    offsets = np.array(window.offsets, dtype=np.int64)
    begins, ends = logits.places[:, 0], logits.places[:, 1]
    within = np.searchsorted(offsets, begins, side="right") - 1
    numbers = np.array(window.numbers, dtype=np.int64)[within]
    lengths = np.array([len(pieces[number].text) for number in numbers.tolist()], dtype=np.int64)
    starts = begins - offsets[within]
    inside = starts < lengths  # not the space between two pieces
    tokens = JoinedTokens(
        np.full(int(inside.sum()), _NO_ROW),
        numbers[inside],
        starts[inside],
        np.minimum(ends - offsets[within], lengths)[inside],
    )
    return tokens, _spans(logits.starts[inside], logits.ends[inside], tokens.pieces)


def _spans(starts: Vectors, ends: Vectors, pieces: Int64Array) -> Vectors:
    """Return the logits of spans by first token and length - 1, none over the end of a piece."""
    count = len(starts)
    last = np.arange(count)[:, np.newaxis] + np.arange(LONGEST)
    clipped = np.minimum(last, max(count - 1, 0))
    fits = (last < count) & (pieces[clipped] == pieces[:, np.newaxis])
    return np.where(fits, starts[:, np.newaxis] + ends[clipped], _FAR).astype(np.float32)


def _rows(tokens: Sequence[int]) -> Int64Array:
    return np.array(tokens, dtype=np.int64)
