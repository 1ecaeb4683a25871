"""Split an article into passages: whole sentences, about 300 characters, within a section."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from index.article import Passage, Section, Span
from index.text.scripts import width
from index.text.sentences import clauses, sentences, trimmed

SPLITTER = "sentences-300/1"
"""Id of these rules; a manifest records it, and a change makes a new index."""

TARGET = 300
MONSTER = 600
_SHORT_TAIL = 80


def split(text: str, sections: Sequence[Section] = ()) -> list[Passage]:
    """Split an article into passages, in order.

    Every character that is not white space is in exactly one passage. Sizes are display widths,
    since English says as much with twice the letters.
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
    """Yield the ranges that no passage crosses: each section, and the text around sections."""
    covered = 0
    for section in sections:
        yield None, covered, section.start
        yield section.title, section.start, section.end
        covered = section.end
    yield None, covered, length


def _within(spans: Sequence[Span], first: int, start: int, end: int) -> Iterator[Span]:
    """Yield the parts of sentences, from the `first` on, within a range."""
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
    """Group neighbouring sentences up to the target; a short tail joins the last group."""
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
