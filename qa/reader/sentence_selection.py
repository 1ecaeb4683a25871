"""Chooses the sentences that are worth reading out of the passages that were found."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.article import Span
from index.search.searcher import Hit
from index.text.sentences import clauses, sentences, trimmed

QUOTE_AT_MOST = 200
_READ = 16  # sentences


class Sentence(NamedTuple):
    """A range of a passage to read: its hit, where it stands, and which sentence it is of."""

    hit: Hit
    span: Span
    number: int

    @property
    def quote(self) -> str:
        """Its text."""
        return self.span.of(self.hit.passage.text)


def likeliest(hits: Sequence[Hit]) -> list[Sentence]:
    """The sentences that are worth reading, the likeliest first."""
    found = [one for hit in hits for one in _quotable(hit)]
    return sorted(found, key=lambda one: -one.hit.sentences[one.number])[:_READ]


def _quotable(hit: Hit) -> Iterator[Sentence]:
    """Sentences of a passage, long ones by clauses; titles and headings say nothing."""
    place = hit.passage
    for number, span in enumerate(sentences(place.text)):
        if span.of(place.text) in (place.title, place.heading):
            continue
        if span.end - span.start <= QUOTE_AT_MOST:
            yield Sentence(hit, span, number)
        else:
            for piece in clauses(place.text, span, QUOTE_AT_MOST):
                for part in trimmed(place.text, piece.start, piece.end):
                    yield Sentence(hit, part, number)
