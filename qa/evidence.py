"""Picks the sentences that answer out of the passages that were found.

The likeliest sentences of all passages, as the ranking of passages has scored them, are read: what
of the question they hold by its words, whether something of the kind asked for is there, whether
they are about the names and years asked for. A network trained for it (`training/judging`) puts
them in order.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.article import Span
from index.catalogue import Place
from index.encoder import Vectors
from index.folding import fold
from index.network import Network
from index.search import Hit, coverage
from index.sentences import clauses, sentences, trimmed
from index.words import bigrams, holds
from qa.amounts import candidates
from qa.kinds import PATTERNS, SHORT, Kind
from qa.names import Names
from qa.question import Question

QUOTE_AT_MOST = 200
_READ = 16  # sentences
_LOWEST = -15.0

FEATURES = (
    # as the ranking has scored the sentence, its neighbours and its passage
    "sentence", "behind_best", "before", "after", "passage", "passage_behind_best",
    # what of the question is there, by its words
    "matched", "around", "pairs",
    # what it must be about: names and numbers
    "required", "required_around",
    # the kind of answer
    "fits", "lacks", "candidates", "named", "cue",
    # what the sentence is like
    "length", "asks", "opens",
)  # fmt: skip
_CUES = {
    Kind.REASON: re.compile(
        r"因为|由于|原因|因此|所以|为了|以便|导致|致使|使得|缘于|源于|"
        r"\b(?:because|since|due to|so that|in order|therefore|reason|cause[sd]?)\b"
    ),
    Kind.MANNER: re.compile(
        r"通过|利用|采用|使用|借助|经过|方式|方法|\b(?:by|using|through|via)\b"
    ),
    Kind.DEFINITION: re.compile(r"是|指|称为|即|意为|\b(?:is|are|means?|refers? to|stands? for)\b"),
    Kind.LIST: re.compile(
        r"、.*、|、.*[和及与]|分别|包括|[一二三]是|第[一二三]|, .*\band\b|\bincluding\b"
    ),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, as a range of its article.

    `features` are those that `FEATURES` names; `answers` are the spans in `quote` of the kind that
    was asked for; `score` is the network's, which tells of two sentences the likelier one.
    """

    place: Place
    span: Span
    quote: str
    answers: tuple[str, ...]
    features: Mapping[str, float]
    score: float

    @property
    def context(self) -> str:
        """All that the sentence can be understood by."""
        return _context(self.place)


class _Sentence(NamedTuple):
    """A range of a passage to read: its hit, where it stands, and which sentence it is of."""

    hit: Hit
    span: Span
    number: int


class Reader:
    """Reads sentences for one question."""

    def __init__(
        self,
        question: Question,
        weights: Mapping[str, float],
        names: Names,
        scorer: Callable[[Vectors], Vectors] | None = None,
    ) -> None:
        """`weights` are the terms of the question and how much each tells.

        `scorer` takes rows of `FEATURES` and scores each; by default the trained network.
        """
        self._scorer = scorer or _network()
        self._question = question
        self._weights = weights
        self._names = names
        self._pairs = frozenset(bigrams(question.text))
        self._asked = _bare(question.text)
        self._required = [(fold(name), names.parts(name)) for name in question.required]

    def read(self, hits: Sequence[Hit]) -> list[Evidence]:
        """The likeliest sentences of some passages, the likeliest first."""
        chosen = _likeliest(hits)
        if not chosen:
            return []
        told = [self._features(one, hits) for one in chosen]
        rows = np.array([[row[name] for name in FEATURES] for row, _ in told], dtype=np.float32)
        scores = self._scorer(rows).tolist()
        found = [
            _evidence(one, answers, row, score)
            for one, (row, answers), score in zip(chosen, told, scores, strict=True)
        ]
        return sorted(found, key=lambda evidence: -evidence.score)

    def _features(
        self, one: _Sentence, hits: Sequence[Hit]
    ) -> tuple[dict[str, float], tuple[str, ...]]:
        """What is told of a sentence, and what in it may be the answer."""
        place, kind = one.hit.place, self._question.kind
        quote, scores = one.span.of(place.text), one.hit.sentences
        folded, context = fold(quote), fold(_context(place))
        answers = self._answers(quote)
        best = max(max(hit.sentences) for hit in hits if hit.sentences)
        passage = _logit(one.hit.score)
        cue = _CUES.get(kind)
        row = {
            "sentence": scores[one.number],
            "behind_best": scores[one.number] - best,
            "before": scores[one.number - 1] - best if one.number else _LOWEST,
            "after": scores[one.number + 1] - best if one.number + 1 < len(scores) else _LOWEST,
            "passage": passage,
            "passage_behind_best": passage - max(_logit(hit.score) for hit in hits),
            "matched": coverage(self._weights, folded),
            "around": coverage(self._weights, context),
            "pairs": self._shared_pairs(quote),
            "required": self._share_required(folded),
            "required_around": self._share_required(context),
            "fits": float(bool(answers)),
            "lacks": float(kind in SHORT and not answers),
            "candidates": min(len(answers), 5),
            "named": float(kind in SHORT and kind not in PATTERNS),
            "cue": float(cue is not None and cue.search(folded) is not None) - 0.5 * (cue is None),
            "length": math.log(len(quote)),
            "asks": float(quote[-1] in "?？"),
            "opens": float(place.start + one.span.start == 0),
        }
        return row, answers

    def _shared_pairs(self, quote: str) -> float:
        return len(self._pairs & set(bigrams(quote))) / len(self._pairs) if self._pairs else 0.0

    def _share_required(self, folded: str) -> float:
        """The share of names and numbers that are there; 1 where none is required."""
        there = [is_about(folded, name, parts) for name, parts in self._required]
        return sum(there) / len(there) if there else 1.0

    def _answers(self, quote: str) -> tuple[str, ...]:
        """What in a quote is of the kind asked for and does not stand in the question already."""
        kind = self._question.kind
        if kind not in SHORT:
            return ()
        if kind in PATTERNS:
            found = [span.of(quote) for span in candidates(kind, quote, self._question.text)]
        else:
            found = [name.text for name in self._names.of_kind(kind, quote)]
        return tuple(dict.fromkeys(text for text in found if _bare(text) not in self._asked))


def is_about(context: str, name: str, parts: Sequence[str]) -> bool:
    """Whether a name is there, whole or in all its parts: `法国开发署`, `法国…开发署`."""
    if holds(context, name):
        return True
    inner = [part for part in parts if part != name]
    return bool(inner) and all(holds(context, part) for part in inner)


def _likeliest(hits: Sequence[Hit]) -> list[_Sentence]:
    """The sentences that are worth reading."""
    found = [one for hit in hits for one in _quotable(hit)]
    return sorted(found, key=lambda one: -one.hit.sentences[one.number])[:_READ]


def _quotable(hit: Hit) -> Iterator[_Sentence]:
    """Sentences of a passage, long ones by clauses; titles and headings say nothing."""
    place = hit.place
    for number, span in enumerate(sentences(place.text)):
        if span.of(place.text) in (place.title, place.heading):
            continue
        if span.end - span.start <= QUOTE_AT_MOST:
            yield _Sentence(hit, span, number)
        else:
            for piece in clauses(place.text, span, QUOTE_AT_MOST):
                for part in trimmed(place.text, piece.start, piece.end):
                    yield _Sentence(hit, part, number)


def _evidence(
    one: _Sentence, answers: tuple[str, ...], features: Mapping[str, float], score: float
) -> Evidence:
    place = one.hit.place
    span = Span(place.start + one.span.start, place.start + one.span.end)
    return Evidence(place, span, one.span.of(place.text), answers, features, score)


def _context(place: Place) -> str:
    return f"{place.title}\n{place.heading or ''}\n{place.text}"


def _bare(text: str) -> str:
    return re.sub(r"\s", "", fold(text))


def _logit(share: float) -> float:
    share = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(share / (1 - share))


@cache
def _network() -> Network:
    return Network.read(Path(__file__).with_name("evidence.json"), FEATURES)
