"""Picks the sentences that answer out of the passages that were found.

The likeliest sentences of all passages, as the ranking of passages has scored them, are read: what
of the question they hold by its words, whether something of the kind asked for is there, whether
they are about the names and years asked for, and what the reader of spans makes of it. A network
trained for it (`training/rankers`) puts them in order.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from index.article import Span
from index.models.encoder import Vectors
from index.models.mlp import MLP
from index.search.query import QueryTerms
from index.search.searcher import Hit
from index.store.catalogue import PassageRecord
from index.text.analyzer import bigrams
from index.text.folding import fold
from qa.answer_types import PATTERNS, SHORT, SURE_AMOUNTS, AnswerType
from qa.entities.names import Names
from qa.evidence.candidates import CandidateFinder
from qa.evidence.entity_match import EntityMatcher
from qa.question.understand import Question
from qa.reader.sentence_selection import Sentence, likeliest
from qa.reader.span_reader import UNREAD, Reading, ReadPiece, piece_of, read

_LOWEST = -15.0
_CLOSE = 2.0
"""Log-odds that the reading of a sentence about the right party may be behind one about another."""

_LOOKED_AT = 3  # sentences that are looked at more closely

FEATURES = (
    # as the ranking has scored the sentence, its neighbours and its passage
    "sentence", "behind_best", "before", "after", "passage", "passage_behind_best",
    # what of the question is there, by its words
    "matched", "around", "pairs",
    # what it must be about: names and numbers
    "required", "required_around", "rival",
    # the kind of answer
    "fits", "lacks", "candidates", "named", "cue",
    # what the sentence is like
    "length", "asks", "opens",
    # as it was read for a span: the likeliest one, any one, one of the kind, none anywhere
    "span", "spans", "typed_span", "none",
)  # fmt: skip

_READ = ("span", "spans", "typed_span", "none")
_CUES = {
    AnswerType.REASON: re.compile(
        r"因为|由于|原因|因此|所以|为了|以便|导致|致使|使得|缘于|源于|造成|理由|缘故|"
        r"\b(?:because|since|due to|so that|in order|therefore|reason|cause[sd]?)\b"
    ),
    AnswerType.MANNER: re.compile(
        r"通过|利用|采用|使用|借助|经过|方式|方法|\b(?:by|using|through|via)\b"
    ),
    AnswerType.DEFINITION: re.compile(
        r"是|指|称为|即|意为|\b(?:is|are|means?|refers? to|stands? for)\b"
    ),
    AnswerType.LIST: re.compile(
        r"、.*、|、.*[和及与]|分别|包括|[一二三]是|第[一二三]|, .*\band\b|\bincluding\b"
    ),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, as a range of its article.

    `typed` are the spans in `quote` of the kind that was asked for, each with the probability that
    the answer is in it, and `read` what was read there, None where there was no room to read it.
    `features` are those that `FEATURES` names; `score` is the network's, which tells of two
    sentences the likelier one. `unmet` tells how much of the question the word is that its passage
    meets least.
    """

    passage: PassageRecord
    span: Span
    quote: str
    typed: tuple[tuple[Span, float], ...]
    read: ReadPiece | None
    unmet: float
    features: Mapping[str, float]
    score: float

    def without(self, others: Sequence["Evidence"]) -> "Evidence":
        """The same as it would have been read if some other sentences were not there."""
        taken = sum(math.exp(one.features["spans"]) for one in others)
        left = math.log(max(1 - taken, math.exp(UNREAD)))
        read = {name: min(self.features[name] - left, 0.0) for name in _READ}
        return replace(self, features={**self.features, **read})

    @property
    def context(self) -> str:
        """All that the sentence can be understood by."""
        return _context(self.passage)


class SentenceRanker:
    """Reads sentences for one question."""

    def __init__(
        self,
        question: Question,
        terms: QueryTerms,
        names: Names,
        scorer: Callable[[Vectors], Vectors] | None = None,
    ) -> None:
        """`terms` are those of the question.

        `scorer` takes rows of `FEATURES` and scores each; by default the trained network.
        """
        self._scorer = scorer or _network()
        self._question = question
        self._terms = terms
        self._pairs = frozenset(bigrams(question.text))
        self._typed = CandidateFinder(question, names)
        self._about = EntityMatcher(question, terms, names)

    def read(self, hits: Sequence[Hit], chosen: Sequence[Sentence] | None = None) -> list[Evidence]:
        """The likeliest sentences of some passages, or some chosen ones, the likeliest first."""
        chosen = likeliest(hits) if chosen is None else chosen
        if not chosen:
            return []
        typed = [self._typed.spans(one.quote) for one in chosen]
        pieces = [piece_of(one, spans) for one, spans in zip(chosen, typed, strict=True)]
        reading = read(self._question.text, self._question.answer_type, pieces)
        around = {_key(one): self._around(one.hit.passage) for one in chosen}
        found = []
        for at, one in enumerate(chosen):
            likely = tuple((span, reading.overlapping(at, span)) for span in typed[at])
            row = self._features(one, typed[at], hits) | around[_key(one)]
            row |= _read(reading, at, likely)
            found.append(_evidence(one, likely, reading, at, row))
        rows = np.array([[one.features[name] for name in FEATURES] for one in found], np.float32)
        scored = zip(found, self._scorer(rows).tolist(), strict=True)
        ordered = sorted((replace(one, score=score) for one, score in scored), key=_likeliest)
        better = next(
            (one for one in ordered[1:_LOOKED_AT] if self._goes_before(ordered, one)), None
        )
        if better is None:
            return ordered
        first = replace(better, score=ordered[0].score)
        return [first, *(one for one in ordered if one is not better)]

    def _goes_before(self, ordered: Sequence[Evidence], one: Evidence) -> bool:
        """Whether a sentence is rather the answer than the first: rules beside the network.

        It has the amount asked for that the first lacks; or the first is about another year or
        opens with another party, and this one is about the one asked for.
        """
        first = ordered[0].features
        if self._question.answer_type in SURE_AMOUNTS and first["lacks"]:
            return one.features["fits"] == 1 and one.score >= ordered[0].score - 1
        if first["required"] == 1:
            return False
        close = one.features["spans"] >= first["spans"] - _CLOSE
        if one.features["required"] <= first["required"] or one.features["fits"] < first["fits"]:
            return False
        return close and (first["rival"] == 1 or self._opens_rightly(ordered[0], one))

    def _opens_rightly(self, first: Evidence, one: Evidence) -> bool:
        return self._about.opens(one.quote) and self._about.opens_with_another(first.quote)

    def _features(
        self, one: Sentence, typed: Sequence[Span], hits: Sequence[Hit]
    ) -> dict[str, float]:
        """What is told of a sentence itself."""
        place, kind = one.hit.passage, self._question.answer_type
        quote, scores = one.quote, one.hit.sentences
        folded = fold(quote)
        best = max(max(hit.sentences) for hit in hits if hit.sentences)
        passage = _logit(one.hit.score)
        cue = _CUES.get(kind)
        return {
            "sentence": scores[one.number],
            "behind_best": scores[one.number] - best,
            "before": scores[one.number - 1] - best if one.number else _LOWEST,
            "after": scores[one.number + 1] - best if one.number + 1 < len(scores) else _LOWEST,
            "passage": passage,
            "passage_behind_best": passage - max(_logit(hit.score) for hit in hits),
            "matched": self._terms.coverage(folded),
            "pairs": self._shared_pairs(quote),
            "required": self._about.share(folded),
            "rival": float(self._about.names_a_rival(folded)),
            "fits": float(bool(typed)),
            "lacks": float(kind in SHORT and not typed),
            "candidates": min(len({span.of(quote) for span in typed}), 5),
            "named": float(kind in SHORT and kind not in PATTERNS),
            "cue": float(cue is not None and cue.search(folded) is not None) - 0.5 * (cue is None),
            "length": math.log(len(quote)),
            "asks": float(quote[-1] in "?？"),
            "opens": float(place.start + one.span.start == 0),
        }

    def _around(self, passage: PassageRecord) -> dict[str, float]:
        """What is told of a sentence's passage."""
        context = fold(_context(passage))
        return {
            "around": self._terms.coverage(context),
            "required_around": self._about.share(context),
        }

    def _shared_pairs(self, quote: str) -> float:
        return len(self._pairs & set(bigrams(quote))) / len(self._pairs) if self._pairs else 0.0


def _read(reading: Reading, at: int, typed: Sequence[tuple[Span, float]]) -> dict[str, float]:
    """What is told of a sentence by its reading, as log-probabilities."""
    read_here = reading.pieces[at]
    return {
        "span": read_here.best if read_here else UNREAD,
        "spans": read_here.whole if read_here else UNREAD,
        "typed_span": math.log(max([likely for _, likely in typed] + [math.exp(UNREAD)])),
        "none": reading.none,
    }


def _evidence(
    one: Sentence,
    typed: tuple[tuple[Span, float], ...],
    reading: Reading,
    at: int,
    features: Mapping[str, float],
) -> Evidence:
    place = one.hit.passage
    span = Span(place.start + one.span.start, place.start + one.span.end)
    unmet = float(reading.unmet[at])
    return Evidence(place, span, one.quote, typed, reading.pieces[at], unmet, features, 0.0)


def _key(one: Sentence) -> tuple[str, int]:
    """What tells a passage from others."""
    return one.hit.passage.article_id, one.hit.passage.start


def _likeliest(evidence: Evidence) -> float:
    return -evidence.score


def _context(passage: PassageRecord) -> str:
    return f"{passage.title}\n{passage.heading or ''}\n{passage.text}"


def _logit(share: float) -> float:
    share = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(share / (1 - share))


@cache
def _network() -> MLP:
    return MLP.read(Path(__file__).with_name("sentence_ranker.json"), FEATURES)
