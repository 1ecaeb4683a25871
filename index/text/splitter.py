"""Split an article into passages: whole sentences, about 300 characters, within a section."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from index.article import Passage, Section, Span
from index.text.scripts import width
from index.text.sentences import clauses, sentences, trimmed

SPLITTER = "sentences-300/1"
"""Id of these rules; a manifest records it, and a change makes a new index."""

TARGET_WIDTH = 300
MAX_SENTENCE_WIDTH = 600
_MIN_TAIL_WIDTH = 80


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
            for group in _grouped(text, _without_long(text, inside))
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
    """Clip the sentences from index `first` on to a range."""
    while start < end and first < len(spans) and spans[first].start < end:
        yield Span(max(spans[first].start, start), min(spans[first].end, end))
        first += 1


def _without_long(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if width(span.of(text)) > MAX_SENTENCE_WIDTH:
            for piece in clauses(text, span, TARGET_WIDTH):
                yield from trimmed(text, piece.start, piece.end)
        else:
            yield span


def _grouped(text: str, spans: Iterable[Span]) -> list[list[Span]]:
    """Group neighbouring sentences up to the target; a short tail joins the last group."""
    groups: list[list[Span]] = []
    size = 0.0
    for span in spans:
        more = width(span.of(text))
        if groups and size < TARGET_WIDTH and size + more <= TARGET_WIDTH * 1.1:
            groups[-1].append(span)
            size += more
        else:
            groups.append([span])
            size = more
    if len(groups) > 1 and size < _MIN_TAIL_WIDTH:
        tail = groups.pop()
        groups[-1] += tail
    return groups
