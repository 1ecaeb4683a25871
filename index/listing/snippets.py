"""Snippets of an article: short exact ranges of its text, cut where a sentence or a clause ends."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from index.article import Span
from index.listing.wanted_word import WantedWord
from index.text.aligned_folding import AlignedText
from index.text.sentences import sentences, trimmed

_LENGTH = 80  # characters
_MOST = 2
_CLAUSE_END = re.compile(r"[，、：；]|[,:;](?=\s)")
_SPACE = re.compile(r"\s+")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A range of an article; `text` is exactly the text in it.

    `marks` are the ranges in it, in order and without overlaps, that have the words sought. All
    offsets are those of the article.
    """

    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class WordPlace:
    """Where a text has a word, which `word` numbers."""

    word: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Window:
    """A range of a text that may be shown, with the places in it."""

    span: Span
    places: tuple[WordPlace, ...]

    @property
    def words(self) -> frozenset[int]:
        """The words that occur in it."""
        return frozenset(place.word for place in self.places)

    def snippet(self, offset: int, text: str) -> Snippet:
        """Return it as a snippet of an article, in which the text begins at an offset."""
        marks: list[tuple[int, int]] = []
        for span in (place.span for place in self.places):
            if not marks or offset + span.start >= marks[-1][1]:
                marks.append((offset + span.start, offset + span.end))
        start, end = offset + self.span.start, offset + self.span.end
        return Snippet(start, end, self.span.of(text), tuple(marks))


def places(text: str, words: Sequence[WantedWord], stem: Callable[[str], str]) -> list[WordPlace]:
    """Return where a text has any of some words, in order."""
    aligned = AlignedText.of(text)
    return sorted(
        (
            WordPlace(number, aligned.range_of(span))
            for number, word in enumerate(words)
            for span in word.places(aligned.folded, stem)
        ),
        key=lambda place: (place.span.start, -place.span.end),
    )


def snippets(
    passages: Iterable[tuple[int, str]],
    words: Sequence[WantedWord],
    stem: Callable[[str], str],
    title: str = "",
) -> list[Snippet]:
    """Return what shows most of some words, at most two snippets, the most telling first.

    `passages` are offsets with the texts that begin there. What only repeats the title is left out.
    """
    candidates = [
        (window.words, window.snippet(offset, text))
        for offset, text in passages
        for window in _windows(text, places(text, words, stem))
        if window.span.of(text) != title.strip()
    ]
    chosen: list[Snippet] = []
    shown: frozenset[int] = frozenset()
    while candidates and len(chosen) < _MOST:
        new, best = max(
            ((telling - shown, snippet) for telling, snippet in candidates),
            key=lambda pair: (len(pair[0]), len(pair[1].marks)),
        )
        chosen.append(best)
        shown |= new
        candidates = [
            (telling, snippet)
            for telling, snippet in candidates
            if snippet.end <= best.start or snippet.start >= best.end
        ]
    return chosen


def _windows(text: str, found_at: Sequence[WordPlace]) -> list[_Window]:
    """Return a window around each place, each window once."""
    if not found_at:
        return []
    cuts = _Cuts.of(text)
    spans = dict.fromkeys(cuts.around(place.span) for place in found_at)
    return [
        _Window(span, tuple(place for place in found_at if span.contains(place.span)))
        for span in spans
    ]


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Where a text can be cut: between lines, at the ends of sentences and clauses, at spaces."""

    text: str
    lines: list[Span]
    clauses: list[int]
    spaces: list[int]

    @classmethod
    def of(cls, text: str) -> "_Cuts":
        """Find the places to cut a text at."""
        ends = chain.from_iterable((span.start, span.end) for span in sentences(text))
        inner = (match.end() for match in _CLAUSE_END.finditer(text))
        return cls(
            text,
            [Span(*match.span()) for match in _LINE.finditer(text)],
            sorted({*ends, *inner}),
            [match.end() for match in _SPACE.finditer(text)],
        )

    def around(self, mark: Span) -> Span:
        """Return a range of about 80 characters around a mark, within a line."""
        line = self.lines[bisect_right(self.lines, mark.start, key=lambda line: line.start) - 1]
        room = max(0, _LENGTH - (mark.end - mark.start))
        start = self._first(max(line.start, mark.start - room // 2), mark.start)
        furthest = max(mark.end, min(line.end, start + _LENGTH))
        end = self._last(min(furthest, max(mark.end, start + _LENGTH // 2)), furthest)
        start = self._first(min(start, max(line.start, end - _LENGTH)), start)
        [span] = trimmed(self.text, start, end)
        return span

    def _first(self, low: int, high: int) -> int:
        """Return the first place to cut at from `low` to `high`; `low` if there is none."""
        for cuts in (self.clauses, self.spaces):
            at = bisect_left(cuts, low)
            if at < len(cuts) and cuts[at] <= high:
                return cuts[at]
        return low

    def _last(self, low: int, high: int) -> int:
        """Return the last place to cut at from `low` to `high`; `high` if there is none."""
        for cuts in (self.clauses, self.spaces):
            at = bisect_right(cuts, high) - 1
            if at >= 0 and cuts[at] >= low:
                return cuts[at]
        return high
