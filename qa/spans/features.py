"""What the reader is told of each word: how it is like the question, and what it is.

Everything here is the same for training and for answering.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.article import Span
from index.encoder import Vectors
from index.folding import simplify
from index.ragged import Places, cumulated, distinct
from index.static import StaticEncoder, units
from qa.kinds import Kind
from qa.language import is_han
from qa.spans.tokens import MARK, Flags, Tokens, cut

Column = npt.NDArray[Any]
"""A value for each word."""

KINDS = tuple(Kind)
FEATURES = (
    # how the word is met in the question: the same word, its characters, a run of them, its vector
    "same", "same_telling", "characters", "run", "near", "near_telling", "from_same",
    # what is met of the question in its sentence, beside the best sentence
    "met", "met_behind_best",
    # the word: how rare, how long, its script
    "rare", "long", "han", "latin", "digits",
    # the mark
    "comma", "enumeration", "end", "opening", "closing", "title", "other_mark",
    # a span of the kind that is asked for
    "candidate", "candidate_begins", "candidate_ends",
    # where: no word but a gap between two places, the beginning of an article, another language
    "gap", "opens", "across",
)  # fmt: skip
ASKED = ("rare", "han", "latin", "digits", "there", "near")

_SAME_RUN = 6  # characters: a shared run so long is surely the same phrase
_NEAR = 5.0  # words
_LONG = 5
_APART = 3  # characters: white space between two sentences that follow each other
_TELLING = 0.2  # beside the most telling word
_SHARPER = 1.5
_LEAST = 1e-3
_MARKS = {
    "comma": "，,；;：:", "enumeration": "、", "end": "。.！!？?…", "opening": "（(“「『‘[【\"",
    "closing": "）)”」』’]】", "title": "《》〈〉",
}  # fmt: skip


_KIND_OF_MARK = {mark: name for name, marks in _MARKS.items() for mark in marks}


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence to read: its text, the spans in it of the kind asked for, and where it stands.

    `passage` tells pieces of one passage from others; `start` is the place in the article.
    """

    text: str
    candidates: tuple[Span, ...]
    passage: int
    start: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some pieces, one piece after the other.

    `rows` are rows of the encoder's table or `MARK`; `pieces` number the piece of each word, -1
    for a gap; `starts` and `ends` are its characters there. All have shape `(t,)`.
    """

    rows: Places
    pieces: Places
    starts: Places
    ends: Places


@dataclass(frozen=True, slots=True)
class Told:
    """A question beside the words of some pieces, as the network sees them.

    `asked` are the rows of the question's words, `(m,)`, told by `asked_features` of shape
    `(m, len(ASKED))`; `kind` is a place in `KINDS`; `features` has shape `(t, len(FEATURES))`.
    `unmet` of shape `(n,)` tells for each of the `n` pieces how much of the question the most
    telling word is that nothing in what is read of its passage comes near, 0 to 1.
    """

    asked: Places
    asked_features: Vectors
    kind: int
    words: Words
    features: Vectors
    unmet: Vectors


def told(
    question: str, kind: Kind, pieces: Sequence[Piece], encoder: StaticEncoder, at_most: int
) -> Told:
    """Tells of a question and of the first pieces that have `at_most` words together, or one."""
    asked, *cuts = cut([question, *(piece.text for piece in pieces)], encoder)
    words = _assembled(pieces, cuts, at_most)
    rows = asked.rows[asked.rows != MARK]
    near = _Near(rows, words, encoder)
    columns = near.of_words() | _shared(question, pieces, words) | _of_places(pieces, words)
    columns["across"] = np.full(len(words.rows), is_han(question) != is_han(pieces[0].text))
    own = {"rare": near.rare_asked, "there": near.same.any(axis=1), "near": near.highest}
    own |= _scripts(_plain(question), asked.starts[asked.rows != MARK])
    return Told(
        rows,
        np.stack([own[name] for name in ASKED], axis=1).astype(np.float32),
        KINDS.index(kind),
        words,
        np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32),
        near.unmet(pieces),
    )


def _assembled(pieces: Sequence[Piece], cuts: Sequence[Tokens], at_most: int) -> Words:
    """The words of the pieces that fit, in the order of the text, with gaps where it breaks."""
    total = np.cumsum([len(one) for one in cuts])
    fitting = max(1, int(np.searchsorted(total, at_most, side="right")))
    parts: list[tuple[Places, int, Places, Places]] = []
    gap = np.array([MARK])
    before = None
    for at in sorted(range(fitting), key=lambda at: (pieces[at].passage, pieces[at].start)):
        piece = pieces[at]
        if before is not None and not _follows(before, piece):
            parts.append((gap, -1, gap * 0, gap * 0))
        parts.append((cuts[at].rows, at, cuts[at].starts, cuts[at].ends))
        before = piece
    return Words(
        np.concatenate([rows for rows, *_ in parts]),
        np.concatenate([np.full(len(rows), at) for rows, at, *_ in parts]),
        np.concatenate([starts for *_, starts, _ in parts]),
        np.concatenate([ends for *_, ends in parts]),
    )


def _follows(one: Piece, other: Piece) -> bool:
    return one.passage == other.passage and other.start - one.start - len(one.text) <= _APART


class _Near:
    """The question's words beside those of the pieces, by their vectors.

    `same` and `nearness` have shape `(m, u)` for the `u` different words of the pieces.
    """

    def __init__(self, asked: Places, words: Words, encoder: StaticEncoder) -> None:
        self._words = words
        used, self._places = distinct((words.rows + 1).astype(np.int32))
        used = used - 1
        vectors = encoder.rows(np.maximum(used, 0)) * (used != MARK)[:, np.newaxis]
        wanted = encoder.rows(asked)
        lengths = np.linalg.norm(wanted, axis=1)
        self.rare_asked = np.log(lengths + _LEAST)
        self._rare = np.log(np.linalg.norm(vectors, axis=1) + _LEAST) * (used != MARK)
        self._weights = lengths**_SHARPER / max(float((lengths**_SHARPER).sum()), 1e-9)
        self.nearness = np.maximum(units(wanted) @ units(vectors).T, 0)
        self.same = asked[:, np.newaxis] == used
        self.highest = self.nearness.max(axis=1, initial=0.0)

    def of_words(self) -> dict[str, Column]:
        """The columns of the words."""
        telling = (self._weights / max(float(self._weights.max(initial=0)), 1e-9))[:, np.newaxis]
        same, places = self.same.any(axis=0), self._places
        same_telling = (self.same * telling).max(axis=0, initial=0.0)
        met, behind = self._met()
        return {
            "same": same[places],
            "same_telling": same_telling[places],
            "near": self.nearness.max(axis=0, initial=0.0)[places],
            "near_telling": (self.nearness * telling).max(axis=0, initial=0.0)[places],
            "from_same": _from(np.flatnonzero(same_telling[places] > _TELLING), len(places)),
            "met": met,
            "met_behind_best": behind,
            "rare": self._rare[places],
        }

    def unmet(self, pieces: Sequence[Piece]) -> Vectors:
        """The weight of the most telling word that is met least, for each piece; 1 if unread."""
        missing = np.ones(len(pieces), dtype=np.float32)
        owners = self._words.pieces
        passages = np.array([pieces[at].passage if at >= 0 else -1 for at in owners.tolist()])
        for passage in {piece.passage for piece in pieces}:
            there = np.zeros(self.nearness.shape[1], dtype=np.bool_)
            there[self._places[(passages == passage) & (owners >= 0)]] = True
            met = self.nearness[:, there].max(axis=1, initial=0.0)
            share = float((self._weights * (1 - met)).max(initial=0.0)) if there.any() else 1.0
            missing[[at for at, one in enumerate(pieces) if one.passage == passage]] = share
        return missing

    def _met(self) -> tuple[Vectors, Vectors]:
        """How much of the question the piece of each word meets, and beside the best piece."""
        pieces = self._words.pieces
        begins = np.flatnonzero(np.diff(pieces, prepend=-2))
        best = np.maximum.reduceat(self.nearness[:, self._places], begins, axis=1)
        met = self._weights @ best
        lengths = np.diff([*begins, len(pieces)])
        return np.repeat(met, lengths), np.repeat(met - met.max(), lengths)


def _from(matches: Places, count: int) -> Vectors:
    """How near the nearest of some places is, 1 to 0."""
    if len(matches) == 0:
        return np.zeros(count, dtype=np.float32)
    places = np.arange(count)
    after = np.minimum(np.searchsorted(matches, places), len(matches) - 1)
    before = np.maximum(after - 1, 0)
    away = np.minimum(abs(matches[after] - places), abs(matches[before] - places))
    return np.asarray(np.exp(-away / _NEAR), dtype=np.float32)


def _shared(question: str, pieces: Sequence[Piece], words: Words) -> dict[str, Column]:
    """What characters tell: those that the question has too, the script, the kind of mark."""
    texts = [_plain(piece.text) for piece in pieces]
    offsets = cumulated(np.array([len(text) for text in texts]))
    text = "".join(texts) + "\0"
    places = np.where(words.pieces < 0, len(text) - 1, words.starts + offsets[words.pieces])
    lengths = np.maximum(words.ends - words.starts, 1)
    codes, asked = _codes(text), _codes(_plain(question))
    there = np.isin(codes, asked[asked > ord("/")])
    wanted = _paired(asked)
    pairs = np.isin(_paired(codes), wanted[wanted >= 0])
    runs = _runs(pairs)
    ends = places + lengths - 1
    marks = words.rows == MARK
    columns = {
        "characters": _summed(there, places, lengths) / lengths,
        "run": np.minimum(np.maximum(runs[places], runs[ends]), _SAME_RUN) / _SAME_RUN,
        "long": np.minimum(lengths, _LONG) / _LONG,
        **_scripts(text, places),
    }
    kinds = np.array([_KIND_OF_MARK.get(text[place], "other_mark") for place in places])
    for name in (*_MARKS, "other_mark"):
        columns[name] = marks & (words.pieces >= 0) & (kinds == name)
    return columns


def _of_places(pieces: Sequence[Piece], words: Words) -> dict[str, Column]:
    """The columns of candidates, gaps and beginnings."""
    inside, begins, ends = (np.zeros(len(words.rows), dtype=np.bool_) for _ in range(3))
    for at, piece in enumerate(pieces):
        own = words.pieces == at
        for span in piece.candidates:
            inside |= own & (words.starts < span.end) & (words.ends > span.start)
            begins |= own & (words.starts == span.start)
            ends |= own & (words.ends == span.end)
    opening = np.array([*(piece.start == 0 for piece in pieces), False])
    return {
        "candidate": inside,
        "candidate_begins": begins,
        "candidate_ends": ends,
        "gap": words.pieces < 0,
        "opens": opening[words.pieces],
    }


def _plain(text: str) -> str:
    """Simplified and in small letters, with the same offsets."""
    lowered = simplify(text).lower()
    return lowered if len(lowered) == len(text) else text


def _codes(text: str) -> Places:
    return np.array([ord(char) for char in text], dtype=np.int64)


def _paired(codes: Places) -> Places:
    """Each character with the next one as one number; -1 where one of them is a mark."""
    letters = codes > ord("/")
    pairs = codes * 0x200000 + np.append(codes[1:], 0)
    return np.where(letters & np.append(letters[1:], False), pairs, -1)


def _runs(pairs: Flags) -> Vectors:
    """For each character the length of the run of shared pairs it stands in, in characters."""
    chars = pairs | np.append(False, pairs[:-1])
    edges = np.flatnonzero(np.diff(chars, prepend=False, append=False))
    runs = np.zeros(len(pairs), dtype=np.float32)
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        runs[start:end] = end - start
    return runs


def _summed(flags: Flags, places: Places, lengths: Places) -> Places:
    sums = cumulated(flags)
    return np.asarray(sums[places + lengths] - sums[places])


def _scripts(text: str, places: Places) -> dict[str, Column]:
    """The script of each word, by its first character."""
    codes = _codes(text)[places]
    digits = (codes >= ord("0")) & (codes <= ord("9"))
    han = ((codes >= 0x3400) & (codes <= 0x9FFF)) | (codes >= 0x20000)
    latin = ((codes >= ord("a")) & (codes <= ord("z"))) | ((codes >= 0xC0) & (codes < 0x250))
    return {"han": han, "latin": latin, "digits": digits}
