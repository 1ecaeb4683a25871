"""Cuts an article into passages: whole sentences, about 300 characters, never across headings."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from index.article import Passage, Section, Span
from index.text.scripts import width
from index.text.sentences import clauses, sentences, trimmed

SPLITTER = "sentences-300/1"
"""Names this way of cutting; an index remembers it, and another one makes a new index."""

TARGET = 300
MONSTER = 600
_SHORT_TAIL = 80


def split(text: str, sections: Sequence[Section] = ()) -> list[Passage]:
    """The passages of an article, in order.

    Together they hold every character that is not white space, each exactly once. Sizes count
    a Han character as one and any other as a half, since English says as much with twice the
    letters.
    """
    passages = []
    spans = sentences(text)
    ends = [span.end for span in spans]
    for heading, start, end in _blocks(len(text), sections):
        inside = list(_within(spans, bisect_right(ends, start), start, end))
        passages += [
            Passage(group[0].start, group[-1].end, heading)
            for group in _packed(text, _no_monsters(text, inside))
        ]
    return passages


def _blocks(length: int, sections: Sequence[Section]) -> Iterator[tuple[str | None, int, int]]:
    """Ranges that no passage crosses: each section, and what stands before, between and behind."""
    covered = 0
    for section in sections:
        yield None, covered, section.start
        yield section.title, section.start, section.end
        covered = section.end
    yield None, covered, length


def _within(spans: Sequence[Span], first: int, start: int, end: int) -> Iterator[Span]:
    """What of the sentences from the `first` on lies in a range."""
    while start < end and first < len(spans) and spans[first].start < end:
        yield Span(max(spans[first].start, start), min(spans[first].end, end))
        first += 1


def _no_monsters(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if width(span.of(text)) > MONSTER:
            for piece in clauses(text, span, TARGET):
                yield from trimmed(text, piece.start, piece.end)
        else:
            yield span


def _packed(text: str, spans: Iterable[Span]) -> list[list[Span]]:
    """Neighbouring sentences together until the target is reached; a short tail joins the last."""
    groups: list[list[Span]] = []
    size = 0.0
    for span in spans:
        more = width(span.of(text))
        if groups and size < TARGET and size + more <= TARGET * 1.1:
            groups[-1].append(span)
            size += more
        else:
            groups.append([span])
            size = more
    if len(groups) > 1 and size < _SHORT_TAIL:
        tail = groups.pop()
        groups[-1] += tail
    return groups
