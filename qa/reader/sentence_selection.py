"""Select the sentences of the hits that are worth reading."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.article import Span
from index.search.searcher import Hit
from index.text.sentences import clauses, sentences, trimmed

QUOTE_AT_MOST = 200
"""Characters of the longest quote."""

_READ = 20  # sentences
_ROOM = 80.0  # characters that must be worth a log-odds: as many tokens are read of short sentences


class Sentence(NamedTuple):
    """A sentence of a hit's passage to read, or part of it; `number` is the sentence's."""

    hit: Hit
    span: Span
    number: int

    @property
    def quote(self) -> str:
        """The text in the range."""
        return self.span.of(self.hit.passage.text)

    @property
    def in_article(self) -> Span:
        """The range in the article."""
        start = self.hit.passage.start
        return Span(start + self.span.start, start + self.span.end)


def likeliest(hits: Sequence[Hit]) -> list[Sentence]:
    """Return the sentences of hits that are worth reading, likeliest first."""
    quotable = [sentence for hit in hits for sentence in _quotable(hit)]
    return sorted(quotable, key=_best_first)[:_READ]


def _best_first(sentence: Sentence) -> float:
    span = sentence.span
    return (span.end - span.start) / _ROOM - sentence.hit.sentences[sentence.number]


def _quotable(hit: Hit) -> Iterator[Sentence]:
    """Yield the sentences of a passage, long ones by clauses, without title and heading."""
    passage = hit.passage
    for number, span in enumerate(sentences(passage.text)):
        if span.of(passage.text) in (passage.title, passage.heading):
            continue
        if span.end - span.start <= QUOTE_AT_MOST:
            yield Sentence(hit, span, number)
        else:
            for clause in clauses(passage.text, span, QUOTE_AT_MOST):
                for part in trimmed(passage.text, clause.start, clause.end):
                    yield Sentence(hit, part, number)
