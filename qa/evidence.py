"""Picks the sentences that answer out of the passages that were found."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.article import Span
from index.catalogue import Place
from index.folding import fold
from index.search import Hit, coverage
from index.sentences import clauses, sentences, trimmed
from index.words import bigrams
from qa.amounts import candidates
from qa.kinds import PATTERNS, SHORT
from qa.names import Names
from qa.question import Question

QUOTE_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, as a range of its article.

    `matched` is the share of the question that the sentence holds, `around` the share that its
    passage with title and heading holds, both by the weight of the words; `answers` are the
    spans in `quote` of the kind that was asked for.
    """

    place: Place
    span: Span
    quote: str
    matched: float
    around: float
    answers: tuple[str, ...]
    score: float

    @property
    def context(self) -> str:
        """All that the sentence can be understood by."""
        return f"{self.place.title}\n{self.place.heading or ''}\n{self.place.text}"


def find_evidence(
    question: Question, hits: Sequence[Hit], weights: Mapping[str, float], names: Names
) -> list[Evidence]:
    """The sentences of the passages, the likeliest first."""
    pairs = frozenset(bigrams(question.text))
    found = [
        evidence for hit in hits for evidence in _of_passage(question, hit, weights, pairs, names)
    ]
    return sorted(found, key=lambda evidence: -evidence.score)


def _of_passage(
    question: Question,
    hit: Hit,
    weights: Mapping[str, float],
    pairs: frozenset[str],
    names: Names,
) -> Iterator[Evidence]:
    place = hit.place
    around = coverage(weights, fold(f"{place.title}\n{place.heading or ''}\n{place.text}"))
    for span in _quotable(place):
        quote = span.of(place.text)
        matched = coverage(weights, fold(quote))
        shared = len(pairs & set(bigrams(quote))) / len(pairs) if pairs else matched
        # Names take a tagger's time: only sentences that share something are worth it.
        answers = _answers(question, quote, names) if matched > 0 else ()
        fits = 1.0 if answers else 0.0
        yield Evidence(
            place,
            Span(place.start + span.start, place.start + span.end),
            quote,
            matched,
            around,
            answers,
            score=0.7 * matched + 0.3 * shared + 0.3 * around + 0.2 * fits + 0.3 * hit.score,
        )


def _quotable(place: Place) -> Iterator[Span]:
    """Sentences of a passage, long ones by clauses; titles and headings say nothing."""
    for span in sentences(place.text):
        if span.of(place.text) in (place.title, place.heading):
            continue
        if span.end - span.start <= QUOTE_AT_MOST:
            yield span
        else:
            for piece in clauses(place.text, span, QUOTE_AT_MOST):
                yield from trimmed(place.text, piece.start, piece.end)


def _answers(question: Question, quote: str, names: Names) -> tuple[str, ...]:
    """What in a quote is of the kind asked for and does not stand in the question already."""
    if question.kind not in SHORT:
        return ()
    if question.kind in PATTERNS:
        found = [span.of(quote) for span in candidates(question.kind, quote, question.text)]
    else:
        found = [name.text for name in names.of_kind(question.kind, quote)]
    asked = re.sub(r"\s", "", fold(question.text))
    unknown = [text for text in found if re.sub(r"\s", "", fold(text)) not in asked]
    return tuple(dict.fromkeys(unknown))
